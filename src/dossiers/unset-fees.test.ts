import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { feeKey, setFeeAmount } from '../catalogue/index.ts'
import { readCatalogueData } from '../catalogue/data.ts'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import type { DossierContext } from './commands.ts'
import { takeIn } from './requests.ts'
import { aCommune, anIntake, at, type Commune } from './testing.ts'
import { readDossier, viewDossier } from './view.ts'

let database: TestDatabase<never>
let context: DossierContext

before(async () => {
  database = await testDatabase()
  context = database.context as unknown as DossierContext
  database.setClock(at('2026-11-20', '08:30'))
})
after(() => database.close())

const BIRTH = '1.001193'
const FEE = 'Lệ phí đăng ký khai sinh quá hạn'

async function feeAt(commune: Commune, caseKey: string) {
  const intake = anIntake(context, commune, { channel: 'online', caseKey, decision: { type: 'none' } })
  const taken = await takeIn(context, { actor: null, source: 'citizen' }, intake)
  assert.ok(taken.ok, JSON.stringify(taken))
  const opened = (await readDossier(context, commune.agencyId, taken.value.dossierId)) ?? assert.fail()
  return (await viewDossier(context, commune.reception, opened)).fee
}

async function setTo(commune: Commune, amount: number): Promise<void> {
  const versions = readCatalogueData().versions as {
    code: string
    cases: { key: string; fees: Parameters<typeof feeKey>[1][] }[]
  }[]
  const late = versions.findLast(({ code }) => code === BIRTH)?.cases.find(({ key }) => key === 'late')
  const rule = late?.fees[0] ?? assert.fail()
  const { agencyId } = commune
  const given = { agencyId, code: BIRTH, feeKey: feeKey('late', rule), validFrom: '2025-07-01', basis: 'NQ' } as const
  assert.ok((await setFeeAmount(context.db, { ...given, amount })).ok)
}

test('an amount of the province that nobody entered is told, and is not free', async () => {
  const commune = await aCommune(context)
  assert.deepEqual((await feeAt(commune, 'late')).unset, [FEE])
  assert.deepEqual((await feeAt(commune, 'on-time')).unset, [], 'free by law')
})

test('entered, also as nothing, it is known', async () => {
  const asked = await aCommune(context, { name: 'Xã Có Mức', code: 'H99.03' })
  await setTo(asked, 8000)
  const fee = await feeAt(asked, 'late')
  assert.deepEqual([fee.due, fee.unset], [8000, []])
  const free = await aCommune(context, { name: 'Xã Miễn', code: 'H99.04' })
  await setTo(free, 0)
  assert.deepEqual((await feeAt(free, 'late')).unset, [])
})
