import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { html, type Html } from '../../platform/http/html.ts'
import { sendPage, viewsIn, type PageView } from '../page-frame.ts'
import { en } from './text.en.ts'
import { vi, type CounterText } from './text.vi.ts'

// What the pages of the waiting room are made of.

export const config = { permission: 'public' }
export const Key = Type.Object({ key: Type.String({ maxLength: 20 }) })
export const Held = Type.Object({ agency: Type.Integer({ minimum: 1 }), code: Type.String({ maxLength: 20 }) })
export const Line = (maxLength: number) => Type.Optional(Type.String({ maxLength }))

export type View = PageView<CounterText>

export const viewOf = viewsIn<CounterText>({ vi, en })

export type Sheet = { title: string; body: Html; authority?: string | null; scripts?: string[]; own?: boolean }
export const send = (reply: FastifyReply, view: View, { authority = null, own = false, ...sheet }: Sheet) =>
  sendPage(reply, authority === null ? view : { ...view, authority }, { ...sheet, private: own })

export const named = (view: View, { name, nameEn }: { name: string; nameEn: string }): string =>
  view.language === 'en' && nameEn ? nameEn : name

export const problemNote = (title: string, words: string): Html =>
  html`<div class="note notice-late" role="alert" tabindex="-1" autofocus id="problem">
    <p><strong>${title}</strong></p>
    <p>${words}</p>
  </div>`

export const notThere = (reply: FastifyReply, view: View, title: string, words: string) => {
  void reply.code(404)
  return send(reply, view, {
    title,
    body: html`<h1>${title}</h1>
      <p class="lead">${words}</p>`,
  })
}

/** Choices as large as a finger; each is a link. `own` says what of it is in Vietnamese in any language of the page. */
type Offered = { href: string; label: string; note?: string; own?: 'all' | 'note' }
export const choices = (items: readonly Offered[]): Html =>
  html`<ul class="counter-choices">
    ${items.map(
      ({ href, label, note, own }) =>
        html`<li ${own === 'all' && html`lang="vi"`}>
          <a href="${href}"
            ><span>${label}</span
            >${note !== undefined && html` <small ${own === 'note' && html`lang="vi"`}>${note}</small>`}</a
          >
        </li>`,
    )}
  </ul>`

type Field = {
  id: string
  label: string
  value: string
  complete: string
  type?: string
  hint?: string
  optional?: boolean
  wrong: boolean
}

export const field = ({ id, label, value, complete, type = 'text', hint, optional = false, wrong }: Field): Html =>
  html`<div class="field">
    <label for="${id}">${label}</label>
    ${hint !== undefined && html`<p class="hint" id="${id}-hint">${hint}</p>`}
    <input
      id="${id}"
      name="${id}"
      type="${type}"
      value="${value}"
      maxlength="254"
      autocomplete="${complete}"
      ${!optional && html`required`}
      ${wrong && html`aria-invalid="true" aria-describedby="problem"`}
    />
  </div>`
