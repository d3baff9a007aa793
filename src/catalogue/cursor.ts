import { packCursor, unpackCursor } from '../platform/cursor.ts'
import type { ProcedureQuery } from './search-store.ts'

/** Where a page of search results ends. */
export type Cursor = NonNullable<ProcedureQuery['after']>

export const writeCursor = ({ rank, name, versionId }: Cursor): string => packCursor([rank, name, versionId])

/** Undefined when it is not one of ours. */
export function readCursor(text: string): Cursor | undefined {
  const parts = unpackCursor(text)
  if (!parts) return undefined
  const [rank, name, versionId] = parts
  const isSmall = (value: unknown): value is number =>
    Number.isInteger(value) && Math.abs(Number(value)) < 2_147_483_647
  return isSmall(rank) && isSmall(versionId) && typeof name === 'string' ? { rank, name, versionId } : undefined
}
