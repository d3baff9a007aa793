import { dossierWords, dossierWordsEn, trackingPath, type OpenedDossier, type Status } from '../../dossiers/index.ts'
import { componentTitle } from '../../catalogue/index.ts'
import { writeInstant, type Instant } from '../../platform/day.ts'
import { html, type Html } from '../../platform/http/html.ts'
import { accountPaths } from '../accounts/index.ts'
import {
  describe,
  renderFindings,
  renderPart,
  renderPath,
  resolvePlaces,
  type FormDefinition,
  type Mark as FormMark,
} from '../eforms/index.ts'
import type { Draft } from './drafts.ts'
import { faultsOf, MEND, type Mending, type MendMode } from './mending.ts'
import { noticeFields, type NoticeChoice } from './notice-choice.ts'
import { draftList, fileList, type Problem } from './pages.ts'
import { filingPaths } from './paths.ts'
import { ownPapersBody, type OwnPapers } from './own-papers.ts'
import { en } from './own-text.en.ts'
import { vi, type OwnText } from './own-text.vi.ts'
import type { View } from './view.ts'
import { refusalWords } from './words.ts'

export const ownText = (language: 'vi' | 'en'): OwnText => (language === 'en' ? en : vi)
export const statusWords = (language: 'vi' | 'en', status: Status): string =>
  (language === 'en' ? dossierWordsEn : dossierWords).statuses[status]

export type ListedDossier = { dossierId: string; code: string; name: string; status: Status; lodgedAt: Instant }

/** The list of somebody who is signed in, or the way in by code. */
export function ownListBody(
  { text, language }: View,
  {
    dossiers,
    drafts,
    nameOf,
    signedIn,
    verified,
    problem,
    code,
    key,
    proof,
  }: {
    dossiers: readonly ListedDossier[]
    drafts: readonly Draft[]
    nameOf: (draft: Draft) => string
    signedIn: boolean
    verified: boolean
    problem: string | null
    code: string
    /** What was typed, kept while work is asked for first. */
    key: string
    proof: Html | undefined
  },
): Html {
  const words = ownText(language).list
  return html`<h1>${words.title}</h1>
    ${signedIn && html`<p class="lead">${verified ? words.signedIn : words.unverified}</p>`}
    ${
      (signedIn || dossiers.length > 0) &&
      html`<section>
        <h2>${words.lodged}</h2>
        ${
          dossiers.length === 0
            ? html`<p>${words.none}</p>`
            : html`<ul class="results">
                ${dossiers.map(
                  ({ dossierId, code: own, name, status, lodgedAt }) =>
                    html`<li>
                      <a href="${filingPaths.ownDossier(dossierId)}" lang="vi">${name}</a>
                      <p>
                        ${words.at(own, lodgedAt)} · <strong>${statusWords(language, status)}</strong>
                        ${isWaiting(status) && html`<span class="status-waiting">(${words.mend})</span>`}
                      </p>
                    </li>`,
                )}
              </ul>`
        }
      </section>`
    }
    ${
      drafts.length > 0 &&
      html`<section>
        <h2>${words.drafts}</h2>
        ${draftList(text, drafts, (draftId) => {
          const draft = drafts.find((each) => each.draft_id === draftId)
          return draft ? nameOf(draft) : ''
        })}
      </section>`
    }
    <section>
      <h2>${words.byCode}</h2>
      <p>${words.byCodeLead}</p>
      ${problem !== null && html`<p class="note notice-late" role="alert" tabindex="-1" autofocus id="problem">${problem}</p>`}
      <form class="filing-form" method="post" action="${filingPaths.own}">
        <div class="field">
          <label for="ma">${words.code}</label>
          <input
            type="text"
            id="ma"
            name="ma"
            required
            maxlength="80"
            value="${code}"
            autocomplete="off"
            spellcheck="false"
          />
        </div>
        <div class="field">
          <label for="k">${words.key}</label>
          <input
            type="text"
            id="k"
            name="k"
            required
            maxlength="40"
            value="${key}"
            autocomplete="off"
            spellcheck="false"
          />
        </div>
        ${proof}
        <div class="filing-buttons"><button type="submit">${words.button}</button></div>
      </form>
    </section>
    ${!signedIn && html`<p><a href="${accountPaths.signInFor(filingPaths.own)}">${words.signIn}</a></p>`}`
}

const isWaiting = (status: Status): boolean => status === 'supplementAtIntake' || status === 'awaitingSupplement'

/** One dossier of one's own: what can be done with it. */
export function ownBody(
  { language, text }: View,
  {
    opened: { dossier, dossierId },
    name,
    agencyName,
    mode,
    mayWithdraw,
    filed,
    notices,
    notice,
  }: {
    opened: OpenedDossier
    name: string
    agencyName: string
    mode: MendMode | undefined
    mayWithdraw: boolean
    filed: OwnPapers
    notices: NoticeChoice | undefined
    notice: string | undefined
  },
): Html {
  const words = ownText(language).one
  const told: Record<string, string> = {
    gui: words.sent,
    sua: words.adjusted,
    rut: words.withdrawn,
    'bao-tin': words.noticesSaved,
  }
  const said = notice === undefined ? undefined : told[notice]
  return html`<nav class="crumbs"><a href="${filingPaths.own}">← ${words.all}</a></nav>
    <p class="official-name" lang="vi">${name}</p>
    <h1>${words.title('')}<span class="unbroken">${dossier.code}</span></h1>
    ${said !== undefined && html`<p class="note" role="status">${said}</p>`}
    ${
      mode === 'supplement' &&
      html`<div class="note notice-due">
        <p><strong>${words.mendLead}</strong> ${dossier.completeBy !== null && words.completeBy(dossier.completeBy)}</p>
        <p class="actions"><a class="button" href="${filingPaths.mend(dossierId)}">${words.mend}</a></p>
      </div>`
    }
    <dl class="facts">
      <div>
        <dt>${words.state}</dt>
        <dd>${statusWords(language, dossier.status)}</dd>
      </div>
      <div>
        <dt>${words.lodged}</dt>
        <dd>${writeInstant(dossier.lodgedAt)}</dd>
      </div>
      ${
        dossier.dueCurrent !== null &&
        dossier.finishedAt === null &&
        html`<div>
          <dt>${words.due}</dt>
          <dd>${writeInstant(dossier.dueCurrent)}</dd>
        </div>`
      }
      <div>
        <dt>${words.agency}</dt>
        <dd lang="vi">${agencyName}</dd>
      </div>
    </dl>
    ${mode === 'adjust' && html`<p>${words.adjustLead}</p>`}
    <p class="actions">
      ${mode === 'adjust' && html`<a class="button" href="${filingPaths.mend(dossierId)}">${words.adjust}</a>`}
      <a class="plain" href="${trackingPath}?ma=${encodeURIComponent(dossier.code)}">${words.track}</a>
      ${mayWithdraw && html`<a class="plain" href="${filingPaths.withdraw(dossierId)}">${words.withdraw}</a>`}
    </p>
    ${ownPapersBody(ownText(language).papers, dossierId, filed)}
    ${notices && noticesBody(text, { words, dossierId, notices })}`
}

/** By which ways who filed is told of what comes. */
function noticesBody(
  text: View['text'],
  { words, dossierId, notices }: { words: OwnText['one']; dossierId: string; notices: NoticeChoice },
): Html | false {
  const fields = noticeFields(text, notices)
  if (fields === false) return false
  return html`<section>
    <h2>${words.notices}</h2>
    ${
      notices.open.length === 1
        ? fields
        : html`<form class="filing-form" method="post" action="${filingPaths.notices(dossierId)}">
            ${fields}
            <div class="filing-buttons"><button class="button-quiet" type="submit">${words.noticesSave}</button></div>
          </form>`
    }
  </section>`
}

export function withdrawBody(
  { language }: View,
  {
    opened: { dossier, dossierId },
    needsProof,
    reason,
    problems,
  }: { opened: OpenedDossier; needsProof: boolean; reason: string; problems: readonly Problem[] },
): Html {
  const words = ownText(language).withdraw
  const error = (target: string) => problems.find((problem) => problem.target === target)?.words
  const errorOf = (target: string) =>
    error(target) !== undefined && html`<p class="field-error" id="${target}-error">${error(target)}</p>`
  return html`<nav class="crumbs"><a href="${filingPaths.ownDossier(dossierId)}">← ${dossier.code}</a></nav>
    <h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    ${dossier.feePaid > 0 && html`<p>${words.fee}</p>`}
    ${error('main') !== undefined && html`<p class="note notice-late" role="alert" tabindex="-1" autofocus>${error('main')}</p>`}
    <form class="filing-form" method="post" action="${filingPaths.withdraw(dossierId)}">
      <div class="field">
        <label for="reason">${words.reason}</label>
        <p class="hint" id="reason-hint">${words.reasonHint}</p>
        ${errorOf('reason')}
        <textarea id="reason" name="reason" rows="3" maxlength="2000" aria-describedby="reason-hint">
${reason}</textarea>
      </div>
      ${
        needsProof &&
        html`<fieldset>
          <legend>${words.proof}</legend>
          ${errorOf('proof')}
          <div class="field">
            <label for="k">${words.proofKey}</label>
            <input type="text" id="k" name="k" maxlength="40" autocomplete="off" spellcheck="false" />
          </div>
          <div class="field">
            <label for="person">${words.proofPerson}</label>
            <input type="text" id="person" name="person" maxlength="40" autocomplete="off" spellcheck="false" />
          </div>
        </fieldset>`
      }
      <div class="filing-buttons">
        <button type="submit">${words.button}</button>
        <a class="button button-quiet" href="${filingPaths.ownDossier(dossierId)}">${words.keep}</a>
      </div>
    </form>`
}

/** What was marked, each with the officer's words beside it, to be mended; everything else to be read. */
export function mendBody(
  { text, language }: View,
  mending: Mending,
  { showFaults, refusal }: { showFaults: boolean; refusal: string | undefined },
): Html {
  const words = ownText(language).mend
  const { opened, draft, form, answers, caseKey, marks, paths, papers, files, details, mode, day } = mending
  const { dossierId, dossier } = opened
  const faults = faultsOf(mending)
  const problems: Problem[] = showFaults
    ? [
        ...faults.papers.map((paper) => ({
          target: `paper-${paper.key}`,
          words: `${componentTitle(paper, language).title}: ${words.missing}`,
        })),
        ...(faults.unchanged ? [{ target: 'main', words: words.unchanged }] : []),
      ]
    : []
  const findings = showFaults ? faults.findings : []
  const shown: FormMark[] = marks
    .filter(({ kind }) => kind === 'field')
    .map(({ target, note }) => ({ path: target, note }))
  const options = {
    answers,
    language,
    caseKey,
    findings,
    marks: shown,
    today: day,
    suggestions: form ? resolvePlaces(form, answers, { caseKey }).suggestions : {},
  }
  const fieldMarks = marks.filter(({ kind }) => kind === 'field')
  const noteOf = (key: string) => marks.filter(({ kind, target }) => kind === 'paper' && target === key)
  return html`<nav class="crumbs"><a href="${filingPaths.ownDossier(dossierId)}">← ${dossier.code}</a></nav>
    <h1>${words.title[mode]}</h1>
    <p class="lead">${words.lead[mode]}</p>
    ${dossier.completeBy !== null && mode === 'supplement' && html`<p><strong>${ownText(language).one.completeBy(dossier.completeBy)}</strong></p>`}
    ${
      details !== null &&
      html`<blockquote class="note notice-due" lang="vi">
        <p><strong>${words.officer}:</strong> ${details.reason}</p>
        ${
          marks.length === 0 &&
          details.items !== undefined &&
          html`<ul>
            ${details.items.map(({ paper, change }) => html`<li>${[paper, change].filter(Boolean).join(': ')}</li>`)}
          </ul>`
        }
        ${details.guidance && html`<p>${details.guidance}</p>`}
      </blockquote>`
    }
    ${refusal !== undefined && html`<p class="note notice-late" role="alert" tabindex="-1" autofocus>${refusalWords(language, refusal) ?? refusal}</p>`}
    ${
      problems.length > 0 &&
      html`<div class="note notice-late" role="alert" tabindex="-1" autofocus>
        <p><strong>${text.wrong}</strong></p>
        <ul>
          ${problems.map(({ target, words: told }) => html`<li><a href="#${target}">${told}</a></li>`)}
        </ul>
      </div>`
    }
    ${renderFindings(findings, language)}
    <form
      class="filing-form"
      id="main-form"
      method="post"
      action="${filingPaths.mend(dossierId)}"
      enctype="multipart/form-data"
      novalidate
      data-filing="${draft.draft_id}"
      data-part="${MEND}"
      data-language="${language}"
      data-near="${opened.agencyId}"
    >
      <input type="hidden" name="_rev" value="${draft.content?.parts[MEND]?.revision ?? ''}" />
      ${
        form !== null &&
        fieldMarks.length > 0 &&
        html`<section>
          <h2>${words.fields}</h2>
          <div class="eform">
            <div class="eform-fields">
              ${fieldMarks.map(
                ({ target }) =>
                  html`<p class="small">${partOf(form, target, language)}</p>
                    ${renderPath(form, target, options)}`,
              )}
            </div>
          </div>
        </section>`
      }
      ${
        form !== null &&
        paths === null &&
        html`<section>
          <h2>${words.formFields}</h2>
          ${form.layout.parts.map(
            (part) =>
              html`<details>
                <summary>${language === 'en' && part.title.en ? part.title.en : part.title.vi}</summary>
                ${renderPart(form, part.key, { ...options, formId: form.formId })}
              </details>`,
          )}
        </section>`
      }
      ${
        papers.length > 0 &&
        html`<section>
          <h2>${marks.length > 0 ? words.paper : words.papers}</h2>
          <p class="small">${words.replaces}</p>
          ${papers.map((paper) => {
            const own = files.filter(({ component }) => component === paper.key)
            const { title, titleLanguage } = componentTitle(paper, language)
            const body = html`${noteOf(paper.key).map(({ note }) => html`<p class="note notice-due" lang="vi"><strong>${words.officer}:</strong> ${note}</p>`)}
              <div data-filing-upload="${paper.key}" data-url="${filingPaths.step(draft.draft_id, 'tep')}">
                <div class="field">
                  <label for="files-${paper.key}">${text.papers.file}</label>
                  <p class="hint" id="files-${paper.key}-hint">${text.papers.fileHint}</p>
                  <input
                    type="file"
                    id="files-${paper.key}"
                    name="files:${paper.key}"
                    multiple
                    accept="image/jpeg,image/png,application/pdf"
                    aria-describedby="files-${paper.key}-hint"
                  />
                  <p class="actions" data-filing-send>
                    <button class="button-quiet" type="submit" name="_lam" value="gui">${text.papers.send}</button>
                  </p>
                </div>
                ${own.length > 0 && html`<h4>${words.have}</h4>`} ${fileList({ text, draft }, own)}
              </div>`
            // What nobody marked is opened by who wants to change it.
            return paths === null
              ? html`<details id="paper-${paper.key}" ${own.length > 0 && html` open`}>
                  <summary lang="${titleLanguage}">${title}</summary>
                  ${body}
                </details>`
              : html`<div class="filing-paper" id="paper-${paper.key}">
                  <h3 lang="${titleLanguage}">${title}</h3>
                  ${body}
                </div>`
          })}
        </section>`
      }
      <div class="filing-buttons">
        <button type="submit" name="_lam" value="nop" data-filing-lodge>${words.send}</button>
        <button class="button-quiet" type="submit" name="_lam" value="luu">${text.later}</button>
      </div>
      <p class="filing-state small" role="status" data-filing-state></p>
    </form>
    ${form !== null && paths !== null && rest(words, mending)}`
}

/** Everything that stays, to be read beside what is mended. */
function rest(words: OwnText['mend'], { form, answers, caseKey, paths }: Mending): Html | null {
  if (!form) return null
  const parts = describe(form, answers, { caseKey })
  return html`<details>
    <summary>${words.rest}</summary>
    ${parts.map(
      ({ title, lines }) =>
        html`<h3>${title}</h3>
          <dl class="facts small">
            ${lines
              .filter(({ path }) => !paths?.includes(path))
              .map(
                ({ label, value, element }) =>
                  html`<div>
                    <dt>${element && html`${element}: `}${label}</dt>
                    <dd>${value}</dd>
                  </div>`,
              )}
          </dl>`,
    )}
  </details>`
}

/** The same question stands in several parts (applicant, child, father …); its part says whose it is. */
const partOf = (form: FormDefinition, target: string, language: 'vi' | 'en'): string =>
  form.layout.parts.find(({ fields }) => fields.some(({ key }) => key === target.split('.')[0]))?.title[language] ?? ''
