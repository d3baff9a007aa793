import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { maskPersonal } from './mask.ts'
import { coarsen, comingOut, shownGroups, shownParts, type Group, type Marks } from './secrecy.ts'

test('marks stay only as far as enough invited people share them', () => {
  const marks: Marks = { unitId: 3, field: 'land', month: '2026-11' }
  const at = (unit: number, field: number, month: number) =>
    coarsen(marks, 5, ({ unitId, field: kept }) => {
      if (kept !== null) return field
      return unitId === null ? month : unit
    })
  assert.deepEqual(at(9, 5, 20), marks)
  assert.deepEqual(at(9, 1, 20), { unitId: 3, field: null, month: '2026-11' })
  assert.deepEqual(at(2, 1, 20), { unitId: null, field: null, month: '2026-11' })
  assert.deepEqual(at(2, 1, 4), { unitId: null, field: null, month: null })
})

test('ballots come out together, some always wait, and at the end all come', () => {
  assert.equal(comingOut(9, 5, false), 0)
  assert.equal(comingOut(10, 5, false), 5)
  assert.equal(comingOut(3, 5, true), 3)
})

test('who looks at the results whenever they change never has fewer than the least between two looks', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 8 }), fc.array(fc.integer({ min: 1, max: 12 })), (least, arrivals) => {
      const steps: number[] = []
      let waiting = 0
      for (const more of arrivals) {
        waiting += more
        const out = comingOut(waiting, least, false)
        steps.push(out)
        waiting -= out
      }
      steps.push(comingOut(waiting, least, true))
      const seen = steps.filter((out) => out > 0)
      // A whole campaign of a few ballots comes out at once, and is not shown at all.
      if (seen.length > 1) assert.ok(seen.every((out) => out >= least))
    }),
  )
})

test('a small part is hidden, and with it another, so that it cannot be had by subtraction', () => {
  assert.deepEqual(shownParts([40, 3, 20], 5), [true, false, false])
  assert.deepEqual(shownParts([40, 3, 3, 20], 5), [true, false, false, true])
  assert.deepEqual(shownParts([40, 3, 1, 20], 5), [true, false, false, false])
  assert.deepEqual(shownParts([40, 20, 0], 5), [true, true, true])
  assert.deepEqual(shownParts([3], 5), [false])
})

test('of any partition, the hidden rest is nothing or at least so many', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(30), { minLength: 2, maxLength: 12 }),
      fc.integer({ min: 3, max: 10 }),
      (sizes, least) => {
        const shown = shownParts(sizes, least)
        const hidden = sizes.filter((size, at) => !shown[at] && size > 0)
        const sum = hidden.reduce((all, size) => all + size, 0)
        for (const [at, size] of sizes.entries()) assert.ok(!shown[at] || size === 0 || size >= least)
        const all = sizes.reduce((total, size) => total + size, 0)
        // Only where everything is hidden may the rest be small.
        assert.ok(sum === 0 || (sum >= least && hidden.length > 1) || sum === all)
      },
    ),
  )
})

test('a group within another that leaves only a few is hidden', () => {
  const members = (from: number, to: number) =>
    new Set(Array.from({ length: to - from }, (_, index) => String(from + index)))
  const groups: Group[] = [
    { by: 'unit', key: 'justice', members: members(0, 21) },
    { by: 'unit', key: 'land', members: members(21, 60) },
    // All dossiers of the justice unit but one are civil status: that one's answers would be the difference.
    { by: 'field', key: 'civil-status', members: members(0, 20) },
    { by: 'field', key: 'land', members: members(20, 60) },
  ]
  const shown = [...shownGroups(groups, 60, 5)].map(({ by, key }) => `${by}:${key}`)
  assert.ok(!(shown.includes('field:civil-status') && shown.includes('unit:justice')))
  assert.ok(!(shown.includes('unit:land') && shown.includes('field:land')))
})

test('no shown group lies within another with a small rest, whatever the marks', () => {
  const ballot = fc.record({ unit: fc.constantFrom('a', 'b', 'c'), field: fc.constantFrom('x', 'y', 'z') })
  fc.assert(
    fc.property(fc.array(ballot, { minLength: 1, maxLength: 60 }), (ballots) => {
      const groups: Group[] = (['unit', 'field'] as const).flatMap((by) =>
        [...new Set(ballots.map((each) => each[by]))].map((key) => ({
          by,
          key,
          members: new Set(ballots.flatMap((each, index) => (each[by] === key ? [String(index)] : []))),
        })),
      )
      const shown = [...shownGroups(groups, ballots.length, 5)]
      for (const inner of shown) {
        assert.ok(inner.members.size >= 5)
        for (const outer of shown) {
          const rest = outer.members.size - inner.members.size
          if (inner.by !== outer.by && [...inner.members].every((member) => outer.members.has(member)))
            assert.ok(rest === 0 || rest >= 5)
        }
      }
    }),
  )
})

test('free words keep no numbers, addresses, codes and names', () => {
  const masked = maskPersonal(
    'Tôi là Nguyễn Văn An, CCCD 001085012345, điện thoại 0912 345 678, thư an.nv@example.vn. Anh Bình ở quầy 2 rất tốt. Hồ sơ H61.38-261122-0003.',
  )
  for (const secret of ['Nguyễn', 'An,', '001085012345', '0912', 'example', 'Bình', 'H61'])
    assert.ok(!masked.includes(secret), `${secret}: ${masked}`)
  assert.match(masked, /rất tốt/)
  for (const plain of [
    'Cần thêm ghế ngồi chờ và quạt mát.',
    'Nộp lúc 8 giờ 30 ngày 12/11/2026, nhận sau 3 ngày, phí 15.000 đồng.',
    'Chị ấy hướng dẫn tận tình, anh cán bộ cũng vậy.',
  ])
    assert.equal(maskPersonal(plain), plain)
  assert.equal(maskPersonal('+84 912-345-678 www.abc.vn/x'), '[số] [liên kết]')
})
