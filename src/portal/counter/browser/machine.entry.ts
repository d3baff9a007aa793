/**
 * At the machine in the room: who walks away in the middle leaves the first page to the next person, and the first page is
 * asked for anew, so that it opens in the morning by itself and an end of the pairing shows.
 */
const kiosk = document.querySelector<HTMLElement>('.kiosk[data-machine]')
const home = kiosk?.dataset['home'] ?? ''
const IDLE_MS = 45_000
if (home) {
  let left = setTimeout(() => void back(), IDLE_MS)
  const again = () => {
    clearTimeout(left)
    left = setTimeout(() => void back(), IDLE_MS)
  }
  for (const name of ['pointerdown', 'keydown', 'input']) document.addEventListener(name, again)

  async function back(): Promise<void> {
    // Without a network the page that is there is better than none.
    const reply = await fetch(home, { cache: 'no-store' }).catch(() => undefined)
    if (reply?.ok) location.replace(home)
    else again()
  }
}
