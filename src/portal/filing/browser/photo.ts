// A photograph made straight, shrunk and, if wanted, grey, before it is sent: on the phone, so that little goes over the line.
import {
  guessCorners,
  project,
  projection,
  sheetSize,
  wholePicture,
  type Corners,
  type Point,
} from '../rules/perspective.ts'
import type { FilingText } from '../text.vi.ts'

const LONGEST = 2000
const QUALITY = 0.75
const SMALL = 240

/** Asks how the photograph is to be cut; undefined when it is given up. Throws when the browser cannot read it. */
export async function straighten(file: Blob, text: FilingText['photo']): Promise<Blob | undefined> {
  // Browsers turn it upright by its EXIF themselves.
  let picture: HTMLCanvasElement = shrink(
    await createImageBitmap(file, { imageOrientation: 'from-image' }),
    LONGEST * 1.25,
  )
  let corners = guess(picture)
  let isGrey = false

  const dialog = document.createElement('dialog')
  dialog.className = 'filing-photo'
  dialog.setAttribute('aria-labelledby', 'photo-title')
  dialog.innerHTML = `<form method="dialog"><h2 id="photo-title"></h2><p class="small" data-hint></p>
    <div class="filing-photo-stage"><canvas role="img"></canvas><svg aria-hidden="true"><polygon></polygon></svg></div>
    <div class="filing-photo-tools"></div><div class="filing-buttons"></div></form>`
  const find = <Kind extends Element>(selector: string): Kind => {
    const found = dialog.querySelector<Kind>(selector)
    if (!found) throw new Error(selector)
    return found
  }
  find('h2').textContent = text.title
  find('[data-hint]').textContent = text.hint
  const canvas = find<HTMLCanvasElement>('canvas')
  canvas.setAttribute('aria-label', text.preview)
  const stage = find<HTMLElement>('.filing-photo-stage')
  const outline = find<SVGPolygonElement>('polygon')
  const svg = find<SVGSVGElement>('svg')
  const handles = text.corners.map((name, index) => {
    const handle = document.createElement('button')
    handle.type = 'button'
    handle.className = 'filing-corner'
    handle.setAttribute('aria-label', name)
    handle.addEventListener('pointerdown', (event) => {
      event.preventDefault()
      handle.focus()
      handle.setPointerCapture(event.pointerId)
    })
    handle.addEventListener('pointermove', (event) => {
      if (handle.hasPointerCapture(event.pointerId)) move(index, pointAt(event))
    })
    handle.addEventListener('keydown', (event) => {
      const step = Math.max(picture.width, picture.height) / (event.shiftKey ? 20 : 100)
      const by: Record<string, Point> = {
        ArrowLeft: { x: -step, y: 0 },
        ArrowRight: { x: step, y: 0 },
        ArrowUp: { x: 0, y: -step },
        ArrowDown: { x: 0, y: step },
      }
      const change = by[event.key]
      const corner = corners[index]
      if (!change || !corner) return
      event.preventDefault()
      move(index, { x: corner.x + change.x, y: corner.y + change.y })
    })
    stage.append(handle)
    return handle
  })

  function pointAt(event: PointerEvent): Point {
    const box = canvas.getBoundingClientRect()
    return {
      x: ((event.clientX - box.left) / box.width) * picture.width,
      y: ((event.clientY - box.top) / box.height) * picture.height,
    }
  }
  function move(index: number, { x, y }: Point): void {
    const within = { x: Math.min(picture.width, Math.max(0, x)), y: Math.min(picture.height, Math.max(0, y)) }
    corners = corners.map((corner, place) => (place === index ? within : corner)) as unknown as Corners
    mark()
  }
  function draw(): void {
    canvas.width = picture.width
    canvas.height = picture.height
    const context = canvas.getContext('2d')
    if (context) {
      context.filter = isGrey ? 'grayscale(1)' : 'none'
      context.drawImage(picture, 0, 0)
    }
    svg.setAttribute('viewBox', `0 0 ${picture.width} ${picture.height}`)
    mark()
  }
  function mark(): void {
    outline.setAttribute('points', corners.map(({ x, y }) => `${x},${y}`).join(' '))
    for (const [index, handle] of handles.entries()) {
      const corner = corners[index]
      if (!corner) continue
      handle.style.left = `${(corner.x / picture.width) * 100}%`
      handle.style.top = `${(corner.y / picture.height) * 100}%`
    }
  }

  const tools = find<HTMLElement>('.filing-photo-tools')
  const tool = (label: string, act: (button: HTMLButtonElement) => void) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'button-quiet'
    button.textContent = label
    button.addEventListener('click', () => act(button))
    tools.append(button)
  }
  const turn = (quarters: 1 | 3) => () => {
    picture = turned(picture, quarters)
    corners = guess(picture)
    draw()
  }
  tool(text.rotateLeft, turn(3))
  tool(text.rotateRight, turn(1))
  tool(text.whole, () => {
    corners = wholePicture(picture.width, picture.height)
    mark()
  })
  tool(text.grey, (button) => {
    isGrey = !isGrey
    button.setAttribute('aria-pressed', String(isGrey))
    draw()
  })
  const buttons = find<HTMLElement>('.filing-buttons')
  buttons.innerHTML = `<button value="use"></button><button class="button-quiet" value="cancel"></button>`
  const [use, cancel] = buttons.querySelectorAll('button')
  if (use) use.textContent = text.use
  if (cancel) cancel.textContent = text.another

  document.body.append(dialog)
  draw()
  dialog.showModal()
  const chosen = await new Promise<string>((resolve) =>
    dialog.addEventListener('close', () => resolve(dialog.returnValue)),
  )
  dialog.remove()
  if (chosen !== 'use') return undefined
  return toJpeg(cut(picture, corners), isGrey)
}

function guess(picture: HTMLCanvasElement): Corners {
  const small = shrink(picture, SMALL)
  const data = small.getContext('2d', { willReadFrequently: true })?.getImageData(0, 0, small.width, small.height).data
  if (!data) return wholePicture(picture.width, picture.height)
  const grey = new Float32Array(small.width * small.height)
  for (let place = 0; place < grey.length; place += 1) {
    const at = place * 4
    grey[place] = 0.3 * (data[at] ?? 0) + 0.59 * (data[at + 1] ?? 0) + 0.11 * (data[at + 2] ?? 0)
  }
  const factor = picture.width / small.width
  return guessCorners(grey, small.width, small.height).map(({ x, y }) => ({
    x: Math.min(picture.width, x * factor),
    y: Math.min(picture.height, y * factor),
  })) as unknown as Corners
}

function shrink(source: ImageBitmap | HTMLCanvasElement, longest: number): HTMLCanvasElement {
  const factor = Math.min(1, longest / Math.max(source.width, source.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(source.width * factor))
  canvas.height = Math.max(1, Math.round(source.height * factor))
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.imageSmoothingQuality = 'high'
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  if ('close' in source) source.close()
  return canvas
}

function turned(source: HTMLCanvasElement, quarters: 1 | 3): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = source.height
  canvas.height = source.width
  const context = canvas.getContext('2d')
  context?.translate(canvas.width / 2, canvas.height / 2)
  context?.rotate((quarters * Math.PI) / 2)
  context?.drawImage(source, -source.width / 2, -source.height / 2)
  return canvas
}

/** The sheet within the corners, straight. Corners that make no sheet leave the picture as it is. */
function cut(source: HTMLCanvasElement, corners: Corners): HTMLCanvasElement {
  const { width, height } = sheetSize(corners, LONGEST)
  const map = projection(corners, width, height)
  const from = source.getContext('2d')?.getImageData(0, 0, source.width, source.height)
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (!map || !from || !context) return shrink(source, LONGEST)
  const to = context.createImageData(width, height)
  const right = from.width - 1
  const bottom = from.height - 1
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const point = project(map, x + 0.5, y + 0.5)
      const px = Math.min(right, Math.max(0, point.x - 0.5))
      const py = Math.min(bottom, Math.max(0, point.y - 0.5))
      const left = Math.floor(px)
      const top = Math.floor(py)
      const dx = px - left
      const dy = py - top
      const first = (top * from.width + left) * 4
      const next = left < right ? 4 : 0
      const down = top < bottom ? from.width * 4 : 0
      const at = (y * width + x) * 4
      for (let colour = 0; colour < 3; colour += 1) {
        const place = first + colour
        const upper = (from.data[place] ?? 0) * (1 - dx) + (from.data[place + next] ?? 0) * dx
        const lower = (from.data[place + down] ?? 0) * (1 - dx) + (from.data[place + down + next] ?? 0) * dx
        to.data[at + colour] = upper * (1 - dy) + lower * dy
      }
      to.data[at + 3] = 255
    }
  }
  context.putImageData(to, 0, 0)
  return canvas
}

function toJpeg(source: HTMLCanvasElement, isGrey: boolean): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = source.width
  canvas.height = source.height
  const context = canvas.getContext('2d')
  if (context) {
    // What is transparent would turn black.
    context.fillStyle = '#fff'
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.filter = isGrey ? 'grayscale(1)' : 'none'
    context.drawImage(source, 0, 0)
  }
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/jpeg', QUALITY),
  )
}
