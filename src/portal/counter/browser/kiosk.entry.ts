/** At the machine in the room: who walks away in the middle leaves the first page to the next person. */
const kiosk = document.querySelector<HTMLElement>('.kiosk[data-machine]')
const home = kiosk?.dataset['home'] ?? ''
if (home) {
  let left = setTimeout(back, 45_000)
  for (const name of ['pointerdown', 'keydown'])
    document.addEventListener(name, () => {
      clearTimeout(left)
      left = setTimeout(back, 45_000)
    })
}

function back(): void {
  if (location.pathname + location.search === home) setTimeout(back, 45_000)
  else location.replace(home)
}
