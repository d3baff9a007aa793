import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCase, aFee, aVersion } from '../testing.ts'
import { layOut, originOf, putTogether, type SheetRow } from './sheets.ts'

const exemption = { key: 'ho-ngheo', name: 'Hộ nghèo', percent: 100, basis: 'Nghị quyết mẫu' }
const versions = [
  aVersion({
    cases: [aCase({ fees: [aFee(), aFee({ name: 'Bản sao', exemptions: [exemption] })] }), aCase({ key: 'khac' })],
    handOffs: [{ to: 'police', name: 'Công an xã', parts: [] }],
    guide: [
      {
        key: 'moi',
        text: 'Lần đầu?',
        textEn: 'First?',
        answers: [
          { text: 'Có', textEn: 'Yes', to: { question: 'ai' } },
          { text: 'Không', textEn: 'No', to: { stop: 'Xin trích lục.', stopEn: '', instead: '2.000635' } },
        ],
      },
      {
        key: 'ai',
        text: 'Ai?',
        textEn: '',
        answers: [
          { text: 'Tôi', textEn: '', to: { case: 'khac' } },
          { text: 'Người khác', textEn: '', to: { stop: 'Không làm thay được.', stopEn: '' } },
        ],
      },
    ],
  }),
  aVersion({ code: '1.000894', results: [{ code: 'KQ.G15.000033', name: 'Giấy chứng nhận' }] }),
]
const rowsOf = (list = versions): SheetRow[] =>
  [...layOut(list)].flatMap(([part, rows]) =>
    rows.map((values, index) => ({ part, row: index + 2, values, faulty: false })),
  )

test('a version laid out in sheets is put together again as it was', () => {
  const { drafts, lost } = putTogether(rowsOf())
  assert.deepEqual(
    drafts.map(({ version }) => version),
    versions,
  )
  assert.deepEqual(lost, [])
  assert.equal(
    drafts.reduce((sum, draft) => sum + draft.rows.length, 0),
    rowsOf().length,
  )
})

test('rows that belong nowhere come back with the reason', () => {
  const of = { code: '1.001193', version: '2025-07-01' }
  const row = (part: string, values: Record<string, unknown>): SheetRow => ({ part, row: 99, values, faulty: false })
  const { drafts, lost } = putTogether([
    ...rowsOf(),
    row('versions', { code: '1.001193', validFrom: '2025-07-01' }),
    row('sequence', { code: '9.999999', version: '2025-07-01', text: 'x' }),
    row('components', { code: '9.999999', version: '2025-07-01' }),
    row('components', { ...of, caseKey: 'khong-co' }),
    row('exemptions', { ...of, caseKey: 'thong-thuong', fee: 9 }),
  ])
  assert.deepEqual(
    lost.map(({ fault }) => fault),
    ['duplicate-version', 'unknown-version', 'unknown-version', 'unknown-case', 'unknown-fee'],
  )
  assert.deepEqual(
    drafts.map(({ faulty }) => faulty),
    [true, false],
  )
})

test('a row with an unreadable cell makes its version faulty', () => {
  const { drafts } = putTogether(
    rowsOf().map((row) => ({ ...row, faulty: row.part === 'results' && row.values['code'] === '1.000894' })),
  )
  assert.deepEqual(
    drafts.map(({ faulty }) => faulty),
    [false, true],
  )
})

test('a finding is led back to its sheet and row', () => {
  const [draft] = putTogether(rowsOf()).drafts
  assert.ok(draft)
  assert.deepEqual(originOf(draft, '/cases/0/fees/1/exemptions/0/key'), { part: 'exemptions', row: 2, rest: 'key' })
  assert.deepEqual(originOf(draft, '/cases/1/timeLimits/0/parts'), { part: 'timeLimits', row: 3, rest: 'parts' })
  assert.deepEqual(originOf(draft, '/decision'), { part: 'versions', row: 2, rest: 'decision' })
  assert.equal(originOf({ ...draft, origins: [] }, '/decision'), undefined)
})
