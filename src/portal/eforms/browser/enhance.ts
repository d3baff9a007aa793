import { dayOf } from '../../../platform/day.ts'
import type { AccountFacts, Answers, EForm, Finding, Mark } from '../contract.ts'
import { checkAnswers, warningsOf } from '../rules/check.ts'
import { say, type Language } from '../rules/describe.ts'
import { allFields, answerAt, isGroup, itemsOf, visible } from '../rules/layout.ts'
import { ADD, answersFromPost, readField, REMOVE, type Posted } from '../rules/post.ts'
import { idOf, renderFindings, renderPath, type RenderOptions } from '../rules/render.ts'
import { screenWords } from '../rules/screen-words.ts'
import { readValue, typedOf } from '../rules/values.ts'
import { helpWithPlaces } from './places.ts'
import { afterPress } from './press.ts'

type Sheet = {
  root: HTMLElement
  form: EForm
  partKey: string
  caseKey: string | null
  language: Language
  today: string
  known: Answers
  vouched: AccountFacts
  marks: Mark[]
  /** What was answered to questions that went away, should they come back. */
  put: Answers
}

export async function enhance(root: HTMLElement): Promise<void> {
  const { eform, part: partKey = '', case: caseKey, language, today, known, vouched, marks } = root.dataset
  if (!eform) return
  const form = await loadForm(eform)
  if (!form) return
  const sheet: Sheet = {
    root,
    form,
    partKey,
    caseKey: caseKey || null,
    language: language === 'en' ? 'en' : 'vi',
    today: today || dayOf(new Date().toISOString()),
    known: JSON.parse(known || '{}') as Answers,
    vouched: JSON.parse(vouched || '{}') as AccountFacts,
    marks: JSON.parse(marks || '[]') as Mark[],
    put: {},
  }
  const unpressed = afterPress(document, (run, after) => setTimeout(run, after))
  root.addEventListener('change', ({ target }) =>
    isTyped(target) ? unpressed(() => changed(sheet, target)) : changed(sheet, target),
  )
  root.addEventListener('input', (event) => recheck(sheet, event.target))
  root.addEventListener('focusout', (event) => unpressed(() => left(sheet, event.target)))
  root.addEventListener('click', (event) => pressed(sheet, event))
  root.closest('form')?.addEventListener('submit', (event) => submitted(sheet, event))
  helpWithPlaces(root, sheet.language)
  sync(sheet)
}

/** Changed by being left; what is chosen is changed by the press itself. */
const isTyped = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && target.type !== 'radio' && target.type !== 'checkbox')

async function loadForm(formId: string): Promise<EForm | undefined> {
  try {
    const reply = await fetch(`/api/eforms/${formId}`, { headers: { 'x-motcua': '1' } })
    return reply.ok ? ((await reply.json()) as EForm) : undefined
  } catch {
    // Without a network the page stays a plain form.
    return undefined
  }
}

/** What this part would send now. */
function postedOf(root: HTMLElement): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {}
  for (const control of root.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>(
    'input[name], select[name], textarea[name]',
  )) {
    if (
      control instanceof HTMLInputElement &&
      (control.type === 'radio' || control.type === 'checkbox') &&
      !control.checked
    )
      continue
    const earlier = fields[control.name]
    if (earlier === undefined) fields[control.name] = control.value
    else fields[control.name] = [...(typeof earlier === 'string' ? [earlier] : earlier), control.value]
  }
  return fields
}

const answersOf = (sheet: Sheet, extra: Posted = {}): Answers =>
  answersFromPost(
    sheet.form,
    { ...postedOf(sheet.root), ...extra },
    {
      partKey: sheet.partKey,
      previous: sheet.known,
      caseKey: sheet.caseKey,
    },
  )

const optionsOf = (sheet: Sheet, answers: Answers): RenderOptions => ({
  answers: { ...sheet.put, ...answers },
  language: sheet.language,
  caseKey: sheet.caseKey,
  marks: sheet.marks,
})

const findIn = (root: ParentNode, path: string): HTMLElement | null =>
  root.querySelector<HTMLElement>(`[data-field="${CSS.escape(path)}"]`)

// --- Conditional questions ------------------------------------------------------------------------------------------------

/** Draws what is asked now and takes away what is not, without touching what stays. */
function sync(sheet: Sheet): Answers {
  const { root, form, partKey, caseKey } = sheet
  const before = postedOf(root)
  let answers = answersOf(sheet)
  for (;;) {
    const part = form.layout.parts.find(({ key }) => key === partKey)
    const container = root.querySelector<HTMLElement>('.eform-fields')
    if (!part || !container) return answers
    const seen = visible(form, answers, { caseKey })
    const asked = new Set([...seen.places.map(({ path }) => path), ...seen.groups.map(({ path }) => path)])
    let isChanged = arrange(sheet, { container, paths: part.fields.map(({ key }) => key), asked, answers, before })
    for (const item of part.fields) {
      if (!isGroup(item) || !asked.has(item.key)) continue
      for (const index of itemsOf(answers, item.key).keys()) {
        const element = findIn(root, item.key)?.querySelector<HTMLElement>(`[data-element="${index}"]`)
        const paths = item.fields.map(({ key }) => `${item.key}.${index}.${key}`)
        if (element) isChanged = arrange(sheet, { container: element, paths, asked, answers, before }) || isChanged
      }
    }
    // What appeared may ask for more; each round asks only what stands after it, so that this comes to an end.
    if (!isChanged) return answers
    answers = answersOf(sheet)
  }
}

function arrange(
  sheet: Sheet,
  {
    container,
    paths,
    asked,
    answers,
    before,
  }: {
    container: HTMLElement
    paths: readonly string[]
    asked: ReadonlySet<string>
    answers: Answers
    before: Posted
  },
): boolean {
  let isChanged = false
  let last: Element | null = container.querySelector(':scope > legend')
  for (const path of paths) {
    const drawn = findIn(container, path)
    if (!asked.has(path)) {
      if (!drawn) continue
      remember(sheet, path, before)
      drawn.remove()
      isChanged = true
      continue
    }
    if (drawn) {
      last = drawn
      continue
    }
    const made = elementOf(renderPath(sheet.form, path, optionsOf(sheet, answers)).html)
    if (!made) continue
    if (last) last.after(made)
    else container.prepend(made)
    helpWithPlaces(made, sheet.language)
    last = made
    isChanged = true
  }
  return isChanged
}

/** Keeps what was answered at a path of the part itself. */
function remember(sheet: Sheet, path: string, before: Posted): void {
  if (path.includes('.')) return
  const found = allFields(sheet.form).find(({ field, group }) => !group && field.key === path)
  if (!found) return
  const answer = readField(found.field, path, before)
  if (answer !== undefined) sheet.put[path] = answer
}

function elementOf(markup: string): HTMLElement | undefined {
  const template = document.createElement('template')
  template.innerHTML = markup
  return template.content.firstElementChild instanceof HTMLElement ? template.content.firstElementChild : undefined
}

// --- Checks ---------------------------------------------------------------------------------------------------------------

const pathOf = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[data-field]')?.dataset['field'] : undefined

const factsOf = ({ today, partKey, caseKey, vouched }: Sheet) => ({ today, partKey, caseKey, vouched })
const findingsOf = (sheet: Sheet, answers = answersOf(sheet)): Finding[] =>
  checkAnswers(sheet.form, answers, factsOf(sheet))

function changed(sheet: Sheet, target: EventTarget | null): void {
  const answers = sync(sheet)
  recheck(sheet, target)
  const path = pathOf(target)
  if (path !== undefined) tellBeside(sheet, path, { answers, findings: findingsOf(sheet, answers) })
  sheet.root.dispatchEvent(new CustomEvent('eform:change', { bubbles: true, detail: { answers } }))
}

/** A field that was found wrong says so until it is right. */
function recheck(sheet: Sheet, target: EventTarget | null): void {
  const path = pathOf(target)
  const error = path === undefined ? null : document.getElementById(`${idOf(path)}-error`)
  if (path === undefined || !error || error.hidden) return
  tell(
    sheet,
    path,
    findingsOf(sheet).find((finding) => finding.path === path),
  )
}

/** After typing: what was written is put into its usual form and checked. Nobody is told what is still to be filled in. */
function left(sheet: Sheet, target: EventTarget | null): void {
  const path = pathOf(target)
  if (path === undefined || !(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return
  const place = visible(sheet.form, answersOf(sheet), sheet).places.find((one) => one.path === path)
  if (!place || target.value.trim() === '') return
  const { widget } = place.field
  if (widget === 'day' || widget === 'phone' || widget === 'money' || widget === 'identity-number')
    target.value = typedOf(place.field, readValue(place.field, target.value))
  // An address is whole when both its lines were left.
  if (widget === 'address') return
  const answers = answersOf(sheet)
  const findings = findingsOf(sheet, answers)
  const finding = findings.find((one) => one.path === path)
  if (finding?.code !== 'required') tell(sheet, path, finding)
  tellBeside(sheet, path, { answers, findings })
}

/** One answer may put right, or wrong, another: a birth day the number beside it, a death day the birth before it. */
function tellBeside(
  sheet: Sheet,
  path: string,
  { answers, findings }: { answers: Answers; findings: readonly Finding[] },
): void {
  const { places } = visible(sheet.form, answers, sheet)
  const own = places.find((one) => one.path === path)?.field.key ?? ''
  const warnings = warningsOf(sheet.form, answers, factsOf(sheet))
  for (const { path: other, field } of places) {
    const found = findings.find((one) => one.path === other)
    const isBeside = [field.ofBirthDay, field.ofSex, field.notBefore].includes(own) || found?.about?.includes(path)
    const isTold = document.getElementById(`${idOf(other)}-error`)?.hidden === false
    const isAnswered = answerAt(answers, other) !== undefined
    if (other !== path && isAnswered && (isBeside || isTold)) tell(sheet, other, found)
    tellWarning(
      sheet,
      other,
      warnings.find((one) => one.path === other),
    )
  }
}

/** What is unlikely is said and read out, and keeps nobody from going on. */
function tellWarning({ language }: Sheet, path: string, warning: Finding | undefined): void {
  const line = document.getElementById(`${idOf(path)}-warning`)
  if (!line) return
  line.hidden = !warning
  const text = warning ? say(warning.words, language) : ''
  if (line.textContent.trim() === text) return
  line.textContent = text
  if (warning) announce(text)
}

function tell({ root, language }: Sheet, path: string, finding: Finding | undefined): void {
  const id = idOf(path)
  const error = document.getElementById(`${id}-error`)
  const holder = findIn(root, path)
  if (!error || !holder) return
  error.textContent = finding ? say(finding.words, language) : ''
  error.hidden = !finding
  const named = holder.querySelector(`#${CSS.escape(id)}`)
  const control = named instanceof HTMLInputElement && named.type === 'radio' ? named.closest('fieldset') : named
  if (!control) return
  const about = new Set((control.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean))
  if (finding) about.add(error.id)
  else about.delete(error.id)
  if (about.size > 0) control.setAttribute('aria-describedby', [...about].join(' '))
  else control.removeAttribute('aria-describedby')
  if (finding) control.setAttribute('aria-invalid', 'true')
  else control.removeAttribute('aria-invalid')
}

function submitted(sheet: Sheet, event: SubmitEvent): void {
  const button = event.submitter
  if (event.defaultPrevented || (button instanceof HTMLButtonElement && button.formNoValidate)) return
  const findings = findingsOf(sheet)
  if (findings.length === 0) return
  event.preventDefault()
  for (const { path } of visible(sheet.form, answersOf(sheet), sheet).places)
    tell(
      sheet,
      path,
      findings.find((finding) => finding.path === path),
    )
  document.querySelectorAll('.eform-summary').forEach((old) => old.remove())
  const summary = elementOf(renderFindings(findings, sheet.language).html)
  if (!summary) return
  sheet.root.before(summary)
  summary.focus()
  summary.scrollIntoView({ block: 'start' })
}

// --- Repeated groups ------------------------------------------------------------------------------------------------------

function pressed(sheet: Sheet, event: MouseEvent): void {
  const button = event.target instanceof Element ? event.target.closest('button') : null
  if (!button || (button.name !== ADD && button.name !== REMOVE)) return
  event.preventDefault()
  const [key = ''] = button.value.split('.')
  const answers = answersOf(sheet, { [button.name]: button.value })
  const group = findIn(sheet.root, key)
  const made = elementOf(renderPath(sheet.form, key, optionsOf(sheet, answers)).html)
  if (!group || !made) return
  group.replaceWith(made)
  helpWithPlaces(made, sheet.language)
  sync(sheet)
  const item = allFields(sheet.form).find(({ group: of }) => of?.key === key)?.group
  const count = itemsOf(answers, key).length
  const words = screenWords[sheet.language]
  const name = item ? say(item.itemLabel, sheet.language) : ''
  announce(button.name === ADD ? words.added(name, count) : words.removed(name))
  const added = made.querySelector<HTMLElement>(`[data-element="${count - 1}"]`)
  const next =
    button.name === ADD ? added?.querySelector<HTMLElement>('input:not([type="hidden"]), select, textarea') : made
  next?.focus()
  sheet.root.dispatchEvent(new CustomEvent('eform:change', { bubbles: true, detail: { answers } }))
}

let line: HTMLElement | undefined
export function announce(text: string): void {
  if (!line) {
    line = document.createElement('p')
    line.className = 'visually-hidden'
    line.setAttribute('role', 'status')
    document.body.append(line)
  }
  line.textContent = text
}
