import type { AmendmentChange, DossierView, TimelineEntry } from '../contract.ts'
import type { FeeLine } from '../rules/events.ts'
import type { DossiersText } from '../text.vi.ts'
import { stepNameIn, versionOfPaper } from './dossier-view.ts'

/** How days, moments and money are written; the kit's `useFormat()`. */
type Writer = { day: (day: string) => string; instant: (instant: string) => string; money: (amount: number) => string }
type Setting = { text: DossiersText; write: Writer }

export type StoryEntry = {
  key: string
  when: string
  /** Said only when it was written down at another time than it happened. */
  recorded: string | null
  title: string
  who: string
  /** Facts of the event, each a short sentence. */
  facts: readonly string[]
  /** What the applicant changed, each with before and after. */
  changes: readonly string[]
  details: TimelineEntry['details']
  papers: readonly { title: string; url: string }[]
  tone: 'late' | 'waiting' | 'done' | 'normal'
}

/** The story of a dossier, the newest first. */
export const storyOf = (view: DossierView, setting: Setting): StoryEntry[] =>
  view.timeline.map((entry) => entryOf(view, entry, setting)).toReversed()

function entryOf(view: DossierView, entry: TimelineEntry, { text, write }: Setting): StoryEntry {
  const { timeline, events } = { timeline: text.dossier.timeline, events: text.events }
  const late = entry.event['late'] === true
  const atDesk = entry.type === 'amended' && entry.officerName !== null
  const title = atDesk
    ? text.dossier.amendedAtDesk
    : (Object.entries(events).find(([type]) => type === entry.type)?.[1] ?? entry.type)
  return {
    key: String(entry.version),
    when: write.instant(entry.occurredAt),
    recorded: isLater(entry) ? timeline.recorded(write.instant(entry.recordedAt)) : null,
    title: late ? `${title} (${timeline.late})` : title,
    who: whoDid(entry, text),
    facts: factsOf(view, entry, { text, write }),
    changes: entry.changes.map((change) => changeLine(change, { text, write })),
    details: entry.details,
    papers: view.forms.filter((form) => versionOfPaper(form) === entry.version),
    tone: toneOf(entry, late),
  }
}

const isLater = ({ occurredAt, recordedAt }: TimelineEntry): boolean =>
  Math.abs(Date.parse(recordedAt) - Date.parse(occurredAt)) >= 60_000

function whoDid({ officerName, postTitle, onBehalfOfName, source, type }: TimelineEntry, text: DossiersText): string {
  const words = text.dossier.timeline
  const nobody = source === 'citizen' || type === 'lodged' ? words.citizen : words.system
  return [
    officerName ?? nobody,
    postTitle,
    onBehalfOfName && words.onBehalfOf(onBehalfOfName),
    source === 'import' && words.imported,
  ]
    .filter(Boolean)
    .join(' · ')
}

function toneOf({ type }: TimelineEntry, late: boolean): StoryEntry['tone'] {
  if (late || type === 'apologised') return 'late'
  if (type === 'supplementRequested' || type === 'paymentRequired') return 'waiting'
  return ['resultSigned', 'resultReturned', 'received'].includes(type) ? 'done' : 'normal'
}

function factsOf(view: DossierView, { type, event, aboutName }: TimelineEntry, { text, write }: Setting): string[] {
  const words = text.dossier.timeline
  const read = reader(event, write)
  const step = (key: string | undefined) => key && words.step(stepNameIn(view, key))
  const opinion = view.opinions.find(({ opinionId }) => opinionId === event['opinionId'])
  const facts: Record<string, readonly (string | false | null | undefined)[]> = {
    lodged: [wordFor(text.channels, read.text('channel')), view.assisted && words.assisted],
    received: [read.moment('dueAt', words.due)],
    supplementRequested: [
      read.day('completeBy', words.completeBy),
      namesOf(view, event['componentKeys']) && words.papers(namesOf(view, event['componentKeys'])),
    ],
    supplementReceived: [
      namesOf(view, keysOf(event['components'])) && words.papers(namesOf(view, keysOf(event['components']))),
      read.moment('dueAt', words.newDue),
    ],
    stepCompleted: [step(read.text('key')), read.line('resultNumber', words.number)],
    sentBack: [step(read.text('from'))],
    stepAssigned: [step(read.text('key')), assignmentOf(event, words), event['reason'] !== 'taken' && aboutName],
    opinionAsked: [opinion && text.dossier.opinionFrom(opinion.unitName), read.day('answerBy', words.answerBy)],
    opinionAnswered: [opinion && text.dossier.opinionFrom(opinion.unitName)],
    paymentRequired: [read.money('amount'), read.day('payBy', words.payBy)],
    paymentConfirmed: [read.moment('dueAt', words.newDue)],
    feeCollected: [
      read.money('amount'),
      wordFor(text.methods, read.text('method')),
      read.line('receiptNumber', words.receipt),
    ],
    feeRefunded: [read.money('amount')],
    feeReversed: [read.money('amount')],
    feeWaived: [read.money('amount')],
    feesRecounted: feesIn(event['fees'], write),
    extended: [read.moment('dueAt', words.newDue), wordFor(text.causes, read.text('cause'))],
    apologised: [read.day('newDay', words.newDue), wordFor(text.causes, read.text('cause'))],
    dueRecomputed: [read.moment('dueAt', words.newDue), read.line('notice', words.notice)],
    componentsRecorded: [
      namesOf(view, keysOf(event['components'])) && words.papers(namesOf(view, keysOf(event['components']))),
    ],
    resultSigned: [
      wordFor(text.dossier.outcome, read.text('outcome')),
      read.line('documentNumber', words.number),
      read.day('signedOn', words.signedOn),
    ],
    resultReturned: [wordFor(text.deliveries, read.text('delivery'))],
    correctionRequested: [read.day('correctBy', words.correctBy)],
    correctionIssued: [read.line('documentNumber', words.number)],
  }
  return (facts[type] ?? []).filter((fact): fact is string => typeof fact === 'string' && fact !== '')
}

function changeLine({ role, what, before, after }: AmendmentChange, { text, write }: Setting): string {
  const words = text.dossier.changes
  const { kinds, sexes } = text.dossier.person
  const say = (value: string | null): string => {
    if (value === null) return words.nothing
    if (what === 'birthDay') return write.day(value)
    if (what === 'fee') return write.money(Number(value))
    const named = { kind: kinds, sex: sexes, delivery: text.deliveries }[what as 'kind' | 'sex' | 'delivery']
    return wordFor(named ?? {}, value) ?? value
  }
  const name = role === null ? words.what[what] : words.of(text.roles[role], words.what[what])
  return words.line(name, say(before), say(after))
}

/** Reads parts of an event, which comes as plain JSON. */
function reader(event: Record<string, unknown>, write: Writer) {
  const text = (key: string): string | undefined => {
    const value = event[key]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const line = (key: string, say: (value: string) => string) => {
    const value = text(key)
    return value === undefined ? undefined : say(value)
  }
  return {
    text,
    line,
    day: (key: string, say: (day: string) => string) => line(key, (value) => say(write.day(value))),
    moment: (key: string, say: (moment: string) => string) => line(key, (value) => say(write.instant(value))),
    money: (key: string) => {
      const value = event[key]
      return typeof value === 'number' ? write.money(value) : undefined
    },
  }
}

const wordFor = (words: Readonly<Record<string, string>>, key: string | undefined): string | undefined =>
  key === undefined ? undefined : words[key]

const keysOf = (components: unknown): unknown =>
  Array.isArray(components)
    ? components.map((component: unknown) =>
        typeof component === 'object' && component !== null && 'key' in component ? component.key : null,
      )
    : []

function namesOf({ components }: DossierView, keys: unknown): string {
  if (!Array.isArray(keys)) return ''
  return components
    .filter(({ key }) => keys.includes(key))
    .map(({ name }) => shorten(name))
    .join('; ')
}

const shorten = (name: string): string => (name.length <= 80 ? name : `${name.slice(0, 77).trimEnd()}…`)

/** The fees that are owed now, each with what sets it. */
const feesIn = (fees: unknown, write: Writer): string[] =>
  ((Array.isArray(fees) ? fees : []) as FeeLine[])
    .filter(({ amount }) => amount > 0)
    .map(({ name, amount, basis }) => `${name}: ${write.money(amount)} (${basis})`)

function assignmentOf(event: Record<string, unknown>, words: DossiersText['dossier']['timeline']): string | undefined {
  if (event['officerId'] === null) return words.released
  if (event['reason'] === 'taken') return words.taken
  return event['reason'] === 'absence' ? words.absence : undefined
}
