import './catalogue.css'
import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import {
  announce,
  type ApiProblem,
  type Column,
  DataTable,
  FileDrop,
  Icon,
  PageHeader,
  ProblemAlert,
  Section,
  StatusBadge,
  toProblem,
  uploadFile,
  useForget,
  useFormat,
  useText,
} from '../../platform/web/index.ts'
import type { ImportAnswer } from '../contract.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { importWords } from './version-view.ts'

type Line = ImportAnswer['lines'][number]
type Procedure = ImportAnswer['procedures'][number]

/** A file is read and judged first; only then does a second click import it. */
export function ImportPage() {
  const { web: text } = useText({ vi, en })
  const forget = useForget()
  const [preview, setPreview] = useState<{ file: File; report: ImportAnswer } | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)

  async function run(file: File) {
    setBusy(true)
    try {
      const report = await uploadFile<ImportAnswer>('/api/procedures/import', { file })
      setPreview({ file, report })
      setProblem(null)
      announce(text.imported(report.procedures.filter(({ outcome }) => outcome === 'published').length))
      await forget('/api/procedures', '/api/procedure-fields', '/api/procedure-versions')
    } catch (error) {
      setProblem(toProblem(error))
    } finally {
      setBusy(false)
    }
  }

  const report = preview?.report
  const isNew = report?.procedures.some(({ outcome }) => outcome === 'published') ?? false
  return (
    <>
      <PageHeader
        title={text.importTitle}
        note={text.importNote}
        back={{ to: '/thu-tuc', label: text.back }}
        actions={
          <Button
            component="a"
            href="/api/procedures/template.xlsx"
            variant="default"
            leftSection={<Icon name="download" />}
          >
            {text.template}
          </Button>
        }
      />
      <FileDrop<ImportAnswer>
        label={text.file}
        accept=".xlsx,.json"
        maxBytes={20_000_000}
        multiple={false}
        send={(file, options) => uploadFile('/api/procedures/import?dryRun=true', { file, ...options })}
        onSent={(answer, file) => {
          setProblem(null)
          setPreview({ file, report: answer })
        }}
      />
      <ProblemAlert problem={problem} />
      {report && (
        <>
          <Section
            title={report.dryRun ? text.preview : text.importTitle}
            actions={
              report.dryRun && (
                <Button disabled={!isNew} loading={busy} onClick={() => void run(preview.file)}>
                  {text.runImport}
                </Button>
              )
            }
          >
            {report.dryRun && <p className="catalogue-note">{text.previewNote}</p>}
            <Figures rows={report.rows} />
          </Section>
          <Section title={text.lines}>
            <Lines lines={report.lines} />
          </Section>
          <Section title={text.procedures}>
            <Procedures rows={report.procedures} />
          </Section>
        </>
      )}
    </>
  )
}

function Figures({ rows }: { rows: ImportAnswer['rows'] }) {
  const { web: text } = useText({ vi, en })
  const format = useFormat()
  return (
    <dl className="catalogue-figures">
      {(
        [
          [text.rowsRead, rows.read],
          [text.rowsImported, rows.imported],
          [text.rowsReported, rows.reported],
        ] as const
      ).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{format.number(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Procedures({ rows }: { rows: readonly Procedure[] }) {
  const { web: text } = useText({ vi, en })
  const format = useFormat()
  const columns: Column<Procedure>[] = [
    { key: 'name', head: text.name, cell: ({ shortName, code }) => shortName || code, main: true, grow: true },
    { key: 'code', head: text.code, cell: ({ code }) => code, width: '8rem' },
    {
      key: 'since',
      head: text.since,
      cell: ({ validFrom }) => (/^\d{4}-\d{2}-\d{2}$/.test(validFrom) ? format.day(validFrom) : '–'),
      width: '9rem',
    },
    {
      key: 'outcome',
      head: text.outcome,
      cell: ({ outcome }) => (
        <StatusBadge tone={outcome === 'held-back' ? 'late' : 'normal'}>{text.outcomes[outcome]}</StatusBadge>
      ),
      width: '10rem',
    },
  ]
  return (
    <DataTable
      label={text.procedures}
      rows={rows}
      columns={columns}
      rowKey={({ code, validFrom }) => `${code} ${validFrom}`}
    />
  )
}

/** What was found, line by line; rows that only wait for another row are told on request. */
function Lines({ lines }: { lines: readonly Line[] }) {
  const all = useText({ vi, en })
  const { web: text } = all
  const [showsAll, setAll] = useState(false)
  const shown = lines.filter(({ code }) => showsAll || code !== 'held-back')
  const columns: Column<Line>[] = [
    {
      key: 'place',
      head: text.sheet,
      cell: ({ sheet, row }) => (row === null ? sheet : `${sheet}, ${text.row.toLowerCase()} ${row}`),
      main: true,
      width: '18rem',
    },
    { key: 'column', head: text.column, cell: ({ column }) => column ?? '–', width: '12rem' },
    {
      key: 'severity',
      head: text.severity,
      cell: ({ severity }) => (
        <StatusBadge tone={severity === 'error' ? 'late' : 'today'}>
          {severity === 'error' ? text.error : text.warning}
        </StatusBadge>
      ),
      width: '7rem',
    },
    { key: 'words', head: text.words, cell: (line) => importWords(line, all), grow: true, wrap: true },
    { key: 'code', head: text.code, cell: ({ procedure }) => procedure ?? '–', width: '8rem', wideOnly: true },
  ]
  return (
    <>
      <SegmentedControl
        mb={12}
        aria-label={text.lines}
        value={showsAll ? 'all' : 'causes'}
        onChange={(value) => setAll(value === 'all')}
        data={[
          { value: 'causes', label: text.causesOnly },
          { value: 'all', label: text.allLines },
        ]}
      />
      <DataTable
        label={text.lines}
        rows={shown}
        columns={columns}
        rowKey={(line) => [line.sheet, line.row, line.column, line.code].join('/')}
        empty={<p>{text.noLines}</p>}
      />
    </>
  )
}
