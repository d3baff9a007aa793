// A sheet of paper photographed from the side, made straight again: plane projective geometry on plain numbers.

export type Point = { x: number; y: number }
/** Top left, top right, bottom right, bottom left. */
export type Corners = readonly [Point, Point, Point, Point]

/** The eight numbers of the map from a rectangle to the four corners; undefined when they are no proper quadrilateral. */
export function projection(corners: Corners, width: number, height: number): readonly number[] | undefined {
  const from: Corners = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ]
  const rows: number[][] = from.flatMap(({ x, y }, index) => {
    const to = corners[index] ?? { x: 0, y: 0 }
    return [
      [x, y, 1, 0, 0, 0, -to.x * x, -to.x * y, to.x],
      [0, 0, 0, x, y, 1, -to.y * x, -to.y * y, to.y],
    ]
  })
  return isConvex(corners) ? solve(rows) : undefined
}

/** Where a point of the straight sheet lies in the photograph. */
export function project(map: readonly number[], x: number, y: number): Point {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = map
  const scale = g * x + h * y + 1
  return { x: (a * x + b * y + c) / scale, y: (d * x + e * y + f) / scale }
}

/** Gauss with the largest pivot; undefined when the equations hang together. */
function solve(rows: number[][]): number[] | undefined {
  const size = rows.length
  for (let column = 0; column < size; column += 1) {
    const below = rows.slice(column).map((row) => Math.abs(row[column] ?? 0))
    const best = column + below.indexOf(Math.max(...below))
    const pivot = rows[best]
    const top = rows[column]
    if (!pivot || !top || Math.abs(pivot[column] ?? 0) < 1e-9) return undefined
    rows[best] = top
    rows[column] = pivot
    for (const row of rows) {
      if (row === pivot) continue
      const factor = (row[column] ?? 0) / (pivot[column] ?? 1)
      for (let place = column; place <= size; place += 1) row[place] = (row[place] ?? 0) - factor * (pivot[place] ?? 0)
    }
  }
  return rows.map((row, index) => (row[size] ?? 0) / (row[index] ?? 1))
}

const cross = (a: Point, b: Point, c: Point): number => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)

/** Whether the corners go round once, none of them dented or on top of another. */
export function isConvex([a, b, c, d]: Corners): boolean {
  return [cross(a, b, c), cross(b, c, d), cross(c, d, a), cross(d, a, b)].every((turn) => turn > 1)
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

/** How large the straight sheet should be: as its longer sides, at most so many points. */
export function sheetSize([a, b, c, d]: Corners, most: number): { width: number; height: number } {
  const width = Math.max(distance(a, b), distance(d, c), 1)
  const height = Math.max(distance(a, d), distance(b, c), 1)
  const factor = Math.min(1, most / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) }
}

export const wholePicture = (width: number, height: number): Corners => [
  { x: 0, y: 0 },
  { x: width, y: 0 },
  { x: width, y: height },
  { x: 0, y: height },
]

/**
 * A first guess of where the sheet lies in a small grey picture: the largest bright area, by its outermost points along
 * the diagonals. The whole picture where nothing looks like a sheet.
 */
export function guessCorners(grey: ArrayLike<number>, width: number, height: number): Corners {
  const whole = wholePicture(width, height)
  const area = largestArea(grey, { width, height, threshold: threshold(grey) })
  const share = area.length / (width * height)
  if (share < 0.15 || share > 0.97) return whole
  const points = area.map((place) => ({ x: place % width, y: Math.floor(place / width) }))
  const by = (value: (point: Point) => number): Point =>
    points.reduce((best, point) => (value(point) < value(best) ? point : best))
  const found: Corners = [
    by(({ x, y }) => x + y),
    by(({ x, y }) => y - x),
    by(({ x, y }) => -x - y),
    by(({ x, y }) => x - y),
  ]
  return isConvex(found) && areaOf(found) > area.length * 0.7 ? found : whole
}

const areaOf = ([a, b, c, d]: Corners): number => Math.abs(cross(a, b, c) + cross(a, c, d)) / 2

/** Otsu: the brightness that best parts a picture in two. */
function threshold(grey: ArrayLike<number>): number {
  const counts = Array.from({ length: 256 }, () => 0)
  let sum = 0
  for (let place = 0; place < grey.length; place += 1) {
    const value = Math.min(255, Math.max(0, Math.round(grey[place] ?? 0)))
    counts[value] = (counts[value] ?? 0) + 1
    sum += value
  }
  let best = 127
  let most = -1
  let dark = 0
  let darkSum = 0
  for (const [value, count] of counts.entries()) {
    dark += count
    darkSum += value * count
    const bright = grey.length - dark
    if (dark === 0 || bright === 0) continue
    const between = dark * bright * (darkSum / dark - (sum - darkSum) / bright) ** 2
    if (between > most) {
      most = between
      best = value
    }
  }
  return best
}

function largestArea(
  grey: ArrayLike<number>,
  { width, height, threshold: least }: { width: number; height: number; threshold: number },
): number[] {
  const seen = new Uint8Array(width * height)
  let largest: number[] = []
  for (let start = 0; start < width * height; start += 1) {
    if (seen[start] || (grey[start] ?? 0) <= least) continue
    const area = [start]
    seen[start] = 1
    for (let at = 0; at < area.length; at += 1) {
      const place = area[at] ?? 0
      const x = place % width
      const around = [
        x > 0 ? place - 1 : -1,
        x < width - 1 ? place + 1 : -1,
        place - width,
        place + width < width * height ? place + width : -1,
      ]
      for (const next of around) {
        if (next < 0 || seen[next] || (grey[next] ?? 0) <= least) continue
        seen[next] = 1
        area.push(next)
      }
    }
    if (area.length > largest.length) largest = area
  }
  return largest
}
