import './reports.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { addDays, type Day, isDay } from '../../../platform/day.ts'
import {
  Choice,
  DayField,
  Icon,
  PageHeader,
  PageLink,
  PrintButton,
  ProblemAlert,
  Section,
  Toolbar,
  useApi,
  useFilters,
  useFormat,
  withQuery,
} from '../../../platform/web/index.ts'
import type { PaperKind } from '../contract.ts'
import type { Opening } from '../rules/field.ts'
import type { Printed } from '../rules/printed.ts'
import { FieldSheet } from './FieldSheet.tsx'
import { PrintedView } from './PrintedParts.tsx'
import { useReportsText } from './use-reports-text.ts'

type RoutineView = {
  paper: Printed
  knownAt: string
  kept: boolean
  from: Day
  to: Day
  today: Day
  agencyId: number
  papers: { day: Day; knownAt: string }[]
  agencies: { agencyId: number; name: string }[]
}

/** The day at 16:00: what was received, resolved, overdue. */
export const DailyPage = () => <RoutinePage key="daily" kind="daily" />
/** Progress of the week for the leaders' meeting. */
export const WeeklyPage = () => <RoutinePage key="weekly" kind="weekly" />

const paths = { daily: '/bao-cao-ngay', weekly: '/bao-cao-tuan' }

function RoutinePage({ kind }: { kind: PaperKind }) {
  const { routine: text, files } = useReportsText()
  const format = useFormat()
  const [filters, setFilters] = useFilters({ day: '', agencyId: '' })
  const day = isDay(filters.day) ? filters.day : undefined
  const query = { day, agencyId: filters.agencyId || undefined }
  const view = useApi<RoutineView>(withQuery(`/api/routine-papers/${kind}`, query), { every: 60_000 })
  const [opening, setOpening] = useState<Opening | null>(null)
  const { data } = view
  const file = (extension: string) => withQuery(`/api/routine-papers/${kind}/${extension}`, query)
  const step = kind === 'daily' ? 1 : 7
  return (
    <>
      <PageHeader
        title={text[kind]}
        note={data && noteOf(kind, data, { text, moment: format.instant })}
        actions={
          data && (
            <>
              <PrintButton path={file('pdf')}>{text.print}</PrintButton>
              <Button component="a" variant="default" href={file('html')} target="_blank" rel="noopener">
                {files.html}
              </Button>
              <Button component="a" leftSection={<Icon name="download" />} href={file('docx')} download>
                {files.word}
              </Button>
            </>
          )
        }
      />
      <ProblemAlert problem={view.problem} onRetry={view.reload} />
      {data && (
        <>
          <Toolbar label={text[kind]}>
            {data.agencies.length > 1 && (
              <Choice
                label={text.agency}
                value={String(data.agencyId)}
                onChange={(agencyId) => setFilters({ agencyId: agencyId ?? '' })}
                options={data.agencies.map(({ agencyId, name }) => ({ value: String(agencyId), label: name }))}
              />
            )}
            <DayField
              label={kind === 'daily' ? text.day : text.week}
              value={day ?? data.today}
              max={data.today}
              onChange={(chosen) => setFilters({ day: chosen ?? '' })}
            />
            <Button
              variant="default"
              leftSection={<Icon name="left" />}
              onClick={() => setFilters({ day: addDays(data.from, -step) })}
            >
              {text.before}
            </Button>
            <Button
              variant="default"
              rightSection={<Icon name="right" />}
              disabled={addDays(data.from, step) > data.today}
              onClick={() => setFilters({ day: addDays(data.from, step) })}
            >
              {text.after}
            </Button>
          </Toolbar>
          <PrintedView paper={data.paper} onOpen={setOpening} />
          {kind === 'daily' && (
            <Section title={text.papers}>
              {data.papers.length === 0 && <p className="k-note">{text.none}</p>}
              <ul>
                {data.papers.map((paper) => (
                  <li key={paper.day}>
                    <PageLink to={withQuery(paths[kind], { day: paper.day, agencyId: filters.agencyId || undefined })}>
                      {format.longDay(paper.day)}
                    </PageLink>
                  </li>
                ))}
              </ul>
            </Section>
          )}
          <FieldSheet
            opening={opening}
            source={{ agencyId: data.agencyId, reach: 'area', knownAt: data.knownAt }}
            onClose={() => setOpening(null)}
          />
        </>
      )}
    </>
  )
}

function noteOf(
  kind: PaperKind,
  { kept, knownAt }: RoutineView,
  { text, moment }: { text: ReturnType<typeof useReportsText>['routine']; moment: (instant: string) => string },
): string {
  if (kept) return text.kept(moment(knownAt))
  return kind === 'daily' ? text.live(moment(knownAt)) : text.liveWeek(moment(knownAt))
}
