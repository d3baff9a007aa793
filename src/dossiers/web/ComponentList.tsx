import { type Column, DataTable, EmptyState, Section, useApi, useFormat } from '../../platform/web/index.ts'
import type { FileEntry } from '../../documents/contract.ts'
import type { ComponentView, DossierView } from '../contract.ts'
import { useDossierText, wordOf } from './use-dossier-text.ts'

/** The papers: what was asked for, what was handed in, and its files. */
export function ComponentList({ view }: { view: DossierView }) {
  const words = useDossierText().dossier.components
  const { data } = useApi<{ files: FileEntry[] }>(`/api/dossiers/${view.dossierId}/files`)
  const files = (data?.files ?? []).filter(({ dossierId }) => dossierId === view.dossierId)
  const filesOf = (component: ComponentView) =>
    files.filter((file) => component.files.includes(file.fileId) || file.component === component.key)
  const others = files.filter((file) => !view.components.some((component) => filesOf(component).includes(file)))
  const columns = useColumns(filesOf)
  return (
    <Section title={words.title}>
      <DataTable
        label={words.title}
        rows={view.components}
        columns={columns}
        rowKey={(row) => row.key}
        empty={<EmptyState title={words.empty} />}
      />
      {others.length > 0 && (
        <>
          <h3>{words.otherFiles}</h3>
          <FileLinks files={others} />
        </>
      )}
    </Section>
  )
}

/** One line a paper. */
function useColumns(filesOf: (component: ComponentView) => FileEntry[]): Column<ComponentView>[] {
  const words = useDossierText().dossier.components
  return [
    { key: 'paper', head: words.paper, main: true, wrap: true, cell: (row) => <Paper component={row} /> },
    { key: 'need', head: words.need, width: '7rem', wrap: true, cell: (row) => <Need component={row} /> },
    { key: 'given', head: words.given, width: '8rem', wrap: true, cell: (row) => <Given component={row} /> },
    {
      key: 'digital',
      head: words.digital,
      width: '13rem',
      wrap: true,
      cell: (row) => (
        <div>
          <span className={row.digital ? undefined : 'k-dimmed'}>{digitalWord(row, words)}</span>
          <FileLinks files={filesOf(row)} />
        </div>
      ),
    },
  ]
}

function Paper({ component: { name, explanation } }: { component: ComponentView }) {
  return (
    <>
      {name}
      {explanation && (
        <span className="d-paper-law k-dimmed" title={explanation}>
          {explanation}
        </span>
      )}
    </>
  )
}

function Need({ component }: { component: ComponentView }) {
  const words = useDossierText().dossier.components
  const { need, originals, copies } = component
  return (
    <span>
      {wordOf(words.needs, need)}
      {(originals > 0 || copies > 0) && <span className="d-line k-dimmed">{words.asked(originals, copies)}</span>}
    </span>
  )
}

function Given({ component }: { component: ComponentView }) {
  const text = useDossierText()
  const words = text.dossier.components
  const { given, count, form, need, way } = component
  if (given) return words.handed(count, text.paperForms[form])
  const missing = <strong className="d-missing">{words.missing}</strong>
  if (way === 'counter')
    return (
      <>
        {missing}
        <span className="d-line k-dimmed">{text.componentWays[way]}</span>
      </>
    )
  if (way) return <span className="k-dimmed">{text.componentWays[way]}</span>
  return need === 'required' ? missing : <span className="k-dimmed">{words.notNeeded}</span>
}

function digitalWord(
  { digital, given }: ComponentView,
  words: ReturnType<typeof useDossierText>['dossier']['components'],
): string {
  if (digital) return words.digitals[digital]
  return given ? words.noDigital : '–'
}

/** PDF and pictures open in the browser, everything else is downloaded. */
export function FileLinks({ files }: { files: readonly FileEntry[] }) {
  const format = useFormat()
  if (files.length === 0) return null
  return (
    <ul className="d-plain">
      {files.map((file) => (
        <li key={file.fileId}>
          <a href={`/api/files/${file.fileId}${file.preview ? '?inline=1' : ''}`} target="_blank" rel="noreferrer">
            {file.name}
          </a>{' '}
          <span className="k-dimmed">{format.fileSize(file.size)}</span>
        </li>
      ))}
    </ul>
  )
}
