import { cleanPicture, readPicture, type Picture } from './pictures.ts'
import { renderPdf } from './render.ts'
import type { Instant } from '../platform/day.ts'

const A4 = { short: 595.28, long: 841.89 }
const MARGIN = 2 * 22.68

/** Quarter turns to the right and whether it is mirrored first, by the orientation of EXIF. */
const upright: Record<Picture['orientation'], { turn: number; mirrored: boolean }> = {
  1: { turn: 0, mirrored: false },
  2: { turn: 0, mirrored: true },
  3: { turn: 2, mirrored: false },
  4: { turn: 2, mirrored: true },
  5: { turn: 3, mirrored: true },
  6: { turn: 1, mirrored: false },
  7: { turn: 1, mirrored: true },
  8: { turn: 3, mirrored: false },
}

/**
 * Photographs of one paper as one PDF/A-2b, a page each, upright and without what the telephone wrote into them.
 * Undefined when one of them is no JPEG or PNG. The same pictures give the same bytes.
 */
export async function printPages(
  pictures: readonly Buffer[],
  { title, author, at }: { title: string; author: string; at: Instant },
): Promise<Buffer | undefined> {
  const pages: {
    file: string
    bytes: Buffer
    width: number
    height: number
    turn: number
    mirrored: boolean
    flipped: boolean
    alt: string
  }[] = []
  for (const [index, bytes] of pictures.entries()) {
    const picture = readPicture(bytes)
    const clean = picture && cleanPicture(bytes)
    if (!picture || !clean || picture.kind === 'webp') return undefined
    pages.push({
      file: `page-${index + 1}.${picture.kind === 'png' ? 'png' : 'jpg'}`,
      bytes: clean,
      alt: `${title}, ${index + 1}`,
      ...fit(picture),
    })
  }
  return renderPdf(
    'sheets/pictures',
    {
      title,
      author,
      issuedAt: at,
      pictures: pages.map(({ bytes: _bytes, file, ...page }) => ({ ...page, file: `/pictures/${file}` })),
    },
    {
      standard: 'a-2b',
      files: pages.map(({ file, bytes }) => ({ name: `pictures/${file}`, bytes: new Uint8Array(bytes) })),
    },
  )
}

/** How large it is drawn before it is turned, and which way the page lies. */
function fit({ width, height, orientation }: Picture) {
  const { turn, mirrored } = upright[orientation]
  const onSide = turn % 2 === 1
  const [shownWidth, shownHeight] = onSide ? [height, width] : [width, height]
  const flipped = shownWidth > shownHeight * 1.1
  const room = flipped
    ? { width: A4.long - MARGIN, height: A4.short - MARGIN }
    : { width: A4.short - MARGIN, height: A4.long - MARGIN }
  const factor = Math.min(room.width / shownWidth, room.height / shownHeight)
  return { width: round(width * factor), height: round(height * factor), turn, mirrored, flipped }
}

const round = (points: number) => Math.floor(points * 100) / 100
