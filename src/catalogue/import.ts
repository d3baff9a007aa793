import { Value } from 'typebox/value'
import type { Db } from '../platform/db.ts'
import { nestsDeeper } from '../platform/http/validation.ts'
import { accept, refuse, type Result } from '../platform/result.ts'
import { checkVersion } from './check.ts'
import { Field, type ProcedureVersion } from './contract.ts'
import { mayPublish, type Finding } from './rules/findings.ts'
import type { ImportLineCode } from './rules/import-line.ts'
import { originOf, putTogether, type Draft, type SheetRow } from './rules/sheets.ts'
import { listFields, saveFields } from './field-store.ts'
import type { CatalogueTables } from './tables.ts'
import { publishVersion, withinTransaction, type CatalogueRefusal } from './version-store.ts'
import { vi } from './text.vi.ts'
import { MAX_UPLOAD, readWorkbook, writeWorkbook, type SheetFault } from './workbook.ts'
import { sheets } from './workbook.vi.ts'
import type { ZipRefusal } from './zip.ts'

/** One thing to say about the file, with its place. `words` are Vietnamese, for the one who filled the file in. */
export type ImportLine = {
  sheet: string
  row: number | null
  column: string | null
  code: ImportLineCode
  /** What the sentence is about, for another language than that of `words`. */
  about: string
  /** The finding that this line passes on. */
  finding: Pick<Finding, 'code' | 'about'> | null
  words: string
  severity: 'error' | 'warning'
  procedure: string | null
}

export type ImportReport = {
  dryRun: boolean
  /** Rows with something in them; each is either imported or reported. */
  rows: { read: number; imported: number; reported: number }
  fields: number
  procedures: { code: string; validFrom: string; shortName: string; outcome: 'published' | 'unchanged' | 'held-back' }[]
  lines: ImportLine[]
}

export type ImportRefusal = ZipRefusal | { code: 'not-json' }
export type ImportOptions = { dryRun?: boolean; by?: number | null; mayLeaveGap?: boolean }

type Input = { drafts: Draft[]; fields: { row: SheetRow; field: unknown }[]; lines: ImportLine[]; rowsRead: number }
type CatalogueDb = Db<CatalogueTables>

/**
 * Takes in a workbook or a JSON file. A procedure comes in with all its versions or not at all; the others are not
 * held up by it. With `dryRun` everything is tried and nothing kept.
 */
export async function importCatalogue(
  db: CatalogueDb,
  bytes: Buffer,
  options: ImportOptions = {},
): Promise<Result<ImportReport, ImportRefusal>> {
  const { dryRun = false } = options
  const input = await readInput(bytes)
  if (!input.ok) return input
  const { drafts, lines, rowsRead } = input.value
  const report: ImportReport = {
    dryRun,
    rows: { read: rowsRead, imported: 0, reported: 0 },
    fields: 0,
    procedures: [],
    lines,
  }
  const fields = await takeFields(db, input.value, report)
  for (const [code, versions] of Map.groupBy(drafts, (draft) => draft.code))
    await takeProcedure(db, { code, versions, fields, options, report })
  const isRow = ({ row, code, severity }: ImportLine) =>
    severity === 'error' && row !== null && !(row === 1 && code === 'missing-column')
  report.rows.reported = new Set(lines.filter(isRow).map(({ sheet, row }) => `${sheet}\0${row}`)).size
  return accept(report)
}

async function readInput(bytes: Buffer): Promise<Result<Input, ImportRefusal>> {
  const first = bytes
    .subarray(0, 64)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()[0]
  return first === '{' || first === '[' ? readJson(bytes) : readSheets(bytes)
}

/** A procedure nests a handful of levels; a file that nests without end is none. */
const DEEPEST = 50

function readJson(bytes: Buffer): Result<Input, ImportRefusal> {
  if (bytes.length > MAX_UPLOAD) return refuse({ code: 'too-large', limit: MAX_UPLOAD })
  const content = parse(bytes.toString('utf8').replace(/^\uFEFF/, ''))
  if (content === undefined || nestsDeeper(content, DEEPEST)) return refuse({ code: 'not-json' })
  const { versions, fields } = listsOf(content)
  const row = (part: string, index: number): SheetRow => ({ part, row: index + 1, values: {}, faulty: false })
  return accept({
    drafts: versions.map((version, index) => jsonDraft(version, index + 1)),
    fields: fields.map((field, index) => ({ row: row('fields', index), field })),
    lines: [],
    rowsRead: versions.length + fields.length,
  })
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function listsOf(content: unknown): { versions: unknown[]; fields: unknown[] } {
  if (Array.isArray(content)) return { versions: content, fields: [] }
  const { versions, fields } = content as { versions?: unknown; fields?: unknown }
  if (Array.isArray(versions)) return { versions, fields: Array.isArray(fields) ? fields : [] }
  return { versions: [content], fields: [] }
}

function jsonDraft(version: unknown, row: number): Draft {
  const { code = '?', validFrom = '?' } = (version ?? {}) as { code?: unknown; validFrom?: unknown }
  return {
    code: String(code),
    validFrom: String(validFrom),
    // Anything at all; the schema judges it before it is used.
    version: version as Draft['version'],
    faulty: false,
    rows: [{ part: 'json', row }],
    origins: [{ pointer: '', part: 'json', row }],
  }
}

async function readSheets(bytes: Buffer): Promise<Result<Input, ImportRefusal>> {
  const read = await readWorkbook(bytes)
  if (!read.ok) return read
  const { rows, faults, rowsRead } = read.value
  const { drafts, lost } = putTogether(rows)
  const codeOf = new Map(rows.map((row) => [`${row.part}\0${row.row}`, row.values['code']]))
  const procedureOf = (part: string | null, row: number | null) => {
    const code = codeOf.get(`${part}\0${row}`)
    return typeof code === 'string' ? code : null
  }
  const lines = [
    ...faults.map((fault) => faultLine(fault, procedureOf(fault.part, fault.row))),
    ...lost.map(({ row, fault }) =>
      line({
        part: row.part,
        row: row.row,
        column: null,
        code: fault,
        about: '',
        procedure: procedureOf(row.part, row.row),
      }),
    ),
    ...rows
      .filter((row) => row.faulty && !faults.some((fault) => fault.part === row.part && fault.row === row.row))
      .map((row) =>
        line({
          part: row.part,
          row: row.row,
          column: null,
          code: 'missing-column',
          about: missingIn(faults, row.part),
          procedure: procedureOf(row.part, row.row),
        }),
      ),
  ]
  const fields = rows.filter(({ part }) => part === 'fields').map((row) => ({ row, field: row.values }))
  return accept({ drafts, fields, lines, rowsRead })
}

const missingIn = (faults: readonly SheetFault[], part: string) =>
  faults
    .filter((fault) => fault.part === part && fault.code === 'missing-column')
    .map(({ about }) => about)
    .join(', ')

const faultLine = ({ sheet, row, column, code, about }: SheetFault, procedure: string | null): ImportLine => ({
  sheet,
  row,
  column,
  code,
  about,
  finding: null,
  words: vi.importLines[code](about),
  severity: code === 'unknown-column' ? 'warning' : 'error',
  procedure,
})

type LineFacts = {
  part: string
  row: number
  column: string | null
  code: ImportLineCode
  about: string
  procedure: string | null
  severity?: ImportLine['severity']
  finding?: ImportLine['finding']
}

const line = ({
  part,
  row,
  column,
  code,
  about,
  procedure,
  severity = 'error',
  finding = null,
}: LineFacts): ImportLine => ({
  sheet: sheets.find((sheet) => sheet.part === part)?.name ?? 'JSON',
  row,
  column,
  code,
  about,
  finding,
  words: vi.importLines[code](about),
  severity,
  procedure,
})

async function takeFields(db: CatalogueDb, { fields }: Input, report: ImportReport): Promise<string[]> {
  const valid: Field[] = []
  for (const { row, field } of fields) {
    if (!row.faulty && Value.Check(Field, field)) valid.push(field)
    else if (!row.faulty)
      report.lines.push(
        line({ part: 'fields', row: row.row, column: null, code: 'field-not-valid', about: '', procedure: null }),
      )
  }
  report.fields = valid.length
  report.rows.imported += valid.length
  if (!report.dryRun) await saveFields(db, valid)
  const known = await listFields(db)
  return [...new Set([...known, ...valid].map(({ key }) => key))]
}

type Taking = { code: string; versions: Draft[]; fields: string[]; options: ImportOptions; report: ImportReport }

async function takeProcedure(db: CatalogueDb, { code, versions, fields, options, report }: Taking): Promise<void> {
  const checks = versions.map((draft) => ({
    draft,
    ...checkVersion(draft.version, fields.length > 0 ? { fields } : {}),
  }))
  const valid = checks.flatMap(({ draft, version, findings }) =>
    version && !draft.faulty && mayPublish(findings) ? [{ draft, version }] : [],
  )
  for (const { draft, findings } of checks)
    // What a faulty draft lacks follows from its faulty rows, which are reported already.
    for (const finding of findings)
      if (!draft.faulty || finding.code !== 'schema') report.lines.push(findingLine(draft, finding))
  const outcomes = valid.length === versions.length ? await publishAll(db, valid, fields, options) : undefined
  if (outcomes?.ok) {
    outcomes.value.forEach((outcome, index) => {
      const { draft, version } = valid[index] ?? {}
      if (!draft || !version) return
      report.procedures.push({ code, validFrom: draft.validFrom, shortName: version.shortName, outcome })
      report.rows.imported += draft.rows.length
    })
    return
  }
  if (outcomes) {
    const { draft, refusal } = outcomes.refusal
    report.lines.push(
      line({
        ...headOf(draft),
        column: null,
        code: 'refusal',
        about: vi.refusals[refusal.code](refusal),
        procedure: code,
      }),
    )
  }
  const told = new Set(
    report.lines.filter(({ severity }) => severity === 'error').map(({ sheet, row }) => `${sheet}\0${row}`),
  )
  for (const draft of versions) {
    report.procedures.push({ code, validFrom: draft.validFrom, shortName: shortNameOf(draft), outcome: 'held-back' })
    for (const { part, row } of draft.rows) {
      const held = line({ part, row, column: null, code: 'held-back', about: code, procedure: code })
      if (!told.has(`${held.sheet}\0${row}`)) report.lines.push(held)
    }
  }
}

const shortNameOf = ({ version }: Draft): string => {
  const name: unknown = version?.['shortName']
  return typeof name === 'string' ? name : ''
}

const headOf = (draft: Draft) =>
  draft.rows.find(({ part }) => part === 'versions' || part === 'json') ?? { part: 'versions', row: 0 }

type Valid = { draft: Draft; version: ProcedureVersion }
type Stopped = { draft: Draft; refusal: CatalogueRefusal }

/** All versions of one procedure in one transaction, which is undone when one is refused or nothing is to be kept. */
function publishAll(
  db: CatalogueDb,
  valid: readonly Valid[],
  fields: readonly string[],
  { dryRun = false, by = null, mayLeaveGap = false }: ImportOptions,
): Promise<Result<('published' | 'unchanged')[], Stopped>> {
  return withinTransaction(
    db,
    async (tx): Promise<{ keep: boolean; value: Result<('published' | 'unchanged')[], Stopped> }> => {
      const outcomes: ('published' | 'unchanged')[] = Array.from({ length: valid.length }, () => 'unchanged')
      const inTime = valid
        .map((each, index) => ({ ...each, index }))
        .toSorted((one, other) => (one.version.validFrom < other.version.validFrom ? -1 : 1))
      for (const { draft, version, index } of inTime) {
        const result = await publishVersion(tx, version, { by, mayLeaveGap, fields })
        if (!result.ok) return { keep: false, value: refuse({ draft, refusal: result.refusal }) }
        outcomes[index] = result.value.outcome
      }
      return { keep: !dryRun, value: accept(outcomes) }
    },
  )
}

function findingLine(draft: Draft, finding: Finding): ImportLine {
  const origin = originOf(draft, finding.pointer) ?? { ...headOf(draft), rest: finding.pointer.slice(1) }
  const key = origin.rest.split('/')[0] ?? ''
  const column = sheets.find(({ part }) => part === origin.part)?.columns.find((each) => each.key === key)?.label
  return line({
    part: origin.part,
    row: origin.row,
    column: column ?? (origin.rest || null),
    code: 'finding',
    about: vi.findings[finding.code](finding.about),
    finding: { code: finding.code, about: finding.about },
    procedure: draft.code,
    severity: finding.severity,
  })
}

/** The workbook of procedures as they stand, or the empty template. */
export const exportCatalogue = (versions: readonly ProcedureVersion[], fields: readonly Field[]): Promise<Buffer> =>
  writeWorkbook(versions, fields)

/** The report as lines of plain text, for the terminal. */
export function writeReport({ dryRun, rows, procedures, lines }: ImportReport): string {
  const count = (outcome: string) => procedures.filter((each) => each.outcome === outcome).length
  const places = lines.map(({ sheet, row, column, code, words, severity }) => {
    const place = [sheet, row === null ? '' : `dòng ${row}`, column ? `cột «${column}»` : ''].filter(Boolean).join(', ')
    return `${severity === 'error' ? 'LỖI' : 'Lưu ý'} [${code}] ${place}: ${words}`
  })
  return [
    ...places,
    `${dryRun ? 'Xem trước, chưa nhập gì. ' : ''}Đã đọc ${rows.read} dòng: ${rows.imported} dòng nhập được, ${rows.reported} dòng có vấn đề.`,
    `Thủ tục: ${count('published')} công bố mới, ${count('unchanged')} không đổi, ${count('held-back')} chưa nhập.`,
  ].join('\n')
}
