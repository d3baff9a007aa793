/** A number on the telephone follows the queue; at the machine it prints itself and makes room for the next person. */
const ticket = document.querySelector<HTMLElement>('.ticket')
if (ticket) follow(ticket)

function follow(own: HTMLElement): void {
  const now = own.querySelector<HTMLElement>('.ticket-now')
  const print = own.querySelector<HTMLButtonElement>('[data-print]')
  if (print) {
    print.hidden = false
    print.addEventListener('click', () => globalThis.print())
  }
  if (own.dataset['machine']) {
    globalThis.print()
    setTimeout(() => location.replace(own.dataset['home'] ?? '/lay-so'), 12_000)
    return
  }
  let known = now?.textContent ?? ''
  const look = async (): Promise<void> => {
    try {
      const reply = await fetch(own.dataset['live'] ?? '', { cache: 'no-store' })
      if (!reply.ok) return
      const { words, called } = (await reply.json()) as { words: string[]; called: boolean }
      show(words)
      own.classList.toggle('ticket-called', called)
      if (called && known !== words.join(' ')) navigator.vibrate?.([300, 150, 300])
      known = words.join(' ')
    } catch {
      show([own.dataset['lost'] ?? ''])
    }
  }
  const show = (words: readonly string[]): void =>
    now?.replaceChildren(...words.map((line) => Object.assign(document.createElement('p'), { textContent: line })))
  setInterval(() => void look(), 10_000)
  void look()
}
