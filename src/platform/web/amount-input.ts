import { writeNumber } from '../money.ts'

/** Whole đồng from what was typed: `69.639.646`, `8 000`, `8000đ`; `8k` and `2tr` as people say them. */
export function parseAmount(text: string): number | null | undefined {
  const typed = text
    .trim()
    .toLowerCase()
    .replace(/\s|đồng|vnd|đ$/g, '')
  if (typed === '') return null
  const short = /^(\d+)(k|nghìn|tr|triệu)$/.exec(typed)
  if (short) return Number(short[1]) * (short[2] === 'k' || short[2] === 'nghìn' ? 1000 : 1_000_000)
  if (!/^\d+$|^\d{1,3}(?:[.,]\d{3})+$/.test(typed)) return undefined
  const amount = Number(typed.replace(/[.,]/g, ''))
  return Number.isSafeInteger(amount) ? amount : undefined
}

export const writeAmount = (amount: number | null, write: (amount: number) => string = writeNumber): string =>
  amount === null ? '' : write(amount)
