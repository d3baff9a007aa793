import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writeDay } from '../../platform/day.ts'
import { calledOff, stageOf, suggestUserName, writeValidity } from './staff-view.ts'

const words = { sinceBefore: 'từ trước', untilFurther: 'đến nay' }

test('a validity is written from the first to the last day', () => {
  assert.equal(writeValidity({ validFrom: '2025-07-01', validTo: null }, words, writeDay), '01/07/2025 – đến nay')
  assert.equal(
    writeValidity({ validFrom: '1900-01-01', validTo: '2025-06-30' }, words, writeDay),
    'từ trước – 30/06/2025',
  )
})

for (const [dated, stage] of [
  [{ validFrom: '2026-11-20', validTo: null }, 'running'],
  [{ validFrom: '2026-11-21', validTo: null }, 'planned'],
  [{ validFrom: '2026-11-01', validTo: '2026-11-19' }, 'over'],
  [{ validFrom: '2026-11-01', validTo: '2026-11-20' }, 'running'],
  [{ validFrom: '2026-11-01', validTo: '2026-11-30', endedOn: '2026-11-19' }, 'over'],
  [{ validFrom: '2026-11-01', validTo: '2026-11-10', endedOn: '2026-11-30' }, 'over'],
] as const)
  test(`${JSON.stringify(dated)} is ${stage} on 20/11/2026`, () => assert.equal(stageOf(dated, '2026-11-20'), stage))

test('what is called off today counted until yesterday', () => assert.equal(calledOff('2026-11-01'), '2026-10-31'))

for (const [name, userName] of [
  ['Nguyễn Thị Hoa', 'hoa.nt'],
  ['Đặng Văn Đức', 'duc.dv'],
  ['Y Bhăm Niê', 'nie.yb'],
  ['Hoa', 'hoa'],
  ['', ''],
] as const)
  test(`${name || 'nobody'} may be called ${userName || 'nothing'}`, () =>
    assert.equal(suggestUserName(name), userName))
