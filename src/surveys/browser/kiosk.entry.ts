// The kiosk at the counter: one touch a question, no page to load, ballots kept while there is no network, and back to the
// beginning by itself when somebody walks away.
import type { Answers, Question, Questionnaire } from '../contract.ts'
import { en } from '../public-text.en.ts'
import { vi } from '../public-text.vi.ts'
import { faceOf, faces, touchable } from '../rules/faces.ts'
import { askedOf, optionsOf } from '../rules/questionnaire.ts'

const IDLE_MS = 45_000
const THANKS_MS = 4_000
const SEND_EVERY_MS = 15_000
const MOST_KEPT = 2_000
const MOST_AT_ONCE = 50

type Kept = { id: string; day: string; answers: Answers }

const root = document.querySelector<HTMLElement>('.sv-kiosk[data-survey]')
if (root) begin(root)

function begin(root: HTMLElement): void {
  const questionnaire = JSON.parse(root.dataset['survey'] ?? '{}') as Questionnaire
  const own: Questionnaire = { ...questionnaire, questions: touchable(questionnaire.questions) }
  const address = root.dataset['send'] ?? ''
  const box = `motcua-kiosk ${address}`
  let language: 'vi' | 'en' = root.dataset['language'] === 'en' ? 'en' : 'vi'
  const first = language
  let answers: Answers = {}
  let idle: ReturnType<typeof setTimeout> | undefined
  let failed = false

  const text = () => (language === 'en' ? en : vi).kiosk
  const say = (words: { vi: string; en: string }) => (language === 'en' && words.en !== '' ? words.en : words.vi)

  function restart(): void {
    answers = {}
    language = first
    show(askedOf(own, {})[0], false)
  }

  /** Whoever walks away has answered what was answered. */
  function watch(): void {
    clearTimeout(idle)
    idle = setTimeout(() => {
      if (Object.keys(answers).length > 0) keep()
      restart()
    }, IDLE_MS)
  }

  function show(question: Question | undefined, isLater: boolean): void {
    if (!question) return finish()
    const own = text()
    const heading = element('h1', { text: isLater ? say(questionnaire.title) : own.title })
    const asked = element('h2', { text: say(question.text), id: 'sv-kiosk-question' })
    asked.tabIndex = -1
    const touch = element('div', { className: 'sv-touch' })
    touch.setAttribute('role', 'group')
    touch.setAttribute('aria-labelledby', 'sv-kiosk-question')
    const parts: Node[] = [
      heading,
      asked,
      ...(isLater ? [] : [element('p', { className: 'hint', text: own.lead })]),
      touch,
    ]
    const actions = element('p', { className: 'actions' })
    if (question.kind === 'several') {
      const boxes = optionsOf(question).map((option) => {
        const label = element('label', { className: 'sv-choice' })
        const input = document.createElement('input')
        input.type = 'checkbox'
        input.value = option.key
        label.append(input, element('span', { text: say(option.text) }))
        touch.append(label)
        return input
      })
      const done = button(own.done, '')
      done.addEventListener('click', () => {
        const chosen = boxes.filter((input) => input.checked).map((input) => input.value)
        take(question, chosen.length > 0 ? chosen : undefined)
      })
      actions.append(done)
    } else
      for (const [index, option] of optionsOf(question).entries()) {
        const big = button('', 'sv-big')
        const face = faceOf(question, index)
        if (face) big.append(drawn(face))
        big.append(element('span', { text: say(option.text) }))
        big.addEventListener('click', () => take(question, option.key))
        touch.append(big)
      }
    if (isLater) {
      const skip = button(own.skip, 'button-quiet')
      skip.addEventListener('click', () => take(question, undefined))
      actions.append(skip)
    } else {
      const other = button(own.language, 'button-quiet')
      other.lang = language === 'vi' ? 'en' : 'vi'
      other.addEventListener('click', () => {
        language = language === 'vi' ? 'en' : 'vi'
        document.documentElement.lang = language
        show(question, false)
      })
      actions.append(other)
    }
    parts.push(actions, status())
    root.classList.remove('sv-kiosk-thanks')
    root.replaceChildren(...parts)
    if (isLater) asked.focus()
    watch()
  }

  function take(question: Question, given: string | string[] | undefined): void {
    if (given !== undefined) answers[question.key] = given
    const order = own.questions.map(({ key }) => key)
    const at = order.indexOf(question.key)
    show(
      askedOf(own, answers).find(({ key }) => order.indexOf(key) > at),
      true,
    )
  }

  function finish(): void {
    if (Object.keys(answers).length > 0) keep()
    const own = text()
    root.classList.add('sv-kiosk-thanks')
    const thanks = element('h1', { text: own.thanks })
    thanks.setAttribute('role', 'status')
    root.replaceChildren(drawn('5'), thanks, element('p', { className: 'lead', text: own.again }), status())
    clearTimeout(idle)
    idle = setTimeout(restart, THANKS_MS)
  }

  // --- What waits to be sent --------------------------------------------------------------------------------------------

  function kept(): Kept[] {
    try {
      const list: unknown = JSON.parse(localStorage.getItem(box) ?? '[]')
      return Array.isArray(list) ? (list as Kept[]) : []
    } catch {
      return []
    }
  }

  function keep(): void {
    const now = new Date(Date.now() + 7 * 3_600_000).toISOString()
    const ballot = { id: newId(), day: now.slice(0, 10), answers }
    answers = {}
    try {
      localStorage.setItem(box, JSON.stringify([...kept(), ballot].slice(-MOST_KEPT)))
    } catch {
      // No room to keep it: it goes out now or not at all.
      void post([ballot])
      return
    }
    void send()
  }

  let sending = false
  async function send(): Promise<void> {
    const waiting = kept().slice(0, MOST_AT_ONCE)
    if (sending || waiting.length === 0) return
    sending = true
    const done = await post(waiting)
    sending = false
    failed = done === undefined
    if (done) {
      localStorage.setItem(box, JSON.stringify(kept().filter(({ id }) => !done.includes(id))))
      if (kept().length > 0) setTimeout(() => void send(), 1000)
    }
    const told = root.querySelector('.sv-kept')
    if (told) told.replaceWith(status())
  }

  async function post(ballots: readonly Kept[]): Promise<string[] | undefined> {
    try {
      const answer = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ballots }),
      })
      if (!answer.ok) return undefined
      return ((await answer.json()) as { done: string[] }).done
    } catch {
      return undefined
    }
  }

  function status(): HTMLElement {
    const count = kept().length
    const told = element('p', { className: 'sv-kept', text: failed && count > 0 ? text().offline(count) : '' })
    told.setAttribute('role', 'status')
    return told
  }

  addEventListener('online', () => void send())
  setInterval(() => void send(), SEND_EVERY_MS)
  document.addEventListener('pointerdown', watch)
  document.addEventListener('keydown', watch)
  restart()
  void send()
}

function element(
  name: string,
  { text = '', className = '', id = '' }: { text?: string; className?: string; id?: string },
): HTMLElement {
  const made = document.createElement(name)
  made.textContent = text
  if (className) made.className = className
  if (id) made.id = id
  return made
}

function button(text: string, className: string): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.textContent = text
  if (className) made.className = className
  return made
}

function drawn(face: keyof typeof faces): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(space, 'svg')
  svg.setAttribute('class', 'sv-face')
  svg.setAttribute('viewBox', '0 0 40 40')
  svg.setAttribute('aria-hidden', 'true')
  const add = (name: string, facts: Record<string, string>) => {
    const part = document.createElementNS(space, name)
    for (const [key, value] of Object.entries(facts)) part.setAttribute(key, value)
    svg.append(part)
  }
  const line = { fill: 'none', stroke: 'currentColor', 'stroke-width': '2.5', 'stroke-linecap': 'round' }
  add('circle', { cx: '20', cy: '20', r: '17', ...line })
  add('circle', { cx: '14', cy: '16', r: '2.2', fill: 'currentColor' })
  add('circle', { cx: '26', cy: '16', r: '2.2', fill: 'currentColor' })
  add('path', { d: faces[face], ...line })
  return svg
}

/** `crypto.randomUUID` is missing where a page came without https, as in many an office. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
