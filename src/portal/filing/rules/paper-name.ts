import type { Day } from '../../../platform/day.ts'

/** A name that nothing else of the paper has: the next version is told by its number and day, the first by neither. */
export function paperName(wanted: string, taken: readonly string[], day: Day): string {
  const [, stem = wanted, ending = ''] = /^(.*?)(\.[a-z0-9]{1,5})?$/isu.exec(wanted) ?? []
  const written = day.split('-').toReversed().join('-')
  const isTaken = (name: string) => taken.some((each) => each.toLowerCase() === name.toLowerCase())
  let name = wanted
  for (let version = 2; isTaken(name); version += 1) name = `${stem} (bản ${version}, ${written})${ending}`
  return name
}
