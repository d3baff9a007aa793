import type { ProcedureQuery } from './store.ts'

/** Where a page of search results ends. */
export type Cursor = NonNullable<ProcedureQuery['after']>

export const writeCursor = ({ rank, name, versionId }: Cursor): string =>
  Buffer.from(JSON.stringify([rank, name, versionId])).toString('base64url')

/** Undefined when it is not one of ours. */
export function readCursor(text: string): Cursor | undefined {
  const parts = parse(Buffer.from(text, 'base64url').toString('utf8'))
  if (!Array.isArray(parts)) return undefined
  const [rank, name, versionId] = parts
  const isSmall = (value: unknown): value is number =>
    Number.isInteger(value) && Math.abs(Number(value)) < 2_147_483_647
  return isSmall(rank) && isSmall(versionId) && typeof name === 'string' ? { rank, name, versionId } : undefined
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
