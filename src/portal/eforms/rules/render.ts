// One part of a form as HTML. The server sends it; the browser draws the same where a question appears.
import { html, type Html } from '../../../platform/http/html.ts'
import type {
  AccountFacts,
  Address,
  Answer,
  Answers,
  Check,
  Field,
  Finding,
  FormDefinition,
  Group,
  Mark,
  Part,
  Widget,
} from '../contract.ts'
import { say, type Language } from './describe.ts'
import { warningsOf } from './check.ts'
import { groupOf, tellsAt } from './cross-check.ts'
import { ethnicGroups } from './ethnic-groups.ts'
import { answerAt, clean, isGroup, itemsOf, partsOf, visible, type Place, type Situation } from './layout.ts'
import { ADD, REMOVE } from './post.ts'
import { screenWords } from './screen-words.ts'
import { isRequired, schemaOf } from './schema.ts'
import { isAddress, typedOf } from './values.ts'

export type PlaceOption = { code: string; name: string }

export type RenderOptions = Situation & {
  answers: Answers
  language: Language
  findings?: readonly Finding[]
  /** What is unlikely and may still be so; shown beside the field, and nothing waits for it. */
  warnings?: readonly Finding[]
  /** What an officer found wrong; shown beside the field. */
  marks?: readonly Mark[]
  /** Units that may be meant by what was typed as a place, by path; for browsers without a script. */
  suggestions?: Readonly<Record<string, readonly PlaceOption[]>>
  /** Draws a field for files; left out, a plain file field with the known files as hidden values. */
  drawFiles?: (place: Place, about: { id: string; describedBy: string; known: readonly string[] }) => Html
  /** The form as it is stored, for the script; an editor's preview has none. */
  formId?: number
  today?: string
  /** What was vouched for of who fills it in; held against the answers. */
  vouched?: AccountFacts | undefined
}

export const idOf = (path: string): string => `e-${path.replaceAll('.', '-')}`

/** The fields of one part, for a form that posts to wherever the caller wants. The heading is the caller's. */
export function renderPart(form: FormDefinition, partKey: string, options: RenderOptions): Html {
  const { language } = options
  const words = screenWords[language]
  const part = form.layout.parts.find(({ key }) => key === partKey)
  if (!part) return html``
  const answers = withLeast(form, part, clean(form, options.answers, options))
  const facts: Drawing = {
    ...options,
    warnings: options.warnings ?? warningsIn(form, partKey, options),
    form,
    answers,
    places: visible(form, answers, options).places,
  }
  const hasGroup = part.fields.some(isGroup)
  return html`<div
    class="eform"
    data-eform="${options.formId ?? ''}"
    data-part="${part.key}"
    data-case="${options.caseKey ?? ''}"
    data-language="${language}"
    data-today="${options.today ?? ''}"
    data-vouched="${JSON.stringify(options.vouched ?? {})}"
    data-known="${JSON.stringify(knownFor(form, part, answers))}"
    data-marks="${JSON.stringify((options.marks ?? []).filter(({ path }) => inPart(part, path)))}"
  >
    ${
      hasGroup &&
      html`<button type="submit" class="visually-hidden" tabindex="-1" aria-hidden="true">${words.go}</button>`
    }
    ${part.help && html`<p class="eform-help">${say(part.help, language)}</p>`}
    <div class="eform-fields">${part.fields.map((item) => renderItem(item, part, facts))}</div>
    ${part === partsOf(form, answers, options)[0] && renderSource(form, language)}
  </div>`
}

const warningsIn = (
  form: FormDefinition,
  partKey: string,
  { answers, today, caseKey, vouched }: RenderOptions,
): Finding[] =>
  today === undefined ? [] : warningsOf(form, answers, { today, partKey, caseKey: caseKey ?? null, vouched })

/** One question by its path, as it stands within its part; empty where it is not asked. */
export function renderPath(form: FormDefinition, path: string, options: RenderOptions): Html {
  const key = path.split('.')[0]
  const part = form.layout.parts.find(({ fields }) => fields.some((item) => item.key === key))
  const item = part?.fields.find((one) => one.key === key)
  if (!part || !item) return html``
  const answers = withLeast(form, part, clean(form, options.answers, options))
  const facts: Drawing = { ...options, form, answers, places: visible(form, answers, options).places }
  if (!path.includes('.')) return renderItem(item, part, facts) ?? html``
  const place = facts.places.find((one) => one.path === path)
  return place ? renderField(place, facts) : html``
}

/** What was found, above the form, each leading to its field. */
export function renderFindings(findings: readonly Finding[], language: Language): Html {
  if (findings.length === 0) return html``
  const words = screenWords[language]
  return html`<div class="eform-summary" role="alert" tabindex="-1" autofocus aria-labelledby="eform-summary-title">
    <h2 id="eform-summary-title">${words.findings(findings.length)}</h2>
    <ul>
      ${findings.map(({ path, words: told }) => html`<li><a href="#${idOf(path)}">${say(told, language)}</a></li>`)}
    </ul>
  </div>`
}

/** What to look at again, above the answers: each leads to where `linkTo` says. */
export function renderWarnings(
  warnings: readonly Finding[],
  language: Language,
  linkTo: (finding: Finding) => string = ({ path }) => `#${idOf(path)}`,
): Html {
  if (warnings.length === 0) return html``
  return html`<div class="eform-warnings" role="note">
    <h2>${screenWords[language].warnings}</h2>
    <ul>
      ${warnings.map((warning) => html`<li><a href="${linkTo(warning)}">${say(warning.words, language)}</a></li>`)}
    </ul>
  </div>`
}

/** From where the questions are, and whether somebody compared them with the official form: said once, at the start. */
export function renderSource(
  form: FormDefinition & { comparedWithOfficial?: { on: string } | null },
  language: Language,
): Html {
  const words = screenWords[language]
  const { comparedWithOfficial: compared } = form
  return html`<p class="eform-source small">
    ${words.source(form.source.document)} ${compared ? words.compared(compared.on) : words.notCompared}
  </p>`
}

type Drawing = RenderOptions & { form: FormDefinition; answers: Answers; places: Place[] }

const inPart = (part: Part, path: string): boolean => part.fields.some(({ key }) => key === path.split('.')[0])

/** A group that must have an element shows one to fill in. */
function withLeast(form: FormDefinition, part: Part, answers: Answers): Answers {
  const filled = { ...answers }
  for (const item of part.fields) {
    if (!isGroup(item)) continue
    const least = Math.max(schemaOf(form, item)?.minItems ?? 0, isRequired(form, item) ? 1 : 0)
    const elements = itemsOf(answers, item.key)
    while (elements.length < least) elements.push({})
    if (elements.length > 0) filled[item.key] = elements
  }
  return filled
}

/** Checks that tell beside a question of this part. */
const checksIn = (form: FormDefinition, part: Part): Check[] =>
  (form.checks ?? []).filter((check) => {
    const keys = 'differ' in check ? check.differ : [tellsAt(form, check)]
    return part.fields.some((item) => keys.some((key) => item.key === key || groupOf(form, key) === item.key))
  })

/** Answers of other parts at which this one looks. */
function knownFor(form: FormDefinition, part: Part, answers: Answers): Answers {
  const before = form.layout.parts.slice(0, form.layout.parts.indexOf(part))
  const text = JSON.stringify([part, checksIn(form, part)])
  const known: Answers = {}
  for (const { fields } of before)
    for (const { key } of fields) {
      const answer = answers[key]
      if (answer !== undefined && text.includes(`"${key}"`)) known[key] = answer
    }
  // Conditions of earlier parts decide whether their answers count at all.
  const needed = JSON.stringify(
    before.map(({ when, fields }) => [when, fields.map((item) => [item.key in known, item.when])]),
  )
  for (const { fields } of before)
    for (const { key } of fields) {
      const answer = answers[key]
      if (answer !== undefined && needed.includes(`"field":"${key}"`)) known[key] = answer
    }
  return known
}

function renderItem(item: Field | Group, part: Part, facts: Drawing): Html | null {
  if (isGroup(item)) return renderGroup(item, part, facts)
  const place = facts.places.find(({ path }) => path === item.key)
  return place ? renderField(place, facts) : null
}

function renderGroup(group: Group, part: Part, facts: Drawing): Html | null {
  const { answers, form, language, findings = [], warnings = [], marks = [] } = facts
  const shown = visible(form, answers, facts).groups.some((one) => one.group === group && one.part === part)
  if (!shown) return null
  const words = screenWords[language]
  const id = idOf(group.key)
  const elements = itemsOf(answers, group.key)
  const finding = findings.find(({ path }) => path === group.key)
  const mark = marks.find(({ path }) => path === group.key)
  const warning = finding ? undefined : warnings.find(({ path }) => path === group.key)
  const most = schemaOf(form, group)?.maxItems ?? 50
  const least = Math.max(schemaOf(form, group)?.minItems ?? 0, isRequired(form, group) ? 1 : 0)
  const name = say(group.itemLabel, language)
  return html`<fieldset
    class="eform-group${mark && ' eform-marked'}"
    data-field="${group.key}"
    data-group="${group.key}"
    id="${id}"
    tabindex="-1"
    aria-describedby="${[group.help && `${id}-hint`, finding && `${id}-error`].filter(Boolean).join(' ')}"
  >
    <legend>${say(group.label, language)}</legend>
    ${group.help && html`<p class="hint" id="${id}-hint">${say(group.help, language)}</p>`}
    ${mark && renderMark(mark, id, language)}
    ${finding && html`<p class="field-error" id="${id}-error">${say(finding.words, language)}</p>`}
    ${warning && html`<p class="eform-warning" id="${id}-warning">${say(warning.words, language)}</p>`}
    <input type="hidden" name="${group.key}.count" value="${elements.length}" />
    ${elements.map(
      (_, index) =>
        html`<fieldset class="eform-element" data-element="${index}">
          <legend>${name}${(elements.length > 1 || most > 1) && ` ${index + 1}`}</legend>
          ${group.fields.map((field) => {
            const place = facts.places.find(({ path }) => path === `${group.key}.${index}.${field.key}`)
            return place && renderField(place, facts)
          })}
          ${
            elements.length > least &&
            html`<p>
              <button type="submit" class="button-quiet" name="${REMOVE}" value="${group.key}.${index}" formnovalidate>
                ${words.remove(name, index + 1)}
              </button>
            </p>`
          }
        </fieldset>`,
    )}
    ${
      elements.length < most &&
      html`<p>
        <button type="submit" class="button-quiet" name="${ADD}" value="${group.key}" formnovalidate>
          ${elements.length === 0 ? words.add(name) : words.addAnother(name)}
        </button>
      </p>`
    }
  </fieldset>`
}

const renderMark = ({ note }: Mark, id: string, language: Language): Html =>
  html`<p class="eform-mark" id="${id}-mark"><strong>${screenWords[language].marked}</strong> ${note}</p>`

function renderField(place: Place, facts: Drawing): Html {
  const { path, field, group } = place
  const { language, findings = [], warnings = [], marks = [], form, answers } = facts
  const words = screenWords[language]
  const id = idOf(path)
  if (field.widget === 'note')
    return html`<div class="note" data-field="${path}">
      <p><strong>${say(field.label, language)}</strong></p>
      ${field.help && html`<p>${say(field.help, language)}</p>`}
    </div>`
  const finding = findings.find((one) => one.path === path)
  const mark = marks.find((one) => one.path === path)
  const warning = finding ? undefined : warnings.find((one) => one.path === path)
  const hint = [field.help && say(field.help, language), widgetHint(field, language)].filter(Boolean).join(' ')
  const required = isRequired(form, field, group?.group)
  const parts: Parts = {
    id,
    path,
    field,
    answer: answerAt(answers, path),
    label: html`${say(field.label, language)}${!required && html` <span class="eform-optional">${words.optional}</span>`}`,
    hint: hint !== '' && html`<p class="hint" id="${id}-hint">${hint}</p>`,
    mark: mark && renderMark(mark, id, language),
    error: html`<p class="field-error" id="${id}-error" ${!finding && html` hidden`}>
      ${finding && say(finding.words, language)}
    </p>`,
    about: [hint !== '' && `${id}-hint`, mark && `${id}-mark`, warning && `${id}-warning`, finding && `${id}-error`]
      .filter(Boolean)
      .join(' '),
    invalid: finding !== undefined,
    required,
    longest: schemaOf(form, field, group?.group)?.maxLength,
  }
  return html`<div class="field eform-field${mark && ' eform-marked'}" data-field="${path}">
    ${drawing(place, parts, facts)}
    <p class="eform-warning" id="${id}-warning" ${!warning && html` hidden`}>
      ${warning && say(warning.words, language)}
    </p>
  </div>`
}

type Parts = {
  id: string
  path: string
  field: Field
  answer: Answer | undefined
  label: Html
  hint: Html | false
  mark: Html | undefined
  error: Html
  about: string
  invalid: boolean
  required: boolean
  longest: number | undefined
}

function drawing(place: Place, parts: Parts, facts: Drawing): Html {
  const { field } = parts
  if (field.widget === 'yes-no') {
    const words = screenWords[facts.language]
    return renderRadios(parts, [
      { value: 'yes', name: words.yes },
      { value: 'no', name: words.no },
    ])
  }
  const options = (field.options ?? []).map(({ value, label }) => ({ value, name: say(label, facts.language) }))
  if (field.widget === 'choices') return renderBoxes(parts, options)
  if (field.widget === 'choice')
    return field.asList ? renderList(parts, options, facts.language) : renderRadios(parts, options)
  if (field.widget === 'address') return renderAddress(parts, facts)
  if (field.widget === 'files') return renderFiles(place, parts, facts)
  if (field.widget === 'long-text')
    return html`${labelled(parts)}<textarea id="${parts.id}" name="${parts.path}" rows="4" ${attributes(parts)}>
${typedOf(field, parts.answer)}</textarea
      >${parts.error}`
  const { type, mode, size } = inputOf(field)
  return html`${labelled(parts)}<input
      type="${type}"
      id="${parts.id}"
      name="${parts.path}"
      value="${typedOf(field, parts.answer)}"
      class="eform-${size}"
      data-widget="${field.widget}"
      ${mode && html` inputmode="${mode}"`}
      ${field.offers && html` list="${parts.id}-offers"`}
      ${attributes(parts)}
    />${field.offers && html`<datalist id="${parts.id}-offers">${ethnicGroups.map((name) => html`<option value="${name}"></option>`)}</datalist>`}${parts.error}`
}

const labelled = ({ id, label, hint, mark }: Parts): Html => html`<label for="${id}">${label}</label>${hint}${mark}`

const attributes = ({ about, invalid, required, field, longest }: Parts): Html =>
  html`${about !== '' && html` aria-describedby="${about}"`}${invalid && html` aria-invalid="true"`}${
    required && html` aria-required="true"`
  }${field.autocomplete && html` autocomplete="${field.autocomplete}"`}${
    // The rule tells when it is too long; a field that swallows letters helps nobody.
    longest !== undefined && field.widget === 'identity-number' && html` maxlength="${longest + 5}"`
  }`

type InputKind = { type: string; mode: string; size: string }
const inputs: Partial<Record<Widget, InputKind>> = {
  day: { type: 'text', mode: 'numeric', size: 'short' },
  number: { type: 'text', mode: 'decimal', size: 'short' },
  money: { type: 'text', mode: 'numeric', size: 'middle' },
  'identity-number': { type: 'text', mode: 'numeric', size: 'middle' },
  phone: { type: 'tel', mode: 'tel', size: 'middle' },
  email: { type: 'email', mode: 'email', size: 'whole' },
}
const inputOf = (field: Field): InputKind => {
  const kind = inputs[field.widget] ?? { type: 'text', mode: '', size: 'whole' }
  // Passports carry letters.
  return field.kinds?.includes('passport') ? { ...kind, mode: '' } : kind
}

function widgetHint(field: Field, language: Language): string {
  const words = screenWords[language]
  if (field.widget === 'day') return field.partial ? words.partialHint : words.dayHint
  if (field.widget === 'money') return words.moneyHint
  return ''
}

const legend = ({ label, hint, mark }: Parts): Html =>
  html`<legend>${label}</legend>
    ${hint}${mark}`

function renderRadios(parts: Parts, options: readonly { value: string; name: string }[]): Html {
  const chosen = typedOf(parts.field, parts.answer)
  return html`<fieldset class="eform-choices" ${attributes({ ...parts, required: false })}>
    ${legend(parts)}
    ${options.map(
      ({ value, name }, index) =>
        html`<label class="eform-choice"
          ><input
            type="radio"
            id="${index === 0 ? parts.id : `${parts.id}-${index}`}"
            name="${parts.path}"
            value="${value}"
            ${value === chosen && html` checked`}
          /><span>${name}</span></label
        >`,
    )}
    ${parts.error}
  </fieldset>`
}

function renderBoxes(parts: Parts, options: readonly { value: string; name: string }[]): Html {
  const chosen = Array.isArray(parts.answer) ? parts.answer : []
  return html`<fieldset class="eform-choices" ${attributes({ ...parts, required: false })}>
    ${legend(parts)}
    ${options.map(
      ({ value, name }, index) =>
        html`<label class="eform-choice"
          ><input
            type="checkbox"
            id="${index === 0 ? parts.id : `${parts.id}-${index}`}"
            name="${parts.path}"
            value="${value}"
            ${chosen.some((one) => one === value) && html` checked`}
          /><span>${name}</span></label
        >`,
    )}
    ${parts.error}
  </fieldset>`
}

function renderList(parts: Parts, options: readonly { value: string; name: string }[], language: Language): Html {
  const chosen = typedOf(parts.field, parts.answer)
  return html`${labelled(parts)}<select id="${parts.id}" name="${parts.path}" ${attributes(parts)}>
      <option value="">${screenWords[language].choose}</option>
      ${options.map(
        ({ value, name }) => html`<option value="${value}" ${value === chosen && html` selected`}>${name}</option>`,
      )}
    </select>
    ${parts.error}`
}

function renderAddress(parts: Parts, { language, suggestions = {} }: Drawing): Html {
  const words = screenWords[language]
  const { id, path } = parts
  const address: Address = isAddress(parts.answer) ? parts.answer : { unitCode: null, place: '', detail: '' }
  const offered = suggestions[path] ?? []
  return html`<fieldset class="eform-address">
    ${legend(parts)}
    <label for="${id}">${words.place}</label>
    <p class="hint" id="${id}-place-hint">${words.placeHint}</p>
    <div class="eform-place">
      <input
        type="text"
        id="${id}"
        name="${path}.place"
        value="${address.place}"
        data-widget="place"
        autocomplete="off"
        aria-describedby="${[`${id}-place-hint`, parts.about].filter((text) => text !== '').join(' ')}"
        ${parts.invalid && html` aria-invalid="true"`}
        ${parts.required && html` aria-required="true"`}
      />
      <input
        type="hidden"
        name="${path}.unit"
        value="${address.unitCode === null ? '' : `${address.unitCode}|${address.place}`}"
      />
    </div>
    ${
      offered.length > 0 &&
      html`<fieldset class="eform-choices eform-suggestions">
        <legend>${words.whichPlace}</legend>
        ${offered.map(
          ({ code, name }) =>
            html`<label class="eform-choice"
              ><input type="radio" name="${path}.choice" value="${code}|${name}" /><span>${name}</span></label
            >`,
        )}
        <label class="eform-choice"
          ><input type="radio" name="${path}.choice" value="" checked /><span>${words.asTyped}</span></label
        >
      </fieldset>`
    }
    ${
      parts.field.detail !== 'none' &&
      html`<label for="${id}-detail">${words.detail}</label>
        <input
          type="text"
          id="${id}-detail"
          name="${path}.detail"
          value="${address.detail}"
          ${parts.field.autocomplete && html` autocomplete="${parts.field.autocomplete}"`}
        />`
    }
    ${parts.error}
  </fieldset>`
}

function renderFiles(place: Place, parts: Parts, { drawFiles }: Drawing): Html {
  const known = Array.isArray(parts.answer) ? parts.answer.filter((one): one is string => typeof one === 'string') : []
  const draw = drawFiles?.(place, { id: parts.id, describedBy: parts.about, known })
  return html`${labelled(parts)}${
    draw ??
    html`${known.map((id) => html`<input type="hidden" name="${parts.path}" value="${id}" />`)}<input
        type="file"
        id="${parts.id}"
        multiple
        accept="application/pdf,image/*"
        data-component="${parts.field.component ?? ''}"
        ${attributes(parts)}
      />`
  }${parts.error}`
}
