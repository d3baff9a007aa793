import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Validator } from '@cfworker/json-schema'
import fc from 'fast-check'
import { parseFragment } from 'parse5'
import { readShippedForms } from '../shipped-forms.ts'
import { shippedForm, someAnswers } from '../testing.ts'
import type { Answers, FormDefinition } from '../contract.ts'
import { checkAnswers } from './check.ts'
import { answerAt, clean, visible } from './layout.ts'
import { answersFromPost, groupAction, postOf, type Posted } from './post.ts'
import { renderPart } from './render.ts'
import { schemaFor } from './schema.ts'
import { readDay, readNumber, readPhone, identityKindOf, isPartialDay } from './values.ts'

const forms = readShippedForms()
const today = '2026-11-22'
const caseKeys = [null, 'on-time', 'long-ago', 'household', 'individual']
const each = (check: (form: FormDefinition, answers: Answers, caseKey: string | null) => void, numRuns = 40) => {
  for (const form of forms)
    fc.assert(
      fc.property(someAnswers(form), fc.constantFrom(...caseKeys), (answers, caseKey) => check(form, answers, caseKey)),
      { numRuns },
    )
}

test('answers become fields of a plain form and the same answers again', () => {
  each((form, answers, caseKey) => {
    const kept = clean(form, answers, { caseKey })
    assert.deepEqual(answersFromPost(form, postOf(form, kept), { caseKey }), kept)
  })
})

test('what nobody asks never enters', () => {
  each((form, answers, caseKey) => {
    const kept = answersFromPost(form, postOf(form, answers), { caseKey })
    const asked = new Set(visible(form, kept, { caseKey }).places.map(({ path }) => path))
    for (const [key, answer] of Object.entries(kept)) {
      if (Array.isArray(answer) && typeof answer[0] === 'object') {
        for (const [index, element] of (answer as Answers[]).entries())
          for (const inner of Object.keys(element)) assert.ok(asked.has(`${key}.${index}.${inner}`))
      } else assert.ok(asked.has(key), key)
    }
    assert.deepEqual(clean(form, kept, { caseKey }), kept)
  })
})

test('what passes every check is what the JSON Schema of these answers allows', () => {
  each((form, answers, caseKey) => {
    const kept = clean(form, answers, { caseKey })
    const findings = checkAnswers(form, kept, { today, caseKey })
    const byShape = new Validator(schemaFor(form, kept, { caseKey }), '2020-12', false).validate(kept)
    // The schema knows less than the checks: no check may let through what it refuses.
    if (findings.length === 0) assert.ok(byShape.valid, JSON.stringify(byShape.errors))
    else if (!byShape.valid) assert.ok(findings.length > 0)
  })
})

test('a form filled in on screen, part by part, posts what it shows', () => {
  each((form, answers, caseKey) => {
    let kept: Answers = {}
    const wanted = clean(form, answers, { caseKey })
    for (const { key: partKey, fields } of form.layout.parts) {
      const given: Answers = { ...kept }
      for (const { key } of fields) if (wanted[key] !== undefined) given[key] = wanted[key]
      const { html } = renderPart(form, partKey, { answers: given, language: 'vi', caseKey })
      kept = answersFromPost(form, fieldsOf(html), { partKey, previous: kept, caseKey })
    }
    // An empty element of a group that must have one is drawn and posted as well.
    for (const [key, answer] of Object.entries(wanted)) assert.deepEqual(kept[key], answer, key)
  }, 12)
})

test('every finding names a field that is drawn, and says it in two languages', () => {
  each((form, answers, caseKey) => {
    const kept = clean(form, answers, { caseKey })
    for (const finding of checkAnswers(form, kept, { today, caseKey })) {
      const { html } = renderPart(form, finding.partKey, {
        answers: kept,
        language: 'vi',
        findings: [finding],
        caseKey,
      })
      assert.match(html, new RegExp(`id="e-${finding.path.replaceAll('.', '-')}"`))
      assert.ok(finding.words.vi.length > 3 && finding.words.en.length > 3)
    }
  }, 10)
})

test('days as Vietnamese write them', () => {
  for (const typed of [
    '5/3/1985',
    '05/03/1985',
    '5-3-1985',
    '05.03.1985',
    '05031985',
    '5 3 1985',
    'ngày 5 tháng 3 năm 1985',
    '1985-03-05',
  ])
    assert.equal(readDay(typed), '1985-03-05', typed)
  assert.equal(readDay('3/1985'), '1985-03')
  assert.equal(readDay('năm 1985'), '1985')
  for (const typed of ['31/02/2020', '5/3/85', '32/1/2000', 'hôm qua', '00/00/0000'])
    assert.ok(!isPartialDay(readDay(typed)), typed)
})

test('numbers, telephones and identity numbers as people type them', () => {
  assert.equal(readNumber('1.500.000 đ'), 1_500_000)
  assert.equal(readNumber('1500000'), 1_500_000)
  assert.equal(readNumber('12,5'), 12.5)
  assert.equal(readNumber('mười'), 'mười')
  assert.equal(readNumber('1.50'), 1.5)
  assert.equal(readPhone('+84 912 345 678'), '0912345678')
  assert.equal(identityKindOf('001085012345', ['citizen', 'passport']), 'citizen')
  assert.equal(identityKindOf('B1234567', ['citizen', 'passport']), 'passport')
  assert.equal(identityKindOf('123456789', ['citizen', 'passport']), 'old-citizen')
  assert.equal(identityKindOf('0100109106', ['citizen', 'tax-code']), 'tax-code')
})

test('elements of a group are added and taken away without a script', () => {
  const form = shippedForm('certified-copy')
  const one = { 'papers.count': '1', 'papers.0.paperName': 'Bằng', _add: 'papers' } satisfies Posted
  assert.deepEqual(groupAction(form, one), { add: 'papers' })
  const two = answersFromPost(form, one, { partKey: 'papers' })
  assert.equal((two['papers'] as Answers[]).length, 2)
  const left = answersFromPost(form, { ...postOf(form, two), _remove: 'papers.0' }, { partKey: 'papers' })
  assert.deepEqual(left['papers'], [{}])
})

test('hostile fields of a post do nothing', () => {
  const form = shippedForm('certified-copy')
  const posted = JSON.parse(
    '{"__proto__":"x","constructor":"y","papers.count":"100000","papers.0.__proto__":"z","_add":"__proto__","_remove":"papers.0.0","papers.9999.paperName":"q"}',
  ) as Posted
  const answers = answersFromPost(form, posted, { partKey: 'papers' })
  assert.equal((answers['papers'] as Answers[]).length, 50)
  assert.deepEqual(Object.keys(answers), ['papers'])
  assert.equal(groupAction(form, posted), undefined)
  assert.equal(answerAt(answers, 'constructor'), undefined)
  assert.equal(answerAt(answers, 'papers.0.constructor'), undefined)
})

test('what is typed cannot become markup', () => {
  const form = shippedForm('certified-copy')
  const nasty = `"><script>alert(1)</script><img src=x onerror='1'>`
  const answers: Answers = {
    requesterName: nasty,
    requesterNumber: nasty,
    requesterAddress: { unitCode: null, place: nasty, detail: nasty },
  }
  const findings = checkAnswers(form, answers, { today })
  const { html } = renderPart(form, 'requester', {
    answers,
    language: 'vi',
    findings,
    marks: [{ path: 'requesterName', note: nasty }],
    suggestions: { requesterAddress: [{ code: '13702', name: nasty }] },
  })
  assert.doesNotMatch(html, /<script|<img/)
})

type Node = { tagName?: string; attrs?: { name: string; value: string }[]; childNodes?: Node[]; value?: string }

/** What a browser would send of this piece of a page. */
function fieldsOf(html: string): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {}
  const add = (name: string, value: string) => {
    const known = fields[name]
    if (known === undefined) fields[name] = value
    else fields[name] = [...(typeof known === 'string' ? [known] : known), value]
  }
  const textOf = (node: Node): string => node.value ?? (node.childNodes ?? []).map(textOf).join('')
  const visit = (node: Node): void => {
    const attributes = new Map((node.attrs ?? []).map(({ name, value }) => [name, value]))
    const name = attributes.get('name')
    const type = attributes.get('type')
    if (
      node.tagName === 'input' &&
      name !== undefined &&
      (!['radio', 'checkbox'].includes(type ?? '') || attributes.has('checked'))
    )
      add(name, attributes.get('value') ?? 'on')
    if (node.tagName === 'textarea' && name !== undefined) add(name, textOf(node).replace(/^\n/, ''))
    if (node.tagName === 'select' && name !== undefined) {
      const chosen = (node.childNodes ?? []).find((option) =>
        (option.attrs ?? []).some((one) => one.name === 'selected'),
      )
      add(name, chosen?.attrs?.find((one) => one.name === 'value')?.value ?? '')
    }
    for (const child of node.childNodes ?? []) visit(child)
  }
  visit(parseFragment(html) as unknown as Node)
  return fields
}
