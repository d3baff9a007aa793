import type { Coordinates } from '../contract.ts'

const CELL = 250
const CELLS = 6
const SIZE = 300
const METRES_A_DEGREE = 111_320

const number = (value: number): string => String(Math.round(value * 10) / 10)
const degrees = (value: number): string => value.toFixed(4).replace('.', ',')

/**
 * Where a point lies, drawn without anybody's map: a grid of 250 m with its coordinates, north above, the point in it. It
 * is made of numbers and given words alone, so it is safe as markup; the words are escaped by `write`.
 */
export function placePicture(
  { latitude, longitude }: Coordinates,
  { label, cell, north, write }: { label: string; cell: string; north: string; write: (text: string) => string },
): string {
  const half = (CELL * CELLS) / 2
  const perLatitude = METRES_A_DEGREE
  const perLongitude = METRES_A_DEGREE * Math.cos((latitude * Math.PI) / 180)
  const toPixel = SIZE / (CELL * CELLS)
  const lines: string[] = []
  const stepNorth = CELL / perLatitude
  const stepEast = CELL / perLongitude
  const firstNorth = Math.ceil((latitude - half / perLatitude) / stepNorth)
  const firstEast = Math.ceil((longitude - half / perLongitude) / stepEast)
  for (let index = 0; index < CELLS; index++) {
    const atNorth = (firstNorth + index) * stepNorth
    const y = number((half - (atNorth - latitude) * perLatitude) * toPixel)
    lines.push(`<path d="M0 ${y}H${SIZE}" stroke="#dcd6cd"/>`)
    if (index % 2 === 1)
      lines.push(`<text x="4" y="${number(Number(y) - 3)}" font-size="10" fill="#514a43">${degrees(atNorth)}</text>`)
    const atEast = (firstEast + index) * stepEast
    const x = number((half + (atEast - longitude) * perLongitude) * toPixel)
    lines.push(`<path d="M${x} 0V${SIZE}" stroke="#dcd6cd"/>`)
    if (index % 2 === 1 && Number(x) < SIZE - 48)
      lines.push(
        `<text x="${number(Number(x) + 3)}" y="${SIZE - 5}" font-size="10" fill="#514a43">${degrees(atEast)}</text>`,
      )
  }
  const middle = SIZE / 2
  return `<svg class="place-picture" viewBox="0 0 ${SIZE} ${SIZE}" width="${SIZE}" height="${SIZE}" role="img" aria-label="${write(label)}">
<rect width="${SIZE}" height="${SIZE}" fill="#faf8f5"/>${lines.join('')}
<path d="M${SIZE - 22} 34V12M${SIZE - 27} 19l5-7 5 7" fill="none" stroke="#231f1b" stroke-width="1.5"/><text x="${SIZE - 22}" y="46" font-size="10" text-anchor="middle" fill="#231f1b">${write(north)}</text>
<circle cx="${middle}" cy="${middle}" r="9" fill="#8c1f17" fill-opacity=".18"/><circle cx="${middle}" cy="${middle}" r="4" fill="#8c1f17"/>
<path d="M12 16h${CELL * toPixel}M12 12v8M${12 + CELL * toPixel} 12v8" stroke="#231f1b" fill="none"/><text x="12" y="32" font-size="10" fill="#231f1b">${write(cell)}</text></svg>`
}
