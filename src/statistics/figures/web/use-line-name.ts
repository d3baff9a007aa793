import { useApi, useFormat, useLanguage } from '../../../platform/web/index.ts'
import type { Breakdown } from '../contract.ts'
import { readLine } from './opened-view.ts'
import { type Asked, figuresPath, stepsPath } from './question-view.ts'
import { isStepsBy, type StepTimes } from './steps-view.ts'
import { useFigures } from './use-figures.ts'
import { useFiguresText, usePageText, wordOf } from './use-figures-text.ts'

const fromServer: ReadonlySet<string> = new Set<Breakdown>(['field', 'procedure', 'unit', 'officer', 'agency'])

/** What a line is called that the address names only by its key: `field:civil-status` → Hộ tịch. */
export function useLineName(asked: Asked | null, line: string): string {
  const format = useFormat()
  const { channels, levels, weekdays } = useFiguresText()
  const { trend, load } = usePageText().charts
  const read = readLine(line)
  const isNamedThere = read !== undefined && fromServer.has(read.by)
  const table = useFigures(asked && isNamedThere ? figuresPath(asked, read.by as Breakdown) : null)
  if (!read) return ''
  const { by, key } = read
  switch (by) {
    case 'channel':
      return wordOf(channels, key)
    case 'level':
      return wordOf(levels, key)
    case 'weekday':
      return wordOf(weekdays, key)
    case 'hour':
      return load.hour(Number(key))
    case 'load': {
      const [weekday = '', hour = ''] = key.split('-')
      return `${wordOf(weekdays, weekday)}, ${load.hour(Number(hour))}`
    }
    case 'month':
      return trend.month(key)
    case 'week':
      return trend.weekOf(format.day(key))
    case 'day':
      return format.day(key)
    default:
      return table.data?.lines.find((each) => each.key === key)?.label ?? ''
  }
}

/** The same of a step, a unit or an officer in the chart of steps. */
export function useStepName(asked: Asked | null, line: string): string {
  const { language } = useLanguage()
  const read = readLine(line)
  const by = read && isStepsBy(read.by) ? read.by : undefined
  const times = useApi<StepTimes>(asked && by ? stepsPath(asked, by) : null)
  const found = [...(times.data?.steps ?? []), ...(times.data?.others ?? [])].find(({ key }) => key === read?.key)
  if (!found) return ''
  return language === 'en' ? found.nameEn : found.name
}
