import { catalogueEn, catalogueVi } from '../../catalogue/index.ts'
import { html, type Html } from '../../platform/http/html.ts'
import type { DraftFile, KeptPart } from './contract.ts'
import type { Draft } from './drafts.ts'
import type { Flow } from './flow.ts'
import { filingPaths } from './paths.ts'
import { onlineCases } from './rules/online.ts'
import { stepAfter, stepBefore, type Step } from './rules/steps.ts'
import type { FilingText } from './text.vi.ts'

/** A problem beside its field and on top of the page; `target` is the id of the field. */
export type Problem = { target: string; words: string }

/** The frame of every screen of a draft: where one is, the question, and how to go on or to stop. */
export function stepPage(
  flow: Pick<Flow, 'draft' | 'text' | 'steps' | 'version' | 'content' | 'agency'>,
  {
    step,
    title = step.name,
    lead,
    body,
    problems = [],
    notices = [],
    multipart = false,
    last = false,
  }: {
    step: Step
    title?: string
    lead?: string | false
    body: Html
    problems?: readonly Problem[]
    notices?: readonly Html[]
    multipart?: boolean
    last?: boolean
  },
): Html {
  const { draft, text, steps, version } = flow
  const before = stepBefore(steps, step.path)
  const action = filingPaths.step(draft.draft_id, step.path)
  const part = flow.content.parts[step.path]
  return html`<nav class="crumbs filing-top" aria-label="${text.flow}">
      ${
        before
          ? html`<a href="${filingPaths.step(draft.draft_id, before.path)}">← ${text.back}</a>`
          : html`<a href="${filingPaths.begin(version.code)}">← ${text.back}</a>`
      }
      <button class="filing-later" form="filing" type="submit" name="_lam" value="luu" formnovalidate>
        ${text.later}
      </button>
    </nav>
    <p class="filing-what"><span lang="vi">${version.shortName}</span></p>
    ${onlineCases(version).length > 1 && caseLine(flow)} ${progress(flow, step)}
    <h1 class="${title.length > 60 ? 'filing-long' : ''}">${title}</h1>
    ${Boolean(lead) && html`<p class="lead">${lead}</p>`} ${notices} ${problemList(text, problems)}
    <form
      id="filing"
      class="filing-form"
      method="post"
      action="${action}"
      ${multipart ? html`enctype="multipart/form-data"` : ''}
      novalidate
      data-filing="${draft.draft_id}"
      data-part="${step.path}"
      data-language="${flow.content.language}"
      data-near="${flow.agency?.agencyId ?? ''}"
    >
      <input type="hidden" name="_rev" value="${part?.revision ?? ''}" />
      ${body}
      <div class="filing-buttons">
        ${!last && html`<button type="submit" name="_lam" value="tiep">${text.next}</button>`}
        <button class="button-quiet" type="submit" name="_lam" value="luu" formnovalidate>${text.later}</button>
      </div>
      <p class="filing-state small" role="status" data-filing-state>${part && text.saved(part.savedAt)}</p>
    </form>
    ${keptParts(flow, step)}`
}

/** The case in which the draft is, and the way to another one: what was typed is kept first. */
const caseLine = ({ text, version, content }: Pick<Flow, 'text' | 'version' | 'content'>): Html =>
  html`<p class="filing-what">
    <span lang="vi">${version.cases.find(({ key }) => key === content.caseKey)?.name}</span>
    <button class="filing-later" form="filing" type="submit" name="_lam" value="truong-hop" formnovalidate>
      ${text.caseAgain}
    </button>
  </p>`

/** By name and not by percent; a list to open on a phone. */
function progress({ text, steps, draft }: Pick<Flow, 'text' | 'steps' | 'draft'>, here: Step): Html {
  const following = stepAfter(steps, here.path)
  return html`<details class="filing-steps">
    <summary>${text.stepNow(shorten(here.name), following ? shorten(following.name) : null)}</summary>
    <nav aria-label="${text.steps}">
      <ol>
        ${steps.map((step) => {
          const isHere = step.path === here.path
          const name = html`<span>${shorten(step.name)}</span>`
          return html`<li>
            ${
              isHere
                ? html`<strong aria-current="step">${name}</strong>`
                : html`<a href="${filingPaths.step(draft.draft_id, step.path)}">${name}</a>`
            }
            ${(isHere || step.done) && html`<span class="small">(${isHere ? text.stepHere : text.stepDone})</span>`}
          </li>`
        })}
      </ol>
    </nav>
  </details>`
}

/** Names of papers are whole sentences of law. */
export const shorten = (name: string): string =>
  name.length > 90 ? `${name.slice(0, 88).replace(/\s+\S*$/, '')}…` : name

export function problemList(text: FilingText, problems: readonly Problem[]): Html {
  return html`${
    problems.length > 0 &&
    html`<div class="note notice-late" role="alert" tabindex="-1" autofocus id="problems">
      <p><strong>${text.wrong}</strong></p>
      <ul>
        ${problems.map(({ target, words }) => html`<li><a href="#${target}">${words}</a></li>`)}
      </ul>
    </div>`
  }`
}

/** What another device wrote in this part and something newer replaced. */
function keptParts({ content, text, draft }: Pick<Flow, 'content' | 'text' | 'draft'>, step: Step): Html | false {
  const own = content.kept.map((kept, index) => ({ kept, index })).filter(({ kept }) => kept.part === step.path)
  return (
    own.length > 0 &&
    html`<details class="filing-kept">
      <summary>${text.conflict.kept} (${own.length})</summary>
      ${own.map(
        ({ kept, index }) =>
          html`<form method="post" action="${filingPaths.step(draft.draft_id, 'ban-cu')}">
            <input type="hidden" name="index" value="${index}" />
            <input type="hidden" name="part" value="${kept.part}" />
            <p>${text.conflict.keptOf(kept.savedAt)}: ${keptWords(kept)}</p>
            <p class="actions"><button class="button-quiet" type="submit">${text.conflict.take}</button></p>
          </form>`,
      )}
    </details>`
  )
}

const keptWords = ({ values }: KeptPart): string =>
  Object.entries(values)
    .filter(([name, value]) => !name.startsWith('_') && value !== '')
    .map(([, value]) => [value].flat().join(', '))
    .join('; ')
    .slice(0, 500)

export const radio = ({
  name,
  value,
  checked,
  label,
  hint,
  id,
}: {
  name: string
  value: string
  checked: boolean
  label: string
  hint?: string | false
  id: string
}): Html =>
  html`<label class="choice" for="${id}"
    ><input type="radio" id="${id}" name="${name}" value="${value}" ${checked ? html`checked` : ''} /><span
      ><span lang="vi">${label}</span>${Boolean(hint) && html`<span class="hint">${hint}</span>`}</span
    ></label
  >`

export const checkbox = ({
  name,
  value,
  checked,
  label,
  id,
}: {
  name: string
  value: string
  checked: boolean
  label: string
  id: string
}): Html =>
  html`<label class="choice" for="${id}"
    ><input type="checkbox" id="${id}" name="${name}" value="${value}" ${checked ? html`checked` : ''} /><span
      >${label}</span
    ></label
  >`

export const errorOf = (problems: readonly Problem[], target: string): Html | false => {
  const found = problems.find((problem) => problem.target === target)
  return found !== undefined && html`<p class="field-error" id="${target}-error">${found.words}</p>`
}

/** The page of a draft that is not there, or not the asker's; both look alike. */
export const notFoundBody = (text: FilingText): Html =>
  html`<h1>${text.notFound.title}</h1>
    <p class="lead">${text.notFound.detail}</p>
    <p class="actions">
      <a class="button" href="${filingPaths.resume}">${text.notFound.resume}</a
      ><a class="plain" href="/thu-tuc">${text.notFound.search}</a>
    </p>`

export function draftList(
  text: FilingText,
  drafts: readonly Pick<Draft, 'draft_id' | 'touched_at' | 'expires_at'>[],
  nameOf: (draftId: string) => string,
): Html {
  return html`<ul class="results">
    ${drafts.map(
      ({ draft_id: draftId, touched_at: touched, expires_at: until }) =>
        html`<li>
          <a href="${filingPaths.draft(draftId)}" lang="vi">${nameOf(draftId)}</a>
          <p>${text.resume.touched(touched, until)}</p>
        </li>`,
    )}
  </ul>`
}

/** One page of the paper after the other, each to be moved or taken out. */
export function fileList({ text, draft }: Pick<Flow, 'text' | 'draft'>, files: readonly DraftFile[]): Html {
  const { papers } = text
  return html`<ol class="filing-files" data-filing-files>
    ${files.map(
      (file, index) =>
        html`<li data-file="${file.fileId}">
          ${
            file.mediaType?.startsWith('image/') &&
            !file.reused &&
            html`<img
              src="${filingPaths.step(draft.draft_id, `tep/${file.fileId}`)}"
              alt="${papers.page(index + 1)}"
              width="72"
              loading="lazy"
            />`
          }
          <span class="filing-file-name"
            >${file.name}<span class="small">
              ${file.reused ? papers.reused : papers.size(file.size)}${!file.done && !file.reused && html` – ${text.upload.part(file.received, file.size)}`}</span
            ></span
          >
          <span class="filing-file-buttons">
            ${
              index > 0 &&
              html`<button
                class="button-quiet"
                name="_lam"
                value="len:${file.fileId}"
                aria-label="${papers.upOf(file.name)}"
              >
                ${papers.up}
              </button>`
            }
            <button
              class="button-quiet"
              name="_lam"
              value="bo:${file.fileId}"
              aria-label="${papers.removeOf(file.name)}"
            >
              ${papers.remove}
            </button>
          </span>
        </li>`,
    )}
  </ol>`
}

export const catalogueWords = (language: 'vi' | 'en') => (language === 'en' ? catalogueEn : catalogueVi)
