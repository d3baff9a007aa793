import type { LiveState } from '../contract.ts'

// Looks every few seconds whether the money has come, copies what is to be typed, and hands the code to a bank's application.

const state = document.getElementById('pay-state')
const path = state?.dataset['path']
const EVERY = 4000
const SLOWLY = 20_000
const PATIENCE = 15 * 60_000

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
  if (!navigator.clipboard) continue
  const words = button.firstChild
  const before = words?.textContent ?? ''
  button.hidden = false
  button.addEventListener('click', () => {
    void navigator.clipboard.writeText(button.dataset['copy'] ?? '').then(() => {
      if (words) words.textContent = button.dataset['copied'] ?? before
      setTimeout(() => {
        if (words) words.textContent = before
      }, 2000)
    })
  })
}

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-open-app]')) {
  const probe = new File([new Uint8Array(1)], 'vietqr.png', { type: 'image/png' })
  if (typeof navigator.canShare !== 'function' || !navigator.canShare({ files: [probe] })) continue
  button.hidden = false
  button.addEventListener('click', () => void share(button.dataset['openApp'] ?? ''))
}

/** The telephone offers the applications that take a picture of a code, the banks' among them. */
async function share(address: string): Promise<void> {
  const reply = await fetch(address)
  if (!reply.ok) return
  const file = new File([await reply.blob()], 'vietqr.png', { type: 'image/png' })
  // Whoever closes the list has changed their mind.
  await navigator.share({ files: [file] }).catch(() => undefined)
}

for (const note of document.querySelectorAll<HTMLElement>('[data-live]')) note.textContent = note.dataset['live'] ?? ''

const began = Date.now()
async function look(): Promise<void> {
  if (!state || !path) return
  if (document.visibilityState === 'visible') {
    const reply = await fetch(`${path}/trang-thai`, { headers: { accept: 'application/json' } }).catch(() => undefined)
    if (reply?.ok) {
      const now = (await reply.json()) as LiveState
      if (now.state !== state.dataset['state'] || String(now.owed) !== state.dataset['owed']) {
        location.reload()
        return
      }
    }
  }
  setTimeout(() => void look(), Date.now() - began > PATIENCE ? SLOWLY : EVERY)
}
if (state?.dataset['state'] === 'open' || state?.dataset['state'] === 'partial') setTimeout(() => void look(), EVERY)
