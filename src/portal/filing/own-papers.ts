import { caseOf, componentTitle, getVersion } from '../../catalogue/index.ts'
import { cleanFileName, contentDisposition, listFiles, type FileEntry, type FileStore } from '../../documents/index.ts'
import type { ComponentWay, OpenedDossier } from '../../dossiers/index.ts'
import { dayOf, writeInstant, type Day } from '../../platform/day.ts'
import { withScope } from '../../platform/db.ts'
import { html, type Html } from '../../platform/http/html.ts'
import { describe, findFilled, getForm, type DescribedPart } from '../eforms/index.ts'
import type { FilingContext } from './flow.ts'
import type { OwnText } from './own-text.vi.ts'
import { filingPaths } from './paths.ts'

/** What was filed: each paper with its files, and what was filled in, to be read and as it was printed. */
export type OwnPapers = {
  papers: { key: string; title: string; language: string; files: FileEntry[] }[]
  /** Papers that were not handed in, of which it was said why. */
  unsent: { title: string; language: string; way: ComponentWay }[]
  declaration: DescribedPart[]
  printed: FileEntry[]
  /** What the authority handed over: the document by its number and day, and its file where there is one. */
  result: { number: string | null; day: Day | null; files: FileEntry[] }
}

export async function ownPapersOf(
  context: FilingContext,
  opened: OpenedDossier,
  language: 'vi' | 'en',
): Promise<OwnPapers> {
  const { agencyId, dossierId, dossier } = opened
  const { db, keys } = context
  const [all, filled, { version }] = await Promise.all([
    openFiles(context, opened),
    withScope(db, { agencies: [agencyId] }, (tx) => findFilled(tx, keys, { agencyId, dossierId })),
    getVersion(db, dossier.procedureVersionId),
  ])
  const { caseKey } = dossier
  const files = all.filter(({ purpose }) => purpose === 'component')
  const form = filled && !filled.erased ? await getForm(db, filled.formId) : null
  const isPrinted = (file: FileEntry) =>
    form !== null && file.origin === 'system' && file.component === (form?.component ?? null)
  const rules = caseOf(version, caseKey)?.components ?? []
  const states = new Map(dossier.components.map((component) => [component.key, component]))
  const papers = rules.flatMap((rule) => {
    const own = files.filter((file) => file.component === rule.key && !isPrinted(file))
    const { title, titleLanguage } = componentTitle(rule, language)
    const isThere = own.length > 0 || (states.get(rule.key)?.given && rule.key !== form?.component)
    return isThere ? [{ key: rule.key, title, language: titleLanguage, files: own }] : []
  })
  const unsent = rules.flatMap((rule) => {
    const { title, titleLanguage } = componentTitle(rule, language)
    const way = states.get(rule.key)?.way
    return way ? [{ title, language: titleLanguage, way }] : []
  })
  return {
    papers,
    unsent,
    declaration: form && filled ? describe(form, filled.answers, { caseKey, language }) : [],
    printed: files.filter(isPrinted),
    result: { ...documentOf(opened), files: all.filter(({ purpose }) => purpose !== 'component') },
  }
}

/** The document of the result once it is handed over, with the day on which it was signed or put right. */
function documentOf({ dossier, events }: OpenedDossier): { number: string | null; day: Day | null } {
  if (dossier.returnedAt === null || dossier.outcome === null) return { number: null, day: null }
  const last = events.findLast(({ type }) => type === 'resultSigned' || type === 'correctionIssued')
  const day = last && (last.body.type === 'resultSigned' ? last.body.signedOn : dayOf(last.occurred_at))
  return { number: dossier.resultNumber, day: day ?? null }
}

/** The files of the papers that were handed in, and the result once it is handed over; no others of the authority. */
const openFiles = async (
  context: FilingContext,
  { agencyId, dossierId, dossier }: Pick<OpenedDossier, 'agencyId' | 'dossierId' | 'dossier'>,
): Promise<FileEntry[]> => {
  const owner = { agencyId, dossierId }
  const [files, { version }] = await Promise.all([
    withScope(context.db, { agencies: [], dossier: dossierId }, (tx) => listFiles(tx, owner)),
    getVersion(context.db, dossier.procedureVersionId),
  ])
  const isResult = ({ fileId, purpose }: FileEntry) =>
    purpose === 'result' && dossier.returnedAt !== null && fileId === dossier.resultFileId
  return files.flatMap((file) => {
    if (isResult(file)) return [{ ...file, name: resultName(file.name, version.shortName) }]
    return file.purpose === 'component' ? [file] : []
  })
}

/** The officer's own name of the file says nothing to whom it is for. */
function resultName(given: string, procedure: string): string {
  const ending = given.split('.').at(-1) ?? 'pdf'
  return cleanFileName(`Kết quả – ${procedure}.${ending}`, [ending])
}

/** One of these files with the headers under which nothing in it runs here; undefined for any other file. */
export async function readOwnFile(
  context: FilingContext,
  files: FileStore,
  { opened, fileId }: { opened: OpenedDossier; fileId: string },
) {
  const file = (await openFiles(context, opened)).find((each) => each.fileId === fileId)
  const content = file && (await files.get(file.sha256))
  if (!file || !content) return undefined
  // A picture is shown; anything else is saved: a page in a sandbox draws no PDF.
  const isPicture = file.preview && file.mediaType.startsWith('image/')
  return {
    stream: content.stream,
    type: file.preview ? file.mediaType : 'application/octet-stream',
    headers: {
      'content-length': content.size,
      'content-disposition': contentDisposition(isPicture ? 'inline' : 'attachment', file.name),
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'",
      'cross-origin-resource-policy': 'same-origin',
    },
  }
}

export function ownPapersBody(
  words: OwnText['papers'],
  dossierId: string,
  { papers, unsent, declaration, printed, result }: OwnPapers,
): Html {
  const list = (files: readonly FileEntry[]) =>
    files.length > 0 &&
    html`<ul>
      ${files.map(
        ({ fileId, name, size, uploadedAt }) =>
          html`<li>
            <a href="${filingPaths.ownFile(dossierId, fileId)}" lang="vi">${name}</a>
            <span class="small unbroken">${words.size(size)} · ${writeInstant(uploadedAt)}</span>
          </li>`,
      )}
    </ul>`
  return html`${
      (result.files.length > 0 || result.day !== null) &&
      html`<section>
        <h2>${words.result}</h2>
        ${result.day !== null && html`<p>${words.document(result.number, result.day)}</p>`} ${list(result.files)}
      </section>`
    }
    <section>
      <h2>${words.title}</h2>
      ${papers.length === 0 && html`<p>${words.none}</p>`}
      ${papers.map(
        ({ title, language, files }) =>
          html`<h3 lang="${language}">${title}</h3>
            ${list(files) || html`<p class="small">${words.onPaper}</p>`}`,
      )}
    </section>
    ${
      unsent.length > 0 &&
      html`<section>
        <h2>${words.unsent}</h2>
        <dl class="facts">
          ${unsent.map(
            ({ title, language, way }) =>
              html`<div>
                <dt lang="${language}">${title}</dt>
                <dd>${words.ways[way]}</dd>
              </div>`,
          )}
        </dl>
      </section>`
    }
    ${
      (declaration.length > 0 || printed.length > 0) &&
      html`<section>
        <h2>${words.declaration}</h2>
        ${list(printed)}
        ${declaration.map(
          ({ title, lines }) =>
            html`<details>
              <summary>${title}</summary>
              <dl class="facts small">
                ${lines.map(
                  ({ label, value, element }) =>
                    html`<div>
                      <dt>${element !== null && html`${element}: `}${label}</dt>
                      <dd>${value}</dd>
                    </div>`,
                )}
              </dl>
            </details>`,
        )}
      </section>`
    }`
}
