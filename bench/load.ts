import { fork, type ChildProcess } from 'node:child_process'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import type { Bench } from './database.ts'

export type Call = { method: 'GET' | 'POST'; path: string; token: string; body?: unknown }
export type Answer = { status: number; text: string }
export type Send = (call: Call) => Promise<Answer>
/** One client's next piece of work; false when there is none left. */
export type Work = (send: Send, client: number) => Promise<boolean>
/** `cpu`: milliseconds that the server computed for one request. */
export type Measured = { rate: number; requests: number; p50: number; p95: number; cpu: number }

export type Server = { port: number; cpu: () => Promise<number>; stop: () => Promise<void> }

/** Starts the server in a process of its own. BENCH_PROFILE names a folder for its CPU profile, BENCH_LOG shows what it logs. */
export async function startServer(bench: Bench, startedAt: number): Promise<Server> {
  const profile = process.env['BENCH_PROFILE']
  const child: ChildProcess = fork(join(import.meta.dirname, 'server.ts'), [bench.url, bench.dir, String(startedAt)], {
    stdio: ['ignore', process.env['BENCH_LOG'] ? 'inherit' : 'ignore', 'inherit', 'ipc'],
    execArgv: profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [],
  })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const port = await new Promise<number>((done, fail) => {
    child.once('message', (message) => done(Number(message)))
    child.once('exit', () => fail(new Error('the server did not start')))
  })
  return {
    port,
    cpu: () =>
      new Promise((done) => {
        child.once('message', (used: NodeJS.CpuUsage) => done((used.user + used.system) / 1000))
        child.send('cpu')
      }),
    async stop() {
      child.send('stop')
      await ended
    },
  }
}

/** Keeps `clients` busy for some seconds, each over one connection that stays open; a wrong answer is a fault. */
export async function drive(
  server: Server,
  { clients, seconds, work }: { clients: number; seconds: number; work: Work },
): Promise<Measured> {
  const times: number[] = []
  const before = await server.cpu()
  const started = performance.now()
  const until = started + seconds * 1000
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      const line = new Line(server.port)
      const send: Send = async (call) => {
        const begun = performance.now()
        const answer = await line.send(call)
        times.push(performance.now() - begun)
        if (answer.status >= 400)
          throw new Error(`${call.method} ${call.path}: ${answer.status} ${answer.text.slice(0, 400)}`)
        return answer
      }
      try {
        while (performance.now() < until && (await work(send, client)));
      } finally {
        line.close()
      }
    }),
  )
  const took = (performance.now() - started) / 1000
  const cpu = ((await server.cpu()) - before) / times.length
  times.sort((one, other) => one - other)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { rate: times.length / took, requests: times.length, p50: at(0.5), p95: at(0.95), cpu }
}

/** HTTP/1.1 over one socket, one request at a time: cheap, because the driver shares the machine with what it measures. */
class Line {
  readonly #socket: Socket
  #buffer: Buffer = Buffer.alloc(0)
  #waiting: { resolve: (answer: Answer) => void; reject: (fault: Error) => void } | undefined

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true })
    this.#socket.on('data', (chunk: Buffer) => this.#take(chunk))
    this.#socket.on('error', (fault) => this.#waiting?.reject(fault))
    this.#socket.on('close', () => this.#waiting?.reject(new Error('the server closed the connection')))
  }

  send({ method, path, token, body }: Call): Promise<Answer> {
    const text = body === undefined ? '' : JSON.stringify(body)
    const head = `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: motcua_session=${token}\r\nx-motcua: 1\r\n`
    const content =
      body === undefined ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n`
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket.write(`${head}${content}\r\n${text}`)
    })
  }

  close(): void {
    this.#waiting = undefined
    this.#socket.destroy()
  }

  #take(chunk: Buffer): void {
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk])
    const end = this.#buffer.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = this.#buffer.toString('latin1', 0, end)
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN)
    if (Number.isNaN(length)) return this.#waiting?.reject(new Error(`no length: ${head.slice(0, 200)}`))
    if (this.#buffer.length < end + 4 + length) return undefined
    const text = this.#buffer.toString('utf8', end + 4, end + 4 + length)
    this.#buffer = this.#buffer.subarray(end + 4 + length)
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve({ status: Number(head.slice(9, 12)), text })
    return undefined
  }
}
