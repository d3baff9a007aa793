import { Type, type Static } from 'typebox'

const Key = Type.String({ pattern: '^[a-z0-9-]+$', maxLength: 60 })

/** What a step does with a dossier. */
export const StepKind = Type.Union([
  Type.Literal('examine'), // thẩm định, giải quyết
  Type.Literal('opinion'), // lấy ý kiến
  Type.Literal('sign'), // ký duyệt
  Type.Literal('register'), // vào sổ, đóng dấu, phát hành
  Type.Literal('hand-off'), // chuyển cơ quan khác giải quyết phần việc của họ
  Type.Literal('return'), // trả kết quả tại Bộ phận Một cửa
])
export type StepKind = Static<typeof StepKind>

export const UnitKind = Type.Union([
  Type.Literal('one-stop'),
  Type.Literal('leadership'),
  Type.Literal('justice'),
  Type.Literal('land'),
  Type.Literal('social'),
  Type.Literal('office'),
  Type.Literal('economy'),
  Type.Literal('culture'),
  Type.Literal('police'),
  Type.Literal('other'),
])
export type UnitKind = Static<typeof UnitKind>

export const StepRole = Type.Union([
  Type.Literal('receiving-officer'),
  Type.Literal('specialist'),
  Type.Literal('leader'),
  Type.Literal('clerk'),
])
export type StepRole = Static<typeof StepRole>

/** Who takes the step: this authority, or another one by its relation; `agencyId` when it is always the same. */
export const StepAgency = Type.Union([
  Type.Literal('own'),
  Type.Object(
    {
      relation: Type.Union([
        Type.Literal('police'),
        Type.Literal('province-department'),
        Type.Literal('other-commune'),
        Type.Literal('district'),
      ]), // district: before 1/7/2025
      agencyId: Type.Optional(Type.Integer({ minimum: 1 })),
    },
    { additionalProperties: false },
  ),
])
export type StepAgency = Static<typeof StepAgency>

export const TimePart = Type.Object(
  {
    amount: Type.Integer({ minimum: 0, maximum: 10_000 }),
    unit: Type.Union([
      Type.Literal('workingHour'),
      Type.Literal('workingDay'),
      Type.Literal('calendarDay'),
      Type.Literal('month'),
      Type.Literal('atOnce'),
    ]),
  },
  { additionalProperties: false },
)
export type TimePart = Static<typeof TimePart>

export const Step = Type.Object(
  {
    key: Key,
    name: Type.String({ minLength: 1, maxLength: 200 }),
    kind: StepKind,
    /** The unit whose queue it comes into; null when the other authority decides that itself. */
    unitKind: Type.Union([UnitKind, Type.Null()]),
    role: StepRole,
    agency: StepAgency,
    /** Working minutes allotted; 480 are one working day. */
    minutes: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
    /** The time that the law gives another authority, when it is not written in working time. */
    limit: Type.Union([Type.Array(TimePart, { minItems: 1, maxItems: 6 }), Type.Null()]),
  },
  { additionalProperties: false },
)
export type Step = Static<typeof Step>

/** Steps of one stage go on side by side; the next stage begins when all of them are done. */
export const Stage = Type.Object(
  { steps: Type.Array(Step, { minItems: 1, maxItems: 12 }) },
  { additionalProperties: false },
)
export type Stage = Static<typeof Stage>

/** The internal process (quy trình nội bộ) from the moment a dossier was taken in. */
export const Process = Type.Object(
  { stages: Type.Array(Stage, { minItems: 1, maxItems: 40 }) },
  { additionalProperties: false },
)
export type Process = Static<typeof Process>

// What the API takes and gives

const DayText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })

export const ProcessFindingWords = Type.Object({
  pointer: Type.String(),
  code: Type.String(),
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning')]),
  words: Type.String(),
})
export type ProcessFindingWords = Static<typeof ProcessFindingWords>

export const ProcessSummary = Type.Object({
  processId: Type.Integer(),
  code: Type.String(),
  caseKey: Type.Union([Type.String(), Type.Null()]),
  validFrom: DayText,
  validTo: Type.Union([DayText, Type.Null()]),
  recordedAt: Type.String(),
  steps: Type.Integer(),
  minutes: Type.Integer(),
})
export type ProcessSummary = Static<typeof ProcessSummary>

/** Another authority that a step may go to. */
export const ProcessPartner = Type.Object({ agencyId: Type.Integer(), name: Type.String() })
export type ProcessPartner = Static<typeof ProcessPartner>

/** A process with all that a person needs to judge it. */
export const ProcessView = Type.Object({
  /** Null for the process that follows from the procedure. */
  processId: Type.Union([Type.Integer(), Type.Null()]),
  code: Type.String(),
  shortName: Type.String(),
  caseKey: Type.Union([Type.String(), Type.Null()]),
  validFrom: Type.Union([DayText, Type.Null()]),
  validTo: Type.Union([DayText, Type.Null()]),
  process: Process,
  hasResult: Type.Boolean(),
  /** The shortest time limit among the cases and channels it serves; null when none is known. */
  limit: Type.Union([Type.Array(TimePart), Type.Null()]),
  cases: Type.Array(Type.Object({ key: Type.String(), name: Type.String() })),
  /** Names of the other authorities that its steps mention. */
  partners: Type.Array(ProcessPartner),
  findings: Type.Array(ProcessFindingWords),
})
export type ProcessView = Static<typeof ProcessView>
