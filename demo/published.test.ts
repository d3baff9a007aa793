import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Actor } from '../src/identity/index.ts'
import { addDays, instantAt } from '../src/platform/day.ts'
import { testDatabase, type TestDatabase } from '../src/platform/testing.ts'
import { compare, findReport, type Line } from '../src/statistics/against/index.ts'
import { followFigures, type FigureContext } from '../src/statistics/figures/index.ts'
import { fillDemo, foundDemo, loadAuthority, type DemoContext } from './index.ts'

let database: TestDatabase<never>
let context: DemoContext & FigureContext

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as DemoContext & FigureContext
  await fillDemo(context, await foundDemo(context))
  for (const name of ['thien-hung', 'bach-quang', 'tan-hong'] as const) await loadAuthority(context, name)
  await database.ownerPool.query(`insert into platform.setting (name, value) values ('installation', '"demo"')`)
  await followFigures(context)
})
after(() => database.close())

/** Sees everything. */
const everywhere: Actor = {
  officerId: 1,
  accountId: 1,
  name: 'Kiểm tra',
  posts: [{ postId: 1, agencyId: 1, unitId: 1, role: 'supervisor', onBehalfOf: null, agencies: [], subtree: [] }],
}

async function actorOfAll(): Promise<Actor> {
  const { rows } = await database.ownerPool.query<{ agency_id: number }>('select agency_id from staff.agency')
  const agencies = rows.map((row) => row.agency_id)
  return { ...everywhere, posts: everywhere.posts.map((post) => ({ ...post, subtree: agencies })) }
}

const reports = [
  ['doan-ket-2023-q1', 23],
  ['thien-hung-2023', 6],
  ['bach-quang-2022-q1', 6],
  ['tan-hong-2023', 11],
] as const

describe('what was published and fits together', () => {
  for (const [key, atLeast] of reports)
    it(`comes out of the records the same: ${key}`, async () => {
      const found = await findReport(context, await actorOfAll(), key)
      assert.ok(found)
      const told = (lines: readonly Line[]) =>
        lines
          .filter(({ ours, standing }) => ours !== null && (standing === 'holds' || standing === 'alone'))
          .map((line) => [line.key, line.value])
      const ours = (lines: readonly Line[]) =>
        lines
          .filter(({ ours, standing }) => ours !== null && (standing === 'holds' || standing === 'alone'))
          .map((line) => [line.key, line.ours?.value])
      const now = await compare(context, found)
      assert.deepEqual(ours(now.lines), told(now.lines))
      assert.ok(told(now.lines).length >= atLeast, String(told(now.lines).length))
      // And as it stood when the period was over.
      const then = await compare(context, found, instantAt(addDays(now.to, 1), 0))
      assert.deepEqual(ours(then.lines), told(then.lines))
      // Where the report contradicts itself, ours is what its parts make, where they make something.
      for (const line of now.lines)
        if (line.standing === 'contradicted' && line.ours && line.should !== null && !line.proof?.startsWith('Mục'))
          assert.equal(line.ours.value, line.should, line.key)
    })
})
