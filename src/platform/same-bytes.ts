import { timingSafeEqual } from 'node:crypto'

/** Whether two proofs are the same, in a time that does not tell where they differ. Texts count by their UTF-8. */
export function sameBytes(one: string | Uint8Array, other: string | Uint8Array): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}
