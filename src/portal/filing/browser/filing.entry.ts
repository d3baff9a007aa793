// Helps on the screens of a draft: keeps what was typed when the line is down, and sends photographs straight and small.
// Without it every screen is a plain form.
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { allAnswers, forgetAnswers, keepAnswers, type KeptAnswers } from './keep.ts'
import { enhanceUpload } from './uploads.ts'

const form = document.querySelector<HTMLFormElement>('form[data-filing]')
if (form) enhance(form)

function enhance(screen: HTMLFormElement): void {
  const draftId = screen.dataset['filing'] ?? ''
  const part = screen.dataset['part'] ?? ''
  const text = screen.dataset['language'] === 'en' ? en : vi
  const key = `${draftId}/${part}`
  const state = screen.querySelector<HTMLElement>('[data-filing-state]')
  const say = (words: string): void => {
    if (state) state.textContent = words
  }
  const uploads = [...screen.querySelectorAll<HTMLElement>('[data-filing-upload]')].map((root) =>
    enhanceUpload(root, { text, draftId }),
  )
  // Sending the dossier and what is mended is answered by a page of its own, so the browser does it itself.
  const isPlain = part === 'xac-nhan' || part === 'bo-sung'

  const fieldsOf = (submitter?: HTMLElement | null): [string, string][] => {
    const fields = [...new FormData(screen)].filter((pair): pair is [string, string] => typeof pair[1] === 'string')
    if (submitter instanceof HTMLButtonElement && submitter.name) fields.push([submitter.name, submitter.value])
    return fields
  }
  const kept = (fields: [string, string][], sent: boolean): KeptAnswers => ({
    key,
    draftId,
    url: screen.action,
    fields,
    at: Date.now(),
    sent,
  })

  let typing: ReturnType<typeof setTimeout> | undefined
  screen.addEventListener('input', () => {
    clearTimeout(typing)
    typing = setTimeout(() => void keepAnswers(kept(fieldsOf(), false)).catch(() => undefined), 400)
  })

  screen.addEventListener('submit', (event) => {
    clearTimeout(typing)
    const { submitter } = event
    const busy = uploads.filter((upload) => upload.isBusy())
    if (busy.length > 0) {
      event.preventDefault()
      say(text.upload.waiting)
      void Promise.all(busy.map((upload) => upload.whenIdle())).then(() => screen.requestSubmit(submitter))
      return
    }
    if (isPlain) {
      if (screen.dataset['sending']) event.preventDefault()
      screen.dataset['sending'] = '1'
      return
    }
    event.preventDefault()
    void sendNow(kept(fieldsOf(submitter), true))
  })

  /** Keeps first, sends then: what the line swallows is still here. */
  async function sendNow(answers: KeptAnswers): Promise<void> {
    await keepAnswers(answers).catch(() => undefined)
    try {
      const answer = await post(answers)
      await forgetAnswers(answers.key).catch(() => undefined)
      location.assign(answer.headers.get('x-next') ?? answer.url)
    } catch {
      say(text.offline.kept)
      screen.classList.add('filing-offline')
      globalThis.addEventListener('online', () => void sendAgain(answers), { once: true })
      setTimeout(() => void (navigator.onLine && sendAgain(answers)), 15_000)
    }
  }
  let again: Promise<void> | undefined
  function sendAgain(answers: KeptAnswers): Promise<void> {
    again ??= (async () => {
      say(text.offline.back)
      await sendNow(answers)
    })().finally(() => {
      again = undefined
    })
    return again
  }

  /** What was typed or sent here without reaching the server, from before this page was opened. */
  async function bringBack(): Promise<void> {
    const all = (await allAnswers()).filter((answers) => answers.draftId === draftId)
    let isChanged = false
    for (const answers of all) {
      if (answers.sent) {
        try {
          await post(answers)
          await forgetAnswers(answers.key)
          isChanged = true
        } catch {
          say(text.offline.failed)
        }
      } else if (answers.key === key) restore(answers)
    }
    if (isChanged) location.replace(`${location.pathname}?bao=mat-mang`)
  }

  function restore({ fields, at }: KeptAnswers): void {
    const revision = (name: string) => fields.find(([field]) => field === name)?.[1]
    // The server has something newer: what was typed then is not put over it.
    if (revision('_rev') !== screen.querySelector<HTMLInputElement>('[name="_rev"]')?.value) {
      void forgetAnswers(key)
      return
    }
    if (Date.now() - at > 30 * 86_400_000) return
    const values = new Map<string, string[]>()
    for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value])
    let isRestored = false
    for (const field of screen.elements) {
      if (
        !(
          field instanceof HTMLInputElement ||
          field instanceof HTMLTextAreaElement ||
          field instanceof HTMLSelectElement
        )
      )
        continue
      if (!field.name || field.name.startsWith('_') || field.type === 'hidden' || field.type === 'file') continue
      const own = values.get(field.name) ?? []
      if (field instanceof HTMLInputElement && (field.type === 'radio' || field.type === 'checkbox')) {
        const checked = own.includes(field.value)
        if (field.checked !== checked) isRestored = true
        field.checked = checked
      } else if (own[0] !== undefined && field.value !== own[0]) {
        field.value = own[0]
        isRestored = true
      }
    }
    if (isRestored) {
      say(text.offline.restored)
      screen.dispatchEvent(new Event('change', { bubbles: true }))
    }
  }

  void bringBack().catch(() => undefined)
}

/** Sends what was kept as the form would, with how long ago it was written. */
async function post({ url, fields, at }: KeptAnswers): Promise<Response> {
  const body = new URLSearchParams([...fields, ['_age', String(Math.max(0, Date.now() - at))]])
  const answer = await fetch(url, { method: 'POST', body, headers: { accept: 'text/html', 'x-filing': '1' } })
  if (answer.status >= 500 || answer.status === 429) throw new Error('not taken')
  return answer
}
