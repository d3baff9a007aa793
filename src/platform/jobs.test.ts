import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { startJobs } from './jobs.ts'
import { openLog } from './log.ts'
import { testDatabase, type TestDatabase } from './testing.ts'

let database: TestDatabase<unknown>
const log = openLog('silent')
before(async () => {
  database = await testDatabase()
})
after(() => database.close())

test('of two processes one does the jobs, and the other takes over when it stops', async () => {
  const done: string[] = []
  const start = (name: string) =>
    startJobs({
      jobs: [{ name: 'count', everySeconds: 0.02, run: async () => void done.push(name) }],
      given: undefined,
      url: database.url,
      log,
    })
  const first = start('first')
  while (done.length === 0) await wait(5)
  const second = start('second')
  await wait(150)
  assert.deepEqual([...new Set(done)], ['first'])
  await first.stop()
  for (let tries = 0; tries < 200 && !done.includes('second'); tries += 1) await wait(10)
  assert.ok(done.includes('second'))
  await second.stop()
})

test('a job never runs twice at once and goes on after a fault', async () => {
  let now = 0
  let most = 0
  let runs = 0
  const run = async () => {
    runs += 1
    now += 1
    most = Math.max(most, now)
    await wait(15)
    now -= 1
    throw new Error('fault')
  }
  const jobs = startJobs({
    jobs: [{ name: 'slow', everySeconds: 0.001, run }],
    given: undefined,
    url: database.url,
    log,
  })
  while (runs < 3) await wait(5)
  await jobs.stop()
  assert.equal(now, 0)
  assert.equal(most, 1)
})

test('jobs go on after the database ended their connection', async () => {
  let runs = 0
  const jobs = startJobs({
    jobs: [{ name: 'count', everySeconds: 0.01, run: async () => void (runs += 1) }],
    given: undefined,
    url: database.url,
    log,
  })
  while (runs === 0) await wait(5)
  await database.ownerPool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'motcua jobs' and datname = current_database()`,
  )
  runs = 0
  for (let tries = 0; tries < 200 && runs < 2; tries += 1) await wait(10)
  assert.ok(runs >= 2)
  await jobs.stop()
})
