import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { readCatalogueData } from '../src/catalogue/index.ts'
import type { ProcedureVersion } from '../src/catalogue/index.ts'
import type { CommandInput } from '../src/dossiers/contract.ts'
import type { DossierContext } from '../src/dossiers/commands.ts'
import { fold } from '../src/dossiers/rules/events.ts'
import { toRow, toTasks } from '../src/dossiers/rules/row.ts'
import { give, takeIn } from '../src/dossiers/requests.ts'
import { aCommune, anIntake, anOfficer, at, type Commune } from '../src/dossiers/testing.ts'
import type { Actor } from '../src/identity/index.ts'
import { withScope } from '../src/platform/db.ts'
import { loadEvents, loadNotes, loadPersons, toHappened } from '../src/dossiers/store.ts'

export const COMMUNES = 170
/** The moment at which the benchmark takes place: a Friday morning. */
export const NOW = at('2026-11-20', '08:30')
/** The day on which the patterns of all dossiers are received; each dossier moves it to its own day. */
const PATTERN_DAY = '2026-11-02'
const PATTERN_NAME = 'Nguyễn Văn An'
const PROCEDURES = 12
const specialities = ['land', 'social', 'economy', 'culture', 'office', 'police', 'other'] as const

/** A commune of the benchmark: ids count up by the same steps from commune to commune. */
export type Place = { agencyId: number; units: number[]; officers: number[]; posts: number[] }

/** A life of a dossier written down once by the true commands, as lines for COPY with `<<name>>` for what differs. */
export type Pattern = { open: boolean; instants: string[]; rows: { table: string; columns: string[]; line: string }[] }

export type World = { places: Place[]; patterns: Pattern[]; intakes: { procedureCode: string; caseKey: string }[] }

/** Makes the communes with their officers, signs everybody in, and lives through the patterns in the first commune. */
export async function makeWorld(
  context: DossierContext,
  owner: pg.Pool,
  setClock: (now: string) => void,
): Promise<World> {
  setClock(NOW)
  const communes: (Commune & { specialists: Actor[] })[] = []
  for (let index = 0; index < COMMUNES; index++) {
    const commune = await aCommune(context, {
      name: `Xã Thử ${index + 1}`,
      code: `H99.${String(index + 1).padStart(3, '0')}`,
    })
    const specialists = []
    for (const kind of specialities)
      specialists.push(
        await anOfficer(context, {
          agencyId: commune.agencyId,
          unitId: commune.units[kind],
          role: 'specialist',
          name: `Chuyên viên ${kind}`,
        }),
      )
    communes.push({ ...commune, specialists })
  }
  const places = communes.map(({ agencyId, units, reception, justice, leader, clerk, admin, specialists }) => {
    const actors = [reception, justice, leader, clerk, admin, ...specialists]
    return {
      agencyId,
      units: Object.values(units),
      officers: actors.map(({ officerId }) => officerId),
      posts: actors.map(({ posts }) => posts[0]?.postId ?? 0),
    }
  })
  for (const [index, place] of places.entries())
    if (place.agencyId !== (places[0]?.agencyId ?? 0) + index)
      throw new Error('the ids of the communes do not count up')
  await signEverybodyIn(owner)
  const [first] = communes
  const [home] = places
  if (!first || !home) throw new Error('no commune')
  const patterns: Pattern[] = []
  const intakes: World['intakes'] = []
  for (const version of versionsOn(PATTERN_DAY)) {
    const lived = await live(context, { commune: first, home, version, setClock })
    if (lived.length === 0) continue
    patterns.push(...lived)
    intakes.push({ procedureCode: version.code, caseKey: version.cases[0]?.key ?? '' })
    if (intakes.length === PROCEDURES) break
  }
  return { places, patterns, intakes }
}

const versionsOn = (day: string): ProcedureVersion[] =>
  (readCatalogueData().versions as ProcedureVersion[]).filter(
    ({ validFrom, validTo }) => validFrom <= day && (validTo === null || validTo >= day),
  )

/** The cookie of an officer is `bench-` and the id. */
export const tokenOf = (officerId: number): string => `bench-${officerId}`

async function signEverybodyIn(owner: pg.Pool): Promise<void> {
  await owner.query(
    `insert into identity.account (officer_id, user_name, demo, password_set_at) select officer_id, 'bench' || officer_id, true, now() from staff.officer`,
  )
  await owner.query(
    `insert into identity.session (session_id, token_hash, account_id, second_factor, source, started_at, seen_at, expires_at)
     select gen_random_uuid(), sha256(convert_to('bench-' || officer_id, 'UTF8')), account_id, 'none', 'bench', $1::timestamptz, $1::timestamptz, $1::timestamptz + interval '1 year'
     from identity.account`,
    [NOW],
  )
}

type Life = {
  commune: Commune & { specialists: Actor[] }
  home: Place
  version: ProcedureVersion
  setClock: (now: string) => void
}

/** Receives, forwards, examines, signs, registers and returns one dossier; nothing when this procedure goes another way. */
async function live(context: DossierContext, { commune, home, version, setClock }: Life): Promise<Pattern[]> {
  const { reception, leader, clerk, agencyId } = commune
  const examiners = [commune.justice, ...commune.specialists, reception]
  setClock(at(PATTERN_DAY, '08:30'))
  const body = anIntake(context, commune, { procedureCode: version.code, remark: 'Công dân đề nghị nhận kết quả sớm' })
  const taken = await takeIn(context, { actor: reception, source: 'officer' }, body)
  if (!taken.ok) return []
  let { dossier } = taken.value
  const { dossierId } = taken.value
  const say = async (actor: Actor, command: CommandInput, clock: string): Promise<boolean> => {
    setClock(at(PATTERN_DAY, clock))
    const done = await give(
      context,
      { actor, source: 'officer' },
      { agencyId, dossierId, body: { commandId: randomUUID(), version: null, command } },
    )
    if (done.ok) dossier = done.value.dossier
    return done.ok
  }
  const isAt = (kind: string) => dossier.open.length === 1 && dossier.open[0]?.kind === kind
  if (!(await say(reception, { type: 'forward' }, '09:10')) || !isAt('examine')) return []
  for (const actor of examiners)
    if (isAt('examine'))
      await say(actor, { type: 'completeStep', key: 'examine', details: null, resultNumber: null }, '14:05')
  if (!isAt('sign')) return []
  await say(
    leader,
    {
      type: 'signResult',
      key: 'sign',
      outcome: 'granted',
      documentNumber: '15/2026',
      signedOn: PATTERN_DAY,
      fileId: null,
      electronic: false,
      details: null,
    },
    '15:20',
  )
  if (isAt('register'))
    await say(clerk, { type: 'completeStep', key: 'register', details: null, resultNumber: null }, '15:45')
  if (dossier.feeDue > 0) await say(reception, { type: 'collectFee', method: 'cash', receiptNumber: '0001' }, '16:00')
  if (!(await say(reception, { type: 'returnResult', delivery: 'counter', recipient: null, details: null }, '16:10')))
    return []
  return readPatterns(context, { dossierId, home })
}

/** The whole life, and what it was when received, when under examination and before the signature. */
async function readPatterns(
  context: DossierContext,
  { dossierId, home }: { dossierId: string; home: Place },
): Promise<Pattern[]> {
  const { agencyId } = home
  const [events, persons, notes] = await withScope(context.db, { agencies: [agencyId] }, async (tx) => [
    await loadEvents(tx, agencyId, dossierId),
    await loadPersons(tx, agencyId, dossierId),
    await loadNotes(tx, agencyId, dossierId),
  ])
  const whole = events.length
  return [whole, 2, 2, 3, 4].map((length) => {
    const past = events.slice(0, length)
    const dossier = fold(past.map(toHappened))
    if (!dossier) throw new Error('no dossier')
    const own = { agency_id: agencyId, dossier_id: dossierId }
    const shared = {
      code: dossier.code,
      procedure_version_id: dossier.procedureVersionId,
      field: dossier.field,
      channel: dossier.channel,
      applicant_name: PATTERN_NAME,
    }
    const rows = [
      ...past.map((row) => ({
        table: 'event',
        row: {
          ...row,
          position: undefined,
          transaction_id: undefined,
          previous_hash: `<<hash${row.version - 1}>>`,
          hash: `<<hash${row.version}>>`,
        },
      })),
      {
        table: 'dossier',
        row: { ...own, ...toRow(dossier), head_hash: `<<hash${length}>>`, applicant_name: PATTERN_NAME },
      },
      ...toTasks(dossier).map((task) => ({ table: 'task', row: { ...own, ...task, ...shared } })),
      ...persons.map((row) => ({
        table: 'person',
        row: { ...row, identity_index: '<<identity>>', phone_index: '<<phone>>' },
      })),
      ...notes.map((row) => ({ table: 'note', row })),
    ]
    return toPattern(rows, {
      open: length < whole,
      home,
      dossierId,
      code: dossier.code,
      ids: [...persons.map(({ person_id }) => person_id), ...notes.map(({ note_id }) => note_id)],
    })
  })
}

const INSTANT = /^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/

/** What differs from dossier to dossier is replaced by `<<name>>`; fill.ts knows what each name stands for. */
function toPattern(
  rows: readonly { table: string; row: object }[],
  {
    open,
    home,
    dossierId,
    code,
    ids,
  }: { open: boolean; home: Place; dossierId: string; code: string; ids: readonly string[] },
): Pattern {
  const instants: string[] = []
  const commands: string[] = []
  const nth = (name: string, list: unknown[], value: unknown, grow = false): string | undefined => {
    if (grow && !list.includes(value)) list.push(value)
    const index = list.indexOf(value)
    return index < 0 ? undefined : `${name}${index}`
  }
  const nameOf = (key: string, value: unknown): string | undefined => {
    if (value === dossierId) return 'dossier'
    if (value === code) return 'code'
    if (/^(agencyId|agency_id|handling_agency_id)$/.test(key)) return 'agency'
    if (key === 'name_key' && value !== null) return 'key'
    if (value === PATTERN_NAME) return 'name'
    if (/^unit_?id$/i.test(key)) return nth('unit', home.units, value)
    if (/officer_?id$|^(received_by|signed_by)$/i.test(key)) return nth('officer', home.officers, value)
    if (key === 'post_id') return nth('post', home.posts, value)
    if (key === 'command_id') return nth('command', commands, value, true)
    if (ids.includes(String(value))) return `id${ids.indexOf(String(value))}`
    if (typeof value !== 'string' || key === 'birthDay' || value.startsWith('9999') || !INSTANT.test(value))
      return undefined
    return nth('instant', instants, value, true)
  }
  const mark = (row: object) =>
    JSON.parse(
      JSON.stringify(row, (key, value: unknown) => {
        const bytes = value as { type?: string; data?: number[] } | null
        if (bytes?.type === 'Buffer') return `\\x${Buffer.from(bytes.data ?? []).toString('hex')}`
        const name = nameOf(key, value)
        if (name === undefined) return value
        return typeof value === 'number' ? `<<#${name}>>` : `<<${name}>>`
      }),
    ) as Record<string, unknown>
  const marked = rows.map(({ table, row }) => ({
    table,
    columns: Object.keys(mark(row)),
    line: Object.values(mark(row)).map(toCopyText).join('\t'),
  }))
  return { open, rows: marked, instants }
}

/** A value as COPY reads it. */
function toCopyText(value: unknown): string {
  if (value === null) return '\\N'
  const text = typeof value === 'object' ? JSON.stringify(value) : `${value as string | number | boolean}`
  return text
    .replace(/"<<#(\w+)>>"/g, '<<$1>>')
    .replace(/<<#(\w+)>>/g, '<<$1>>')
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
}
