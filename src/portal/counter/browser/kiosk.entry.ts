/**
 * The machine in the room opens `/lay-so/…?in=1` once; from then on tickets print themselves in this window. Who walks
 * away in the middle leaves the first page to the next person.
 */
if (new URLSearchParams(location.search).get('in') === '1') sessionStorage.setItem('kiosk', '1')
const kiosk = document.querySelector<HTMLElement>('.kiosk')
const home = kiosk?.dataset['home'] ?? ''
if (home && sessionStorage.getItem('kiosk') === '1') {
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
