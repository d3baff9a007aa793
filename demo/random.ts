import { createHash } from 'node:crypto'

/** The same seed gives the same demo on every machine. */
const SEED = 'mot-cua-2023'

/** Random choices that can be made again. */
export type Random = {
  /** From 0 up to but not including 1. */
  next: () => number
  /** A whole number from `least` to `most`, both possible. */
  between: (least: number, most: number) => number
  chance: (probability: number) => boolean
  pick: <Item>(items: readonly Item[]) => Item
  weighted: <Item>(items: readonly (readonly [Item, number])[]) => Item
  shuffle: <Item>(items: readonly Item[]) => Item[]
}

/** A generator of its own for each thing, so that a change of one leaves the others as they are. */
export function random(name: string): Random {
  const bytes = createHash('sha256').update(`${SEED}/${name}`).digest()
  let [a, b, c, d] = [bytes.readInt32LE(0), bytes.readInt32LE(4), bytes.readInt32LE(8), bytes.readInt32LE(12)]
  // sfc32, Chris Doty-Humphrey, PractRand (public domain).
  const next = () => {
    const sum = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 4_294_967_296
  }
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[between(0, items.length - 1)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick,
    weighted(items) {
      let rest = next() * items.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [item, weight] of items) if ((rest -= weight) < 0) return item
      return pick(items)[0]
    },
    shuffle(items) {
      const left = [...items]
      for (let index = left.length - 1; index > 0; index--) {
        const other = between(0, index)
        ;[left[index], left[other]] = [left[other] as (typeof left)[number], left[index] as (typeof left)[number]]
      }
      return left
    },
  }
}

/** A command id that is the same in every run, so that a command given twice happens once. */
export function commandIdOf(name: string): string {
  const hex = createHash('sha256').update(`${SEED}/command/${name}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
