// Files on their way: kept until they have arrived, sent in pieces, taken up again where a line broke.
import type { FilingText } from '../text.vi.ts'
import { allFiles, forgetFile, keepFile, type KeptFile } from './keep.ts'
import { straighten } from './photo.ts'

const PIECE = 128 * 1024
const LONGEST_WAIT = 30_000

export type Uploads = { isBusy: () => boolean; whenIdle: () => Promise<void> }

/** Makes the file field of a paper take photographs and send them at once. */
export function enhanceUpload(root: HTMLElement, { text, draftId }: { text: FilingText; draftId: string }): Uploads {
  const component = root.dataset['filingUpload'] ?? ''
  const url = root.dataset['url'] ?? ''
  const input = root.querySelector<HTMLInputElement>('input[type="file"]')
  const queue: KeptFile[] = []
  let running: Promise<void> | undefined
  if (!input) return { isBusy: () => false, whenIdle: async () => undefined }
  root.querySelector('[data-filing-send]')?.remove()

  const list = document.createElement('ul')
  list.className = 'filing-queue'
  const live = document.createElement('div')
  live.setAttribute('role', 'status')
  live.append(list)
  root.append(live)
  const camera = cameraField(input, text)
  const say = (id: string, words: string, again?: () => void): void => {
    const item = list.querySelector<HTMLLIElement>(`[data-id="${id}"]`) ?? document.createElement('li')
    item.dataset['id'] = id
    item.textContent = words
    if (again) {
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'button-quiet'
      button.textContent = text.upload.again
      button.addEventListener('click', again)
      item.append(' ', button)
    }
    list.append(item)
  }

  async function take(files: readonly File[]): Promise<void> {
    for (const file of files) {
      const id = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`
      let blob: Blob | undefined = file
      if (file.type.startsWith('image/') || /\.(jpe?g|png|webp|heic|heif)$/i.test(file.name)) {
        say(id, text.upload.preparing)
        try {
          blob = await straighten(file, text.photo)
        } catch {
          // A type that this browser cannot draw: the server says whether it can be taken.
          if (!/jpe?g|png/.test(file.type)) {
            say(id, text.photo.unreadable)
            continue
          }
        }
        list.querySelector(`[data-id="${id}"]`)?.remove()
      }
      if (!blob) continue
      const name = blob === file ? file.name : file.name.replace(/\.\w+$/, '') + '.jpg'
      const kept: KeptFile = { id, draftId, component, url, name, blob, at: Date.now(), location: null }
      await keepFile(kept).catch(() => undefined)
      queue.push(kept)
      say(id, `${name}: ${text.upload.waiting}`)
    }
    run()
  }

  function run(): void {
    running ??= work().finally(() => {
      running = undefined
    })
  }

  async function work(): Promise<void> {
    for (let file = queue[0]; file; file = queue[0]) {
      const outcome = await send(file)
      if (outcome === 'done') say(file.id, text.upload.done(file.name))
      else {
        const again = file
        say(file.id, `${text.upload.failed(file.name)}. ${outcome}`, () => {
          queue.push(again)
          run()
        })
      }
      await forgetFile(file.id).catch(() => undefined)
      queue.shift()
      if (outcome === 'done') {
        const way = document.querySelector<HTMLInputElement>('#way-files')
        if (way) way.checked = true
        await refresh(root)
        list.querySelector(`[data-id="${file.id}"]`)?.remove()
      }
    }
  }

  /** Tries until it is there or refused; a broken line is waited for. */
  async function send(file: KeptFile): Promise<string> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await attempt(file)
      } catch {
        say(file.id, `${file.name}: ${text.upload.broken}`)
        await patience(Math.min(LONGEST_WAIT, 1000 * 2 ** Math.min(tries, 5)))
      }
    }
  }

  async function attempt(file: KeptFile): Promise<string> {
    const { blob } = file
    if (file.location === null) {
      const body = { component, name: file.name, size: blob.size, ...(await digest(blob)) }
      const created = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      if (!created.ok) return refusal(created)
      const told = (await created.json()) as { done: boolean }
      file.location = created.headers.get('location')
      await keepFile(file).catch(() => undefined)
      if (told.done) return 'done'
    }
    const location = file.location ?? ''
    const known = await fetch(location, { method: 'HEAD' })
    if (known.status === 404) {
      file.location = null
      throw new Error('announce it again')
    }
    let offset = Number(known.headers.get('upload-offset'))
    while (offset < blob.size) {
      say(file.id, text.upload.sending(file.name, text.upload.part(offset, blob.size)))
      const answer = await fetch(location, {
        method: 'PATCH',
        headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
        body: blob.slice(offset, offset + PIECE),
      })
      if (answer.status === 409 || answer.status === 423) throw new Error('ask again how far it is')
      if (!answer.ok) return refusal(answer)
      const next = Number(answer.headers.get('upload-offset'))
      if (!(next > offset)) throw new Error('nothing arrived')
      offset = next
    }
    return 'done'
  }

  const onChosen = (field: HTMLInputElement) => () => {
    const files = [...(field.files ?? [])]
    field.value = ''
    void take(files)
  }
  input.addEventListener('change', onChosen(input))
  camera.addEventListener('change', onChosen(camera))
  // What was on its way when the page was left goes on.
  void allFiles()
    .then((kept) => {
      const own = kept.filter((file) => file.draftId === draftId && file.component === component && file.url === url)
      queue.push(...own.toSorted((one, other) => one.at - other.at))
      for (const file of own) say(file.id, `${file.name}: ${text.upload.waiting}`)
      if (own.length > 0) run()
    })
    .catch(() => undefined)

  return {
    isBusy: () => running !== undefined,
    whenIdle: async () => {
      while (running) await running
    },
  }
}

/** A second way in: the camera of the phone at once. */
function cameraField(input: HTMLInputElement, text: FilingText): HTMLInputElement {
  const camera = document.createElement('input')
  camera.type = 'file'
  camera.accept = 'image/*'
  camera.setAttribute('capture', 'environment')
  camera.id = `${input.id}-camera`
  const label = document.createElement('label')
  label.htmlFor = camera.id
  label.className = 'button filing-camera'
  label.textContent = text.papers.photo
  camera.className = 'visually-hidden'
  const note = document.createElement('p')
  note.className = 'hint'
  note.textContent = text.papers.shrink
  const own = document.querySelector<HTMLLabelElement>(`label[for="${input.id}"]`)
  own?.before(note, camera, label, input)
  // The browser's own button speaks the language of the browser.
  input.classList.add('visually-hidden')
  own?.classList.add('button', 'button-quiet', 'filing-camera')
  return camera
}

async function digest(blob: Blob): Promise<{ sha256?: string }> {
  // Only where the page came by a safe way.
  if (!globalThis.crypto?.subtle) return {}
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()))
  return { sha256: Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('') }
}

async function refusal(answer: Response): Promise<string> {
  if (answer.status >= 500) throw new Error('the server is away')
  const told = (await answer.json().catch(() => ({}))) as { detail?: string }
  return told.detail ?? String(answer.status)
}

/** Until the line is back, or after a while. */
const patience = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    function done(): void {
      clearTimeout(timer)
      globalThis.removeEventListener('online', done)
      resolve()
    }
    globalThis.addEventListener('online', done)
  })

/** Shows the list of files as the server has it now. */
async function refresh(root: HTMLElement): Promise<void> {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => undefined)
  if (!answer?.ok) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const key = root.dataset['filingUpload'] ?? ''
  const fresh = page.querySelector(`[data-filing-upload="${key}"] [data-filing-files]`)
  const old = root.querySelector('[data-filing-files]')
  if (fresh && old) old.replaceWith(document.adoptNode(fresh))
}
