import type { FastifyReply, FastifyRequest } from 'fastify'
import { listOfferingAgencies, type CatalogueTables } from '../../catalogue/index.ts'
import { dayOf } from '../../platform/day.ts'
import type { Db } from '../../platform/db.ts'
import { html, type Html } from '../../platform/http/html.ts'
import { publicLanguage, sendPublicPage, type PublicLanguage } from '../../platform/http/public-page.ts'
import { PROOF_SCRIPT } from '../../platform/http/proof-of-work.ts'
import { isDemo } from '../../platform/settings.ts'
import { authorityName, listAgencies, type StaffTables } from '../../staff/index.ts'
import { en } from './text.en.ts'
import { vi, type AccountText } from './text.vi.ts'

export type PageContext = { db: Db<CatalogueTables & StaffTables>; clock: () => string }

/** What every page of a signed-in person is drawn with. */
export type View = {
  language: PublicLanguage
  text: AccountText
  demo: boolean
  authority: string | null
  path: string
}

export async function viewOf({ db, clock }: PageContext, request: FastifyRequest, reply: FastifyReply): Promise<View> {
  const language = publicLanguage(request, reply)
  const day = dayOf(clock())
  const [demo, [agencyId, another]] = await Promise.all([isDemo(db), listOfferingAgencies(db, day, 2)])
  const [sole] = agencyId !== undefined && another === undefined ? await listAgencies(db, [agencyId], day) : []
  return {
    language,
    text: language === 'en' ? en : vi,
    demo,
    authority: sole ? authorityName(sole) : null,
    path: request.method === 'GET' ? request.url : (request.url.split('?', 1)[0] ?? '/'),
  }
}

export const send = (
  reply: FastifyReply,
  view: View,
  { title, body, status = 200, proof = false }: { title: string; body: Html; status?: number; proof?: boolean },
): FastifyReply =>
  sendPublicPage(reply.code(status), {
    title,
    language: view.language,
    demo: view.demo,
    authority: view.authority,
    path: view.path,
    body,
    private: true,
    scripts: proof ? [PROOF_SCRIPT] : [],
  })

export type Fault = { field: string; words: string }

/** What is wrong, on top of the page, each leading to its field. */
export const faultList = (text: AccountText, faults: readonly Fault[]): Html | false =>
  faults.length > 0 &&
  html`<div class="note notice-late" role="alert" id="problem">
    <p><strong>${text.problem}</strong></p>
    <ul>
      ${faults.map(({ field, words }) => html`<li>${field ? html`<a href="#${field}">${words}</a>` : words}</li>`)}
    </ul>
  </div>`

type FieldInput = {
  name: string
  label: string
  hint?: string | undefined
  value?: string
  type?: 'text' | 'tel' | 'email' | 'password'
  faults?: readonly Fault[]
  required?: boolean
  maxLength?: number
  autocomplete?: string
  inputmode?: 'numeric' | 'text' | 'email'
}

export function field({
  name,
  label,
  hint,
  value = '',
  type = 'text',
  faults = [],
  required = false,
  maxLength = 200,
  autocomplete = 'off',
  inputmode = 'text',
}: FieldInput): Html {
  const fault = faults.find((one) => one.field === name)
  const described = [hint && `${name}-hint`, fault && `${name}-fault`].filter(Boolean).join(' ')
  return html`<div class="field">
    <label for="${name}">${label}</label>
    ${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
    ${fault && html`<p class="field-error" id="${name}-fault">${fault.words}</p>`}
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      value="${value}"
      maxlength="${maxLength}"
      autocomplete="${autocomplete}"
      inputmode="${inputmode}"
      ${autocomplete === 'off' || type !== 'text' ? html`autocapitalize="none" spellcheck="false"` : ''}
      ${required ? html`required` : ''}
      ${described ? html`aria-describedby="${described}"` : ''}
      ${fault ? html`aria-invalid="true"` : ''}
    />
  </div>`
}

/** One of a few, each a line that is easy to touch. */
export const choice = (
  name: string,
  label: string,
  options: readonly { value: string; label: string }[],
  chosen: string,
  faults: readonly Fault[] = [],
): Html => {
  const fault = faults.find((one) => one.field === name)
  return html`<fieldset class="field account-choice" id="${name}" tabindex="-1">
    <legend>${label}</legend>
    ${fault && html`<p class="field-error">${fault.words}</p>`}
    ${options.map(
      (option, index) =>
        html`<label for="${name}-${index}"
          ><input
            type="radio"
            id="${name}-${index}"
            name="${name}"
            value="${option.value}"
            ${option.value === chosen ? html`checked` : ''}
          /><span>${option.label}</span></label
        >`,
    )}
  </fieldset>`
}

export const done = (words: string | undefined): Html | undefined | '' =>
  words && html`<p class="note" role="status">${words}</p>`
