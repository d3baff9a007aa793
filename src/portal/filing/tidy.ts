import { openFileStore } from '../../documents/index.ts'
import { addMinutes } from '../../platform/day.ts'
import { openContent } from './drafts.ts'
import type { FilingContext } from './flow.ts'
import { lodgeDraft } from './lodging.ts'
import { finishMending } from './mending.ts'
import { listDraftFiles, listExpired, listUnfinished, removeDrafts } from './store.ts'
import { removeBytes, sweepUploads } from './uploads.ts'

const AT_ONCE = 500

/** Takes away drafts whose time is over, with their files, and bytes that belong to no draft. */
export async function tidyDrafts(context: FilingContext): Promise<{ drafts: number; files: number }> {
  const now = context.clock()
  let drafts = 0
  let files = 0
  for (;;) {
    const expired = await listExpired(context.db, now, AT_ONCE)
    for (const draftId of expired) {
      const own = await listDraftFiles(context.db, draftId)
      files += own.length
      await removeBytes(
        context,
        own.map((row) => row.file_id),
      )
    }
    await removeDrafts(context.db, expired)
    drafts += expired.length
    if (expired.length < AT_ONCE) break
  }
  files += await sweepUploads(context, Date.now())
  return { drafts, files }
}

/**
 * Drafts whose lodging was cut short: the dossier may be there already and its papers not. Lodging again finishes what is
 * left; the command of the draft makes no second dossier.
 */
export async function finishLodgings(context: FilingContext): Promise<number> {
  const rows = await listUnfinished(context.db, addMinutes(context.clock(), -2))
  if (rows.length === 0) return 0
  const files = openFileStore(context.config.fileDir)
  let finished = 0
  for (const row of rows) {
    // An officer's own are finished by the officer: whoever helped must be named by the log.
    if (row.officer_id !== null) continue
    const draft = openContent(context.keys, row)
    const outcome = row.mends_dossier_id
      ? await finishMending(context, files, draft)
      : await lodgeDraft(context, files, { draft, lodger: { citizen: null, officer: null } })
    if (outcome.ok) finished += 1
    else context.log.warn({ what: 'lodging-not-finished', draftId: row.draft_id, code: outcome.refusal.code })
  }
  return finished
}
