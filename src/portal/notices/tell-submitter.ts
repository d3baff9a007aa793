import { openSecret, type OpenedDossier } from '../../dossiers/index.ts'
import type { Context } from '../../platform/context.ts'
import type { Db } from '../../platform/db.ts'
import type { Keys } from '../../platform/keys.ts'
import { queueMessage } from './commands.ts'
import type { NoticeLanguage } from './contract.ts'
import { recipientsOf, type Contact } from './rules/dossier-notices.ts'
import type { FactsOf, NoticeEvent } from './rules/notice-events.ts'
import { languageTold, type NoticeTables } from './store.ts'

type Into = Pick<Context, 'keys' | 'clock'> & { db: Db<NoticeTables> }

export const contactsOf = (keys: Keys, { persons }: OpenedDossier): (Contact & { personId: string })[] =>
  persons.map((row) => {
    const { email, phone } = openSecret(keys, row)
    return { personId: row.person_id, roles: row.content?.roles ?? [], email, phone }
  })

/** Who filed at our own front was told so at once, in the language of that page; they hear the rest in it too. */
export const filedIn = (db: Into['db'], { agencyId, dossierId }: OpenedDossier): Promise<NoticeLanguage | undefined> =>
  languageTold(db, { agencyId, dossierId, template: 'filing-lodged' })

/** Tells who handed a dossier in what another room did, in that room's transaction. */
export async function tellSubmitter<Name extends NoticeEvent>(
  into: Into,
  opened: OpenedDossier,
  {
    template,
    factsIn,
    dedupeKey,
  }: { template: Name; factsIn: (language: NoticeLanguage) => FactsOf<Name>; dedupeKey: string },
): Promise<void> {
  const { agencyId, dossierId } = opened
  const language = (await filedIn(into.db, opened)) ?? 'vi'
  for (const { email, phone } of recipientsOf(contactsOf(into.keys, opened), false))
    await queueMessage(into, {
      agencyId,
      dossierId,
      to: { email, phone },
      template,
      facts: factsIn(language),
      dedupeKey,
      language,
    })
}
