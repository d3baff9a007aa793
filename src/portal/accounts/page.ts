import type { FastifyReply } from 'fastify'
import { html, type Html } from '../../platform/http/html.ts'
import { PROOF_SCRIPT } from '../../platform/http/proof-of-work.ts'
import { sendPage, viewsIn, type PageView } from '../page-frame.ts'
import { accountPaths as paths } from './paths.ts'
import { en } from './text.en.ts'
import { vi, type AccountText } from './text.vi.ts'

/** What every page of a signed-in person is drawn with. */
export type View = PageView<AccountText>

export const viewOf = viewsIn<AccountText>({ vi, en })

export const send = (
  reply: FastifyReply,
  view: View,
  { proof = false, ...page }: { title: string; body: Html; status?: number; proof?: boolean },
): FastifyReply => sendPage(reply, view, { ...page, private: true, scripts: proof ? [PROOF_SCRIPT] : [] })

/** `of` names the field on top of the page, where the words alone would not. */
export type Fault = { field: string; words: string; of?: string }

/** What is wrong, on top of the page, each leading to its field. */
export const faultList = (text: AccountText, faults: readonly Fault[]): Html | false =>
  faults.length > 0 &&
  html`<div class="note notice-late" role="alert" tabindex="-1" autofocus id="problem">
    <p><strong>${text.problem}</strong></p>
    <ul>
      ${faults.map(({ field, words, of }) => {
        const sentence = of ? `${of}: ${words}` : words
        return html`<li>${field ? html`<a href="#${field}">${sentence}</a>` : sentence}</li>`
      })}
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

/** Ways in by a provider of identity; nothing where there is none. */
export const providerButtons = (
  text: AccountText,
  offers: readonly { providerId: number; name: string }[],
  back: string,
): Html | false =>
  offers.length > 0 &&
  html`<ul class="account-ways">
    ${offers.map(
      ({ providerId, name }) =>
        html`<li><a class="button" href="${paths.provider(providerId, back)}">${text.signIn.by(name)}</a></li>`,
    )}
  </ul>`
