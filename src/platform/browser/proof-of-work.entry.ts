// Solves the task of a form while the person fills it in, a few milliseconds at a time, so that typing stays smooth.
import { isSolution, readChallenge } from './solve-proof.ts'

const PIECE_MS = 12

for (const field of document.querySelectorAll<HTMLInputElement>('input[data-challenge]')) begin(field)

function begin(field: HTMLInputElement): void {
  const challenge = field.dataset['challenge'] ?? ''
  const { bits, nonce } = readChallenge(challenge)
  const form = field.form
  if (!form || !nonce || !(bits > 0)) return
  let number = 0
  let sender: Element | null | undefined

  const work = () => {
    const until = performance.now() + PIECE_MS
    while (performance.now() < until)
      for (let left = 64; left > 0; left--, number++)
        if (isSolution(nonce, bits, number)) {
          field.value = `${challenge}~${number}`
          if (sender !== undefined) form.requestSubmit(sender as HTMLElement | null)
          return
        }
    setTimeout(work, 0)
  }

  form.addEventListener('submit', (event) => {
    if (field.value !== '') return
    event.preventDefault()
    sender = event.submitter
    const button = sender ?? form.querySelector('button')
    if (!button || button.getAttribute('aria-busy') === 'true') return
    button.setAttribute('aria-busy', 'true')
    const told = document.createElement('p')
    told.setAttribute('role', 'status')
    told.className = 'hint'
    told.textContent = field.dataset['busy'] ?? ''
    button.after(told)
  })
  // A page that comes back from the browser's memory carries a solution that was used.
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload()
  })
  work()
}
