import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { addDays, dayOf, instantAt, type Instant } from '../../platform/day.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing.ts'
import { createAgency } from '../../staff/index.ts'
import { askFigures, askSteps, bringUpToDate, listFigure, rebuildFigures, type FigureContext } from './index.ts'
import type { Breakdown, FigureId, Question } from './contract.ts'
import { factsOf, type KnownFact } from './rules/facts.ts'
import { countOf, figureIds } from './rules/figures.ts'
import { bucketOf, isTime, narrowTo, periodOf, tellable } from './rules/question.ts'
import { classOf, ownTime, passedSteps, percentile } from './rules/steps.ts'
import { FIRST_DAY, histories, writeLog, type History } from './testing.ts'

const NOW = instantAt('2026-04-01', 15 * 60)

let database: TestDatabase<never>
let context: FigureContext
let agencies: number[]
let world: History[] = []

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as FigureContext
  database.setClock(NOW)
  const province = await createAgency(context.db, { kind: 'province', fullName: 'Tỉnh Thử', validFrom: '2018-01-01' })
  agencies = []
  for (const name of ['Xã Một', 'Xã Hai', 'Xã Ba'])
    agencies.push(
      await createAgency(context.db, {
        kind: 'commune',
        fullName: name,
        validFrom: '2018-01-01',
        parentId: province,
        codes: [{ scheme: 'dossier', code: `H99.${name.length}${agencies.length}` }],
      }),
    )
  world = fc.sample(histories(agencies, { min: 150, max: 150 }), { numRuns: 1, seed: 7 })[0] ?? []
})
after(() => database.close())

/** What was known of a dossier at a moment; null is now. */
const knownAt = (facts: readonly KnownFact[], moment: Instant | null): KnownFact | undefined =>
  moment === null
    ? facts.at(-1)
    : facts.find(({ knownFrom, knownTo }) => knownFrom <= moment && (knownTo === null || knownTo > moment))

const read = new WeakMap<History, KnownFact[]>()
const factsFrom = (history: History): KnownFact[] => {
  const facts = read.get(history) ?? factsOf(history.log)
  read.set(history, facts)
  return facts
}

/** The facts that a question is about, straight from the logs. */
function factsFor({
  agencies: asked,
  filter,
  knownAt: moment,
}: Question): (KnownFact & { agencyId: number; dossierId: string })[] {
  return world.flatMap((history) => {
    const { agencyId, dossierId } = history
    const fact = knownAt(factsFrom(history), moment)
    if (!fact || !asked.includes(agencyId)) return []
    const fits =
      (filter.field === undefined || fact.field === filter.field) &&
      (filter.procedures === undefined || filter.procedures.includes(fact.procedureCode)) &&
      (filter.channel === undefined || fact.channel === filter.channel) &&
      (filter.unitId === undefined || fact.unitId === filter.unitId) &&
      (filter.officerId === undefined || fact.officerId === filter.officerId)
    return fits ? [{ ...fact, agencyId, dossierId }] : []
  })
}

const countNaively = (
  question: Question,
  figure: FigureId,
  only: (fact: ReturnType<typeof factsFor>[number]) => boolean = () => true,
) =>
  factsFor(question)
    .filter(only)
    .reduce((sum, fact) => sum + countOf(figure, fact, periodOf(question, question.knownAt ?? NOW)), 0)

const day = fc.nat(100).map((days) => addDays(FIRST_DAY, days - 5))
const questions = fc
  .record({
    agencies: fc
      .constantFrom([0], [1], [0, 1], [0, 1, 2], [2, 0])
      .map((some) => some.map((index) => agencies[index] as number)),
    from: day,
    days: fc.nat(40),
    knownAt: fc.oneof(
      fc.constant(null),
      fc.tuple(day, fc.nat(24 * 60)).map(([each, minute]) => instantAt(each, minute)),
    ),
    filter: fc.oneof(
      { weight: 3, arbitrary: fc.constant({}) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          { field: 'land' },
          { channel: 'online' },
          { procedures: ['1.000001', '1.000002'] },
          { procedures: [] },
          { unitId: 11 },
          { officerId: 22 },
          { unitId: 12, field: 'land' },
        ),
      },
    ),
  })
  .map(({ days, from, ...rest }) => ({ ...rest, from, to: addDays(from, days) }) as Question)

const breakdowns: Breakdown[] = [
  'agency',
  'level',
  'field',
  'procedure',
  'channel',
  'unit',
  'officer',
  'day',
  'week',
  'month',
  'weekday',
  'hour',
]

async function checkAll(runs: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(questions, async (question) => {
      const { total } = await askFigures(context, question, figureIds)
      for (const figure of figureIds)
        assert.equal(total.values[figure], countNaively(question, figure), `${figure} ${JSON.stringify(question)}`)
      const { values } = total
      const v = (figure: FigureId) => values[figure] ?? 0
      assert.equal(
        v('carried') + v('received'),
        v('resolved') + v('withdrawn') + v('stopped') + v('closed') + v('open'),
      )
      assert.equal(v('open'), v('open-in-time') + v('open-overdue'))
      assert.equal(v('resolved'), v('resolved-early') + v('resolved-on-time') + v('resolved-late'))
      assert.equal(v('resolved'), v('granted') + v('refused'))
    }),
    { numRuns: runs, seed: 11 },
  )
}

test('the numbers are those of the facts, now and at any moment, while the log grows', async () => {
  const late = instantAt(addDays(FIRST_DAY, 40), 0)
  const whole = world
  await writeLog(database.ownerPool, whole, ({ recordedAt }) => recordedAt <= late)
  world = whole
    .map((each) => ({ ...each, log: each.log.filter(({ recordedAt }) => recordedAt <= late) }))
    .filter(({ log }) => log.length > 0)
  await bringUpToDate(context)
  await checkAll(40)
  const asked: Question = {
    agencies,
    from: addDays(FIRST_DAY, 10),
    to: addDays(FIRST_DAY, 30),
    knownAt: late,
    filter: {},
  }
  const then = await askFigures(context, asked, figureIds, 'field')
  world = whole
  await writeLog(database.ownerPool, whole, ({ recordedAt }) => recordedAt > late)
  await bringUpToDate(context)
  assert.deepEqual(await askFigures(context, asked, figureIds, 'field'), then)
  await checkAll(120)
})

test('a number is as long as its list', async () => {
  await fc.assert(
    fc.asyncProperty(questions, fc.constantFrom(...figureIds), async (question, figure) => {
      const { total } = await askFigures(context, question, [figure])
      const ids: string[] = []
      let cursor: string | undefined
      do {
        const page = await listFigure(context, question, figure, { cursor, limit: 7 })
        ids.push(...page.items.map(({ dossierId }) => dossierId))
        cursor = page.next ?? undefined
      } while (cursor !== undefined)
      assert.equal(ids.length, total.values[figure])
      const period = periodOf(question, question.knownAt ?? NOW)
      assert.deepEqual(
        ids.toSorted(),
        factsFor(question)
          .filter((fact) => countOf(figure, fact, period) > 0)
          .map(({ dossierId }) => dossierId)
          .toSorted(),
      )
    }),
    { numRuns: 150, seed: 5 },
  )
})

test('the lines of a breakdown add up, and each is the number and the list of its key', async () => {
  await fc.assert(
    fc.asyncProperty(questions, fc.constantFrom(...breakdowns), fc.nat(30), async (question, by, pick) => {
      const table = await askFigures(context, question, figureIds, by)
      const told = tellable(figureIds, by)
      if (!isTime(by))
        for (const figure of told)
          assert.equal(
            table.lines.reduce((sum, { values }) => sum + (values[figure] ?? 0), 0),
            table.total.values[figure],
            figure,
          )
      const line = table.lines[pick % Math.max(1, table.lines.length)]
      if (!line?.key) return
      const alone = await askFigures(context, question, figureIds, undefined, { by, key: line.key })
      for (const figure of told)
        assert.equal(alone.total.values[figure], line.values[figure], `${by} ${line.key} ${figure}`)
      const figure = told[pick % told.length] as FigureId
      const list = await listFigure(context, question, figure, { limit: 200, line: { by, key: line.key } })
      assert.equal(list.items.length, line.values[figure], `${by} ${line.key} ${figure}`)
      if (isTime(by)) {
        const period = periodOf(question, question.knownAt ?? NOW)
        const narrowed = narrowTo({ ...question, to: period.to }, by, line.key)
        assert.ok(narrowed && bucketOf(narrowed.from, by) === line.key)
      }
    }),
    { numRuns: 150, seed: 3 },
  )
})

test('the time in steps is that of the stays which ended in the period', async () => {
  const plain = questions.map((question) => ({ ...question, filter: {} }))
  await fc.assert(
    fc.asyncProperty(plain, async (question) => {
      const { steps, others } = await askSteps(context, question, { clock: true })
      const { from, to } = periodOf(question, question.knownAt ?? NOW)
      const passed = world
        .filter(({ agencyId }) => question.agencies.includes(agencyId))
        .flatMap(({ log }) => passedSteps(log))
        .filter(
          ({ closedAt, knownAt }) =>
            dayOf(closedAt) >= from &&
            dayOf(closedAt) <= to &&
            (question.knownAt === null || knownAt <= question.knownAt),
        )
      const minutesOf = (kind: string) =>
        passed
          .filter((step) => step.kind === kind)
          .map(({ openedAt, closedAt }) => Math.round((Date.parse(closedAt) - Date.parse(openedAt)) / 60_000))
      const kinds = new Set(passed.map(({ kind }) => kind))
      assert.deepEqual(new Set([...steps, ...others].map(({ key }) => key)), kinds)
      for (const { key, count, total, median } of [...steps, ...others]) {
        const minutes = minutesOf(key)
        assert.equal(count, minutes.length, key)
        assert.equal(
          total,
          minutes.reduce((sum, each) => sum + each, 0),
          key,
        )
        const exact = percentile(
          minutes.map((each) => ({ minutes: each, count: 1 })),
          0.5,
        )
        assert.ok(Math.abs(median - exact) <= Math.max(1, exact * 0.02), `${key} ${median} ${exact}`)
      }
      assert.ok(steps.every(({ key }) => ownTime(key)))
    }),
    { numRuns: 60, seed: 9 },
  )
  fc.assert(
    fc.property(fc.nat(1_000_000), (minutes) => Math.abs(classOf(minutes) - minutes) <= Math.max(0, minutes * 0.02)),
  )
})

const stepSums = async () =>
  (
    await database.ownerPool.query(
      `select to_jsonb(r) as row from statistics.step_roll_up r where passed <> 0 order by scope_id, level, start, clock, kind, length`,
    )
  ).rows

const rollUps = async () =>
  (
    await database.ownerPool.query<{ row: Record<string, unknown> }>(
      `select to_jsonb(r) as row from statistics.roll_up r
       order by scope_id, grain, level, start, agency_id, field, procedure_code, channel, unit_id, officer_id, hour`,
    )
  ).rows
    .map(({ row }) => row)
    .filter((row) =>
      Object.entries(row).some(
        ([key, value]) =>
          !['scope_id', 'agency_id', 'unit_id', 'officer_id', 'hour'].includes(key) &&
          typeof value === 'number' &&
          value !== 0,
      ),
    )

const facts = async () =>
  (
    await database.ownerPool.query<{ row: unknown }>(
      'select to_jsonb(f) as row from statistics.fact f order by agency_id, dossier_id, version',
    )
  ).rows.map(({ row }) => row)

test('what was followed is what is rebuilt', async () => {
  const before = { facts: await facts(), rollUps: await rollUps(), steps: await stepSums() }
  // Rebuilding asks the rows of the dossiers which there are.
  await database.ownerPool.query(
    `insert into dossiers.dossier (agency_id, dossier_id, code, version, head_hash, status, procedure_code, procedure_version_id, case_key, field, channel, lodged_at, extensions, apologies, fee_due, fee_paid, delivery, digitised, papers)
     select agency_id, dossier_id, dossier_id::text, 1, '', 'x', 'x', 1, 'x', 'x', 'x', now(), 0, 0, 0, 0, 'x', 0, 0 from dossiers.event where version = 1`,
  )
  assert.equal(await rebuildFigures(context), world.length)
  assert.deepEqual(await facts(), before.facts)
  assert.deepEqual(await rollUps(), before.rollUps)
  assert.deepEqual(await stepSums(), before.steps)
})
