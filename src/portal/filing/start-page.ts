import { channelsOf, componentTitle, type ProcedureCase, type ProcedureVersion } from '../../catalogue/index.ts'
import { html, type Html } from '../../platform/http/html.ts'
import { accountPaths, type WantedLevel } from '../accounts/index.ts'
import { standsFor, type EForm } from '../eforms/index.ts'
import { draftList, errorOf, problemList, radio, type Problem } from './pages.ts'
import { filingPaths } from './paths.ts'
import type { OnlineLevel } from './rules/online.ts'
import type { Draft } from './drafts.ts'
import type { FilingText } from './text.vi.ts'

const NATIONAL_PORTAL = 'https://dichvucong.gov.vn'

/** What one needs, which case, and on. */
export function startBody(
  text: FilingText,
  {
    version,
    cases,
    chosen,
    form,
    language,
    drafts,
    level,
    basis,
    wanted,
    signedIn,
    officer,
    problems,
    path,
  }: {
    version: ProcedureVersion
    cases: readonly ProcedureCase[]
    chosen: string | undefined
    /** Nobody needs to have at hand what the electronic form stands for. */
    form: EForm | undefined
    language: 'vi' | 'en'
    drafts: readonly Draft[]
    level: OnlineLevel
    basis: string | undefined
    /** Set when the one who asks is not known well enough. */
    wanted: WantedLevel | null
    signedIn: boolean
    officer: string | null
    problems: readonly Problem[]
    path: string
  },
): Html {
  const words = text.start
  const shown = cases.find(({ key }) => key === chosen) ?? cases[0]
  const papers =
    shown?.components.filter(({ need, key }) => need !== 'conditional' && !(form && standsFor(form, key))) ?? []
  return html`<nav class="crumbs"><a href="/thu-tuc/${version.code}" lang="vi">← ${version.shortName}</a></nav>
    <h1>${words.title(version.shortName)}</h1>
    ${language === 'en' && form && html`<p class="official-name">${form.title.en}</p>`}
    <p class="lead">${words.lead}</p>
    ${Boolean(words.asIssued) && html`<p class="small">${words.asIssued}</p>`}
    ${officer !== null && html`<p class="note">${words.assisted}</p>`} ${problemList(text, problems)}
    ${
      drafts.length > 0 &&
      html`<section>
        <h2>${words.going}</h2>
        ${draftList(text, drafts, () => version.shortName)}
      </section>`
    }
    ${
      wanted !== null && wanted !== 'none'
        ? html`<p class="note">${words.level[wanted]}</p>
            <p class="actions"><a class="button" href="${accountPaths.signInFor(path)}">${words.signInButton}</a></p>`
        : html`<form class="filing-form" method="post" action="${filingPaths.begin(version.code)}">
            ${
              cases.length > 1
                ? html`<fieldset class="choices" id="case">
                    <legend><h2>${words.which}</h2></legend>
                    ${errorOf(problems, 'case')}
                    ${cases.map(({ key, name }) =>
                      radio({ name: 'case', value: key, checked: key === chosen, label: name, id: `case-${key}` }),
                    )}
                  </fieldset>`
                : html`<input type="hidden" name="case" value="${cases[0]?.key ?? ''}" />`
            }
            <h2>${words.need}</h2>
            <ul>
              <li>${words.needIdentity}</li>
              ${papers.map((paper) => {
                const { title, titleLanguage } = componentTitle(paper, language)
                return html`<li lang="${titleLanguage}">${title}</li>`
              })}
            </ul>
            ${level === 'partial' && html`<p class="small">${words.partial}</p>`}
            <div class="filing-buttons"><button type="submit">${words.begin}</button></div>
          </form>`
    }
    <ul class="plain-list">
      ${!signedIn && officer === null && html`<li><a href="${accountPaths.signInFor(path)}">${words.signIn}</a></li>`}
      <li><a href="${filingPaths.resume}">${words.resume}</a></li>
    </ul>
    ${basis !== undefined && html`<p class="small" lang="vi">${words.basis(basis)}</p>`}`
}

/** Why it cannot be filed here, on what that rests, and where it can be done. */
export function closedBody(
  text: FilingText,
  {
    version,
    online,
    basis,
    form,
  }: {
    version: ProcedureVersion
    online: boolean
    basis: string
    /** What can be printed and filled in beforehand. */
    form: EForm | undefined
  },
): Html {
  const words = text.start
  const byPost = version.cases.some(({ key }) => channelsOf(version, key).includes('post'))
  return html`<nav class="crumbs"><a href="/thu-tuc/${version.code}" lang="vi">← ${version.shortName}</a></nav>
    <h1>${words.closedTitle}</h1>
    <p class="lead">${online ? words.closed : words.notOnline(byPost)}</p>
    ${
      !online &&
      html`${form && html`<h2>${words.prepare}</h2>`} ${form && html`<p>${words.prepareLead}</p>`}
        <p class="actions">
          ${form && html`<a class="button" href="/to-khai/${version.code}.pdf">${words.printForm}</a>`}
          <a class="plain" href="/thu-tuc/${version.code}">${words.bring}</a>
        </p>`
    }
    ${
      online &&
      html`<p class="actions"><a class="button" href="${NATIONAL_PORTAL}" rel="external">${words.nationalPortal}</a></p>
        <p class="small" lang="vi">${words.closedBasis}: ${basis}</p>`
    }`
}
