import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Field } from './contract.ts'
import type { CatalogueData } from './seed.ts'

/** The procedures that come with the program: `fields.json` and files with one version or a list of them. */
export function readCatalogueData(dir: string = join(import.meta.dirname, 'data')): CatalogueData {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(dir, name), 'utf8'))
  const names = readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json') && name !== 'fields.json')
    .toSorted()
  // fields.json is ours and checked by a test; versions are checked when they are published.
  const fields = read('fields.json') as Field[]
  return { fields, versions: names.flatMap((name) => read(name)) }
}
