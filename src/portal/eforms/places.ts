import { findPlaces } from '../../staff/index.ts'
import type { Answers, FormDefinition } from './contract.ts'
import { answerAt, itemsOf, visible, type Situation } from './rules/layout.ts'
import type { PlaceOption } from './rules/render.ts'
import { isAddress } from './rules/values.ts'

const key = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replaceAll(/\b(xa|phuong|dac khu|thi tran|tinh|thanh pho|tp)\b/g, ' ')
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()

/**
 * For browsers without a script: a place that was typed in full is found in the unit lists; where several may be meant,
 * they are offered, those near the authority (`near`, a code of the unit lists) first. What was typed stays as it was typed.
 */
export function resolvePlaces(
  form: FormDefinition,
  answers: Answers,
  { near, ...situation }: Situation & { near?: string | null } = {},
): { answers: Answers; suggestions: Record<string, PlaceOption[]> } {
  const suggestions: Record<string, PlaceOption[]> = {}
  const resolved = structuredClone(answers)
  for (const { path } of visible(form, answers, situation).places) {
    const address = answerAt(answers, path)
    if (!isAddress(address) || address.unitCode !== null || address.place === '') continue
    const found = findPlaces({ query: address.place.replaceAll(',', ' '), limit: 6, near: near ?? undefined })
    const options = found.map(({ code, name, provinceName }) => ({ code, name: `${name}, ${provinceName}` }))
    const exact = options.filter(({ name }) => key(name) === key(address.place))
    const [only] = exact
    if (only && exact.length === 1) {
      const [group = '', index, inner] = path.split('.')
      const home = index === undefined ? resolved : itemsOf(resolved, group)[Number(index)]
      if (home) home[inner ?? group] = { ...address, unitCode: only.code, place: only.name }
    } else if (options.length > 0) suggestions[path] = options
  }
  return { answers: resolved, suggestions }
}
