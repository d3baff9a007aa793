// Số tiền bằng chữ, as a receipt says it.
import type { Dong } from '../../../platform/money.ts'

const digits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const
const groups = ['', 'nghìn', 'triệu', 'tỷ', 'nghìn tỷ', 'triệu tỷ'] as const

/** 75000 → `Bảy mươi lăm nghìn đồng`. */
export function dongInWords(amount: Dong): string {
  if (amount === 0) return 'Không đồng'
  const parts: string[] = []
  let rest = amount
  for (let place = 0; rest > 0; place++) {
    const group = rest % 1000
    rest = Math.floor(rest / 1000)
    if (group > 0) parts.unshift([threeDigits(group, rest > 0), groups[place]].filter(Boolean).join(' '))
  }
  const text = `${parts.join(' ')} đồng`
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** `whole`: with a hundred even when it is none, since something stands before. */
function threeDigits(value: number, whole: boolean): string {
  const hundred = Math.floor(value / 100)
  const ten = Math.floor((value % 100) / 10)
  const one = value % 10
  const said: string[] = []
  if (hundred > 0 || whole) said.push(`${digits[hundred]} trăm`)
  if (ten > 1) said.push(`${digits[ten]} mươi`)
  else if (ten === 1) said.push('mười')
  else if (one > 0 && said.length > 0) said.push('linh')
  if (one > 0) said.push(oneOf(one, ten))
  return said.join(' ')
}

function oneOf(one: number, ten: number): string {
  if (one === 1 && ten > 1) return 'mốt'
  if (one === 5 && ten > 0) return 'lăm'
  return digits[one] ?? ''
}
