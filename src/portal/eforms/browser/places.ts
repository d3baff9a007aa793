// Communes of today by their new or old name, while somebody types. Keyboard and screen reader: ARIA combobox.
import type { Language } from '../rules/describe.ts'
import { screenWords } from '../rules/screen-words.ts'

type Found = { code: string; name: string; provinceName: string; formerly: readonly string[] }

const WAIT = 200

export function helpWithPlaces(root: ParentNode, language: Language): void {
  for (const input of root.querySelectorAll<HTMLInputElement>('input[data-widget="place"]:not([role])'))
    helpWith(input, language)
}

function helpWith(input: HTMLInputElement, language: Language): void {
  const words = screenWords[language]
  const list = document.createElement('ul')
  list.id = `${input.id}-list`
  list.className = 'eform-list'
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', words.place)
  list.hidden = true
  input.after(list)
  const said = document.createElement('p')
  said.className = 'visually-hidden'
  said.setAttribute('role', 'status')
  list.after(said)
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': list.id,
  }))
    input.setAttribute(name, value)
  const unit = input.parentElement?.querySelector<HTMLInputElement>('input[type="hidden"]')

  let timer: number | undefined
  let asked = ''
  let chosen = -1

  const close = () => {
    list.hidden = true
    chosen = -1
    input.setAttribute('aria-expanded', 'false')
    input.removeAttribute('aria-activedescendant')
  }
  const pick = (option: HTMLElement) => {
    input.value = option.dataset['name'] ?? ''
    if (unit) unit.value = `${option.dataset['code'] ?? ''}|${input.value}`
    close()
    input.dispatchEvent(new Event('change', { bubbles: true }))
  }
  const mark = (to: number) => {
    const options = [...list.children]
    chosen = (to + options.length) % options.length
    for (const [index, option] of options.entries()) option.setAttribute('aria-selected', String(index === chosen))
    const option = options[chosen]
    if (!option) return
    input.setAttribute('aria-activedescendant', option.id)
    option.scrollIntoView({ block: 'nearest' })
  }
  const show = (places: readonly Found[]) => {
    list.replaceChildren(
      ...places.map(({ code, name, provinceName, formerly }, index) => {
        const option = document.createElement('li')
        option.id = `${list.id}-${index}`
        option.setAttribute('role', 'option')
        option.setAttribute('aria-selected', 'false')
        option.dataset['code'] = code
        option.dataset['name'] = `${name}, ${provinceName}`
        option.append(`${name}, ${provinceName}`)
        const sought = plain(asked)
        const isOld = !holds(`${name} ${provinceName}`, sought)
        const old = isOld ? formerly.filter((one) => holds(one, sought)).slice(0, 1) : []
        if (old.length > 0) {
          const small = document.createElement('small')
          small.textContent = words.formerly(old.join('; '))
          option.append(small)
        }
        return option
      }),
    )
    chosen = -1
    list.hidden = places.length === 0
    input.setAttribute('aria-expanded', String(places.length > 0))
    said.textContent = words.found(places.length)
  }
  const search = async () => {
    const query = input.value.trim()
    asked = query
    if (query.length < 2) return close()
    try {
      const reply = await fetch(
        `/api/places?${new URLSearchParams({ query: query.replaceAll(',', ' '), limit: '8', ...nearOf(input) }).toString()}`,
        {
          headers: { 'x-motcua': '1' },
        },
      )
      const { places } = (await reply.json()) as { places: Found[] }
      if (asked === query && document.activeElement === input) show(places)
    } catch {
      // Without a network the name is typed in full.
      close()
    }
  }
  input.addEventListener('input', () => {
    if (unit) unit.value = ''
    window.clearTimeout(timer)
    timer = window.setTimeout(() => void search(), WAIT)
  })
  input.addEventListener('keydown', (event) => {
    if (list.hidden) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      mark(chosen === -1 && event.key === 'ArrowUp' ? -1 : chosen + (event.key === 'ArrowDown' ? 1 : -1))
    } else if (event.key === 'Enter') {
      const option = list.children[chosen]
      if (!(option instanceof HTMLElement)) return
      event.preventDefault()
      pick(option)
    } else if (event.key === 'Escape') close()
  })
  input.addEventListener('blur', () => window.setTimeout(close, WAIT))
  list.addEventListener('mousedown', (event) => {
    event.preventDefault()
    const option = event.target instanceof Element ? event.target.closest<HTMLElement>('[role="option"]') : null
    if (option) pick(option)
  })
}

const plain = (text: string): string[] =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')

const holds = (text: string, words: readonly string[]): boolean => {
  const own = plain(text)
  return words.every((word) => own.some((one) => one.startsWith(word)))
}

/** The authority to which this is sent: its own communes come first. */
const nearOf = (input: HTMLElement): { near?: string } => {
  const near = input.closest<HTMLElement>('[data-near]')?.dataset['near']
  return near ? { near } : {}
}
