// On every public page: keeps it at hand for a phone that loses the network, and says when the network is gone.
if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js').catch(() => undefined)

// Not among the room's words, so that every page carries a few bytes only.
const words =
  document.documentElement.lang === 'en'
    ? 'There is no network. You can go on with this page.'
    : 'Đang mất mạng. Bạn vẫn dùng tiếp được trang này.'

// Empty from the start: what is put into it later is read aloud.
const note = document.createElement('p')
note.setAttribute('role', 'status')

function tell(): void {
  const gone = !navigator.onLine
  note.className = gone ? 'no-network' : 'visually-hidden'
  note.textContent = gone ? words : ''
}

// The page that stands in for one that cannot be had says it itself, and makes way as soon as it can be had.
if (document.querySelector('[data-stand-in]')) addEventListener('online', () => location.reload())
else {
  document.querySelector('.site-head')?.append(note)
  addEventListener('online', tell)
  addEventListener('offline', tell)
  tell()
}
