import type { ProcedureVersion } from '../../catalogue/index.ts'

const KINDS = [
  [/NĐ-CP$/, 'Nghị định'],
  [/\/TT(LT)?-/, 'Thông tư'],
  [/\/QĐ-/, 'Quyết định'],
] as const

/** How many acts a slip names; the lists of procedures run to twenty, the first ones are the laws and decrees. */
const MOST = 3

/** The legal bases of a procedure as a slip cites them, for the officer to mend: "Luật Hộ tịch số 60/2014/QH13; …". */
export const citationOf = ({ legalBasis }: Pick<ProcedureVersion, 'legalBasis'>): string =>
  legalBasis
    .slice(0, MOST)
    .map(({ number, name }) => `${KINDS.find(([form]) => form.test(number))?.[1] ?? name} số ${number}`)
    .join('; ')
