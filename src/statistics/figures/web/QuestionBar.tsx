import { Button } from '@mantine/core'
import type { Field } from '../../../catalogue/contract.ts'
import type { DeskView } from '../../../dossiers/contract.ts'
import { Choice, DayField, Icon, Toolbar, useApi, useFormat, useLanguage } from '../../../platform/web/index.ts'
import { PeriodChooser } from './PeriodChooser.tsx'
import { type Asked, type Filters, isAboveOthers, reaches } from './question-view.ts'
import { useFiguresText, usePageText } from './use-figures-text.ts'
import { useLineName } from './use-line-name.ts'
import type { Statistics } from './use-statistics.ts'

/** Which records are counted, in which days, of which agency, as known when. */
export function QuestionBar({ statistics, withCompare = false }: { statistics: Statistics; withCompare?: boolean }) {
  const text = usePageText()
  const { channels } = useFiguresText()
  const { language } = useLanguage()
  const { period, cutoff, today, filters, setFilters, desk, span, asOf } = statistics
  const fields = useApi<Field[]>('/api/procedure-fields')
  const fieldNames = (fields.data ?? []).map(({ key, name, nameEn }) => ({
    value: key,
    label: language === 'vi' ? name : nameEn,
  }))
  return (
    <div className="f-ask">
      <Toolbar label={text.ask}>
        <PeriodChooser
          period={period}
          cutoff={cutoff}
          today={today}
          // Another question: what was open belongs to the one before.
          onChange={(change) => setFilters({ ...change, open: '', line: '', of: '' })}
        />
        {withCompare && (
          <Choice
            label={text.compare.label}
            required
            width="12rem"
            value={filters.compare}
            options={(['none', 'previous', 'year'] as const).map((value) => ({ value, label: text.compare[value] }))}
            onChange={(compare) => setFilters({ compare: compare ?? 'none' })}
          />
        )}
      </Toolbar>
      <Toolbar label={text.filters.title}>
        {desk.data && <AgencyChoice desk={desk.data} filters={filters} onChange={setFilters} />}
        <Choice
          label={text.filters.field}
          width="12rem"
          placeholder={text.filters.any}
          value={filters.field || null}
          options={fieldNames}
          onChange={(field) => setFilters({ field: field ?? '' })}
        />
        <Choice
          label={text.filters.channel}
          width="10rem"
          placeholder={text.filters.any}
          value={filters.channel || null}
          options={Object.entries(channels).map(([value, label]) => ({ value, label }))}
          onChange={(channel) => setFilters({ channel: channel ?? '' })}
        />
        <DayField
          label={text.known.label}
          width="11rem"
          value={filters.asOf || null}
          onChange={(day) => setFilters({ asOf: day ?? '' })}
        />
        {asOf ? (
          <Button variant="subtle" leftSection={<Icon name="undo" />} onClick={() => setFilters({ asOf: '' })}>
            {text.known.now}
          </Button>
        ) : (
          span.to < today && (
            <Button variant="subtle" onClick={() => setFilters({ asOf: span.to })}>
              {text.known.atEnd}
            </Button>
          )
        )}
      </Toolbar>
      <Chips statistics={statistics} />
    </div>
  )
}

type Change = (change: Partial<Filters>) => void

function AgencyChoice({ desk, filters, onChange }: { desk: DeskView; filters: Filters; onChange: Change }) {
  const text = usePageText().agency
  const format = useFormat()
  const isAbove = isAboveOthers(desk)
  const options = desk.agencies.flatMap(({ agencyId, name, validTo, hasPredecessors }) => [
    { value: String(agencyId), label: validTo === null ? name : text.old(name, format.day(validTo)) },
    ...(hasPredecessors ? [{ value: `${agencyId}${reaches.area}`, label: text.area(name) }] : []),
    ...(isAbove && agencyId === desk.home ? [{ value: `${agencyId}${reaches.under}`, label: text.under(name) }] : []),
  ])
  if (options.length <= 1) return null
  const home = String(desk.home ?? '')
  return (
    <Choice
      label={text.label}
      required
      width="20rem"
      value={filters.agencyId || home}
      options={options}
      onChange={(agencyId) =>
        onChange({ agencyId: agencyId === home ? '' : (agencyId ?? ''), unitId: '', officerId: '' })
      }
    />
  )
}

const chips = { procedure: 'procedure', unitId: 'unit', officerId: 'officer' } as const
const chipKeys = ['procedure', 'unitId', 'officerId'] as const

/** What the figures were narrowed to by choosing a line; each goes away by itself. */
function Chips({ statistics: { filters, setFilters, asked } }: { statistics: Statistics }) {
  const text = usePageText().filters
  const held = chipKeys.filter((key) => filters[key] !== '')
  if (held.length === 0) return null
  return (
    <ul className="f-chips" aria-label={text.chips}>
      {held.map((key) => (
        <li key={key}>
          <Chip asked={asked} by={chips[key]} code={filters[key]} onRemove={() => setFilters({ [key]: '' })} />
        </li>
      ))}
      {held.length > 1 && (
        <li>
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => setFilters({ procedure: '', unitId: '', officerId: '' })}
          >
            {text.clear}
          </Button>
        </li>
      )}
    </ul>
  )
}

function Chip({
  asked,
  by,
  code,
  onRemove,
}: {
  asked: Asked | null
  by: 'procedure' | 'unit' | 'officer'
  code: string
  onRemove: () => void
}) {
  const text = usePageText().filters
  const what = `${text[by]}: ${useLineName(asked, `${by}:${code}`) || code}`
  return (
    <Button
      variant="default"
      size="compact-sm"
      rightSection={<Icon name="close" size={14} />}
      aria-label={text.remove(what)}
      onClick={onRemove}
    >
      {what}
    </Button>
  )
}
