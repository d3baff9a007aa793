import { isDemo } from '../../platform/settings.ts'
import { listCodedAgencyIds } from '../../staff/index.ts'
import { hasMailbox } from './mailbox.ts'
import { openWays, type NoticeContext } from './sender.ts'
import { readSettings } from './settings.ts'

/** How messages reach people here and now, apart from those of one authority. */
export type Reach = {
  /** Nothing is sent: who tries the system reads it in the mailbox of the demonstration. */
  mailbox: boolean
  email: boolean
  phone: boolean
  /** Whose gateway brings the installation's own messages to telephones; null: nobody's. */
  gatewayOf: number | null
}

export async function reachOf(context: NoticeContext): Promise<Reach> {
  const { db, config } = context
  if (await hasMailbox(context)) return { mailbox: true, email: true, phone: true, gatewayOf: null }
  const gatewayOf = config.noticeGateways.length === 0 ? null : await firstGateway(context)
  return { mailbox: false, email: config.mail !== undefined, phone: gatewayOf !== null, gatewayOf }

  async function firstGateway(given: NoticeContext): Promise<number | null> {
    const settings = await readSettings(given, await listCodedAgencyIds(db))
    const ways = openWays(given, settings, await isDemo(db))
    const way = ways.find(({ agencyId, channel }) => {
      const channels = settings.get(agencyId)?.body.channels ?? []
      return channel !== 'email' && channels.includes(channel)
    })
    return way?.agencyId ?? null
  }
}
