import { findVersion, listFields, listShortNames } from '../../catalogue/index.ts'
import type { Day } from '../../platform/day.ts'
import { listAgencies, listOfficerNames, listUnitNames } from '../../staff/index.ts'
import type { Breakdown } from './contract.ts'
import type { FigureContext } from './followers.ts'
import { en } from './text.en.ts'
import { vi } from './text.vi.ts'

export const wordIn = (words: Record<string, string>, key: string): string => words[key] ?? key

export const procedureName = async (
  { db }: Pick<FigureContext, 'db'>,
  { procedureVersionId, procedureCode }: { procedureVersionId: number; procedureCode: string },
): Promise<string> => (await findVersion(db, procedureVersionId))?.version.shortName ?? procedureCode

type Label = { label: string; labelEn: string; order: number }

/** What people call the keys of a breakdown, in Vietnamese and English, and their order where it is not that of the words. */
export async function labelsFor(
  { db }: FigureContext,
  { by, keys, day }: { by: Breakdown; keys: readonly string[]; day: Day },
): Promise<(key: string) => Label> {
  const ids = keys.map(Number)
  const same = (label: string | undefined, key: string, order = 0): Label => ({
    label: label ?? key,
    labelEn: label ?? key,
    order,
  })
  switch (by) {
    case 'field': {
      const fields = new Map((await listFields(db)).map((field, index) => [field.key, { ...field, order: index }]))
      return (key) => {
        const field = fields.get(key)
        return field
          ? { label: field.name, labelEn: field.nameEn || field.name, order: field.order }
          : same(undefined, key, 999)
      }
    }
    case 'procedure': {
      const names = await listShortNames(db, keys, day)
      return (key) => same(names.get(key), key)
    }
    case 'agency': {
      const found = await listAgencies(db, ids, day)
      const names = new Map(found.map(({ agencyId, fullName, fullNameEn }) => [agencyId, { fullName, fullNameEn }]))
      return (key) => {
        const name = names.get(Number(key))
        return { ...same(name?.fullName, key), ...(name?.fullNameEn ? { labelEn: name.fullNameEn } : {}) }
      }
    }
    case 'unit': {
      const names = await listUnitNames(db, ids)
      return (key) =>
        names.has(Number(key))
          ? same(names.get(Number(key)), key)
          : { label: vi.unknown, labelEn: en.unknown, order: 1 }
    }
    case 'officer': {
      const names = await listOfficerNames(db, ids)
      return (key) =>
        names.has(Number(key)) ? same(names.get(Number(key)), key) : { label: vi.nobody, labelEn: en.nobody, order: 1 }
    }
    case 'channel':
      return worded(vi.channels, en.channels)
    case 'level':
      return worded(vi.levels, en.levels)
    case 'weekday':
      return (key) => ({ ...worded(vi.weekdays, en.weekdays)(key), order: Number(key) })
    case 'hour':
      return (key) => ({ ...same(vi.hour(Number(key)), key, Number(key)), labelEn: en.hour(Number(key)) })
    case 'day':
    case 'week':
    case 'month':
      return (key) => same(undefined, key)
  }
}

const worded =
  (words: Record<string, string>, wordsEn: Record<string, string>) =>
  (key: string): Label => ({
    label: words[key] ?? key,
    labelEn: wordsEn[key] ?? key,
    order: Object.keys(words).indexOf(key),
  })
