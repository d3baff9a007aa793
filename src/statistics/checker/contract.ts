import { Type, type Static } from 'typebox'

const Place = Type.Object({
  line: Type.Optional(Type.Integer({ description: 'Dòng; trong tệp Word là số thứ tự của đoạn' })),
  endLine: Type.Optional(Type.Integer({ description: 'Dòng cuối của đoạn lặp lại' })),
  page: Type.Optional(Type.Integer({ description: 'Trang của tệp PDF' })),
  sheet: Type.Optional(Type.String({ description: 'Trang tính' })),
  cell: Type.Optional(Type.String({ description: 'Ô' })),
})
const Kind = Type.Union([
  Type.Literal('SUM'),
  Type.Literal('PERCENT'),
  Type.Literal('ROUNDING'),
  Type.Literal('SUBSET'),
  Type.Literal('ROW'),
  Type.Literal('COUNT'),
  Type.Literal('DATE'),
  Type.Literal('DUPLICATE'),
  Type.Literal('REPEATED'),
])
const Stated = Type.Union([Type.Number(), Type.String(), Type.Null()])

const tested = {
  kind: Kind,
  reason: Type.String({ description: 'Quy tắc đã kiểm tra' }),
  location: Place,
  also: Type.Optional(Type.Array(Place, { description: 'Những chỗ khác có liên quan hoặc lặp lại' })),
  quote: Type.String(),
  stated: Stated,
  computed: Stated,
  proof: Type.String({ description: 'Phép tính chứng minh' }),
}

/** One finding as the web is given it; `message` is the Vietnamese sentence. */
export const CheckedFinding = Type.Object({
  ...tested,
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning')]),
  message: Type.String(),
})
export type CheckedFinding = Static<typeof CheckedFinding>

/** The answer of the checker: what is wrong, how many relations were tested, which hold. */
export const CheckAnswer = Type.Object({
  findings: Type.Array(CheckedFinding),
  checked: Type.Integer(),
  consistent: Type.Array(Type.Object(tested)),
})
export type CheckAnswer = Static<typeof CheckAnswer>
export type CheckedRelation = CheckAnswer['consistent'][number]
export type Place = Static<typeof Place>
