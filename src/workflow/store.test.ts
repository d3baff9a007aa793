import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { aCase, aVersion } from '../catalogue/testing.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import { endProcess, findProcess, listProcesses, processFor, saveProcess, type WorkflowTables } from './store.ts'
import { aProcess, aStep } from './testing.ts'

let database: TestDatabase<WorkflowTables>
before(async () => {
  database = await testDatabase<WorkflowTables>()
})
after(() => database.close())

const version = aVersion({ cases: [aCase(), aCase({ key: 'xac-minh' })] })
const asked = (agencyId: number, caseKey: string, day: string) =>
  processFor(database.db, { agencyId, version, caseKey, channel: 'counter', day })
const saved = async (agencyId: number, caseKey: string | null, validFrom: string, name: string) => {
  const process = aProcess(
    [aStep({ name })],
    [aStep({ key: 'sign', kind: 'sign', unitKind: 'leadership' })],
    [aStep({ key: 'return', kind: 'return' })],
  )
  const result = await saveProcess(database.db, { agencyId, version, caseKey, validFrom, process })
  assert.ok(result.ok, JSON.stringify(result))
  return result.value
}

test('without a process of its own an agency works by the one that follows from the procedure', async () => {
  const { processId, process } = await asked(1, 'thong-thuong', '2026-01-01')
  assert.equal(processId, null)
  assert.equal(process.stages.length, 4)
})

test('the process of the case goes before the one for all cases, each in its time', async () => {
  const all = await saved(2, null, '2025-07-01', 'Chung')
  const later = await saved(2, null, '2026-01-01', 'Chung, sửa đổi')
  const special = await saved(2, 'xac-minh', '2026-02-01', 'Xác minh')
  assert.equal((await asked(2, 'thong-thuong', '2025-06-30')).processId, null)
  assert.equal((await asked(2, 'thong-thuong', '2025-12-31')).processId, all.processId)
  assert.equal((await asked(2, 'xac-minh', '2026-01-31')).processId, later.processId)
  assert.equal((await asked(2, 'xac-minh', '2026-02-01')).processId, special.processId)
  assert.equal((await asked(3, 'thong-thuong', '2026-02-01')).processId, null)
  assert.deepEqual(
    (await listProcesses(database.db, 2, version.code)).map(({ validTo }) => validTo),
    [null, null, '2025-12-31'],
  )
  assert.equal((await findProcess(database.db, 2, all.processId))?.process.stages[0]?.steps[0]?.name, 'Chung')
  assert.equal(await findProcess(database.db, 3, all.processId), undefined)
})

test('a correction for the same day takes the place of the first, which dossiers still find', async () => {
  const wrong = await saved(4, null, '2026-01-01', 'Nhầm')
  const right = await saved(4, null, '2026-01-01', 'Đúng')
  assert.equal((await asked(4, 'thong-thuong', '2026-01-01')).processId, right.processId)
  assert.deepEqual(
    (await listProcesses(database.db, 4)).map(({ processId }) => processId),
    [right.processId],
  )
  assert.ok(await findProcess(database.db, 4, wrong.processId))
})

test('a process ends, and the foreseen one holds again', async () => {
  const { processId } = await saved(5, null, '2026-01-01', 'Riêng')
  assert.equal(await endProcess(database.db, { agencyId: 6, processId, lastDay: '2026-03-31' }), undefined)
  assert.equal(
    (await endProcess(database.db, { agencyId: 5, processId, lastDay: '2026-03-31' }))?.validTo,
    '2026-03-31',
  )
  assert.equal(await endProcess(database.db, { agencyId: 5, processId, lastDay: '2026-04-30' }), undefined)
  assert.equal((await asked(5, 'thong-thuong', '2026-03-31')).processId, processId)
  assert.equal((await asked(5, 'thong-thuong', '2026-04-01')).processId, null)
})

test('what may not be in force is refused, and nothing is kept', async () => {
  const code = async (change: Partial<Parameters<typeof saveProcess>[1]>) => {
    const result = await saveProcess(database.db, {
      agencyId: 7,
      version,
      caseKey: null,
      validFrom: '2026-01-01',
      process: aProcess(),
      ...change,
    })
    return result.ok ? 'saved' : result.refusal.code
  }
  assert.equal(await code({ caseKey: 'khong-co' }), 'unknown-case')
  assert.equal(await code({ process: { stages: [] } }), 'process-malformed')
  assert.equal(await code({ process: aProcess([aStep({ minutes: 480 * 4 })]) }), 'process-not-valid')
  assert.deepEqual(await listProcesses(database.db, 7), [])
  assert.equal(await code({}), 'saved')
  assert.equal(await code({ validFrom: '2025-01-01' }), 'later-process-exists')
})

test('the application cannot rewrite a process under which dossiers were handled', async () => {
  for (const statement of ["update workflow.process set content = '{}'", 'delete from workflow.process'])
    await assert.rejects(sql.raw(statement).execute(database.db), /permission denied/)
})
