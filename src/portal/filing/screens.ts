import { componentTitle, timeLimitFor, type ComponentRule } from '../../catalogue/index.ts'
import { html, type Html } from '../../platform/http/html.ts'
import {
  checkAnswers,
  describe,
  idOf,
  prefilled,
  renderFindings,
  renderPart,
  renderWarnings,
  resolvePlaces,
  say,
  visible,
  warningsOf,
  type AccountFacts,
  type Answers,
  type Finding,
} from '../eforms/index.ts'
import type { Citizen } from '../accounts/index.ts'
import type { DraftFile, Posted } from './contract.ts'
import { placeOf, readyFor } from './facts.ts'
import {
  deliveries,
  deliveryOf,
  feeFactsOf,
  feesForFlow,
  feeUnits,
  isPaperDone,
  nameOfAgency,
  one,
  wayFor,
  wayOf,
  waysFor,
  type FilingContext,
  type Flow,
} from './flow.ts'
import { noticeChoiceOf, noticeFields, noticeWords } from './notice-choice.ts'
import { catalogueWords, checkbox, errorOf, fileList, radio, stepPage, type Problem } from './pages.ts'
import { filingPaths } from './paths.ts'
import { missingSteps, partName, type Step } from './rules/steps.ts'

export type Screen = { title: string; body: Html }
/** What stands on a screen besides its question. */
export type Around = {
  problems: readonly Problem[]
  notices: readonly Html[]
  citizen: Citizen | null
  reusable?: Html | false
}

/** Draws a screen of a draft. */
export async function screenOf(context: FilingContext, flow: Flow, step: Step, around: Around): Promise<Screen> {
  switch (step.group) {
    case 'agency':
      return agencyScreen(flow, step, around)
    case 'form':
      return formScreen(flow, step, around)
    case 'papers':
      return paperScreen(flow, step, around)
    case 'delivery':
      return deliveryScreen(context, flow, step, around)
    case 'cost':
      return costScreen(context, flow, step, around)
    case 'summary':
      return summaryScreen(context, flow, step, around)
  }
}

/** What is wrong with a screen as it was sent. The draft has it already. */
export function problemsOf(flow: Flow, step: Step): Problem[] {
  const { text, content } = flow
  switch (step.group) {
    case 'agency':
      return flow.agency ? [] : [{ target: 'agency', words: text.agency.missing }]
    case 'form': {
      const partKey = keyOf(step)
      const found = checkAnswers(flow.form, flow.answers, { today: flow.day, partKey, caseKey: flow.item.key })
      return found.map(({ path, words }) => ({ target: idOf(path), words: say(words, content.language) }))
    }
    case 'papers': {
      const paper = flow.papers.find(({ key }) => key === keyOf(step))
      if (!paper || isPaperDone(paper, wayFor(flow, paper), flow.files)) return []
      const isComing = flow.files.some(({ component, done, reused }) => component === paper.key && !done && !reused)
      return [{ target: 'files', words: isComing ? text.papers.unfinished : text.papers.missing }]
    }
    case 'delivery': {
      const { delivery, address } = deliveryOf(flow)
      if (!delivery) return [{ target: 'delivery', words: text.delivery.missing }]
      return delivery === 'post' && !address.trim() ? [{ target: 'address', words: text.delivery.addressMissing }] : []
    }
    case 'cost':
      return feeUnits.flatMap((unit) => {
        const typed = one(content.parts['phi']?.values[unit])
        return typed === '' || /^[1-9]\d{0,3}$/.test(typed) ? [] : [{ target: unit, words: text.cost.unitWrong }]
      })
    case 'summary':
      return []
  }
}

export const keyOf = (step: Step): string => step.path.slice(step.path.indexOf('/') + 1)

function agencyScreen(flow: Flow, step: Step, { problems, notices }: Around): Screen {
  const { text, fronts, content } = flow
  const body = html`<fieldset class="choices" id="agency">
    <legend class="visually-hidden">${text.agency.title}</legend>
    ${errorOf(problems, 'agency')}
    ${fronts.map((agency) =>
      radio({
        name: 'agency',
        value: String(agency.agencyId),
        checked: content.agencyId === agency.agencyId,
        label: nameOfAgency(agency),
        id: `agency-${agency.agencyId}`,
      }),
    )}
  </fieldset>`
  return {
    title: text.agency.title,
    body: stepPage(flow, { step, title: text.agency.title, lead: text.agency.hint, body, problems, notices }),
  }
}

function formScreen(flow: Flow, step: Step, { problems, notices, citizen }: Around): Screen {
  const { form, content, item, day } = flow
  const partKey = keyOf(step)
  const situation = { caseKey: item.key }
  const isSent = content.parts[step.path] !== undefined
  const answers = isSent ? flow.answers : known(flow, citizen)
  const findings = problems.length > 0 ? checkAnswers(form, flow.answers, { today: day, partKey, ...situation }) : []
  const { suggestions } = resolvePlaces(form, answers, { ...situation, near: flow.agency?.gsoCode ?? null })
  const drawn = renderPart(form, partKey, {
    answers,
    language: content.language,
    findings,
    suggestions,
    ...situation,
    today: day,
    vouched: vouchedOf(citizen),
    ...(flow.stored === null ? {} : { formId: flow.stored.formId }),
  })
  return {
    title: step.name,
    body: stepPage(flow, {
      step,
      body: html`${renderFindings(findings, content.language)}${drawn}`,
      notices,
    }),
  }
}

/** What an account knows stands in the fields already, to be looked at and changed. */
function known({ form, answers, item }: Flow, citizen: Citizen | null): Answers {
  if (!citizen) return answers
  const { name, identityNumber, birthDay, sex, phone, email, address } = citizen
  const account = { name, identityNumber, birthDay, sex, phone, email, address }
  const told = Object.fromEntries(Object.entries(account).filter(([, value]) => value))
  return prefilled(form, answers, told, { caseKey: item.key })
}

/** What a provider of identity vouched for of who is signed in; what they only say of themselves is no measure. */
const vouchedOf = (citizen: Citizen | null): AccountFacts | undefined => {
  if (!citizen?.identityVerified || !citizen.identityNumber) return undefined
  const { name, identityNumber, birthDay, sex } = citizen
  return { name, identityNumber, ...(birthDay && { birthDay }), ...(sex && { sex }) }
}

function paperScreen(flow: Flow, step: Step, { problems, notices, reusable }: Around): Screen {
  const { text, content, level, files } = flow
  const paper = flow.papers.find(({ key }) => key === keyOf(step))
  if (!paper) return { title: '', body: html`` }
  const own = files.filter(({ component }) => component === paper.key)
  const ways = waysFor(paper, level)
  const way = own.length > 0 ? (wayOf(content, paper.key) ?? 'files') : wayFor(flow, paper)
  const words = text.papers
  const body = html`${about(flow, paper)}
    <div data-filing-upload="${paper.key}" data-url="${filingPaths.step(flow.draft.draft_id, 'tep')}">
      <div class="field">
        <label for="files">${words.file}</label>
        <p class="hint" id="files-hint">${words.fileHint} ${words.how}</p>
        ${errorOf(problems, 'files')}
        <input
          type="file"
          id="files"
          name="files"
          multiple
          accept="image/jpeg,image/png,application/pdf"
          aria-describedby="files-hint${problems.length > 0 ? ' files-error' : ''}"
        />
        <p class="actions" data-filing-send>
          <button class="button-quiet" type="submit" name="_lam" value="gui">${words.send}</button>
        </p>
      </div>
      ${own.length > 0 && html`<h2>${words.have}</h2>`} ${fileList(flow, own)}
      ${own.filter(({ mediaType }) => mediaType?.startsWith('image/')).length > 1 && html`<p class="small">${words.together}</p>`}
    </div>
    ${reusable}
    ${
      ways.length > 1 &&
      html`<fieldset class="choices">
        <legend>${words.or}</legend>
        ${ways.map((each) =>
          radio({
            name: 'way',
            value: each,
            checked: way === each,
            label: words.ways[each],
            hint: words.wayHints[each],
            id: `way-${each}`,
          }),
        )}
      </fieldset>`
    }`
  return { title: step.name, body: stepPage(flow, { step, body, problems, notices, multipart: true }) }
}

function about({ text: { papers: words }, content }: Flow, paper: ComponentRule): Html {
  const count = words.original(paper.originals, paper.copies)
  const { explanation } = componentTitle(paper, content.language)
  return html`${
      explanation !== null &&
      html`<details class="small">
        <summary>${words.official}</summary>
        <p lang="vi">${explanation}</p>
      </details>`
    }
    <p class="small">
      ${count}${paper.form && html`${count && html` · `}${words.form}: <span lang="vi">${paper.form}</span>`}
      ${paper.condition && html`<br /><span lang="vi">${words.condition(paper.condition)}</span>`}
    </p>`
}

async function deliveryScreen(
  context: FilingContext,
  flow: Flow,
  step: Step,
  { problems, notices, citizen }: Around,
): Promise<Screen> {
  const { text } = flow
  const words = text.delivery
  const { delivery, address } = deliveryOf(flow)
  const body = html`<fieldset class="choices" id="delivery">
      <legend class="visually-hidden">${words.title}</legend>
      ${errorOf(problems, 'delivery')}
      ${deliveries.map((each) =>
        radio({
          name: 'delivery',
          value: each,
          checked: delivery === each,
          label: words.ways[each],
          hint: words.hints[each],
          id: `delivery-${each}`,
        }),
      )}
    </fieldset>
    <div class="field filing-by-post">
      <label for="address">${words.address}</label>
      <p class="hint" id="address-hint">${words.addressHint}</p>
      ${errorOf(problems, 'address')}
      <input
        type="text"
        id="address"
        name="address"
        maxlength="300"
        value="${address}"
        autocomplete="street-address"
        aria-describedby="address-hint"
        ${problems.some(({ target }) => target === 'address') ? html`aria-invalid="true"` : ''}
      />
    </div>
    ${noticeFields(text, await noticeChoiceOf(context, flow, citizen))}`
  return { title: words.title, body: stepPage(flow, { step, title: words.title, body, problems, notices }) }
}

async function costScreen(
  context: FilingContext,
  flow: Flow,
  step: Step,
  { problems, notices }: Around,
): Promise<Screen> {
  const { text, item, content } = flow
  const words = text.cost
  const rules = item.fees.filter(({ channels }) => channels.includes('online'))
  const counted = new Set(rules.map(({ per }) => per))
  const units = feeUnits.filter(
    (unit) =>
      (unit === 'copies' && (counted.has('copy') || counted.has('page'))) ||
      (unit === 'pages' && counted.has('page')) ||
      (unit === 'signatures' && counted.has('signature')) ||
      (unit === 'contracts' && counted.has('contract')),
  )
  const exemptions = [...new Map(rules.flatMap((rule) => rule.exemptions.map((each) => [each.key, each]))).values()]
  const facts = feeFactsOf(flow)
  const body = html`${
    units.length > 0 &&
    html`<fieldset>
      <legend>${words.unitsTitle}</legend>
      ${units.map(
        (unit) =>
          html`<div class="field">
            <label for="${unit}">${words.units[unit]}</label>
            ${errorOf(problems, unit)}
            <input
              type="text"
              inputmode="numeric"
              id="${unit}"
              name="${unit}"
              maxlength="4"
              value="${one(content.parts['phi']?.values[unit]) || facts.feeUnits[unit]}"
            />
          </div>`,
      )}
    </fieldset>`
  }
  ${
    exemptions.length > 0 &&
    html`<fieldset class="choices">
      <legend>${words.exemptions}</legend>
      <p class="hint">${words.exemptionsHint}</p>
      ${exemptions.map(({ key, name, percent }) =>
        checkbox({
          name: 'exemption',
          value: key,
          checked: facts.exemptions.includes(key),
          label: `${name} (${words.exempt(percent)})`,
          id: `exemption-${key}`,
        }),
      )}
    </fieldset>`
  }
  ${
    (units.length > 0 || exemptions.length > 0) &&
    html`<p class="actions">
      <button class="button-quiet" type="submit" name="_lam" value="tinh">${words.recount}</button>
    </p>`
  }
  ${await costBody(context, flow)}`
  return { title: words.title, body: stepPage(flow, { step, title: words.title, body, problems, notices }) }
}

/** What it costs and when it is ready, with how that comes about. */
export async function costBody(context: FilingContext, flow: Flow): Promise<Html> {
  const { text, version, item, agency, day, content } = flow
  const words = text.cost
  const now = context.clock()
  const [{ lines, total }, own] = await Promise.all([
    feesForFlow(context, flow),
    Promise.all(agency ? [placeOf(context.db, agency, day)] : []),
  ])
  const ready = (await readyFor(context.db, { version, caseKey: item.key, places: own, now })).find(({ channels }) =>
    channels.includes('online'),
  )
  const limit = timeLimitFor(version, item.key, 'online')
  const national = new Set(item.fees.filter(({ setBy }) => setBy === 'nation').map(({ name }) => name))
  const isKnown = ({ name, amount, exemption }: (typeof lines)[number]): boolean =>
    amount > 0 || exemption !== null || national.has(name)
  return html`${
      total === 0 && lines.every(isKnown)
        ? html`<p class="answer"><strong>${words.free}</strong></p>`
        : html`<div class="table-wrap" tabindex="0" role="region" aria-label="${words.title}">
              <table>
                <thead>
                  <tr>
                    <th scope="col">${words.fee}</th>
                    <th scope="col" class="number">${words.amount}</th>
                  </tr>
                </thead>
                <tbody>
                  ${lines.map(
                    (line) =>
                      html`<tr>
                        <th scope="row">
                          <span lang="vi">${line.name}</span>
                          ${line.units > 1 && html`<span class="small"> × ${line.units}</span>`}
                          ${line.exemption && html`<br /><span class="small" lang="vi">${line.exemption.name}</span>`}
                          <br /><span class="small" lang="vi">${line.basis}</span>
                        </th>
                        ${
                          isKnown(line)
                            ? html`<td class="number">${words.dong(line.amount)}</td>`
                            : html`<td>${words.unknown}</td>`
                        }
                      </tr>`,
                  )}
                  ${
                    // A total of what is not known yet would be a wrong one.
                    lines.every(isKnown) &&
                    html`<tr>
                      <th scope="row">${words.total}</th>
                      <td class="number"><strong>${words.dong(total)}</strong></td>
                    </tr>`
                  }
                </tbody>
              </table>
            </div>
            ${total > 0 && html`<p class="small">${words.payLater}</p>`}`
    }
    <h2>${words.due}</h2>
    ${ready?.answerBy && html`<p>${words.acceptBy(ready.answerBy)}</p>`}
    ${ready && html`<p><strong>${words.ready(ready.startDay, ready.dueOn, ready.clock)}</strong></p>`}
    ${
      limit &&
      html`<p class="small">
        ${words.limit(catalogueWords(content.language).timeLimit(limit.parts))}
        ${limit.nextDayAfter15 && words.afterFifteen} ${words.estimate} <span lang="vi">${limit.basis}</span>
      </p>`
    }`
}

async function summaryScreen(
  context: FilingContext,
  flow: Flow,
  step: Step,
  { problems, notices, citizen }: Around,
): Promise<Screen> {
  const { text, draft, steps, version, item, agency, content, papers, files } = flow
  const words = text.summary
  const missing = missingSteps(steps)
  const link = (path: string, name: string) =>
    html`<a class="plain" href="${filingPaths.step(draft.draft_id, path)}" aria-label="${words.changeOf(name)}"
      >${words.change}</a
    >`
  const described = describe(flow.form, flow.answers, { language: content.language, caseKey: item.key })
  const { delivery, address } = deliveryOf(flow)
  const noticeChoice = await noticeChoiceOf(context, flow, citizen)
  const warnings = warningsOf(flow.form, flow.answers, {
    today: flow.day,
    caseKey: item.key,
    vouched: vouchedOf(citizen),
  })
  const fieldOf = ({ partKey, path }: Finding) =>
    `${filingPaths.step(draft.draft_id, partName('to-khai', partKey))}#${idOf(path)}`
  const lines = html`${renderWarnings(warnings, content.language, fieldOf)}
    <dl class="facts">
      <div>
        <dt>${words.procedure}</dt>
        <dd lang="vi">${version.name}</dd>
      </div>
      ${
        version.cases.length > 1 &&
        html`<div>
          <dt>${words.case}</dt>
          <dd lang="vi">${item.name}</dd>
        </div>`
      }
      <div>
        <dt>${words.agency}</dt>
        <dd lang="vi">
          ${agency ? nameOfAgency(agency) : words.empty}
          ${flow.fronts.length > 1 && link('co-quan', text.groups.agency)}
        </dd>
      </div>
    </dl>
    ${described.map(
      ({ partKey, title, lines: answers }) =>
        html`<section>
          <h2>${title} ${link(partName('to-khai', partKey), title)}</h2>
          <dl class="facts">
            ${notesIn(flow, partKey).map(
              (note) =>
                html`<div>
                  <dt>${note}</dt>
                  <dd>${words.asAbove}</dd>
                </div>`,
            )}
            ${answers.map(
              ({ label, value, element }) =>
                html`<div>
                  <dt>${element && html`${element}: `}${label}</dt>
                  <dd>${value}</dd>
                </div>`,
            )}
          </dl>
        </section>`,
    )}
    ${
      papers.length > 0 &&
      html`<section>
        <h2>${text.groups.papers}</h2>
        <dl class="facts">
          ${papers.map((paper) => {
            const own = files.filter(({ component }) => component === paper.key)
            const way = wayFor(flow, paper)
            const { title, titleLanguage } = componentTitle(paper, content.language)
            return html`<div>
              <dt lang="${titleLanguage}">${title}</dt>
              <dd>
                ${
                  own.length > 0 || way === undefined || way === 'files'
                    ? text.papers.count(own.length)
                    : text.papers.ways[way]
                }
                ${link(partName('giay-to', paper.key), title)} ${fileLinks(flow, own)}
              </dd>
            </div>`
          })}
        </dl>
      </section>`
    }
    <section>
      <h2>${text.groups.delivery} ${link('nhan-ket-qua', text.groups.delivery)}</h2>
      <p>${delivery ? text.delivery.ways[delivery] : words.empty}${delivery === 'post' && html`: ${address}`}</p>
      ${noticeChoice.open.length > 0 && html`<p>${text.notices.summary}: ${noticeWords(text, noticeChoice)}</p>`}
    </section>
    <section>
      <h2>${text.groups.cost} ${link('phi', text.groups.cost)}</h2>
      ${await costBody(context, flow)}
    </section>`
  const body =
    missing.length > 0
      ? html`<div class="note notice-due">
            <p><strong>${words.missing}:</strong></p>
            <ul>
              ${missing.map(({ path, name }) => html`<li><a href="${filingPaths.step(draft.draft_id, path)}">${name}</a></li>`)}
            </ul>
          </div>
          ${lines}`
      : html`${lines}
          <p class="small">${words.purpose}</p>
          ${errorOf(problems, 'promise')}
          ${checkbox({ name: 'promise', value: 'co', checked: false, label: words.promise, id: 'promise' })}
          <div class="filing-buttons">
            <button type="submit" name="_lam" value="nop" data-filing-lodge>${words.lodge}</button>
          </div>`
  return {
    title: words.title,
    body: stepPage(flow, { step, title: words.title, lead: words.lead, body, problems, notices, last: true }),
  }
}

/** What the form says by itself, since an answer before made a question needless: "Mẹ là người yêu cầu". */
function notesIn({ form, answers, item, content }: Flow, partKey: string): string[] {
  return visible(form, answers, { caseKey: item.key })
    .places.filter(({ part, field }) => part.key === partKey && field.widget === 'note' && field.when !== undefined)
    .map(({ field }) => say(field.label, content.language))
}

/** The files of a paper, to be looked at once more. */
function fileLinks({ draft }: Flow, files: readonly DraftFile[]): Html | false {
  const own = files.filter(({ done, reused }) => done && !reused)
  return (
    own.length > 0 &&
    html`<ul class="plain-list">
      ${own.map(
        ({ fileId, name }) =>
          html`<li><a href="${filingPaths.step(draft.draft_id, `tep/${fileId}`)}" target="_blank">${name}</a></li>`,
      )}
    </ul>`
  )
}

/** What a screen sends, without the fields that only steer. */
export const valuesOf = (sent: Posted): Posted =>
  Object.fromEntries(Object.entries(sent).filter(([name]) => !['_lam', '_rev', '_age', '_script'].includes(name)))
