import type { OpenedDossier } from '../../dossiers/index.ts'
import type { Keys } from '../../platform/keys.ts'
import { isDemo } from '../../platform/settings.ts'
import type { NoticeChannel } from './contract.ts'
import { hasMailbox } from './mailbox.ts'
import { recipientsOf, type Contact } from './rules/dossier-notices.ts'
import { openWays, type NoticeContext } from './sender.ts'
import { readSettings } from './settings.ts'
import { contactsOf } from './tell-submitter.ts'

/** The ways by which an authority sends, in its order: those that it has set up and that can be gone. */
export async function offeredWays(context: NoticeContext, agencyId: number): Promise<NoticeChannel[]> {
  const settings = await readSettings(context, [agencyId])
  const channels = settings.get(agencyId)?.body.channels ?? []
  if (await hasMailbox(context)) return [...channels]
  const open = openWays(context, settings, await isDemo(context.db))
  return channels.filter((channel) => open.some((way) => way.channel === channel))
}

/** Whom notices of a dossier go to. */
export const reachedIn = (keys: Keys, opened: OpenedDossier): Pick<Contact, 'email' | 'phone'> =>
  recipientsOf(contactsOf(keys, opened), false)[0] ?? { email: '', phone: '' }
