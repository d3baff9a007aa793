import { withScope } from '../../platform/db.ts'
import type { Instant } from '../../platform/day.ts'
import { newId } from '../../platform/id.ts'
import type { Keys } from '../../platform/keys.ts'
import type { Context } from '../../platform/context.ts'
import type { Mark, MarkedValue, MarkInput, MarkTarget } from './marks-contract.ts'
import {
  dropMarks,
  insertMarks,
  listMarks,
  lockOpenMarks,
  showMarks,
  writeMended,
  type MarkRow,
  type MarkTables,
  type MarkTx,
} from './marks-store.ts'

export type { Mark, MarkedValue, MarkInput, MarkTarget } from './marks-contract.ts'
export type { MarkTables } from './marks-store.ts'

export type MarkContext = Pick<Context<MarkTables>, 'db' | 'keys'>
type Whose = { agencyId: number; dossierId: string }
type Secret = Pick<Mark, 'label' | 'note' | 'before' | 'after'>

/** Every mark of a dossier that the applicant was asked to mend, oldest request first. */
export const marksOf = ({ db, keys }: MarkContext, whose: Whose): Promise<Mark[]> =>
  withScope(db, { agencies: [whose.agencyId] }, async (tx) =>
    (await listMarks(tx, whose)).map((row) => open(keys, row)),
  )

/** What the applicant has to mend now; empty when nothing is asked for or the whole dossier may be changed. */
export const openMarksOf = async (context: MarkContext, whose: Whose): Promise<Mark[]> =>
  (await marksOf(context, whose)).filter(({ mendedAt }) => mendedAt === null)

/**
 * Keeps the marks of one request for a supplement. They are shown to nobody until `confirmMarks` says that the command
 * of this id was accepted; `discardMarks` takes them away when it was refused.
 */
export async function setMarks(
  { db, keys }: MarkContext,
  whose: Whose & { commandId: string; officerId: number; at: Instant },
  marks: readonly (MarkInput & { label: string; before: MarkedValue | null })[],
): Promise<void> {
  const rows = marks.map(({ kind, target, label, note, before }, ordinal): MarkRow => ({
    agency_id: whose.agencyId,
    mark_id: newId(Date.parse(whose.at)),
    dossier_id: whose.dossierId,
    command_id: whose.commandId,
    kind,
    target,
    ordinal,
    secret: seal(keys, { label, note, before, after: null }),
    marked_at: whose.at,
    marked_by: whose.officerId,
    requested_at: null,
    mended_at: null,
  }))
  await withScope(db, { agencies: [whose.agencyId] }, (tx) => insertMarks(tx, rows))
}

type Asked = Whose & { commandId: string }

export const confirmMarks = ({ db }: MarkContext, asked: Asked & { at: Instant }): Promise<void> =>
  withScope(db, { agencies: [asked.agencyId] }, (tx) => showMarks(tx, asked))

export const discardMarks = ({ db }: MarkContext, asked: Asked): Promise<void> =>
  withScope(db, { agencies: [asked.agencyId] }, (tx) => dropMarks(tx, asked))

/**
 * The applicant has mended the dossier: closes all marks that are open, with what stands at each place now. To be called
 * in the transaction that keeps the new answers; `after` is asked for each mark (null where nothing was put there).
 */
export async function mendMarks(
  tx: MarkTx,
  keys: Keys,
  { agencyId, dossierId, at }: Whose & { at: Instant },
  after: (mark: MarkTarget) => MarkedValue | null,
): Promise<number> {
  const rows = await lockOpenMarks(tx, { agencyId, dossierId })
  for (const row of rows) {
    const { kind, target } = row
    const secret = seal(keys, { ...unseal(keys, row), after: after({ kind, target }) })
    await writeMended(tx, { agencyId, markId: row.mark_id, secret, at })
  }
  return rows.length
}

const seal = (keys: Keys, secret: Secret): Buffer => keys.encrypt(JSON.stringify(secret))
const unseal = (keys: Keys, row: MarkRow): Secret => JSON.parse(keys.decrypt(row.secret)) as Secret

const open = (keys: Keys, row: MarkRow): Mark => ({
  kind: row.kind,
  target: row.target,
  markId: row.mark_id,
  commandId: row.command_id,
  ...unseal(keys, row),
  markedAt: row.marked_at,
  markedBy: row.marked_by,
  mendedAt: row.mended_at,
})
