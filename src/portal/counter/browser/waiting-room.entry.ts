import type { BoardView } from '../contract.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

/** The screen of the waiting room: live, and honest when the line is lost. */
const screen = document.querySelector<HTMLElement>('.tv')
if (screen) run(screen)

function run(tv: HTMLElement): void {
  const all = tv.dataset['language'] === 'en' ? en : vi
  const text = all.board
  const part = (name: string) => tv.querySelector<HTMLElement>(name)
  let heardAt = Date.now()
  let said = part('.tv-number')?.textContent ?? ''
  let saidCalls = -1
  let speaks = false

  const show = (board: Omit<BoardView, 'now'>): void => {
    heardAt = Date.now()
    const [latest, ...older] = board.calls
    write('.tv-number', latest?.label ?? '')
    const nobody = board.closed ? all.closed(board.closed) : text.noCalls
    write('.tv-desk', latest ? text.deskNumber(latest.desk) : nobody)
    write('.tv-waiting', text.waiting(board.waiting))
    part('.tv-older')?.replaceChildren(
      ...older.map(({ label, desk }) =>
        Object.assign(document.createElement('span'), { textContent: `${label} → ${desk}` }),
      ),
    )
    tv.querySelectorAll('tbody tr').forEach((row, index) => {
      const cell = row.querySelector('td')
      if (cell) cell.textContent = board.desks[index]?.label ?? '–'
    })
    if (latest && (latest.label !== said || (saidCalls >= 0 && latest.calls !== saidCalls))) call(latest)
    // After a pause the same number may come again, on another day: it is called anew.
    said = latest?.label ?? ''
    saidCalls = latest?.calls ?? -1
  }
  const write = (name: string, words: string): void => {
    const place = part(name)
    if (place && place.textContent !== words) place.textContent = words
  }
  const call = ({ label, desk }: { label: string; desk: number }): void => {
    const latest = part('.tv-latest')
    latest?.classList.remove('tv-new')
    void latest?.offsetWidth
    latest?.classList.add('tv-new')
    if (!speaks) return
    const words = new SpeechSynthesisUtterance(text.say(label, desk))
    words.lang = tv.dataset['language'] === 'en' ? 'en-GB' : 'vi-VN'
    words.rate = 0.9
    speechSynthesis.speak(words)
  }

  // A browser speaks only after somebody pressed something.
  const button = part('[data-sound]')
  if (button && tv.dataset['voice'] && 'speechSynthesis' in globalThis) {
    button.hidden = false
    button.addEventListener('click', () => {
      speaks = true
      button.hidden = true
    })
  }

  const source = new EventSource(tv.dataset['live'] ?? '')
  source.addEventListener('message', (event: MessageEvent<string>) => show(JSON.parse(event.data) as BoardView))
  source.addEventListener('open', () => (heardAt = Date.now()))
  const poll = async (): Promise<void> => {
    try {
      const reply = await fetch(tv.dataset['poll'] ?? '', { cache: 'no-store' })
      if (reply.ok) show((await reply.json()) as BoardView)
    } catch {
      // Said on the screen below.
    }
  }
  setInterval(() => {
    // The stream may be cut without a word (a proxy, a cable): ask as well, and begin it anew when it gave up.
    if (source.readyState !== EventSource.OPEN || Date.now() - heardAt > 10_000) void poll()
    const lost = part('.tv-lost')
    if (lost) lost.hidden = Date.now() - heardAt < 20_000
    if (source.readyState === EventSource.CLOSED && Date.now() - heardAt < 5000) location.reload()
  }, 5000)
  // The clock of a television is often wrong; the server's is the one that counts.
  const ahead = Date.parse(tv.dataset['now'] ?? '') - Date.now() || 0
  setInterval(() => {
    const clock = new Date(Date.now() + ahead).toLocaleTimeString('vi-VN', {
      hour: '2-digit',
      minute: '2-digit',
      timeZone: 'Asia/Ho_Chi_Minh',
    })
    write('.tv-clock', clock)
  }, 1000)
}
