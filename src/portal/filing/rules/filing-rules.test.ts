import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { guessCorners, isConvex, project, projection, sheetSize, wholePicture, type Corners } from './perspective.ts'
import { defaultSetting, onlineLevel, opensFront } from './online.ts'
import { resumeCode, readResumeCode } from './resume-code.ts'
import { firstOpen, missingSteps, stepAfter, stepBefore, stepsOf } from './steps.ts'

const point = fc.record({
  x: fc.double({ min: 0, max: 2000, noNaN: true }),
  y: fc.double({ min: 0, max: 2000, noNaN: true }),
})

test('a straight sheet is mapped onto its corners, wherever they lie', () => {
  fc.assert(
    fc.property(fc.tuple(point, point, point, point), (given) => {
      const corners: Corners = given
      const map = projection(corners, 300, 400)
      assert.equal(map !== undefined, isConvex(corners) && map !== undefined)
      if (!map) return
      const at = [project(map, 0, 0), project(map, 300, 0), project(map, 300, 400), project(map, 0, 400)]
      for (const [index, { x, y }] of at.entries()) {
        const corner = corners[index]
        assert.ok(corner && Math.hypot(corner.x - x, corner.y - y) < 1, JSON.stringify([corners, at]))
      }
      const { width, height } = sheetSize(corners, 2000)
      assert.ok(width >= 1 && height >= 1 && Math.max(width, height) <= 2000)
    }),
    // Corners nearly on one line make numbers that no computer holds exactly.
    { numRuns: 500, examples: [], seed: 7 },
  )
})

test('the first guess finds a bright sheet on a dark table, and takes the whole picture where there is none', () => {
  const width = 200
  const height = 150
  const corners: Corners = [
    { x: 40, y: 20 },
    { x: 160, y: 30 },
    { x: 170, y: 130 },
    { x: 30, y: 120 },
  ]
  const inside = (x: number, y: number) =>
    corners.every((a, index) => {
      const b = corners[(index + 1) % 4] ?? a
      return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x) >= 0
    })
  const grey = Array.from({ length: width * height }, (_, place) =>
    inside(place % width, Math.floor(place / width)) ? 240 : 60,
  )
  const found = guessCorners(grey, width, height)
  for (const [index, corner] of corners.entries()) {
    const guess = found[index]
    assert.ok(guess && Math.hypot(guess.x - corner.x, guess.y - corner.y) < 6, JSON.stringify(found))
  }
  assert.deepEqual(
    guessCorners(
      Array.from({ length: 100 }, () => 128),
      10,
      10,
    ),
    wholePicture(10, 10),
  )
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 100, maxLength: 100 }), (noise) => {
      for (const { x, y } of guessCorners(noise, 10, 10)) assert.ok(x >= 0 && x <= 10 && y >= 0 && y <= 10)
    }),
  )
})

test('an authority has no front until it says so, and then where and when it says', () => {
  const version = { code: '1.004873', field: 'civil-status' }
  const day = '2026-11-20'
  assert.equal(opensFront(defaultSetting, version, day), false)
  const open = { ...defaultSetting, ownFront: true }
  assert.equal(opensFront(open, version, day), true)
  assert.equal(opensFront({ ...open, openFrom: '2026-11-21' }, version, day), false)
  assert.equal(opensFront({ ...open, openTo: '2026-11-19' }, version, day), false)
  assert.equal(opensFront({ ...open, openFrom: day, openTo: day }, version, day), true)
  assert.equal(opensFront({ ...open, procedures: ['1.001193'] }, version, day), false)
  assert.equal(opensFront({ ...open, procedures: ['1.001193'], fields: ['civil-status'] }, version, day), true)
})

test('levels of older years are read as what they were', () => {
  const at = (level: '3' | '4' | 'full' | 'partial' | 'none') =>
    onlineLevel(
      { serviceLevels: [{ level, validFrom: '2019-01-01', validTo: null, reason: null }] } as never,
      '2026-11-20',
    )
  assert.deepEqual(
    [at('4'), at('full'), at('3'), at('partial'), at('none')],
    ['full', 'full', 'partial', 'partial', undefined],
  )
})

test('a code to go on is read as people write it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 12, maxLength: 12 }), (random) => {
      const code = resumeCode(random)
      assert.match(code, /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
      const plain = code.replaceAll('-', '')
      assert.equal(readResumeCode(code.toLowerCase()), plain)
      assert.equal(readResumeCode(plain.replaceAll('0', 'o').replaceAll('1', 'l')), plain)
    }),
  )
  for (const wrong of ['', 'K7MX', 'K7MX-2PQ4-9TRU', 'K7MX-2PQ4-9TRA-X']) assert.equal(readResumeCode(wrong), undefined)
})

test('screens follow each other and the first that is open is where one goes on', () => {
  const steps = stepsOf({
    text: { groups: { agency: 'a', form: 'f', papers: 'p', delivery: 'd', cost: 'c', summary: 's' } },
    agency: { done: true },
    form: [{ key: 'who', name: 'Who', done: true }],
    papers: [{ key: 'card', name: 'Card', done: false }],
    delivery: false,
    cost: true,
  })
  assert.deepEqual(
    steps.map(({ path }) => path),
    ['co-quan', 'to-khai/who', 'giay-to/card', 'nhan-ket-qua', 'phi', 'xac-nhan'],
  )
  assert.equal(firstOpen(steps)?.path, 'giay-to/card')
  assert.deepEqual(
    missingSteps(steps).map(({ path }) => path),
    ['giay-to/card', 'nhan-ket-qua'],
  )
  assert.equal(stepAfter(steps, 'phi')?.path, 'xac-nhan')
  assert.equal(stepAfter(steps, 'xac-nhan'), undefined)
  assert.equal(stepBefore(steps, 'co-quan'), undefined)
})

test('a paper that the answers have settled is passed by, and stays in the list', () => {
  const named = (key: string, spared: boolean) => ({ key, name: key, done: true, spared })
  const steps = stepsOf({
    text: { groups: { agency: '', form: '', papers: '', delivery: '', cost: '', summary: '' } },
    agency: null,
    form: [named('requester', false)],
    papers: [named('authorisation', true), named('birth-notice', false)],
    delivery: false,
    cost: false,
  })
  assert.equal(stepAfter(steps, 'to-khai/requester')?.path, 'giay-to/birth-notice')
  assert.equal(stepBefore(steps, 'giay-to/birth-notice')?.path, 'to-khai/requester')
  assert.ok(steps.some(({ path }) => path === 'giay-to/authorisation'))
})
