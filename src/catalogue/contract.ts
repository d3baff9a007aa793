import { Type, type Static } from 'typebox'

/** The ways in which a dossier comes in. NĐ 118/2025/NĐ-CP, Điều 15, 17; national codes 1, 2, 3. */
export const Channel = Type.Union([Type.Literal('counter'), Type.Literal('online'), Type.Literal('post')])
export type Channel = Static<typeof Channel>

const DayText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
/** First and last day in force, both counted; `null` while no end is set. */
const Validity = { validFrom: DayText, validTo: Type.Union([DayText, Type.Null()]) }

export const TimeLimitPart = Type.Object(
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

/** How long a case may take through some channels; `parts` are added one after the other. */
export const TimeLimitRule = Type.Object(
  {
    channels: Type.Array(Channel, { minItems: 1 }),
    parts: Type.Array(TimeLimitPart, { minItems: 1 }),
    /** Whether a result due on the day of receipt and taken in after 15:00 becomes due on the next working day. */
    nextDayAfter15: Type.Boolean(),
    /** The words of the source that say so, with the article. */
    basis: Type.String({ maxLength: 1000 }),
  },
  { additionalProperties: false },
)
export type TimeLimitPart = Static<typeof TimeLimitPart>
export type TimeLimitRule = Static<typeof TimeLimitRule>

/** What a case costs through some channels. Amount in whole đồng for each unit. */
export const FeeRule = Type.Object(
  {
    channels: Type.Array(Channel, { minItems: 1 }),
    kind: Type.Union([Type.Literal('fee'), Type.Literal('charge')]), // phí, lệ phí
    name: Type.String({ maxLength: 300 }),
    amount: Type.Integer({ minimum: 0 }),
    per: Type.Union([
      Type.Literal('dossier'),
      Type.Literal('copy'),
      Type.Literal('page'),
      Type.Literal('signature'),
      Type.Literal('contract'),
    ]),
    /**
     * From the so-manieth unit on this amount holds, e.g. certified copies from the third page on. Such a rule
     * continues the rule before it in the list that has the same kind and unit.
     */
    fromUnit: Type.Integer({ minimum: 1, default: 1 }),
    /** The most that one dossier (for `page`: one copy) may cost; null when the law sets none. */
    cap: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    /** Fixed nationally, or left to the provincial council (then the amount is the authority's to set). */
    setBy: Type.Union([Type.Literal('nation'), Type.Literal('province')]),
    exemptions: Type.Array(
      Type.Object({
        key: Type.String(),
        name: Type.String(),
        percent: Type.Integer({ minimum: 1, maximum: 100 }),
        basis: Type.String(),
      }),
    ),
    basis: Type.String({ maxLength: 1000 }),
  },
  { additionalProperties: false },
)
export type FeeRule = Static<typeof FeeRule>

/** One paper of a case. */
export const ComponentRule = Type.Object(
  {
    key: Type.String({ pattern: '^[a-z0-9-]+$', maxLength: 60 }),
    /** The sentence of the law. */
    name: Type.String({ minLength: 1, maxLength: 1500 }),
    /** What people call it, e.g. 'Giấy chứng sinh'; the sentence of the law then explains it. */
    shortName: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    shortNameEn: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    /** Number or name of the official form, when there is one. */
    form: Type.Union([Type.String(), Type.Null()]),
    originals: Type.Integer({ minimum: 0, maximum: 20 }),
    copies: Type.Integer({ minimum: 0, maximum: 20 }),
    need: Type.Union([
      Type.Literal('required'),
      Type.Literal('conditional'), // only in the situation that `condition` names
      Type.Literal('shown'), // xuất trình: shown and given back
    ]),
    condition: Type.Union([Type.String(), Type.Null()]),
    /** Papers whose data an authority must look up itself rather than ask for. */
    reusable: Type.Boolean(),
  },
  { additionalProperties: false },
)
export type ComponentRule = Static<typeof ComponentRule>

/** A situation of a procedure (trường hợp) with its own papers, time limits and fees. */
export const ProcedureCase = Type.Object(
  {
    key: Type.String({ pattern: '^[a-z0-9-]+$', maxLength: 60 }),
    name: Type.String({ minLength: 1, maxLength: 500 }),
    components: Type.Array(ComponentRule),
    timeLimits: Type.Array(TimeLimitRule, { minItems: 1 }),
    fees: Type.Array(FeeRule),
  },
  { additionalProperties: false },
)
export type ProcedureCase = Static<typeof ProcedureCase>

export const LegalBasis = Type.Object(
  {
    number: Type.String({ maxLength: 100 }), // '60/2014/QH13'
    name: Type.String({ maxLength: 500 }),
    date: Type.Union([DayText, Type.Null()]),
    agency: Type.Union([Type.String(), Type.Null()]),
  },
  { additionalProperties: false },
)
export type LegalBasis = Static<typeof LegalBasis>

/** Where an answer leads: to another question, to a case, or to the word that this procedure is not for that person. */
const GuideStep = Type.Union([
  Type.Object({ question: Type.String() }, { additionalProperties: false }),
  Type.Object({ case: Type.String() }, { additionalProperties: false }),
  Type.Object(
    {
      stop: Type.String({ minLength: 1, maxLength: 1000 }),
      stopEn: Type.String({ maxLength: 1000 }),
      /** Code of the procedure to take instead. */
      instead: Type.Optional(Type.String({ maxLength: 40 })),
    },
    { additionalProperties: false },
  ),
])
/** Plain questions that lead a person to the case; the first question is the first asked. */
export const Guide = Type.Array(
  Type.Object(
    {
      key: Type.String({ pattern: '^[a-z0-9-]+$', maxLength: 60 }),
      text: Type.String({ minLength: 1, maxLength: 300 }),
      textEn: Type.String({ maxLength: 300 }),
      answers: Type.Array(
        Type.Object(
          {
            text: Type.String({ minLength: 1, maxLength: 200 }),
            textEn: Type.String({ maxLength: 200 }),
            to: GuideStep,
          },
          { additionalProperties: false },
        ),
        { minItems: 2, maxItems: 9 },
      ),
    },
    { additionalProperties: false },
  ),
  { maxItems: 20 },
)
export type Guide = Static<typeof Guide>

/** One version of a procedure with everything that must be published. NĐ 63/2010/NĐ-CP, Điều 8. */
export const ProcedureVersion = Type.Object(
  {
    code: Type.String({ pattern: '^\\d\\.\\d{6}(\\.[A-Z0-9.]+)?$' }),
    name: Type.String({ minLength: 1, maxLength: 1000 }),
    /** Short everyday name for screens and search, e.g. 'Đăng ký khai sinh'. */
    shortName: Type.String({ minLength: 1, maxLength: 200 }),
    field: Type.String({ pattern: '^[a-z-]+$' }), // key of fields.json
    decision: Type.String(), // quyết định công bố
    ...Validity,
    levels: Type.Array(
      Type.Union([
        Type.Literal('ministry'),
        Type.Literal('province'),
        Type.Literal('district'),
        Type.Literal('commune'),
        Type.Literal('other'),
      ]),
      { minItems: 1 },
    ),
    kind: Type.String(), // loại thủ tục
    sequence: Type.Array(Type.String(), { minItems: 1 }), // trình tự thực hiện
    channelNotes: Type.Array(Type.Object({ channel: Channel, note: Type.String() }, { additionalProperties: false }), {
      minItems: 1,
    }),
    cases: Type.Array(ProcedureCase, { minItems: 1 }),
    /** Leads people who do not know the law to their case. */
    guide: Type.Optional(Guide),
    sets: Type.Integer({ minimum: 1, default: 1 }), // số lượng hồ sơ (bộ)
    subjects: Type.Array(Type.String(), { minItems: 1 }),
    executingAgency: Type.String(),
    competentAgency: Type.String(),
    delegatedAgency: Type.Union([Type.String(), Type.Null()]),
    coordinatingAgencies: Type.Array(Type.String()),
    receivingPlace: Type.String(),
    results: Type.Array(
      Type.Object(
        { code: Type.Union([Type.String(), Type.Null()]), name: Type.String() },
        { additionalProperties: false },
      ),
    ),
    conditions: Type.String(),
    legalBasis: Type.Array(LegalBasis, { minItems: 1 }),
    keywords: Type.Array(Type.String()),
    description: Type.String(),
    related: Type.Array(Type.String()),
    /** Service level, dated: levels 3 and 4 of older years, 'partial' (một phần), 'full' (toàn trình). */
    serviceLevels: Type.Array(
      Type.Object(
        {
          level: Type.Union([
            Type.Literal('3'),
            Type.Literal('4'),
            Type.Literal('partial'),
            Type.Literal('full'),
            Type.Literal('none'),
          ]),
          ...Validity,
          reason: Type.Union([Type.String(), Type.Null()]),
        },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
    /** Kind of liên thông, dated. NĐ 118/2025/NĐ-CP, Điều 14. */
    linkages: Type.Array(
      Type.Object(
        {
          kind: Type.Union([
            Type.Literal('none'),
            Type.Literal('same-level'),
            Type.Literal('between-levels'),
            Type.Literal('mixed'),
          ]),
          boundaryFree: Type.Boolean(), // phi địa giới hành chính
          ...Validity,
        },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
    /** Which unit of a commune handles it by default. */
    defaultUnit: Type.Union([
      Type.Literal('one-stop'),
      Type.Literal('justice'),
      Type.Literal('land'),
      Type.Literal('social'),
      Type.Literal('office'),
      Type.Literal('economy'),
      Type.Literal('culture'),
      Type.Literal('police'),
    ]),
    /** Hand-offs that the law foresees, e.g. the commune police or a provincial department, in order. `district` only before 1/7/2025. */
    handOffs: Type.Array(
      Type.Object(
        {
          to: Type.Union([
            Type.Literal('police'),
            Type.Literal('province-department'),
            Type.Literal('other-commune'),
            Type.Literal('district'),
          ]),
          name: Type.String(),
          parts: Type.Array(TimeLimitPart),
        },
        { additionalProperties: false },
      ),
    ),
    hasResult: Type.Boolean(),
    /** Where the facts come from and what was checked. */
    source: Type.String({ minLength: 1 }),
  },
  { additionalProperties: false },
)
export type ProcedureVersion = Static<typeof ProcedureVersion>

/** A field of procedures (lĩnh vực). */
export const Field = Type.Object(
  {
    key: Type.String({ pattern: '^[a-z-]+$' }),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    nameEn: Type.String({ maxLength: 200 }),
    order: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
)
export type Field = Static<typeof Field>

// What the API takes and gives

export const ProcedureItem = Type.Object({
  versionId: Type.Integer(),
  code: Type.String(),
  name: Type.String(),
  shortName: Type.String(),
  field: Type.String(),
  ...Validity,
})
export type ProcedureItem = Static<typeof ProcedureItem>

export const ProcedureList = Type.Object({
  items: Type.Array(ProcedureItem),
  /** Hand it back as `cursor` for the next page; null at the end. */
  next: Type.Union([Type.String(), Type.Null()]),
  /** The words were found nowhere; these are the nearest names. */
  approximate: Type.Boolean(),
})
export type ProcedureList = Static<typeof ProcedureList>

export const VersionSummary = Type.Object({
  versionId: Type.Integer(),
  shortName: Type.String(),
  decision: Type.String(),
  ...Validity,
  publishedAt: Type.String(),
})
export type VersionSummary = Static<typeof VersionSummary>

export const StoredVersion = Type.Object({ versionId: Type.Integer(), version: ProcedureVersion })

export const FindingWords = Type.Object({
  pointer: Type.String(),
  code: Type.String(),
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning')]),
  /** What the sentence is about, for another language than that of `words`. */
  about: Type.String(),
  words: Type.String(),
})
export type FindingWords = Static<typeof FindingWords>

const FeeUnit = Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 }))
export const FeeQuestion = Type.Object(
  {
    caseKey: Type.String({ maxLength: 60 }),
    channel: Channel,
    day: Type.Optional(DayText),
    agencyId: Type.Optional(Type.Integer({ minimum: 1 })),
    units: Type.Optional(
      Type.Object(
        { copy: FeeUnit, page: FeeUnit, signature: FeeUnit, contract: FeeUnit },
        { additionalProperties: false },
      ),
    ),
    exemptionKeys: Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: 20 })),
  },
  { additionalProperties: false },
)
export type FeeQuestion = Static<typeof FeeQuestion>

export const FeeAnswer = Type.Object({
  lines: Type.Array(
    Type.Object({
      kind: FeeRule.properties.kind,
      name: Type.String(),
      per: FeeRule.properties.per,
      units: Type.Integer(),
      unitAmount: Type.Integer(),
      amount: Type.Integer(),
      overCap: Type.Integer(),
      exemption: Type.Union([
        Type.Object({
          key: Type.String(),
          name: Type.String(),
          percent: Type.Integer(),
          basis: Type.String(),
          amount: Type.Integer(),
        }),
        Type.Null(),
      ]),
      basis: Type.String(),
    }),
  ),
  total: Type.Integer(),
})

export const ImportAnswer = Type.Object({
  dryRun: Type.Boolean(),
  rows: Type.Object({ read: Type.Integer(), imported: Type.Integer(), reported: Type.Integer() }),
  fields: Type.Integer(),
  procedures: Type.Array(
    Type.Object({
      code: Type.String(),
      validFrom: Type.String(),
      shortName: Type.String(),
      outcome: Type.Union([Type.Literal('published'), Type.Literal('unchanged'), Type.Literal('held-back')]),
    }),
  ),
  lines: Type.Array(
    Type.Object({
      sheet: Type.String(),
      row: Type.Union([Type.Integer(), Type.Null()]),
      column: Type.Union([Type.String(), Type.Null()]),
      code: Type.String(),
      about: Type.String(),
      finding: Type.Union([Type.Object({ code: Type.String(), about: Type.String() }), Type.Null()]),
      words: Type.String(),
      severity: Type.Union([Type.Literal('error'), Type.Literal('warning')]),
      procedure: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
})
export type ImportAnswer = Static<typeof ImportAnswer>
