import { dossierRoutes } from '../src/dossiers/index.ts'
import { figureRoutes } from '../src/statistics/figures/index.ts'
import { identityHooks } from '../src/identity/index.ts'
import type { Tables } from '../src/app/tables.ts'
import type { Context } from '../src/platform/context.ts'
import { createHttp } from '../src/platform/http/server.ts'
import type { Http } from '../src/platform/http/route.ts'
import { contextOn } from './database.ts'
import { NOW } from './world.ts'

/** The clock of the benchmark: it was morning when the filling began, and it goes on for every process alike. */
export const benchClock = (startedAt: number) => () => new Date(Date.parse(NOW) + Date.now() - startedAt).toISOString()

/** The system as it serves officers: sign-in, permission, routes of the dossiers and figures. */
export async function openServer(context: Context<Tables>): Promise<Http> {
  const http = await createHttp({ config: context.config, log: context.log })
  identityHooks(http, context)
  dossierRoutes(http, context)
  figureRoutes(http, context)
  await http.ready()
  return http
}

// A process of its own, started by load.ts, which sits on the other end of the loopback.
if (process.send) {
  const [url = '', dir = '', startedAt] = process.argv.slice(2)
  const context = contextOn({ url, dir }, { clock: benchClock(Number(startedAt)), log: 'info' })
  const http = await openServer(context)
  await http.listen({ host: '127.0.0.1', port: 0 })
  process.on('message', (message) => {
    if (message === 'cpu') process.send?.(process.cpuUsage())
    else void http.close().then(() => process.exit(0))
  })
  process.send((http.server.address() as { port: number }).port)
}
