import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { Value } from 'typebox/value'
import { Field, ProcedureVersion } from '../contract.ts'
import { validateVersion } from '../rules/findings.ts'
import { isInForce, overlap } from '../rules/validity.ts'
import { addDays } from '../../platform/day.ts'

const here = new URL('.', import.meta.url)
const shared = new URL('../../../../shared/data/', import.meta.url)
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, here), 'utf8'))

const names = readdirSync(new URL('procedures/', here)).filter((name) => name.endsWith('.json'))
const files = names.map((name) => ({ name, text: readFileSync(new URL(`procedures/${name}`, here), 'utf8') }))
const versions = files.map(({ text }) => JSON.parse(text) as ProcedureVersion)
const fields = read('fields.json') as (Field & { nameEn: string; order: number })[]

/** The day as of which the set is kept; the portal was read shortly before. */
const TODAY = '2026-11-22'

/** Codes that the two lists lack, with the place that shows them. */
const codesSeenElsewhere = new Map([
  ['1.001699', 'sổ tay thủ tục xã Vĩnh Bảo, Hải Phòng; Cổng Dịch vụ công quốc gia'],
  ['1.010833', 'sổ tay thủ tục xã Vĩnh Bảo, Hải Phòng; một cửa Đắk Lắk'],
  ['1.010803', 'sổ tay thủ tục xã Vĩnh Bảo, Hải Phòng; Cổng dịch vụ công Vĩnh Phúc'],
])

describe('the curated procedures', () => {
  it('conform to the schema', () => {
    for (const { name, text } of files) {
      const errors = Value.Errors(ProcedureVersion, JSON.parse(text)).map(
        ({ instancePath, message }) => `${instancePath} ${message}`,
      )
      assert.deepEqual(errors, [], name)
    }
    for (const field of fields) assert.ok(Value.Check(Field, field), field.key)
  })

  it('may be published as they stand: no finding, not even a warning', () => {
    const keys = fields.map(({ key }) => key)
    for (const [index, version] of versions.entries())
      assert.deepEqual(validateVersion(version, { fields: keys }), [], names[index])
  })

  it('name each file by code and first day', () => {
    assert.deepEqual(
      names,
      versions.map(({ code, validFrom }) => `${code}_${validFrom}.json`),
    )
  })

  it('hold one version a day, without a gap inside one code', () => {
    const byCode = Map.groupBy(versions, ({ code }) => code)
    for (const [code, list] of byCode) {
      const inTime = list.toSorted((one, other) => (one.validFrom < other.validFrom ? -1 : 1))
      for (const [place, version] of inTime.entries()) {
        const next = inTime[place + 1]
        if (!next) continue
        assert.equal(overlap(version, next), false, `${code}: ${version.validFrom} overlaps ${next.validFrom}`)
        assert.ok(version.validTo)
        assert.equal(addDays(version.validTo, 1), next.validFrom, `${code}: gap after ${version.validTo}`)
      }
    }
  })

  it('are at least 35 today, in every field', () => {
    const current = versions.filter((version) => isInForce(version, TODAY))
    assert.ok(current.length >= 35, `${current.length} current procedures`)
    assert.deepEqual(
      [...new Set(current.map(({ field }) => field))].toSorted(),
      fields.map(({ key }) => key).toSorted(),
    )
  })

  it('reach back to the quarter of the demo for the fields that it needs', () => {
    for (const day of ['2022-12-10', '2023-03-09'])
      for (const [field, atLeast] of [
        ['civil-status', 3],
        ['authentication', 3],
        ['social-protection', 3],
        ['merit', 3],
        ['land', 1],
      ] as const) {
        const then = versions.filter((version) => version.field === field && isInForce(version, day))
        assert.ok(then.length >= atLeast, `${field} on ${day}: ${then.length}`)
        for (const version of then)
          for (const channel of ['counter', 'online'] as const)
            assert.ok(
              version.cases.some(({ timeLimits }) => timeLimits.some(({ channels }) => channels.includes(channel))),
              `${version.code} ${channel}`,
            )
      }
  })

  it('speak of districts and of levels 3 and 4 only before 1/7/2025', () => {
    for (const version of versions.filter(({ validFrom }) => validFrom >= '2025-07-01')) {
      assert.ok(!version.levels.includes('district'), version.code)
      assert.ok(
        version.handOffs.every(({ to }) => to !== 'district'),
        version.code,
      )
      assert.ok(
        version.serviceLevels.every(({ level }) => level !== '3' && level !== '4'),
        version.code,
      )
    }
  })

  it('carry a note for each channel with a time limit, and a limit for each noted channel', () => {
    for (const { code, validFrom, channelNotes, cases } of versions) {
      const noted = channelNotes.map(({ channel }) => channel)
      assert.equal(new Set(noted).size, noted.length, `${code} ${validFrom}`)
      for (const { key, timeLimits, fees } of cases) {
        const timed = timeLimits.flatMap(({ channels }) => channels)
        assert.deepEqual(timed.toSorted(), noted.toSorted(), `${code} ${validFrom} ${key}`)
        for (const { channels } of fees)
          for (const channel of channels) assert.ok(timed.includes(channel), `${code} ${key} ${channel}`)
      }
    }
  })

  it('promise the next day after 15:00 only where the result is due at once', () => {
    for (const { code, cases } of versions)
      for (const { key, timeLimits } of cases)
        for (const { parts, nextDayAfter15 } of timeLimits)
          assert.equal(
            nextDayAfter15,
            parts.every(({ unit }) => unit === 'atOnce'),
            `${code} ${key}`,
          )
  })

  it('hand on no more time than a case has', () => {
    const sum = (parts: readonly { amount: number; unit: string }[], unit: string): number =>
      parts.filter((part) => part.unit === unit).reduce((total, { amount }) => total + amount, 0)
    for (const { code, handOffs, cases } of versions)
      for (const unit of ['workingDay', 'calendarDay'])
        for (const { key, timeLimits } of cases)
          for (const { parts } of timeLimits)
            assert.ok(
              sum(
                handOffs.flatMap((handOff) => handOff.parts),
                unit,
              ) <= sum(parts, unit),
              `${code} ${key} ${unit}`,
            )
  })

  it('say the basis of every time limit and fee, and the number of every law', () => {
    for (const { code, cases, legalBasis } of versions) {
      for (const { key, timeLimits, fees } of cases)
        for (const { basis } of [...timeLimits, ...fees]) {
          assert.ok(basis.length > 10, `${code} ${key}`)
          // Citizens read it beside the amount: no instruction to officers.
          assert.doesNotMatch(basis, /cơ quan nhập/, `${code} ${key}`)
        }
      assert.equal(new Set(legalBasis.map(({ number }) => number)).size, legalBasis.length, code)
      for (const { number } of legalBasis) assert.match(number, /^[\d.]+\/\d{4}\/\p{Lu}[\p{L}\d-]*$/u, code)
    }
  })

  it('are plain composed text: NFC, no markup, no stray blanks', () => {
    for (const { name, text } of [...files, { name: 'fields.json', text: JSON.stringify(fields) }]) {
      assert.equal(text.normalize('NFC'), text, name)
      assert.doesNotMatch(text, /<\/?[a-z][^>]*>|&(?:[a-z]+|#\d+);/i, name)
      assert.doesNotMatch(text, /\u00a0|\u200b|\ufffd|\\t| {2,}(?=[^ "[\]{}])(?<=[\p{L}\d,.;] {2,})/u, name)
    }
  })

  it('relate only to procedures of the set', () => {
    const codes = new Set(versions.map(({ code }) => code))
    for (const { code, related } of versions)
      for (const other of related) assert.ok(codes.has(other) && other !== code, `${code} → ${other}`)
  })

  it(
    'bear codes of the national list',
    {
      skip: existsSync(shared)
        ? false
        : 'LOUD: ../shared/data is absent, codes are not compared with the national list',
    },
    () => {
      const known = new Set(
        [...readFileSync(new URL('procedures-index-2642.csv', shared), 'utf8').matchAll(/^\uFEFF?(\d\.\d{6}),/gm)].map(
          ([, code]) => code,
        ),
      )
      const sample = JSON.parse(readFileSync(new URL('procedures-social-sample.json', shared), 'utf8')) as {
        procedures: { code: string }[]
      }
      for (const { code } of sample.procedures) known.add(code)
      assert.ok(known.size > 2600)
      for (const { code, validTo } of versions)
        assert.ok(known.has(code) || codesSeenElsewhere.has(code) || (validTo !== null && validTo < '2025-07-01'), code)
    },
  )
})

if (!existsSync(shared))
  process.stderr.write(
    '*** ../shared/data is absent: the codes of the curated procedures are NOT checked against the national list. ***\n',
  )
