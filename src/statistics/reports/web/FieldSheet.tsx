import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import {
  type Column,
  DataTable,
  EmptyState,
  ProblemAlert,
  SideSheet,
  useFormat,
  usePages,
} from '../../../platform/web/index.ts'
import type { FigureDossier, FigureId } from '../../figures/contract.ts'
import { type Asked, dossiersPath, dossiersQuery } from '../../figures/web/question-view.ts'
import type { Opening } from '../rules/field.ts'
import { useFigureWords, useReportsText } from './use-reports-text.ts'

/** Whose records, as known when: the same for every number of a report. */
export type Source = { agencyId: number; reach: 'own' | 'area' | 'under'; knownAt: string | null }

/** The dossiers behind a number of the text. A sum has several lists, one beside the other. */
export function FieldSheet({
  opening,
  source,
  onClose,
}: {
  opening: Opening | null
  source: Source
  onClose: () => void
}) {
  const { figures } = useFigureWords()
  const [chosen, setChosen] = useState<FigureId | null>(null)
  const ids = opening?.figures ?? []
  const figure = ids.find((id) => id === chosen) ?? ids[0]
  return (
    <SideSheet opened={opening !== null} onClose={onClose} title={figure ? figures[figure] : ''}>
      {opening && figure && (
        <>
          {ids.length > 1 && (
            <SegmentedControl
              fullWidth
              value={figure}
              onChange={(id) => setChosen(ids.find((one) => one === id) ?? null)}
              data={ids.map((id) => ({ value: id, label: figures[id] }))}
            />
          )}
          <Dossiers key={JSON.stringify([opening, figure])} figure={figure} asked={askedOf(opening, source)} />
        </>
      )}
    </SideSheet>
  )
}

function askedOf({ from, to, line }: Opening, { agencyId, reach, knownAt }: Source): Asked {
  const asked: Asked = { agencyId, reach, from, to, knownAt }
  if (!line) return asked
  if (line.by === 'field') return { ...asked, field: line.key }
  if (line.by === 'unit') return { ...asked, unitId: line.key }
  if (line.by === 'agency') return { ...asked, agencyId: Number(line.key), reach: 'area' }
  return { ...asked, by: line.by, key: line.key }
}

type Answer = { items: FigureDossier[]; next: string | null }

function Dossiers({ figure, asked }: { figure: FigureId; asked: Asked }) {
  const text = useReportsText()
  const { meanings, figures } = useFigureWords()
  const format = useFormat()
  const list = usePages<FigureDossier, Answer>(dossiersPath(figure), dossiersQuery(asked))
  const columns: Column<FigureDossier>[] = [
    { key: 'code', head: text.fields.code, width: '11rem', main: true, cell: ({ code }) => code },
    {
      key: 'procedure',
      head: text.fields.procedure,
      grow: true,
      wrap: true,
      cell: ({ procedureName }) => procedureName,
    },
    {
      key: 'due',
      head: text.fields.day,
      width: '6.5rem',
      cell: ({ finishedOn, receivedOn }) =>
        (finishedOn ?? receivedOn) ? format.day(finishedOn ?? receivedOn ?? '') : '',
    },
  ]
  return (
    <>
      <p className="k-note">
        {meanings[figure]} {text.period(format.day(asked.from), format.day(asked.to))}
        {asked.knownAt && ` · ${text.known(format.instant(asked.knownAt))}`}
      </p>
      <ProblemAlert problem={list.problem} onRetry={list.reload} />
      {!(list.problem && !list.items) && (
        <DataTable
          label={figures[figure]}
          rows={list.items}
          columns={columns}
          rowKey={({ dossierId }) => dossierId}
          rowTo={({ dossierId }) => `/ho-so/${dossierId}`}
          onMore={list.more}
          empty={<EmptyState title={text.fields.nothing} />}
        />
      )}
    </>
  )
}
