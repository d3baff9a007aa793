import { Type, type Static } from 'typebox'

const DayText = Type.String({ format: 'date' })
const Moment = Type.String({ format: 'date-time' })
const strict = { additionalProperties: false } as const

export const DayKind = Type.Enum(['holiday', 'substitute', 'swap-off', 'swap-work', 'closure'])
export const DayStatus = Type.Enum(['official', 'provisional'])
export const Reading = Type.Enum(['hours', 'days'])

/** Sent by the web with every change; putting and deleting the same thing twice is the same as once. */
const commandId = Type.Optional(Type.String({ format: 'uuid' }))

/** What an administrator says about a day; the day itself stands in the address. */
export const DayEntry = Type.Object(
  {
    kind: DayKind,
    name: Type.String({ minLength: 1, maxLength: 200 }),
    notice: Type.String({ maxLength: 500 }),
    status: DayStatus,
    commandId,
  },
  strict,
)
export type DayEntry = Static<typeof DayEntry>

/** Minutes after midnight, the end not included. */
export const Interval = Type.Object(
  { from: Type.Integer({ minimum: 0, maximum: 1440 }), to: Type.Integer({ minimum: 0, maximum: 1440 }) },
  strict,
)

/** What an administrator says about office hours; the day from which they hold stands in the address. */
export const HoursEntry = Type.Object(
  {
    intervals: Type.Array(Interval, { maxItems: 8 }),
    workingWeekdays: Type.Array(Type.Enum([1, 2, 3, 4, 5, 6, 7]), { maxItems: 7, uniqueItems: true }),
    saturdaySession: Type.Array(Interval, { maxItems: 8 }),
    reading: Reading,
    commandId,
  },
  strict,
)
export type HoursEntry = Static<typeof HoursEntry>

const Nobody = Type.Union([Type.String(), Type.Null()])
const Agency = Type.Union([Type.Object({ agencyId: Type.Integer(), name: Type.String() }), Type.Null()])

/** An exceptional day with who entered it: `agency` is null for the whole country, `changedBy` for a release. */
export const CalendarDay = Type.Object({
  day: DayText,
  kind: DayKind,
  name: Type.String(),
  notice: Type.String(),
  status: DayStatus,
  agency: Agency,
  changedBy: Nobody,
  changedAt: Moment,
})
export type CalendarDay = Static<typeof CalendarDay>

/** Office hours from a day on; `agency` is null for the usual hours that hold where nobody has set any. */
export const CalendarHours = Type.Object({
  validFrom: DayText,
  intervals: Type.Array(Interval),
  workingWeekdays: Type.Array(Type.Enum([1, 2, 3, 4, 5, 6, 7])),
  saturdaySession: Type.Array(Interval),
  reading: Reading,
  agency: Agency,
  changedBy: Nobody,
  changedAt: Type.Union([Moment, Type.Null()]),
})
export type CalendarHours = Static<typeof CalendarHours>

export const CalendarYear = Type.Object({
  year: Type.Integer(),
  agency: Agency,
  /** Whether any holiday of the year is entered. */
  isKnown: Type.Boolean(),
  workingDays: Type.Integer(),
  days: Type.Array(CalendarDay),
  hours: Type.Array(CalendarHours),
  mayChangeCountry: Type.Boolean(),
  mayChangeAgency: Type.Boolean(),
})
export type CalendarYear = Static<typeof CalendarYear>

export const CalendarChange = Type.Object({
  changeId: Type.Integer(),
  subject: Type.Enum(['day', 'hours']),
  day: DayText,
  before: Type.Unknown(),
  after: Type.Unknown(),
  changedBy: Nobody,
  changedAt: Moment,
})
export type CalendarChange = Static<typeof CalendarChange>

export const DueQuestion = Type.Object(
  {
    /** The calendar of this agency; without it the one of the whole country with the usual hours. */
    agencyId: Type.Optional(Type.Integer()),
    start: Moment,
    limit: Type.Array(
      Type.Object(
        {
          amount: Type.Integer({ minimum: 0, maximum: 1000 }),
          unit: Type.Enum(['workingHour', 'workingDay', 'calendarDay', 'month', 'atOnce']),
        },
        strict,
      ),
      { minItems: 1, maxItems: 6 },
    ),
    /** Without it the reading that the agency had on the day of `start`. */
    reading: Type.Optional(Reading),
    nextDayAfter15: Type.Optional(Type.Boolean()),
    pauses: Type.Optional(
      Type.Array(
        Type.Object(
          { from: Moment, to: Moment, reason: Type.Enum(['supplement', 'opinion', 'finance', 'other']) },
          strict,
        ),
        { maxItems: 50 },
      ),
    ),
    /** When a supplement was complete: the time is counted anew from there. */
    completedAt: Type.Optional(Moment),
    language: Type.Optional(Type.Enum(['vi', 'en'])),
  },
  strict,
)
export type DueQuestion = Static<typeof DueQuestion>

/** Days and notices behind a line stand in `why`; `amount` is minutes, days or months as `unit` says. */
const Line = Type.Object({
  part: Type.Integer(),
  phase: Type.Enum(['count', 'end']),
  from: DayText,
  to: DayText,
  clock: Type.Optional(Interval),
  counted: Type.Boolean(),
  amount: Type.Integer(),
  unit: Type.Enum(['minute', 'workingDay', 'calendarDay', 'month']),
  why: Type.Object({ code: Type.String() }, { additionalProperties: true }),
  rule: Type.String(),
})

/** When the actor's office works around today: what pages count the time left by. */
export const WorkingTimesReply = Type.Object({
  from: DayText,
  to: DayText,
  days: Type.Array(
    Type.Object({
      day: DayText,
      intervals: Type.Array(Type.Object({ from: Type.Integer(), to: Type.Integer() })),
    }),
  ),
})

export const DueAnswer = Type.Object({
  dueAt: Moment,
  dueOn: DayText,
  precision: Type.Enum(['day', 'hour']),
  explanation: Type.Object(
    { reading: Reading, lines: Type.Array(Line), unknownYears: Type.Array(Type.Integer()) },
    { additionalProperties: true },
  ),
  sentences: Type.Array(Type.String()),
})
