import type { FiguresPageText } from './page-text.vi.ts'

const fractions = {
  quarter: 'a quarter',
  third: 'a third',
  half: 'half',
  'two-thirds': 'two thirds',
  'three-quarters': 'three quarters',
}
type Write = { percent: (value: number) => string }

/** As people say it, where there is a fraction for it. */
const shareIn = (share: number, write: Write, said?: { fraction: keyof typeof fractions; exact: boolean }): string =>
  said ? `${said.exact ? '' : 'about '}${fractions[said.fraction]}` : write.percent(100 * share)

/** Two or three by their names; of more the first two, and how many besides. */
const someOf = (names: readonly string[]): string => {
  if (names.length <= 1) return names.join('')
  if (names.length <= 3) return `${names.slice(0, -1).join('; ')} and ${names.at(-1) ?? ''}`
  return `${names.slice(0, 2).join('; ')} and ${names.length - 2} others`
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const dossiers = (count: string) => `${count} ${count === '1' ? 'dossier' : 'dossiers'}`

/** The same sentences as page-text.vi.ts, in English. */
export const en: FiguresPageText = {
  title: 'Statistics',
  chartsTitle: 'Charts',
  toCharts: 'See the charts',
  toFigures: 'See the figures',
  print: 'Print this page',
  asRead: (moment) => `By the log up to ${moment}`,
  asKnown: (day) => `As known by the end of ${day}`,
  opens: (figure, where) => `dossiers: ${figure}${where ? `, ${where}` : ''}`,
  ask: 'What is counted',
  period: {
    kind: 'Period',
    which: 'Choose the period',
    kinds: {
      month: 'Month',
      quarter: 'Quarter',
      half: 'Half-year',
      nine: 'Nine months',
      year: 'Year',
      days: 'Any days',
    },
    names: {
      month: (number, year) => `${months[number - 1] ?? ''} ${year}`,
      quarter: (number, year) => `Quarter ${number}/${year}`,
      half: (number, year) => `${number === 1 ? 'First' : 'Second'} half of ${year}`,
      nine: (_number, year) => `Nine months of ${year}`,
      year: (_number, year) => `Year ${year}`,
    },
    before: 'Period before',
    after: 'Period after',
    cutoff: 'Cut-off',
    cutoffs: { 1: 'By the calendar', 15: 'The 15th (decree 09/2019)', 10: 'The 10th (reform report)' },
    from: 'First day',
    to: 'Last day',
    wrongWay: 'The first day must come before the last.',
    show: 'Show',
    span: (from, to) => `${from} to ${to}`,
  },
  agency: {
    label: 'Agency',
    seeBelow: 'See those under it as well',
    area: (name) => `${name} – the whole area, with the old units`,
    old: (name, day) => `${name} – as the old unit, until ${day}`,
    under: (name) => `${name} and those under it`,
    none: 'This account may not see the statistics of any agency',
    noneHint: 'Ask the administrator of the agency for a post.',
    notApportioned: (names) =>
      `An old unit${names && ` (${names})`} was divided among several; the part that belongs to this area cannot be told apart and is not counted here.`,
  },
  known: {
    label: 'As known on',
    hint: 'empty: now',
    atEnd: 'As on the last day',
    now: 'Back to what is known now',
    title: 'Different from what is known now',
    none: (day) => `Nothing has changed the figures of this period since the end of ${day}.`,
    what: (day) => `The figures of the period as known by the end of ${day}, beside those of now, and why they differ.`,
    figure: 'Figure',
    then: 'Known then',
    today: 'Now',
    change: 'Difference',
    dossiers: 'Dossiers that changed it',
    dossier: 'Dossier',
    procedure: 'Procedure',
    recorded: (moment) => `recorded ${moment}`,
    occurred: (moment) => `happened ${moment}`,
    cause: 'Cause',
    timePassed: 'The due date has passed; nothing was recorded',
    effect: 'Change',
  },
  filters: {
    title: 'Narrow the figures',
    chips: 'Narrowed by',
    remove: (what) => `Remove ${what}`,
    clear: 'Remove all',
    any: 'All',
    field: 'Field',
    channel: 'Channel',
    procedure: 'Procedure',
    unit: 'Unit',
    officer: 'Officer',
  },
  balance: {
    title: 'Balance of the period',
    holds: (sum) => `Balanced: both sides are ${dossiers(sum)}.`,
    broken: (left, right) => `Not balanced: ${left} on the left, ${right} on the right.`,
    equals: 'equals',
    plus: 'plus',
  },
  compare: {
    label: 'Compared with',
    none: 'Nothing',
    previous: 'The period before',
    year: 'The year before',
    was: (value) => `${value} then`,
    same: 'unchanged',
    change: (by, percent) => (percent === null ? by : `${by} (${percent})`),
    points: (by) => `${by} points`,
  },
  rates: {
    title: 'Rates',
    of: 'of',
    opens: (rate, where) => `${rate}${where ? `, ${where}` : ''}: see how it is counted`,
    convention: (words) => `Counted as: ${words}`,
  },
  lines: {
    title: (by) => `By ${by.toLowerCase()}`,
    by: 'Broken down by',
    view: 'Columns',
    views: { balance: 'Balance', course: 'Course', digital: 'Digitisation', rates: 'Rates' },
    groups: {
      in: 'Intake',
      resolved: 'Resolved',
      ended: 'Ended otherwise',
      open: 'Open',
      intake: 'Intake',
      time: 'Time',
      result: 'Result',
      channel: 'Channel',
      digital: 'Digitisation',
      way: 'On the way',
    },
    total: 'Total',
    nothing: 'No dossier in this period yet',
    nothingHint:
      'Figures appear as soon as the first dossier is received. Choose another period or agency, or narrow less.',
    only: (name) => `Only ${name}`,
    sortBy: (name) => `Sort by ${name}`,
    keys: 'Arrow keys move among the numbers, Enter opens the dossiers.',
    more: (count) => `Show all ${count} lines`,
    counting: 'Counting…',
  },
  all: { title: 'All figures', figure: 'Figure', now: 'This period', change: 'Difference' },
  sheet: {
    count: dossiers,
    one: '1 dossier',
    code: 'Code',
    procedure: 'Procedure',
    time: 'Time',
    received: 'received',
    due: 'due',
    finished: 'finished',
    empty: 'No dossier',
    emptyHint: 'The figures have just changed. Close this and load the page again to see them.',
    list: 'Dossiers behind the number',
    more: 'Show more',
    differs: (number, list) => `The number is ${number}, the list has ${list}.`,
  },
  charts: {
    withTable: 'With tables',
    nothing: 'There is no dossier to draw in this period yet.',
    field: 'Field',
    mark: (where, what, value) => `${where}: ${what} ${value}`,
    trend: {
      step: 'By',
      steps: { day: 'Day', week: 'Week', month: 'Month' },
      series: { received: 'Received', resolved: 'Resolved' },
      what: {
        day: 'Dossiers received and resolved each day',
        week: 'Dossiers received and resolved each week',
        month: 'Dossiers received and resolved each month',
      },
      month: (key) => `${months[Number(key.slice(5)) - 1] ?? ''} ${key.slice(0, 4)}`,
      shortMonth: (key) => `${Number(key.slice(5))}/${key.slice(2, 4)}`,
      weekOf: (day) => `Week of ${day}`,
      week: (from, to) => `Week ${from} – ${to}`,
      findings: (finding, number) => {
        if (finding.kind === 'none') return 'No dossier arose'
        if (finding.kind === 'same') return `What lies open stayed at ${number(finding.open)}`
        const moved = finding.kind === 'grown' ? 'grew' : 'shrank'
        return `What lies open ${moved} by ${number(finding.by)}, from ${number(finding.from)} to ${number(finding.to)}`
      },
    },
    share: {
      what: 'Dossiers received, by field',
      part: 'Part',
      findings: (finding, write, fraction) => {
        if (finding.kind === 'none') return 'No dossier arose in any field'
        if (finding.kind === 'all') return `All dossiers are of ${finding.label}`
        if (finding.kind === 'even')
          return `Spread over ${write.number(finding.lines)} fields, most in ${finding.label}: ${write.percent(100 * finding.share)}`
        return `${finding.label} makes up ${shareIn(finding.share, write, fraction)} of the dossiers`
      },
    },
    onTime: {
      what: 'Share on time of what was resolved, by field (form 3, row 3.3)',
      resolved: 'Resolved',
      late: 'Late',
      rate: 'Share on time',
      lateOf: 'late of',
      findings: (finding, write) => {
        if (finding.kind === 'none') return 'Nothing was resolved yet'
        if (finding.kind === 'all') return `All ${write.number(finding.resolved)} resolved dossiers were on time`
        if (finding.kind === 'only') return `Only ${finding.label} has late dossiers: ${write.number(finding.late)}`
        const rate = write.percent((100 * (finding.resolved - finding.late)) / finding.resolved)
        return `${finding.label} is least often on time: ${rate}`
      },
    },
    load: {
      what: 'Dossiers received by hour and day of the week',
      weekday: 'Day',
      hour: (hour) => `${hour} h`,
      findings: (finding, write, fraction) =>
        finding.kind === 'none'
          ? 'Nothing was received yet'
          : `Busiest on ${write.weekday(finding.weekday)} at ${finding.hour} h; ${shareIn(finding.morning / finding.of, write, fraction)} come before noon`,
    },
    steps: {
      what: 'Office time in each step: the median, and what nine in ten do not exceed',
      by: 'Time by',
      bys: { step: 'Step', unit: 'Unit', officer: 'Officer' },
      median: 'Median',
      p90: 'Nine in ten within',
      passed: 'Times',
      late: 'Over the time allotted',
      lateOf: (count) => `${count} over the time allotted`,
      within: (p90) => `90 % within ${p90}`,
      times: 'times',
      stays: 'Stays',
      staysHint: 'A stay is one time that a dossier was there and went on within the period; the longest first.',
      took: 'Time',
      other: (name, median, within) => `Not the authority's own time: ${name}, median ${median}; ${within}`,
      findings: (finding, write, _by, fraction) =>
        finding.kind === 'none'
          ? 'No step was finished yet'
          : `${someOf(finding.names)} take${finding.names.length === 1 ? 's' : ''} ${shareIn(finding.share, write, fraction)} of the time`,
    },
  },
}
