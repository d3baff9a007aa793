import type { ProcedureCase } from '../../catalogue/index.ts'
import { html, type Html } from '../../platform/http/html.ts'
import type { DraftContent } from './contract.ts'
import { wayOf, waysFor } from './flow.ts'
import { radio } from './pages.ts'
import { filingPaths } from './paths.ts'
import type { OnlineLevel } from './rules/online.ts'
import { partName } from './rules/steps.ts'
import type { FilingText } from './text.vi.ts'

/** Another case for a draft that is going on. */
export const caseBody = (
  text: FilingText,
  { draftId, chosen, cases }: { draftId: string; chosen: string; cases: readonly ProcedureCase[] },
): Html =>
  html`<nav class="crumbs"><a href="${filingPaths.draft(draftId)}">← ${text.back}</a></nav>
    <h1>${text.start.which}</h1>
    <p class="lead">${text.caseKept}</p>
    <form class="filing-form" method="post" action="${filingPaths.caseOf(draftId)}">
      <fieldset class="choices" id="case">
        <legend class="visually-hidden">${text.start.which}</legend>
        ${cases.map(({ key, name }) =>
          radio({ name: 'case', value: key, checked: key === chosen, label: name, id: `case-${key}` }),
        )}
      </fieldset>
      <div class="filing-buttons"><button type="submit">${text.next}</button></div>
    </form>`

/** The draft in another case: answers stay, how papers come where the case allows it; what it costs is to be seen anew. */
export function inCase(content: DraftContent, item: ProcedureCase, level: OnlineLevel): DraftContent {
  if (item.key === content.caseKey) return content
  const gone = new Set([
    'phi',
    ...item.components
      .filter((paper) => {
        const way = wayOf(content, paper.key)
        return way !== undefined && !waysFor(paper, level).includes(way)
      })
      .map(({ key }) => partName('giay-to', key)),
  ])
  const parts = Object.fromEntries(Object.entries(content.parts).filter(([name]) => !gone.has(name)))
  return { ...content, caseKey: item.key, parts }
}
