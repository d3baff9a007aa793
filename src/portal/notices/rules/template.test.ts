import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { shippedText } from '../templates.ts'
import { eventOf, exampleOf, noticeEvents, type NoticeEvent } from './notice-events.ts'
import { countSms, smsText, withoutAccents } from './sms.ts'
import { en as shippedEn } from '../template-text.en.ts'
import { vi as shippedVi } from '../template-text.vi.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { factsFor, faultsOf, fill, placeholdersOf, previewFacts, withNames, withWords } from './template.ts'

const events = Object.keys(noticeEvents) as NoticeEvent[]

test('whatever can be told is told by something', () => {
  const words = /\/(template-)?text\.(vi|en)\.ts$|\/rules\/notice-events\.ts$|\.test\.ts$/
  const code = globSync('src/**/*.ts')
    .filter((path) => !words.test(path))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n')
  assert.deepEqual(
    events.filter((event) => !code.includes(`'${event}'`)),
    [],
  )
})

test('no letter promises how long a questionnaire takes: one may have nine questions, another thirty-five', () => {
  for (const { subject, body, short } of [shippedVi['survey-invitation'], shippedEn['survey-invitation']])
    assert.doesNotMatch(`${subject} ${body} ${short}`, /phút|minute/)
})

test('every text that comes with the system can be used and says all of its example', () => {
  for (const event of events)
    for (const channel of ['email', 'sms', 'zalo'] as const)
      for (const language of ['vi', 'en'] as const) {
        const facts = factsFor(eventOf(event).facts, {
          publicUrl: 'https://motcua.example.gov.vn',
          agency: 'UBND xã Mẫu',
        })
        const text = shippedText(event, channel, language)
        assert.deepEqual(faultsOf(text, { event, channel, facts, plain: true }), [], `${event} ${channel} ${language}`)
        assert.doesNotMatch(fill(text.subject + text.body, facts), /\{\{|\}\}|\[\[|\]\]/)
      }
})

test('the example of an English letter is English, but for names', () => {
  for (const event of events)
    for (const value of Object.values(exampleOf(event, 'en')))
      assert.doesNotMatch(value, /đồng|thứ |ngày \d|Mật khẩu/, event)
  assert.equal(exampleOf('dossier-payment', 'vi')['amount'], '150.000 đồng')
})

test('a part in double brackets falls away when its fact is empty', () => {
  const text = 'Hồ sơ {{code}} cần bổ sung[[ trước {{until}}]].'
  assert.equal(fill(text, { code: 'H1', until: '05/12/2026' }), 'Hồ sơ H1 cần bổ sung trước 05/12/2026.')
  assert.equal(fill(text, { code: 'H1', until: '' }), 'Hồ sơ H1 cần bổ sung.')
})

test('unknown and broken placeholders, links elsewhere, a missing subject and too long an SMS are refused', () => {
  const about = { event: 'dossier-ready', facts: {}, plain: false } as const
  const codes = (subject: string, body: string, channel: 'email' | 'sms' = 'email') =>
    faultsOf({ subject, body }, { ...about, channel }).map(({ code }) => code)
  assert.deepEqual(codes('A', 'Chào {{name}}'), ['unknown-placeholder'])
  assert.deepEqual(codes('A', 'Chào {{code'), ['broken-placeholder'])
  assert.deepEqual(codes('A', 'Chào [[{{code}}'), ['broken-placeholder'])
  assert.deepEqual(codes('A', 'Xem https://elsewhere.example/x'), ['foreign-link'])
  assert.deepEqual(codes('', 'Chào'), ['subject-needed'])
  assert.deepEqual(codes('A\nBcc: x', 'Chào'), ['subject-of-lines'])
  assert.deepEqual(codes('A', '  '), ['empty-text'])
  assert.deepEqual(codes('', 'ạ'.repeat(403), 'sms'), ['too-many-parts'])
})

test('property: what stands in a fact is never read as a placeholder and opens no line', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('{', '}', 'c', 'o', 'd', 'e', '[', ']', '\n', '\r') }), (value) => {
      assert.equal(fill('{{until}}', { until: `x${value}x`, code: 'SECRET' }).includes('SECRET'), false)
      assert.doesNotMatch(fill('{{until}}', { until: `x${value}x` }), /[\r\n]/)
    }),
  )
})

test('the length of an SMS is counted as the network counts it', () => {
  const length = (text: string, plain = false) => countSms(text, { plain })
  assert.deepEqual(length('a'.repeat(160)), { alphabet: 'gsm', units: 160, parts: 1, left: 0 })
  assert.deepEqual(length('a'.repeat(161)), { alphabet: 'gsm', units: 161, parts: 2, left: 145 })
  assert.deepEqual(length('ạ'.repeat(70)), { alphabet: 'ucs2', units: 70, parts: 1, left: 0 })
  assert.deepEqual(length('ạ'.repeat(71)), { alphabet: 'ucs2', units: 71, parts: 2, left: 63 })
  assert.deepEqual(length('ạ'.repeat(70), true), { alphabet: 'gsm', units: 70, parts: 1, left: 90 })
  assert.equal(length('{'.repeat(80)).units, 160)
  // An emoji takes two units and is not cut: 67 = 66 + 1, so the last of 34 goes to the second part.
  assert.equal(length('😀'.repeat(36)).parts, 2)
  assert.equal(length('').parts, 0)
  assert.equal(withoutAccents('Đường Nguyễn Văn Cừ – “số 5”'), 'Duong Nguyen Van Cu - "so 5"')
})

test('property: without accents a Vietnamese text fits into the default alphabet', () => {
  const letters = 'aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ ĐĂÂÊÔƠƯ'
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...letters) }), (text) => {
      assert.equal(countSms(text, { plain: true }).alphabet, 'gsm')
      assert.equal([...smsText(text.normalize('NFD'), { plain: true })].length, [...text].length)
    }),
  )
})

test('every event names the authority besides its own facts', () => {
  for (const event of events) assert.ok(placeholdersOf(event).includes('agency'))
})

test('a writer sees the placeholders in words of the own language; what is kept has their names', () => {
  for (const { facts } of [vi, en]) {
    const called = Object.values(facts).map((word) => word.toLowerCase())
    assert.equal(new Set(called).size, called.length, 'no two are called the same')
    for (const event of Object.keys(noticeEvents) as NoticeEvent[])
      for (const name of placeholdersOf(event)) assert.ok(name in facts, `${event}: ${name}`)
    for (const { subject, body, short } of [...Object.values(shippedVi), ...Object.values(shippedEn)])
      for (const text of [subject, body, short]) assert.equal(withNames(withWords(text, facts), facts), text)
  }
  assert.equal(withWords('Hồ sơ {{code}}', vi.facts), 'Hồ sơ {{mã}}')
  assert.equal(withNames('Hồ sơ {{ Mã }}, {{Hẹn  trả}}, {{lạ}}', vi.facts), 'Hồ sơ {{code}}, {{due}}, {{lạ}}')
})

test('a preview of what was told shows no link of the person', () => {
  const facts = { code: 'H1', procedure: 'Khai sinh', trackLink: '/tra-cuu/bi-mat', until: '', mendLink: '/sua/bi-mat' }
  const shown = previewFacts('filing-mend', facts)
  assert.equal(shown['code'], 'H1')
  assert.ok(!JSON.stringify(shown).includes('bi-mat'))
})
