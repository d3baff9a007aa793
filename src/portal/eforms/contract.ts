import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false }
const Line = (maxLength: number, minLength = 0) =>
  Type.String({ minLength, maxLength, pattern: '^[^\\u0000-\\u001f\\u007f]*$' })
const Text = (maxLength: number) =>
  Type.String({ maxLength, pattern: '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$' })
const DayText = Type.String({ format: 'date' })
const Id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
/** Name of a field or part in a form. */
const Key = Type.String({ pattern: '^[a-z][a-zA-Z0-9]{0,39}$' })
const CaseKey = Type.String({ pattern: '^[a-z0-9-]{1,60}$' })

/** Words for people; where the English is empty the Vietnamese stands. */
export const Words = Type.Object({ vi: Text(1000), en: Text(1000) }, closed)
export type Words = Static<typeof Words>

const Scalar = Type.Union([Type.String({ maxLength: 200 }), Type.Number(), Type.Boolean()])
/** One statement about an answer that was asked before, or about the case of the procedure. */
export const Clause = Type.Union([
  Type.Object({ field: Key, is: Scalar }, closed),
  Type.Object({ field: Key, isNot: Scalar }, closed),
  Type.Object({ field: Key, in: Type.Array(Scalar, { minItems: 1, maxItems: 100 }) }, closed),
  Type.Object({ field: Key, filled: Type.Boolean() }, closed),
  Type.Object({ field: Key, atLeast: Type.Number() }, closed),
  Type.Object({ field: Key, atMost: Type.Number() }, closed),
  Type.Object({ caseIn: Type.Array(CaseKey, { minItems: 1, maxItems: 50 }) }, closed),
])
export type Clause = Static<typeof Clause>
export const Condition = Type.Union([
  Clause,
  Type.Object({ all: Type.Array(Clause, { minItems: 1, maxItems: 20 }) }, closed),
  Type.Object({ any: Type.Array(Clause, { minItems: 1, maxItems: 20 }) }, closed),
])
export type Condition = Static<typeof Condition>

/** How a question is asked. `note` asks nothing, it tells something. */
export const Widget = Type.Union(
  (
    [
      'text',
      'long-text',
      'number',
      'money',
      'day',
      'choice',
      'choices',
      'yes-no',
      'identity-number',
      'phone',
      'email',
      'address',
      'files',
      'note',
    ] as const
  ).map((name) => Type.Literal(name)),
)
export type Widget =
  | 'text'
  | 'long-text'
  | 'number'
  | 'money'
  | 'day'
  | 'choice'
  | 'choices'
  | 'yes-no'
  | 'identity-number'
  | 'phone'
  | 'email'
  | 'address'
  | 'files'
  | 'note'

const persons = ['applicant', 'owner', 'submitter', 'delegate'] as const
const personParts = [
  'name',
  'identityNumber',
  'birthDay',
  'sex',
  'phone',
  'email',
  'address',
  'relation',
  'kind',
] as const
const others = [
  'delivery',
  'deliveryAddress',
  'feeUnits.copies',
  'feeUnits.pages',
  'feeUnits.signatures',
  'feeUnits.contracts',
  'remark',
] as const
/** Where in the dossier an answer goes. An address carries its unit code along. */
export type Target = `${(typeof persons)[number]}.${(typeof personParts)[number]}` | (typeof others)[number]
export const targets: readonly Target[] = [
  ...persons.flatMap((person) => personParts.map((part): Target => `${person}.${part}`)),
  ...others,
]

/** What a citizen's account knows of its owner. */
export const prefills = ['name', 'identityNumber', 'birthDay', 'sex', 'phone', 'email', 'address'] as const
export type Prefill = (typeof prefills)[number]
/** What an account knows of its owner, or what somebody vouched for of them. */
export type AccountFacts = Partial<Record<Prefill, string>>

export const Field = Type.Object(
  {
    key: Key,
    widget: Type.Unsafe<Widget>(Widget),
    label: Words,
    help: Type.Optional(Words),
    when: Type.Optional(Condition),
    /** `choice`, `choices`: one for each value that the schema allows. */
    options: Type.Optional(Type.Array(Type.Object({ value: Line(60, 1), label: Words }, closed), { maxItems: 200 })),
    /** `choice`: a list to open instead of buttons; for many options. */
    asList: Type.Optional(Type.Boolean()),
    /** `day`: a month or only a year will do where the law allows it. */
    partial: Type.Optional(Type.Boolean()),
    /** `day`: only days that were, or only days to come. */
    time: Type.Optional(Type.Union([Type.Literal('past'), Type.Literal('future')])),
    /** `day`: not before what another field says, e.g. a marriage not before a birth. */
    notBefore: Type.Optional(Key),
    /** `day`: who was born then is so many years old. */
    minimumAge: Type.Optional(Type.Integer({ minimum: 0, maximum: 120 })),
    /** `identity-number`: which kinds of number will do. */
    kinds: Type.Optional(
      Type.Array(
        Type.Union([
          Type.Literal('citizen'),
          Type.Literal('old-citizen'),
          Type.Literal('passport'),
          Type.Literal('tax-code'),
        ]),
        { minItems: 1, maxItems: 4 },
      ),
    ),
    /** `identity-number`: the fields with the birth day and the sex of the same person. */
    ofBirthDay: Type.Optional(Key),
    ofSex: Type.Optional(Key),
    /** `files`: the paper of the case to which they belong. */
    component: Type.Optional(Type.String({ pattern: '^[a-z0-9-]{1,80}$' })),
    /** `text`: what is offered to choose from, and asked about when it is something else. */
    offers: Type.Optional(Type.Literal('ethnic-groups')),
    /**
     * `address`: house and hamlet are missed when they are left out; `free` misses nothing, `none` does not ask for them,
     * e.g. of an office.
     */
    detail: Type.Optional(Type.Union([Type.Literal('free'), Type.Literal('none')])),
    autocomplete: Type.Optional(Type.String({ pattern: '^[a-z -]{1,60}$' })),
    fills: Type.Optional(Type.Array(Type.Unsafe<Target>(Type.String({ enum: [...targets] })), { maxItems: 8 })),
    /** It fills only then, e.g. the bride's name that of the applicant when she files. Looks at all answers. */
    fillsWhen: Type.Optional(Condition),
    prefill: Type.Optional(Type.Unsafe<Prefill>(Type.String({ enum: [...prefills] }))),
    /** The account is asked only then, e.g. when the person named is the one who asks. Looks at the answers before. */
    prefillWhen: Type.Optional(Condition),
    /** Its name on the printed declaration, where that is another one than on the screen. */
    printed: Type.Optional(Words),
  },
  closed,
)
export type Field = Static<typeof Field>

/** Fields asked again for each child, person, witness … */
export const Group = Type.Object(
  {
    key: Key,
    widget: Type.Literal('group'),
    label: Words,
    /** What one of them is called: "Người con". */
    itemLabel: Words,
    help: Type.Optional(Words),
    when: Type.Optional(Condition),
    fields: Type.Array(Field, { minItems: 1, maxItems: 40 }),
  },
  closed,
)
export type Group = Static<typeof Group>
export type Item = Field | Group

/** One topic, one screen. */
export const Part = Type.Object(
  {
    key: Key,
    title: Words,
    help: Type.Optional(Words),
    when: Type.Optional(Condition),
    fields: Type.Array(Type.Union([Field, Group]), { maxItems: 60 }),
  },
  closed,
)
export type Part = Static<typeof Part>

/** JSON Schema (2020-12) of one answer. */
export type ValueSchema = {
  type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object'
  minLength?: number
  maxLength?: number
  pattern?: string
  format?: string
  enum?: (string | number | boolean)[]
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
  items?: ValueSchema
  properties?: Record<string, ValueSchema>
  required?: string[]
  additionalProperties?: boolean
}
/** JSON Schema of all answers. */
export type AnswersSchema = ValueSchema & {
  type: 'object'
  properties: Record<string, ValueSchema>
  required: string[]
  additionalProperties: false
}

/** What a check says and where. An `error` keeps the form back, a `warning` asks to look again and lets it pass. */
const Told = {
  key: Key,
  when: Type.Optional(Condition),
  words: Words,
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning')]),
  /** The article that says so, or why it is unlikely; for officers, not for citizens. */
  source: Text(500),
}
/** Beside which question; left out, the last one that it looks at. */
const at = Type.Optional(Key)
export const orders = ['<', '<=', '=', '>=', '>'] as const
export type Order = (typeof orders)[number]
const Count = Type.Integer({ minimum: -1000, maximum: 1000 })
const Shift = Type.Object(
  { years: Type.Optional(Count), months: Type.Optional(Count), days: Type.Optional(Count) },
  closed,
)

/**
 * What answers must be to one another. A field that is not asked or not answered is not checked; within a repeated group
 * each element is.
 */
export const Check = Type.Union([
  /** Two days, or two numbers; `today` is the day of filing, a group counts as the number of its elements. */
  Type.Object(
    {
      ...Told,
      at,
      compare: Type.Object(
        {
          left: Key,
          is: Type.Unsafe<Order>(Type.String({ enum: [...orders] })),
          right: Key,
          /** Added to the right side. */
          plus: Type.Optional(Shift),
        },
        closed,
      ),
    },
    closed,
  ),
  /** No two of these answers are the same; told beside the one that repeats another. */
  Type.Object({ ...Told, differ: Type.Array(Key, { minItems: 1, maxItems: 10 }) }, closed),
  /** What a number of twelve digits says: `male`, `female`, or what another question says. */
  Type.Object({ ...Told, at, identity: Type.Object({ number: Key, sex: Key }, closed) }, closed),
  /** Answers that cannot stand together. */
  Type.Object({ ...Told, at, never: Condition }, closed),
])
export type Check = Static<typeof Check>

const PersonRule = Type.Object(
  {
    kind: Type.Union([
      Type.Literal('individual'),
      Type.Literal('foreigner'),
      Type.Literal('organisation'),
      Type.Literal('newborn'),
    ]),
    relation: Type.Optional(Line(100)),
  },
  closed,
)

/** An electronic form as data: the schema says what an answer may be, the layout how it is asked. */
export const FormDefinition = Type.Object(
  {
    /** Stays through all versions, e.g. `birth`. */
    key: Type.String({ pattern: '^[a-z0-9-]{1,60}$' }),
    procedureCode: Type.String({ pattern: '^\\d\\.\\d{6}(\\.[A-Z0-9.]+)?$', maxLength: 40 }),
    /** Cases of the procedure for which it is meant; none named means all. */
    caseKeys: Type.Array(CaseKey, { maxItems: 50 }),
    title: Words,
    validFrom: DayText,
    validTo: Type.Union([DayText, Type.Null()]),
    /** Where the fields were taken from, honestly. */
    source: Type.Object({ document: Text(1000), note: Text(2000) }, closed),
    /** The paper of the case that this form stands for, e.g. `declaration`; null where the law asks for none. */
    component: Type.Union([Type.String({ pattern: '^[a-z0-9-]{1,80}$' }), Type.Null()]),
    /** Further papers that it stands for, where one form replaces several official ones. */
    furtherComponents: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z0-9-]{1,80}$' }), { maxItems: 9 })),
    /** Papers that the case asks of some only: by these answers it is known who they are. */
    papers: Type.Optional(
      Type.Array(Type.Object({ component: Type.String({ pattern: '^[a-z0-9-]{1,80}$' }), when: Condition }, closed), {
        maxItems: 30,
      }),
    ),
    schema: Type.Unsafe<AnswersSchema>(Type.Object({ type: Type.Literal('object') }, { additionalProperties: true })),
    layout: Type.Object({ parts: Type.Array(Part, { minItems: 1, maxItems: 30 }) }, closed),
    /** What answers must be to one another. */
    checks: Type.Optional(Type.Array(Check, { maxItems: 100 })),
    /** Who of the dossier is named by the answers and what they are. */
    persons: Type.Object(
      {
        applicant: PersonRule,
        owner: Type.Optional(PersonRule),
        submitter: Type.Optional(PersonRule),
        delegate: Type.Optional(PersonRule),
      },
      closed,
    ),
    print: Type.Object(
      {
        heading: Text(300),
        /** «Kính gửi»; empty means the authority that takes it in. */
        addressee: Text(300),
        /** The sentence above the signature. */
        promise: Text(2000),
        /** Who signs; the first is the applicant. */
        signatures: Type.Array(Line(100, 1), { minItems: 1, maxItems: 3 }),
      },
      closed,
    ),
  },
  closed,
)
export type FormDefinition = Static<typeof FormDefinition>

export const Comparison = Type.Object({ by: Line(200), on: DayText, note: Text(2000) }, closed)
export type Comparison = Static<typeof Comparison>

/** A stored version of a form. */
export const EForm = Type.Intersect([
  FormDefinition,
  Type.Object({
    formId: Id,
    version: Id,
    /** Who held it against the official form; until then every page says so. */
    comparedWithOfficial: Type.Union([Comparison, Type.Null()]),
  }),
])
export type EForm = FormDefinition & { formId: number; version: number; comparedWithOfficial: Comparison | null }

/** An address: the unit of today by its code, when it was chosen from the lists, and what stands before it. */
export type Address = { unitCode: string | null; place: string; detail: string }
export type Answer = string | number | boolean | string[] | Address | Answers[]
/** Answers by the key of their field; `{}` is an empty form. A day is `2026-11-20`, `2026-11` or `2026`. */
export type Answers = { [key: string]: Answer }

/** What is wrong with an answer. */
export type Finding = {
  /** `motherName`, or `children.0.name` within a repeated group. */
  path: string
  partKey: string
  code: FindingCode
  words: Words
  /** Of a check between answers: where they all stand. */
  about?: string[]
}
export type FindingCode =
  | 'required'
  | 'too-long'
  | 'too-short'
  | 'not-allowed'
  | 'not-a-number'
  | 'too-small'
  | 'too-large'
  | 'too-few'
  | 'too-many'
  | 'day-format'
  | 'day-year-short'
  | 'day-future'
  | 'day-past'
  | 'day-too-old'
  | 'day-order'
  | 'under-age'
  | 'name-format'
  | 'identity-number'
  | 'phone-format'
  | 'email-format'
  | 'place-missing'
  | 'format'
  | 'check'

/** A field that an officer found wrong, with the officer's words. */
export type Mark = { path: string; note: string }

/** What is wrong with a definition; pointer into it. */
export type DefinitionFinding = {
  pointer: string
  code: DefinitionCode
  severity: 'error' | 'warning'
  words: Words
}
export type DefinitionCode =
  | 'shape'
  | 'key-twice'
  | 'condition-unknown'
  | 'condition-later'
  | 'condition-value'
  | 'condition-in-group'
  | 'schema-missing'
  | 'schema-left-over'
  | 'schema-type'
  | 'options-differ'
  | 'reference-unknown'
  | 'component-missing'
  | 'fill-twice'
  | 'fill-no-person'
  | 'applicant-nameless'
  | 'label-empty'
  | 'part-empty'
  | 'source-empty'
  | 'group-endless'
  | 'validity'
  | 'english-missing'
  | 'check-kind'
  | 'check-groups'
  | 'check-wordless'
  | 'check-sourceless'
  | 'check-idle'
  | 'check-sex'

// What the API takes and gives

export const FormItem = Type.Object({
  formId: Type.Integer(),
  key: Type.String(),
  version: Type.Integer(),
  procedureCode: Type.String(),
  procedureName: Type.String(),
  caseKeys: Type.Array(Type.String()),
  title: Words,
  validFrom: Type.String(),
  validTo: Type.Union([Type.String(), Type.Null()]),
  reason: Type.String(),
  /** Empty for what came with the program. */
  changedBy: Type.String(),
  changedAt: Type.String(),
  comparedWithOfficial: Type.Union([Comparison, Type.Null()]),
})
export type FormItem = Static<typeof FormItem>

export const PublishBody = Type.Object(
  {
    commandId: Type.Optional(Type.String({ maxLength: 60 })),
    definition: Type.Object({}, { additionalProperties: true }),
    reason: Text(1000),
    /** Version that the editor began with; another one means that somebody was faster. 0 for a new form. */
    baseVersion: Type.Integer({ minimum: 0 }),
  },
  closed,
)
export const CompareBody = Type.Object(
  { commandId: Type.Optional(Type.String({ maxLength: 60 })), compared: Type.Boolean(), note: Text(2000) },
  closed,
)

/** The electronic declaration of a dossier, for its page; null where none was filled in. */
export type DeclarationView = {
  declaration: {
    title: Words
    version: number
    isCompared: boolean
    /** Numbers of identity stand whole in print for who asks; each print is written down. */
    isWhole: boolean
    keptAt: string
    times: number
  } | null
}
