// Serves public pages that were seen before, and a page that says so, while there is no network. Nothing personal is kept:
// answers that may not be stored (cache-control: no-store) never enter the cache. Imports nothing: it is one file.

type Life = Event & { waitUntil: (work: Promise<unknown>) => void }
type Asked = Life & { request: Request; respondWith: (answer: Promise<Response>) => void }
type PageKeeper = {
  addEventListener(type: 'install' | 'activate', listener: (event: Life) => void): void
  addEventListener(type: 'fetch', listener: (event: Asked) => void): void
  skipWaiting: () => Promise<void>
  clients: { claim: () => Promise<void> }
  location: Location
}

// The types of a page and of a worker contradict each other; these are the few that are used here.
const worker = globalThis as unknown as PageKeeper
const FILES = 'motcua-files-1'
const PAGES = 'motcua-pages-1'
const OFFLINE = '/ngoai-tuyen'
const MOST_PAGES = 60

worker.addEventListener('install', (event) => {
  event.waitUntil(keepOfflinePage().then(() => worker.skipWaiting()))
})

/** With its style: whoever saw a single page before the network went still reads it as it was made. */
async function keepOfflinePage(): Promise<void> {
  const [pages, files] = await Promise.all([caches.open(PAGES), caches.open(FILES)])
  await pages.add(OFFLINE)
  const kept = await pages.match(OFFLINE)
  const named = (await kept?.text())?.matchAll(/href="(\/giao-dien\/[^"]+)"/g) ?? []
  await files.addAll([...new Set([...named].map(([, href = OFFLINE]) => href))])
}

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name !== FILES && name !== PAGES).map((name) => caches.delete(name))),
      )
      .then(() => worker.clients.claim()),
  )
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== worker.location.origin) return
  if (pathname.startsWith('/giao-dien/') || pathname.startsWith('/can-bo/assets/'))
    event.respondWith(fromFiles(request))
  else if (request.mode === 'navigate' && !pathname.startsWith('/can-bo') && !pathname.startsWith('/api'))
    event.respondWith(fromNetwork(request))
})

/** Their names change with their content, so what was kept is right for ever. */
async function fromFiles(request: Request): Promise<Response> {
  const files = await caches.open(FILES)
  const kept = await files.match(request)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) await files.put(request, answer.clone())
  return answer
}

async function fromNetwork(request: Request): Promise<Response> {
  const pages = await caches.open(PAGES)
  try {
    const answer = await fetch(request)
    if (answer.ok && !answer.headers.get('cache-control')?.includes('no-store')) {
      await pages.put(request, answer.clone())
      const kept = await pages.keys()
      for (const old of kept.slice(0, Math.max(0, kept.length - MOST_PAGES)))
        if (new URL(old.url).pathname !== OFFLINE) await pages.delete(old)
    }
    return answer
  } catch (fault) {
    const kept = (await pages.match(request)) ?? (await pages.match(OFFLINE))
    if (kept) return kept
    throw fault
  }
}
