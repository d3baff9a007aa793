import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { shippedForms } from '../data/forms.ts'
import { shippedRegimes } from '../data/regimes.ts'
import type { Cell, FilledForm, FormDefinition, FormRow } from '../contract.ts'
import { checkForms } from './checks.ts'
import { compareForms } from './compare.ts'
import { findFaults } from './definition.ts'
import { judgeEntry } from './entry.ts'
import { addUnits, evaluateForm, rowsFor, type EnteredRow } from './evaluate.ts'
import { addMatrices, evaluateMatrix, figuresApart, figuresOfColumn } from './matrix.ts'
import { percentOf } from '../../../platform/money.ts'
import { judgePeriod, proposePeriods } from './period.ts'
import { verifySnapshot } from './verify.ts'
import { stepsIn, takeStep, type ReportStep } from './workflow.ts'

const formOf = (id: string): FormDefinition => {
  const found = shippedForms.find(({ form }) => form === id)
  assert.ok(found)
  return found
}

const typed = (row: string, value: number | null, parts?: [number, number]): EnteredRow => ({
  row,
  value,
  numerator: parts?.[0] ?? null,
  denominator: parts?.[1] ?? null,
  reason: '',
  evidence: 'Sổ theo dõi',
  note: '',
  enteredBy: 'Vũ Thị Lan',
  enteredAt: '2023-03-14T02:00:00.000Z',
  revision: 1,
})

type Filling = Record<string, number | [number, number]>
function fill(id: string, entries: Filling, records: Record<string, number> = {}, level = 'commune'): FilledForm {
  const definition = formOf(id)
  const entered = new Map(
    Object.entries(entries).map(([row, value]) => [
      row,
      typeof value === 'number' ? typed(row, value) : typed(row, null, value),
    ]),
  )
  const cells = evaluateForm(definition, { level, records: new Map(Object.entries(records)), entered })
  return { definition: { ...definition, rows: rowsFor(definition, level) }, cells, lines: [] }
}
const cellOf = (form: FilledForm, row: string): Cell | undefined => form.cells.find((cell) => cell.row === row)
const blockingOf = (...forms: FilledForm[]) =>
  checkForms(forms, null)
    .findings.filter(({ severity }) => severity === 'blocking')
    .map(({ check }) => check)

test('a percentage is exact to two decimals, half up, and nothing of nothing is none', () => {
  assert.equal(percentOf(15, 36), 41.67)
  assert.equal(percentOf(504, 523), 96.37)
  assert.equal(percentOf(1, 8), 12.5)
  assert.equal(percentOf(1, 800), 0.13) // 0,125
  assert.equal(percentOf(0, 750), 0)
  assert.equal(percentOf(0, 0), undefined)
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 1_000_000 }), (part, more) => {
      const percent = percentOf(part, part + more)
      return percent !== undefined && percent >= 0 && percent <= 100
    }),
  )
})

test('every form that comes along is without fault, and every row of the circular is there', () => {
  const rows = new Map(
    shippedForms.map(({ form, rows: of, layout }) => [
      form,
      new Set([...of.map(({ code }) => code), ...(layout === 'matrix' ? ['total', 'apart'] : [])]),
    ]),
  )
  for (const definition of shippedForms) assert.deepEqual(findFaults(definition, rows), [], definition.form)
  const printed = (id: string) => rowsFor(formOf(id), 'commune').map(({ code }) => code)
  assert.deepEqual(printed('bm1').length, 19)
  assert.deepEqual(printed('bm2'), [
    '1',
    '1.3',
    '2',
    '2.1',
    '2.2',
    '2.2.1',
    '2.2.2',
    '3',
    '3.1',
    '3.2',
    '3.2.1',
    '3.2.2',
  ])
  assert.deepEqual(
    ['bm3', 'bm4', 'bm5', 'bm6', 'bm7'].map((id) => printed(id).length),
    [17, 8, 17, 13, 29],
  )
})

test('BM1 2: fifty of a hundred cannot be said of 15 of 36', () => {
  const form = fill('bm1', { '2.1': 36, '2.2': 15 })
  assert.equal(cellOf(form, '2')?.value, 41.67)
  const said = { ...form, cells: form.cells.map((cell) => (cell.row === '2' ? { ...cell, value: 50 } : cell)) }
  assert.deepEqual(blockingOf(said), ['ty-le-2'])
  const judged = judgeEntry(formOf('bm1'), { form: 'bm1', row: '2', value: 50 }, { level: 'commune' })
  assert.equal(!judged.ok && judged.refusal.code, 'row-computed')
})

test('BM1 5 = 1 asks for the ballots and the form of the survey; 0 forbids ballots', () => {
  assert.deepEqual(blockingOf(fill('bm1', { 5: 1, 5.2: 1 })), ['5-phieu'])
  assert.deepEqual(blockingOf(fill('bm1', { 5: 1 })), ['5-phieu', '5-hinh-thuc'])
  assert.deepEqual(blockingOf(fill('bm1', { 5: 0, 5.1: 12 })), ['5-khong-phieu'])
  assert.deepEqual(blockingOf(fill('bm1', { 5: 1, 5.1: 12, 5.2: 1 })), [])
})

test('BM1 4: parts within the tasks given', () => {
  assert.deepEqual(blockingOf(fill('bm1', { 4.1: 10, 4.2: 8, 4.3: 2, 4.4: 1 })), ['4.1-du'])
  assert.deepEqual(blockingOf(fill('bm1', { 4.1: 11, 4.2: 8, 4.3: 2, 4.4: 1 })), [])
})

test('BM2 and BM3: 0 of 0 is "không phát sinh", neither 0 nor 100; blank is neither', () => {
  const form = fill('bm2', { '2.2.1': 0, '2.2.2': 0 })
  assert.deepEqual([cellOf(form, '2.2')?.state, cellOf(form, '2.2')?.value], ['none-arose', null])
  assert.equal(cellOf(form, '3.2')?.state, 'blank')
  assert.equal(cellOf(fill('bm2', {}), '1')?.state, 'blank')
  assert.equal(cellOf(fill('bm2', { 1.3: 0 }), '1')?.value, 0)
})

test('BM6 1 is 0 % of 750, not blank', () => {
  assert.equal(cellOf(fill('bm6', { 1.1: 750, 1.2: 0 }), '1')?.value, 0)
})

test('BM7: 523 in a row of percents, 44 of 44 left blank, 0 beside 523 are not possible', () => {
  const records = {
    '6.4.1': 66,
    '6.4.2': 66,
    '6.4.3': 12,
    '6.5.1': 44,
    '6.5.2': 44,
    '6.5.3': 3,
    '6.7.1': 523,
    '6.7.2': 504,
  }
  const form = fill('bm7', { '6.6.2': 110, '6.8.2': 5 }, { ...records, '6.8.1': 17 })
  assert.deepEqual(
    ['6.4', '6.5', '6.6', '6.6.1', '6.7', '6.8'].map((row) => cellOf(form, row)?.value),
    [100, 100, 100, 110, 96.37, 29.41],
  )
  assert.deepEqual(blockingOf(form), [])
  const shifted = form.cells.map((cell) => (cell.row === '6.7' ? { ...cell, value: 523 } : cell))
  assert.deepEqual(blockingOf({ ...form, cells: shifted }), ['ty-le-6.7'])
  assert.deepEqual(blockingOf(fill('bm7', { '6.6.2': 111, '6.8.2': 5 }, { ...records, '6.8.1': 17 })), ['ty-le-6.6'])
  assert.deepEqual(blockingOf(fill('bm7', { '6.8.2': 5 }, { ...records, '6.8.1': 17 })), ['thieu-phan-6.6'])
  assert.equal(cellOf(form, '4')?.state, 'not-applicable')
})

test('given = present + vacant, and the appendix agrees with form 4', () => {
  const staff = { 1: 20, 2.1: 10, 2.2: 8, 3: 2, 4: 1, 5.1: 1, 5.2: 17, 5.3: 0, 5.4: 0, 5.5: 0, '6.1.1': 8, '6.2.1': 8 }
  const bm4 = fill('bm4', { 2.1: 20, 2.2: 18, 2.3: 1, 2.4: 0 })
  assert.deepEqual(blockingOf(bm4, fill('nhan-su', staff)), [])
  assert.deepEqual(blockingOf(bm4, fill('nhan-su', { ...staff, 3: 1 })), ['giao-co-mat-thieu'])
  assert.deepEqual(blockingOf(bm4, fill('nhan-su', { ...staff, 2.2: 9, 3: 1, 5.2: 18 })), ['co-mat-khop-bm4'])
  assert.deepEqual(blockingOf(bm4, fill('nhan-su', { ...staff, 5.2: 16 })), ['trinh-do'])
  assert.deepEqual(blockingOf(fill('bm4', { 2.1: 18, 2.2: 19 })), ['2.2-trong-2.1'])
  assert.equal(cellOf(fill('nhan-su', staff), '6.1')?.value, 80)
})

test('a number typed without evidence is stopped; a blank form warns once', () => {
  const bare = fill('bm1', { 1: 19 })
  const cells = bare.cells.map((cell) => (cell.row === '1' ? { ...cell, evidence: '' } : cell))
  assert.deepEqual(blockingOf({ ...bare, cells }), ['can-cu-1'])
  const { findings } = checkForms([fill('bm5', {})], null)
  assert.deepEqual(
    findings.map(({ check, severity }) => [check, severity]),
    [['con-trong', 'warning']],
  )
})

test('cumulative numbers do not fall within a year of reporting, and may begin anew in the next', () => {
  const now = fill('bm1', { '2.1': 36, '2.2': 15 })
  const before = { forms: [fill('bm1', { '2.1': 36, '2.2': 20 })], sameYear: true }
  const codes = (previous: typeof before) => checkForms([now], previous).findings.map(({ check }) => check)
  assert.ok(codes(before).includes('2.2-luy-ke'))
  assert.ok(!codes({ ...before, sameYear: false }).includes('2.2-luy-ke'))
})

// --- Form 06a ----------------------------------------------------------------------------------------------------------

const words = { total: 'Tổng cộng', apart: 'Tính riêng' }
const byDefault = { withdrawn: 'resolved-on-time', stopped: 'apart', closed: 'apart' } as const
const matrixOf = (lines: FilledForm['lines']): FilledForm => ({ definition: formOf('06a'), cells: [], lines })

const balanced = fc
  .record({
    carried: fc.nat(50),
    online: fc.nat(50),
    counter: fc.nat(50),
    post: fc.nat(5),
    early: fc.nat(20),
    onTime: fc.nat(20),
    late: fc.nat(5),
    withdrawn: fc.nat(5),
    stopped: fc.nat(5),
    closed: fc.nat(5),
    overdue: fc.nat(5),
  })
  .map((n) => {
    const ended = n.early + n.onTime + n.late + n.withdrawn + n.stopped + n.closed
    // Enough came in for what went out and what stands overdue.
    const carried = n.carried + ended + n.overdue
    return {
      carried,
      'received-online': n.online,
      'received-counter': n.counter,
      'received-post': n.post,
      'resolved-early': n.early,
      'resolved-on-time': n.onTime,
      'resolved-late': n.late,
      withdrawn: n.withdrawn,
      stopped: n.stopped,
      closed: n.closed,
      open: carried + n.online + n.counter + n.post - ended,
      'open-overdue': n.overdue,
    }
  })
const column = fc.constantFrom('resolved-on-time' as const, 'resolved-early' as const, 'apart' as const)
const anyEndings = fc.record({ withdrawn: column, stopped: column, closed: column })

test('the balance of 06a holds for all records, however withdrawn, stopped and closed are put', () => {
  fc.assert(
    fc.property(fc.array(balanced, { maxLength: 5 }), anyEndings, (fields, endings) => {
      const named = fields.map((values, at) => ({ key: `field-${at}`, label: `Lĩnh vực ${at}`, values }))
      const lines = evaluateMatrix(named, { endings, words })
      assert.deepEqual(blockingOf(matrixOf(lines)), [])
    }),
  )
})

test('two matrices added are the matrix of both', () => {
  fc.assert(
    fc.property(balanced, balanced, anyEndings, (one, other, endings) => {
      const of = (values: typeof one) => evaluateMatrix([{ key: 'a', label: 'A', values }], { endings, words })
      const both = Object.fromEntries(
        Object.entries(one).map(([key, value]) => [key, value + other[key as keyof typeof one]]),
      )
      const sum = addMatrices([{ lines: of(one) }, { lines: of(other) }], words)
      assert.deepEqual(sum, evaluateMatrix([{ key: 'a', label: 'A', values: both }], { endings, words }))
    }),
  )
})

test('carried over is what was open at the end of the period before', () => {
  const values = { carried: 5, 'received-online': 2, 'resolved-early': 3, open: 4 }
  const now = matrixOf(evaluateMatrix([{ key: 'a', label: 'A', values }], { endings: byDefault, words }))
  const open = (left: number) => ({
    forms: [
      matrixOf(
        evaluateMatrix([{ key: 'a', label: 'A', values: { carried: left, open: left } }], {
          endings: byDefault,
          words,
        }),
      ),
    ],
    sameYear: true,
  })
  const codes = (left: number) => checkForms([now], open(left)).findings.map(({ check }) => check)
  assert.deepEqual([codes(5), codes(6)], [[], ['ky-truoc-chuyen-sang']])
})

test('a column opens to the figures that it counts', () => {
  assert.deepEqual(figuresOfColumn(9, byDefault), ['resolved-on-time', 'withdrawn'])
  assert.deepEqual(figuresApart(byDefault), ['stopped', 'closed'])
  assert.deepEqual(figuresOfColumn(11, byDefault), ['open'])
})

// --- Whatever is entered -----------------------------------------------------------------------------------------------

const anyForm = fc.constantFrom(...shippedForms.filter(({ layout }) => layout === 'rows'))
const anyFilling = anyForm.chain((definition) =>
  fc.record({
    definition: fc.constant(definition),
    values: fc.dictionary(
      fc.constantFrom(...definition.rows.map(({ code }) => code)),
      fc.record({ value: fc.option(fc.nat(200)), parts: fc.tuple(fc.nat(50), fc.nat(50)) }),
    ),
  }),
)

test('what may be entered gives percentages within 0–100 or a check that stops, and sums that are the sums', () => {
  fc.assert(
    fc.property(anyFilling, ({ definition, values }) => {
      const entered = new Map<string, EnteredRow>()
      const records = new Map<string, number>()
      for (const [code, { value, parts }] of Object.entries(values)) {
        const row = definition.rows.find((each) => each.code === code)
        const isRatio = row?.source.kind === 'entered-ratio'
        const entry = {
          form: definition.form,
          row: code,
          ...(isRatio ? { numerator: parts[0], denominator: parts[1] } : { value }),
        }
        const judged = judgeEntry(definition, entry, { level: 'commune' })
        if (judged.ok) entered.set(code, { ...typed(code, null), ...judged.value })
        else if (judged.refusal.code === 'row-from-records') records.set(code, value ?? 0)
      }
      const cells = evaluateForm(definition, { level: 'commune', records, entered })
      const filled: FilledForm = { definition, cells, lines: [] }
      const stopped = new Set(checkForms([filled], null).findings.map(({ check }) => check))
      for (const cell of cells) checkCell(definition, filled, cell, stopped)
    }),
  )
})

function checkCell(definition: FormDefinition, filled: FilledForm, cell: Cell, stopped: ReadonlySet<string>): void {
  const row = definition.rows.find(({ code }) => code === cell.row) as FormRow
  if (row.type === 'percent' && cell.value !== null && (cell.value < 0 || cell.value > 100))
    assert.ok(stopped.has(`ty-le-${cell.row}`), `${definition.form} ${cell.row} = ${cell.value}`)
  if (row.source.kind !== 'sum' || cell.value === null) return
  const parts = row.source.of.flatMap((code) => {
    const part = cellOf(filled, code)
    return part && part.state !== 'not-applicable' ? [part.value ?? Number.NaN] : []
  })
  assert.equal(
    cell.value,
    parts.reduce((sum, value) => sum + value, 0),
  )
}

test('units added up: counts are sums, typed ratios add their parts, choices do not add up', () => {
  const one = fill('bm7', { 3: [4, 5], '6.6.2': 10 })
  const other = fill('bm7', { 3: [1, 5] })
  const sums = addUnits(formOf('bm7'), [one, other])
  assert.deepEqual([sums.get('3')?.numerator, sums.get('3')?.denominator, sums.get('3')?.note], [5, 10, '2/2'])
  assert.deepEqual([sums.get('6.6.2')?.value, sums.get('6.6.2')?.note], [10, '1/2'])
  const cells = evaluateForm(formOf('bm7'), { level: 'district', records: new Map(), entered: new Map(), units: sums })
  assert.equal(cells.find(({ row }) => row === '3')?.value, 50)
})

// --- Definitions, periods, life, verification ---------------------------------------------------------------------------

test('a faulty definition is told where', () => {
  const broken: FormDefinition = {
    ...formOf('bm6'),
    rows: [
      { code: '1', label: 'A', unit: '%', type: 'percent', source: { kind: 'manual' }, levels: [], cumulative: false },
      {
        code: '2',
        label: 'B',
        unit: '',
        type: 'count',
        source: { kind: 'sum', of: ['4'] },
        levels: ['moon'],
        cumulative: false,
      },
      {
        code: '4',
        label: 'C',
        unit: '',
        type: 'count',
        source: { kind: 'sum', of: ['2', '9'] },
        levels: [],
        cumulative: false,
      },
      { code: '1', label: 'D', unit: '', type: 'enum', source: { kind: 'manual' }, levels: [], cumulative: false },
      {
        code: 'x',
        label: 'E',
        unit: '',
        type: 'count',
        source: { kind: 'catalogue', measure: 'moon' },
        levels: [],
        cumulative: false,
      },
    ],
    checks: [
      {
        code: 'a',
        left: [{ row: '7' }],
        operator: 'present',
        right: [{ number: 1 }],
        missing: 'skip',
        severity: 'warning',
        words: 'x',
      },
    ],
  }
  assert.deepEqual([...new Set(findFaults(broken, new Map()).map(({ code }) => code))].toSorted(), [
    'check-reference',
    'check-right',
    'enum-choices',
    'percent-source',
    'refers-in-circle',
    'row-code-form',
    'row-twice',
    'unknown-level',
    'unknown-measure',
    'unknown-reference',
  ])
})

test('periods are proposed as the regimes cut them: 10/12–9/3, 15/12–14/3, 01/01–31/12', () => {
  const proposed = (id: string, code: string) => {
    const regime = shippedRegimes.find(({ regime: name }) => name === id)
    assert.ok(regime)
    const found = proposePeriods(regime.shape, Number(code.slice(0, 4))).find((period) => period.code === code)
    return [found?.from, found?.to, found?.yearFrom]
  }
  assert.deepEqual(proposed('cchc-hai-duong', '2023-Q1'), ['2022-12-10', '2023-03-09', '2022-12-10'])
  assert.deepEqual(proposed('cchc-hai-duong', '2023-9T'), ['2022-12-10', '2023-09-09', '2022-12-10'])
  assert.deepEqual(proposed('cchc', '2023-Q2'), ['2023-03-15', '2023-06-14', '2022-12-15'])
  assert.deepEqual(proposed('cchc', '2024-N'), ['2023-12-15', '2024-12-14', '2023-12-15'])
  assert.deepEqual(proposed('kiem-soat-tthc', '2024-T03'), ['2024-02-15', '2024-03-14', '2023-12-15'])
  assert.deepEqual(proposed('nam-duong-lich', '2024-Q1'), ['2024-01-01', '2024-03-31', '2024-01-01'])
  for (const { shape, years } of shippedRegimes)
    for (const year of years)
      for (const period of proposePeriods(shape, year)) assert.deepEqual(judgePeriod(period), { ok: true, value: true })
})

test('a period that cannot be is refused at its field', () => {
  const period = { from: '2023-01-01', to: '2023-03-31', yearFrom: '2023-01-01', deadline: '2023-04-05' }
  const field = (change: Partial<typeof period>) => {
    const judged = judgePeriod({ ...period, ...change })
    return judged.ok ? null : judged.refusal.field
  }
  assert.deepEqual(
    [
      field({}),
      field({ from: '2023-02-30' }),
      field({ to: '2022-12-31' }),
      field({ yearFrom: '2023-02-01' }),
      field({ yearFrom: '2021-01-01' }),
      field({ deadline: '2023-03-01' }),
    ],
    [null, 'from', 'to', 'yearFrom', 'yearFrom', 'deadline'],
  )
})

test('the steps that a state offers are those that it takes', () => {
  const all: ReportStep[] = ['enter', 'submit', 'withdraw', 'return', 'accept', 'lock', 'correct']
  for (const state of ['draft', 'returned', 'submitted', 'accepted', 'locked'] as const)
    for (const hasUpperLevel of [true, false])
      for (const isCorrected of [true, false]) {
        const offered = stepsIn({ state, hasUpperLevel, isCorrected })
        for (const step of offered)
          assert.ok(takeStep({ state, hasUpperLevel, isCorrected, findings: [] }, step).ok, `${state} ${step}`)
        for (const step of all.filter(
          (each) => !offered.includes(each) && (hasUpperLevel || !['return', 'accept'].includes(each)),
        ))
          assert.ok(!takeStep({ state, hasUpperLevel, isCorrected, findings: [] }, step).ok, `${state} ${step}`)
      }
})

test('a blocking finding stops, a warning wants a reason that still holds', () => {
  const { findings } = checkForms([fill('bm1', { 5: 1 })], null)
  const warning = findings.filter(({ severity }) => severity === 'warning')
  const submit = (given: typeof findings) => {
    const taken = takeStep({ state: 'draft', findings: given, hasUpperLevel: true, isCorrected: false }, 'submit')
    return taken.ok ? taken.value : taken.refusal.code
  }
  const explained = (holds: boolean) =>
    warning.map((finding) => ({ ...finding, explanation: { reason: 'x', by: 'y', at: 'z', holds } }))
  assert.deepEqual(
    [submit(findings), submit(warning), submit(explained(false)), submit(explained(true))],
    ['blocked-by-checks', 'warnings-unexplained', 'warnings-unexplained', 'submitted'],
  )
})

test('the receiver finds every number that was altered', () => {
  const forms = [fill('bm1', { '2.1': 36, '2.2': 15 }), fill('bm7', { 3: [4, 5] }, { '6.4.1': 66, '6.4.2': 66 })]
  const { findings } = checkForms(forms, null)
  const snapshot = {
    format: 'motcua-report/1' as const,
    report: { reportId: 'r', version: 1, corrects: null, correctionReason: null, basis: 'own' as const },
    agency: { agencyId: 1, name: 'Xã', kind: 'commune', code: null, parent: null },
    period: {
      periodId: 1,
      regime: 'cchc',
      type: 'quarter' as const,
      code: 'q',
      name: 'Quý I',
      from: '2023-01-01',
      to: '2023-03-31',
      yearFrom: '2023-01-01',
      deadline: '2023-04-01',
    },
    knownAt: '2023-04-01T00:00:00.000Z',
    lockedAt: '2023-04-01T00:00:00.000Z',
    forms,
    previous: null,
    findings,
    units: [],
  }
  assert.deepEqual(verifySnapshot(snapshot).differences, [])
  assert.deepEqual(verifySnapshot(snapshot).concealed, [])
  const [first, ...rest] = forms
  assert.ok(first)
  const altered = { ...first, cells: first.cells.map((cell) => (cell.row === '2' ? { ...cell, value: 50 } : cell)) }
  assert.deepEqual(
    verifySnapshot({ ...snapshot, forms: [altered, ...rest] }).differences.map(({ row, after }) => [row, after]),
    [['2', 41.67]],
  )
  assert.deepEqual(compareForms(forms, forms), [])
})
