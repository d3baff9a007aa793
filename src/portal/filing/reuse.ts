import { listFiles, type FileEntry } from '../../documents/index.ts'
import { listDossiersOf } from '../../dossiers/index.ts'
import type { Instant } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { html, type Html } from '../../platform/http/html.ts'
import { newId } from '../../platform/id.ts'
import type { Citizen } from '../accounts/index.ts'
import type { FilingContext } from './flow.ts'
import { insertDraftFile, listDraftFiles } from './store.ts'
import type { FilingText } from './text.vi.ts'

/** A paper that somebody has handed in before, or was given as a result. */
export type Earlier = Pick<FileEntry, 'fileId' | 'name' | 'mediaType' | 'size' | 'sha256'> & {
  agencyId: number
  dossierId: string
  code: string
  at: Instant
}

const MOST_DOSSIERS = 20
const MOST_SHOWN = 6

/**
 * What of former dossiers can stand for this paper: the same paper of another dossier, and results. Only of somebody whose
 * number was vouched for. NĐ 118/2025/NĐ-CP, Điều 17: what the authorities have is not asked for again.
 */
export async function earlierPapers(
  context: FilingContext,
  citizen: Citizen | null,
  paperKey: string,
): Promise<Earlier[]> {
  if (!citizen?.identityNumber || !citizen.identityVerified) return []
  const dossiers = (await listDossiersOf(context, citizen.identityNumber)).slice(0, MOST_DOSSIERS)
  const found = new Map<string, Earlier>()
  for (const { agencyId, dossierId, code, lodgedAt } of dossiers) {
    const files = await withScope(context.db, { agencies: [agencyId] }, (tx) => listFiles(tx, { agencyId, dossierId }))
    for (const { fileId, name, mediaType, size, sha256, purpose, component } of files) {
      const fits = purpose === 'result' || (purpose === 'component' && component === paperKey)
      if (fits && !found.has(sha256))
        found.set(sha256, { agencyId, dossierId, code, at: lodgedAt, fileId, name, mediaType, size, sha256 })
    }
  }
  return [...found.values()].slice(0, MOST_SHOWN)
}

/** Puts an earlier paper into a draft instead of bytes; what is not the citizen's own is not found. */
export async function useAgain(
  context: FilingContext,
  {
    draftId,
    citizen,
    component,
    fileId,
  }: { draftId: string; citizen: Citizen | null; component: string; fileId: string },
): Promise<boolean> {
  const paper = (await earlierPapers(context, citizen, component)).find((each) => each.fileId === fileId)
  if (!paper) return false
  const files = await listDraftFiles(context.db, draftId)
  if (files.some((row) => row.reused_file_id === fileId && row.component === component)) return true
  const now = context.clock()
  await insertDraftFile(context.db, {
    draft_id: draftId,
    file_id: newId(Date.parse(now)),
    component,
    place: Math.max(0, ...files.filter((row) => row.component === component).map((row) => row.place + 1)),
    name: context.keys.encrypt(paper.name),
    size: paper.size,
    received: paper.size,
    sha256: paper.sha256,
    media_type: paper.mediaType,
    refused: null,
    reused_agency_id: paper.agencyId,
    reused_dossier_id: paper.dossierId,
    reused_file_id: fileId,
    created_at: now,
    completed_at: now,
  })
  return true
}

export const earlierBlock = ({ papers: words }: FilingText, papers: readonly Earlier[]): Html | false =>
  papers.length > 0 &&
  html`<section>
    <h2>${words.earlier}</h2>
    <ul class="filing-files">
      ${papers.map(
        ({ fileId, name, code, at }) =>
          html`<li>
            <span class="filing-file-name">${name}<span class="small">${words.earlierOf(code, at)}</span></span>
            <button class="button-quiet" name="_lam" value="dung:${fileId}">${words.reuse}</button>
          </li>`,
      )}
    </ul>
  </section>`
