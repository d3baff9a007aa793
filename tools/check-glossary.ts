import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { formEditions } from '../src/documents/rules/form-editions.ts'
import { vi as dossierWords } from '../src/dossiers/text.vi.ts'
import { roles } from '../src/staff/index.ts'
import { UnitKind } from '../src/workflow/contract.ts'

const root = resolve(import.meta.dirname, '..')
const columns = 5

type Row = { section: string; code: string; line: number; cells: readonly string[] }

/** What docs/glossary.md and the sources do not say alike; each finding is a sentence. */
export function checkGlossary(text = readFileSync(join(root, 'docs/glossary.md'), 'utf8')): string[] {
  const rows = readRows(text)
  const sources = readSources()
  const sections: Record<string, readonly string[]> = {
    Commands: Object.keys(dossierWords.commands),
    Events: Object.keys(dossierWords.events),
    Statuses: Object.keys(dossierWords.statuses),
    'Kinds of steps': Object.keys(dossierWords.stepKinds),
    Papers: Object.keys(formEditions.at(-1)?.forms ?? {}),
    Roles: roles,
    'Kinds of units': UnitKind.anyOf.map((kind) => kind.const),
    Tables: tablesIn(sources),
  }
  return [
    ...rows.flatMap(({ code, line, cells }) =>
      cells.length === columns && cells.every((cell) => cell !== '')
        ? []
        : [`line ${line}: ${code} needs ${columns} filled cells`],
    ),
    ...rows
      .filter(({ section, code }) => !sections[section] && !occurs(sources, code))
      .map(({ code, line }) => `line ${line}: ${code} occurs nowhere in the sources`),
    ...Object.entries(sections).flatMap(([section, wanted]) => compare(section, wanted, rows)),
  ]
}

function compare(section: string, wanted: readonly string[], rows: readonly Row[]): string[] {
  const found = rows.filter((row) => row.section === section)
  return [
    ...wanted
      .filter((name) => !found.some(({ code }) => code === name))
      .map((name) => `${section}: ${name} has no row`),
    ...found
      .filter(({ code }) => !wanted.includes(code))
      .map(({ code, line }) => `line ${line}: ${section} knows no ${code}`),
    ...found
      .filter(({ code }, index) => found.findIndex((row) => row.code === code) < index)
      .map(({ code, line }) => `line ${line}: ${code} has two rows`),
  ]
}

/** Rows of all tables, each with the `##` heading it stands under and the code of its first cell. */
function readRows(text: string): Row[] {
  const rows: Row[] = []
  let section = ''
  for (const [index, line] of text.split('\n').entries()) {
    section = /^## (.+)/.exec(line)?.[1] ?? section
    const cells = line.startsWith('| `') ? line.slice(1, -1).split('|') : []
    const code = /`([^`]+)`/.exec(cells[0] ?? '')?.[1]
    if (code) rows.push({ section, code, line: index + 1, cells: cells.map((cell) => cell.trim()) })
  }
  return rows
}

function readSources(): string {
  const isSource = (name: string) => /\.(tsx?|sql)$/.test(name) && !name.includes('.test.')
  return ['src', 'migrations']
    .map((folder) => join(root, folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    .filter((file) => isSource(file) && existsSync(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
}

const tablesIn = (sources: string): string[] =>
  [...sources.matchAll(/create table (?:if not exists )?([a-z_]+\.[a-z_]+)/g)].map((match) => match[1] ?? '')

const occurs = (sources: string, code: string): boolean =>
  new RegExp(`(?<![\\w-])${code.replaceAll('.', '\\.')}(?![\\w-])`).test(sources)
