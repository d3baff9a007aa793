import { writeDay, writeInstant } from '../platform/day.ts'
import { escapeHtml, html, type Html } from '../platform/http/html.ts'
import type { Settings } from './contract.ts'
import type { Draft } from './drafts.ts'
import { petitionPaths as paths } from './paths.ts'
import { NO_PLACE } from './place-step.ts'
import type { PlaceOffer } from './rules/place-choice.ts'
import { placePicture } from './rules/place-picture.ts'
import { steps, type StepName } from './rules/draft.ts'
import type { PublicationRow } from './store.ts'
import type { PublicText } from './public-text.vi.ts'
import type { FollowView } from './follow.ts'

export type Errors = Readonly<Record<string, string>>
type AgencyName = { agencyId: number; name: string }

export const stepPath = (step: StepName): string => `${paths.send}/${step}`

// --- Start --------------------------------------------------------------------------------------------------------------

export function startBody(
  text: PublicText,
  {
    agencies,
    hasDraft,
    procedure,
  }: { agencies: readonly (AgencyName & { settings: Settings })[]; hasDraft: boolean; procedure: string },
): Html {
  const words = text.start
  const isOpen = agencies.some(({ settings }) => settings.open)
  const days = Math.max(...agencies.map(({ settings }) => settings.timers.process))
  return html`<h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    ${
      isOpen
        ? html`<form class="actions" action="${paths.send}" method="post">
              ${procedure && html`<input type="hidden" name="thu-tuc" value="${procedure}" />`}
              <button type="submit">${hasDraft ? words.goOn : words.begin}</button>
            </form>
            <p class="small">${words.times(days)} ${words.privacy}</p>`
        : html`<p class="note">${words.closed}</p>`
    }
    <ul class="tiles">
      <li><a href="${paths.follow}">${words.follow}</a></li>
      <li><a href="${paths.published}">${words.published}</a></li>
    </ul>
    ${agencies.some(({ settings: { phone, email, address } }) => phone || email || address) && html`<h2>${words.ways}</h2>`}
    ${agencies
      .filter(({ settings: { phone, email, address } }) => phone || email || address)
      .map(
        ({ name, settings }) =>
          html`<h3 lang="vi">${settings.name || name}</h3>
            <dl class="facts">
              ${factOf(words.address, settings.address)}
              ${factOf(words.phone, settings.phone && link('tel', settings.phone))}
              ${factOf(words.email, settings.email && link('mailto', settings.email))}
            </dl>`,
      )}
    <h2>${words.notFor}</h2>
    <ul>
      ${words.notForItems.map((item) => html`<li>${item}</li>`)}
    </ul>`
}

const link = (how: 'tel' | 'mailto', to: string): Html =>
  html`<a class="plain" href="${how}:${to.replaceAll(/\s/g, '')}">${to}</a>`

const factOf = (name: string, value: string | null | undefined | Html): Html | false =>
  Boolean(value) &&
  html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`

// --- The questions --------------------------------------------------------------------------------------------------------

type Asking = {
  text: PublicText
  step: StepName
  draft: Draft
  errors: Errors
  agencies: readonly AgencyName[]
  /** A dossier's code as this authority writes them. */
  dossierExample: string
  anonymous: boolean
  /** What stands in the fields about the person comes from their account. */
  isFromAccount: boolean
  /** Places or procedures to choose from, when what was typed means several. */
  places?: readonly PlaceOffer[]
  procedures?: readonly { code: string; name: string }[]
}

export const stepsFor = (agencies: readonly AgencyName[]): StepName[] =>
  steps.filter((step) => step !== 'co-quan' || agencies.length > 1)

export function stepBody(asking: Asking): Html {
  const { text, step, errors, agencies } = asking
  const all = stepsFor(agencies)
  const place = all.indexOf(step)
  const before = all[place - 1]
  const list = Object.entries(errors)
  const hasFiles = step === 'anh'
  return html`<div class="feedback-step">
    <nav class="crumbs" aria-label="${text.progress}">
      <a href="${before ? stepPath(before) : paths.start}">← ${text.back}</a>
    </nav>
    ${
      list.length > 0 &&
      html`<div class="note notice-late" role="alert" tabindex="-1" autofocus>
        <p><strong>${text.errorTitle}</strong></p>
        <ul>
          ${list.map(([field, message]) => html`<li><a href="#${field}">${message}</a></li>`)}
        </ul>
      </div>`
    }
    <form action="${stepPath(step)}" method="post" novalidate ${hasFiles ? html`enctype="multipart/form-data"` : ''}>
      ${questions[step](asking)}
      <p class="actions"><button type="submit" name="tiep" value="1">${text.next}</button></p>
    </form>
    <ol class="feedback-parts small">
      ${all.map((each) => html`<li ${each === step ? html`aria-current="step"` : ''}>${text.steps[each]}</li>`)}
    </ol>
    <p class="small">${text.kept}</p>
    <form action="${paths.send}/bo" method="post">
      <button class="button-quiet" type="submit">${text.discard}</button>
    </form>
  </div>`
}

type Field = {
  name: string
  label: string
  hint?: string
  value: string
  errors: Errors
  type?: string
  rows?: number
  /** Null where what is too long is kept and told, and not cut off in silence. */
  maxlength?: number | null
  autocomplete?: string
  inputmode?: string
  heading?: boolean
}

/** A label, a hint, the control, and what is wrong beside it. */
function field({
  name,
  label,
  hint,
  value,
  errors,
  type = 'text',
  rows,
  maxlength = 300,
  autocomplete = 'off',
  inputmode,
  heading,
}: Field): Html {
  const wrong = errors[name]
  const described = [hint && `${name}-hint`, wrong && `${name}-error`].filter(Boolean).join(' ')
  const attributes = html`id="${name}" name="${name}" ${maxlength === null ? '' : html`maxlength="${maxlength}"`}
  ${described ? html`aria-describedby="${described}"` : ''} ${wrong ? html`aria-invalid="true"` : ''}`
  const control = rows
    ? html`<textarea ${attributes} rows="${rows}">${value}</textarea>`
    : html`<input
        ${attributes}
        type="${type}"
        value="${value}"
        autocomplete="${autocomplete}"
        ${inputmode ? html`inputmode="${inputmode}"` : ''}
      />`
  return html`<div class="field">
    ${heading ? html`<h1 class="feedback-question"><label for="${name}">${label}</label></h1>` : html`<label for="${name}">${label}</label>`}
    ${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
    ${wrong && html`<p class="field-error" id="${name}-error">${wrong}</p>`} ${control}
  </div>`
}

type Radio = { value: string; label: string; note?: string }

function radios({
  name,
  legend,
  options,
  chosen,
  errors,
  heading = false,
}: {
  name: string
  legend: string
  options: readonly Radio[]
  chosen: string
  errors: Errors
  heading?: boolean
}): Html {
  const wrong = errors[name]
  return html`<fieldset class="field feedback-choice" ${wrong ? html`aria-describedby="${name}-error"` : ''}>
    <legend>${heading ? html`<h1 class="feedback-question">${legend}</h1>` : legend}</legend>
    ${wrong && html`<p class="field-error" id="${name}-error">${wrong}</p>`}
    ${options.map(
      ({ value, label, note }, index) =>
        html`<label class="feedback-option"
          ><input
            type="radio"
            name="${name}"
            value="${value}"
            ${index === 0 ? html`id="${name}"` : ''}
            ${value === chosen ? html`checked` : ''}
          /><span>${label}${note && html`<span class="hint">${note}</span>`}</span></label
        >`,
    )}
  </fieldset>`
}

const checkbox = (name: string, label: string, checked: boolean, hint?: string): Html =>
  html`<label class="feedback-option"
    ><input type="checkbox" id="${name}" name="${name}" value="1" ${checked ? html`checked` : ''} /><span
      >${label}${hint && html`<span class="hint">${hint}</span>`}</span
    ></label
  >`

type Paper = { name: string; href: string; isPicture: boolean; size?: string; more?: Html }

export const shownFile = ({ name, mediaType }: { name: string; mediaType: string }, href: string): Paper => ({
  name,
  href,
  isPicture: mediaType.startsWith('image/'),
})

/** Photographs as pictures, other papers by their names. */
const papers = (list: readonly Paper[]): Html =>
  html`<ul class="papers feedback-papers">
    ${list.map(
      ({ name, href, isPicture, size, more }) =>
        html`<li>
          <a href="${href}" target="_blank" rel="noopener"
            >${isPicture && html`<img src="${href}" alt="" />`}<span>${name}</span></a
          >
          ${size && html`<p class="small">${size}</p>`} ${more}
        </li>`,
    )}
  </ul>`

const fileField = (text: PublicText, problem: string | undefined, label: string = text.files.label): Html =>
  html`<div class="field">
    <label for="tep">${label}</label>
    <p class="hint" id="tep-hint">${text.files.hint}</p>
    ${problem && html`<p class="field-error" id="tep-error">${problem}</p>`}
    <input
      id="tep"
      class="feedback-file"
      name="tep"
      type="file"
      multiple
      accept="image/jpeg,image/png,image/webp,application/pdf"
      aria-describedby="tep-hint${problem ? ' tep-error' : ''}"
    />
  </div>`

const question = (words: string, hint?: string): Html =>
  html`<h1 class="feedback-question">${words}</h1>
    ${hint && html`<p class="hint">${hint}</p>`}`

const questions: Readonly<Record<StepName, (asking: Asking) => Html>> = {
  'co-quan': ({ text, draft, errors, agencies }) =>
    radios({
      name: 'co-quan',
      legend: text.steps['co-quan'],
      heading: true,
      options: agencies.map(({ agencyId, name }) => ({ value: String(agencyId), label: name })),
      chosen: String(draft.agencyId ?? ''),
      errors,
    }),
  'noi-dung': ({ text, draft, errors }) =>
    html`${question(text.steps['noi-dung'])}
    ${field({ name: 'ke', label: text.happened.label, hint: text.happened.hint, value: draft.happened, errors, rows: 10, maxlength: null })}`,
  'noi-nao': ({ text, draft, errors, places }) =>
    html`${question(text.steps['noi-nao'], text.optional)}
      ${field({ name: 'noi', label: text.place.label, hint: text.place.hint, value: draft.placeQuery, errors, autocomplete: 'address-level3' })}
      ${
        places &&
        html`<input type="hidden" name="noi-chon" value="1" /> ${radios({
            name: 'noi-ma',
            legend: text.place.choose,
            options: [
              ...places.map(({ code, name, formerly }) => ({
                value: code,
                label: name,
                ...(formerly.length > 0 ? { note: text.place.formerly(formerly.join('; ')) } : {}),
              })),
              { value: NO_PLACE, label: text.place.noneOfThese },
            ],
            chosen: '',
            errors,
          })}`
      }
      ${field({ name: 'cho', label: text.place.detail, hint: text.place.detailHint, value: draft.placeDetail, errors })}
      <details class="feedback-point" ${draft.coordinates || errors['vi-do'] ? html`open` : ''}>
        <summary>${text.place.point}</summary>
        <div>
          <p class="actions" hidden data-locate data-denied="${text.place.denied}">
            <button type="button" class="button-quiet">${text.place.locate}</button>
          </p>
          <p class="hint">${text.place.locateHint}</p>
          <p class="field-error" role="status" data-locate-problem></p>
          ${field({ name: 'vi-do', label: text.place.latitude, hint: text.place.pointHint, value: writeDegrees(draft.coordinates?.latitude), errors, inputmode: 'decimal' })}
          ${field({ name: 'kinh-do', label: text.place.longitude, value: writeDegrees(draft.coordinates?.longitude), errors, inputmode: 'decimal' })}
          <div
            data-picture
            data-cell="${text.place.cell}"
            data-north="${text.place.north}"
            data-label="${text.place.picture('')}"
          >
            ${pictureOf(text, draft)}
          </div>
        </div>
      </details>`,
  'khi-nao': ({ text, draft, errors }) =>
    html`${question(text.steps['khi-nao'], text.optional)}
    ${field({ name: 'ngay', label: text.when.label, hint: text.when.hint, value: draft.happenedOn ? writeDay(draft.happenedOn) : draft.dayTyped, errors, inputmode: 'numeric' })}`,
  've-ai': ({ text, draft, errors }) =>
    html`${question(text.steps['ve-ai'])}
    ${radios({
      name: 've',
      legend: text.about.label,
      options: (['behaviour', 'regulation', 'unsure'] as const).map((value) => ({ value, label: text.about[value] })),
      chosen: draft.about ?? '',
      errors,
    })}
    ${field({ name: 'ai', label: text.about.who, hint: text.about.whoHint, value: draft.concerns, errors, maxlength: 500 })}
    ${checkbox('kin', text.about.restricted, draft.restricted, text.about.restrictedHint)}`,
  'ho-so': ({ text, draft, errors, procedures, dossierExample }) =>
    html`${question(text.steps['ho-so'], text.optional)}
    ${field({ name: 'ma-ho-so', label: text.linked.code, hint: text.linked.codeHint(dossierExample), value: draft.dossierTyped, errors, maxlength: 80 })}
    ${field({ name: 'khoa', label: text.linked.key, value: '', errors, maxlength: 40 })}
    ${field({ name: 'thu-tuc', label: text.linked.procedure, hint: text.linked.procedureHint, value: draft.procedureQuery, errors, maxlength: 200 })}
    ${
      procedures &&
      radios({
        name: 'thu-tuc-ma',
        legend: text.linked.chooseProcedure,
        options: [
          ...procedures.map(({ code, name }) => ({ value: code, label: name })),
          { value: '-', label: text.linked.noneProcedure },
        ],
        chosen: draft.procedureCode ?? '',
        errors,
      })
    }`,
  'mong-muon': ({ text, draft, errors }) =>
    html`${question(text.steps['mong-muon'], text.optional)}
    ${field({ name: 'muon', label: text.wish.label, hint: text.wish.hint, value: draft.wish, errors, rows: 6, maxlength: 4000 })}`,
  anh: ({ text, draft, errors }) =>
    html`${question(text.steps['anh'], text.optional)}
      ${
        draft.files.length > 0 &&
        html`<h2>${text.files.have}</h2>
          ${papers(
            draft.files.map((file, index) => ({
              ...shownFile(file, paths.draftFile(file.sha256)),
              size: text.files.size(Math.ceil(file.size / 1024)),
              more: html`<button
                class="button-quiet"
                type="submit"
                name="bo"
                value="${index}"
                aria-label="${text.files.remove(file.name)}"
              >
                ${text.files.removeShort}
              </button>`,
            })),
          )}`
      }
      ${fileField(text, errors['tep'])}
      <p class="actions">
        <button class="button-quiet" type="submit" name="them" value="1">${text.files.add}</button>
      </p>`,
  'nguoi-gui': ({ text, draft, errors, anonymous, isFromAccount }) =>
    html`${question(text.steps['nguoi-gui'], text.sender.purpose)}
      ${isFromAccount && html`<p class="note">${text.sender.fromAccount}</p>`}
      ${anonymous && checkbox('khong-ten', text.sender.anonymous, draft.anonymous)}
      ${radios({
        name: 'la',
        legend: text.sender.kind,
        options: [
          { value: 'individual', label: text.sender.individual },
          { value: 'organisation', label: text.sender.organisation },
        ],
        chosen: draft.kind,
        errors,
      })}
      ${field({ name: 'ten', label: text.sender.name, hint: text.sender.nameHint, value: draft.name, errors, maxlength: 200, autocomplete: 'name' })}
      <p class="hint">${text.sender.contactHint}</p>
      ${field({ name: 'dien-thoai', label: text.sender.phone, value: draft.phone, errors, type: 'tel', maxlength: 30, autocomplete: 'tel' })}
      ${field({ name: 'thu', label: text.sender.email, value: draft.email, errors, maxlength: 200, autocomplete: 'email', inputmode: 'email' })}
      ${field({ name: 'dia-chi', label: text.sender.address, value: draft.address, errors, autocomplete: 'street-address' })}
      ${checkbox('giu-kin', text.sender.hide, draft.hidesName)}`,
  'kiem-tra': () => html``,
}

const writeDegrees = (value: number | undefined): string => (value === undefined ? '' : String(value).replace('.', ','))

function pictureOf(text: PublicText, { coordinates }: Draft): Html | false {
  if (!coordinates) return false
  const at = `${writeDegrees(coordinates.latitude)}; ${writeDegrees(coordinates.longitude)}`
  return {
    html: placePicture(coordinates, {
      label: text.place.picture(at),
      cell: text.place.cell,
      north: text.place.north,
      write: escapeHtml,
    }),
  }
}

// --- Check and send -------------------------------------------------------------------------------------------------------

type Checking = {
  text: PublicText
  draft: Draft
  agencies: readonly AgencyName[]
  /** A task for the script, or a ticket that a browser without script has waited for. */
  proof: Html
  problem: string | null
}

export function checkBody({ text, draft, agencies, proof, problem }: Checking): Html {
  const row = (step: StepName, value: string | Html) =>
    html`<div>
      <dt>${text.steps[step]}</dt>
      <dd>
        ${value}
        <a class="plain" href="${stepPath(step)}" aria-label="${text.check.editOf(text.steps[step])}"
          >${text.check.edit}</a
        >
      </dd>
    </div>`
  const or = (value: string) => value || text.check.empty
  const all = stepsFor(agencies)
  return html`<div class="feedback-step">
    <nav class="crumbs" aria-label="${text.progress}">
      <a href="${stepPath(all.at(-2) ?? 'noi-dung')}">← ${text.back}</a>
    </nav>
    <h1>${text.steps['kiem-tra']}</h1>
    <p class="lead">${text.check.lead}</p>
    ${problem && html`<p class="note notice-due" role="alert" tabindex="-1" autofocus>${problem}</p>`}
    <dl class="facts feedback-check">
      ${all.includes('co-quan') && row('co-quan', agencies.find(({ agencyId }) => agencyId === draft.agencyId)?.name ?? '')}
      ${row('noi-dung', html`<span class="feedback-words">${draft.happened}</span>`)}
      ${row('noi-nao', html`${or([draft.placeDetail, draft.placeName].filter(Boolean).join(', '))} ${pictureOf(text, draft)}`)}
      ${row('khi-nao', or(draft.happenedOn ? writeDay(draft.happenedOn) : ''))}
      ${row('ve-ai', [draft.about ? text.about[draft.about] : '', draft.concerns, draft.restricted ? text.about.restrictedHint : ''].filter(Boolean).join('. '))}
      ${row('ho-so', or([draft.dossierCode, draft.procedureName].filter(Boolean).join('; ')))}
      ${row('mong-muon', html`<span class="feedback-words">${or(draft.wish)}</span>`)}
      ${row('anh', draft.files.length > 0 ? papers(draft.files.map((file) => shownFile(file, paths.draftFile(file.sha256)))) : text.check.empty)}
      ${row(
        'nguoi-gui',
        draft.anonymous
          ? text.sender.anonymous
          : [draft.name, draft.phone, draft.email, draft.address, draft.hidesName ? text.check.hidden : '']
              .filter(Boolean)
              .join('; '),
      )}
    </dl>
    <form action="${stepPath('kiem-tra')}" method="post">
      ${proof}
      <p class="small">${text.check.truth}</p>
      <p class="actions"><button type="submit">${text.check.send}</button></p>
    </form>
  </div>`
}

export function sentBody(
  text: PublicText,
  { code, key, agency, steps: lines }: { code: string; key: string; agency: string; steps: readonly string[] },
): Html {
  return html`<h1>${text.sent.title}</h1>
    <p class="lead">${text.sent.lead}</p>
    <dl class="facts feedback-ticket">
      <div>
        <dt>${text.sent.code}</dt>
        <dd>${code}</dd>
      </div>
      <div>
        <dt>${text.sent.key}</dt>
        <dd>${key.replace(/(.{5})/, '$1 ')}</dd>
      </div>
      <div>
        <dt>${text.sent.agency}</dt>
        <dd lang="vi">${agency}</dd>
      </div>
    </dl>
    <h2>${text.sent.next}</h2>
    <ol>
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ol>
    <form class="actions" action="${paths.follow}" method="post">
      <input type="hidden" name="ma" value="${code}" /><input type="hidden" name="k" value="${key}" />
      <button type="submit">${text.sent.follow}</button>
    </form>`
}

// --- Following --------------------------------------------------------------------------------------------------------------

export function followForm(
  text: PublicText,
  { code, example, problem }: { code: string; example: string; problem: string | null },
): Html {
  const words = text.follow
  return html`<nav class="crumbs" aria-label="${text.title}"><a href="${paths.start}">${text.title}</a></nav>
    <h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    ${problem && html`<p class="note notice-late" role="alert" tabindex="-1" autofocus id="problem">${problem}</p>`}
    <form class="search-form" action="${paths.follow}" method="post">
      ${field({ name: 'ma', label: words.code, hint: words.codeHint(example), value: code, errors: {}, maxlength: 40 })}
      ${field({ name: 'k', label: words.key, value: '', errors: {}, maxlength: 40 })}
      <p class="actions"><button type="submit">${words.button}</button></p>
    </form>`
}

export function followBody(text: PublicText, view: FollowView): Html {
  const words = text.follow
  const { code, factor, commandId, status, may, notice, error } = view
  const form = (work: string, body: Html, button: string, { quiet = false, files = false } = {}) =>
    html`<form
      class="search-form"
      action="${paths.follow}/lam"
      method="post"
      ${files ? html`enctype="multipart/form-data"` : ''}
    >
      <input type="hidden" name="ma" value="${code}" /><input type="hidden" name="k" value="${factor}" />
      <input type="hidden" name="lan" value="${commandId}" /><input type="hidden" name="viec" value="${work}" />
      ${body}
      <p class="actions"><button type="submit" ${quiet ? html`class="button-quiet"` : ''}>${button}</button></p>
    </form>`
  const errors = error ? { loi: error } : {}
  return html`<h1>${text.follow.title} <span class="unbroken">${code}</span></h1>
    ${notice && html`<p class="note" role="status">${notice}</p>`}
    ${error && html`<p class="note notice-late" role="alert" tabindex="-1" autofocus>${error}</p>`}
    <section aria-label="${words.now}">
      <p class="answer"><strong>${words.states[status]}</strong></p>
      ${view.asked && html`<p class="note feedback-words">${view.asked}</p>`}
      ${
        may.includes('supplement') &&
        form(
          'bo-sung',
          html`${field({ name: 'loi', label: words.supplement, value: view.typed, errors, rows: 5, maxlength: 8000 })}
          ${fileField(text, undefined, words.supplementFiles)}`,
          words.supplementButton,
          { files: true },
        )
      }
      ${
        view.answer &&
        html`<h2>${words.answer}</h2>
          <p class="feedback-words">${view.answer}</p>`
      }
      ${view.moved && html`<p class="note">${words.moved(view.moved.agency, view.moved.code)}</p>`}
      ${
        may.includes('rate') &&
        form(
          'danh-gia',
          html`${radios({
            name: 'muc',
            legend: words.solved,
            options: (['satisfied', 'acceptable', 'dissatisfied'] as const).map((value) => ({
              value,
              label: words.ratings[value],
            })),
            chosen: '',
            errors: {},
          })}${field({ name: 'loi', label: words.more, value: '', errors: {}, rows: 3, maxlength: 4000 })}`,
          words.rate,
        )
      }
      ${view.rating && html`<p class="note">${words.rated} ${words.ratings[view.rating]}.</p>`}
    </section>
    <dl class="facts">
      ${factOf(words.agency, view.agency)} ${factOf(words.due, view.dueAt && writeInstant(view.dueAt))}
      ${factOf(words.dossier, view.dossierCode)}
    </dl>
    <h2>${words.log}</h2>
    <ol class="timeline">
      ${view.steps.map(
        ({ at, type, detail }, index) =>
          html`<li ${index === 0 ? html`class="now"` : ''}>
            <time datetime="${at}">${writeInstant(at)}</time
            >${words.told[type]}${detail && html`<br /><span class="small feedback-words">${detail}</span>`}
          </li>`,
      )}
    </ol>
    <h2>${words.story}</h2>
    <p class="feedback-words">${view.happened}</p>
    <dl class="facts">
      ${factOf(words.wish, view.wish)} ${factOf(words.place, view.place)}
      ${factOf(words.day, view.happenedOn && writeDay(view.happenedOn))} ${factOf(words.procedure, view.procedure)}
    </dl>
    ${
      view.files.length > 0 &&
      html`<h3>${words.files}</h3>
        ${papers(view.files.map((file) => shownFile(file, file.href)))}`
    }
    ${
      may.includes('reopen') &&
      html`<details>
        <summary>${words.reopen}</summary>
        <div>
          <p>${words.reopenLead(view.reopenUntil ? writeInstant(view.reopenUntil) : '')}</p>
          ${form('mo-lai', field({ name: 'loi', label: words.reopenWhy, value: '', errors: {}, rows: 4, maxlength: 8000 }), words.reopen)}
        </div>
      </details>`
    }
    ${
      may.includes('withdraw') &&
      html`<details>
        <summary>${words.withdraw}</summary>
        <div>
          ${form('rut', field({ name: 'loi', label: words.withdrawWhy, value: '', errors: {}, rows: 3, maxlength: 4000 }), words.withdraw, { quiet: true })}
        </div>
      </details>`
    }
    <p class="actions"><a class="plain" href="${paths.follow}">${words.another}</a></p>`
}

// --- What is published --------------------------------------------------------------------------------------------------------

type Listing = {
  text: PublicText
  rows: readonly PublicationRow[]
  words: string
  kind: string
  year: string
  years: readonly number[]
  next: string | null
  isFirst: boolean
}

export function listBody({ text, rows, words, kind, year, years, next, isFirst }: Listing): Html {
  const own = text.list
  const option = (value: string, label: string, chosen: string) =>
    html`<option value="${value}" ${value === chosen ? html`selected` : ''}>${label}</option>`
  return html`<nav class="crumbs" aria-label="${text.title}"><a href="${paths.start}">${text.title}</a></nav>
    <h1>${own.title}</h1>
    <p class="lead">${own.lead}</p>
    <form class="search-form" action="${paths.published}" method="get" role="search">
      <div class="field">
        <label for="tu">${own.words}</label
        ><input id="tu" name="tu" type="search" value="${words}" maxlength="100" autocomplete="off" />
      </div>
      <div class="feedback-filters">
        <div class="field">
          <label for="loai">${own.kind}</label
          ><select id="loai" name="loai">
            ${option('', own.all, kind)} ${option('behaviour', own.kinds.behaviour, kind)}
            ${option('regulation', own.kinds.regulation, kind)}
          </select>
        </div>
        <div class="field">
          <label for="nam">${own.year}</label
          ><select id="nam" name="nam">
            ${option('', own.all, year)} ${years.map((each) => option(String(each), String(each), year))}
          </select>
        </div>
      </div>
      <p class="actions"><button type="submit">${own.button}</button></p>
    </form>
    ${rows.length === 0 && html`<p class="note">${own.none}</p>`}
    <ul class="results" lang="vi">
      ${rows.map(
        (row) =>
          html`<li>
            <a href="${paths.one(row.code)}">${row.title}</a>
            <p class="small">
              ${own.kinds[row.kind]}${row.place && html` · ${row.place}`} · ${own.answered} ${writeDay(row.answered_on)}
            </p>
          </li>`,
      )}
    </ul>
    <p class="pager actions">
      ${next && html`<a class="button button-quiet" href="${next}">${own.next}</a>`}
      ${!isFirst && html`<a class="plain" href="${paths.published}">${own.first}</a>`}
      <a class="plain" href="${paths.start}">${own.send}</a>
    </p>`
}

export function publishedBody(text: PublicText, row: PublicationRow, agency: string): Html {
  const own = text.list
  return html`<nav class="crumbs" aria-label="${text.title}"><a href="${paths.published}">← ${own.back}</a></nav>
    <article lang="vi">
      <h1>${row.title}</h1>
      <p class="small">${own.kinds[row.kind]} · ${own.code} ${row.code}</p>
      <p class="feedback-words">${row.story}</p>
      ${
        row.files.length > 0 &&
        html`<p class="feedback-photos">
          ${row.files.map((id, index) => html`<img src="${paths.one(row.code)}/anh/${id}" alt="${own.photo(index + 1)}" loading="lazy" />`)}
        </p>`
      }
      <h2>${own.answer}</h2>
      <p class="feedback-words">${row.answer}</p>
      <dl class="facts">
        ${factOf(own.agency, agency)} ${factOf(own.sender, row.sender)} ${factOf(own.place, row.place)}
        ${factOf(own.received, writeDay(row.received_on))} ${factOf(own.answered, writeDay(row.answered_on))}
      </dl>
    </article>`
}
