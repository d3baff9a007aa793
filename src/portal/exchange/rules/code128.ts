// ISO/IEC 15417 (Code 128), code set B: the barcode that carriers read from labels.

const PATTERNS =
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 ' +
  '123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 ' +
  '232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 ' +
  '313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 ' +
  '111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 ' +
  '111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 ' +
  '114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112'
const patterns = PATTERNS.split(' ')
const START_B = 104
const STOP = 106

/** Widths of bars and gaps in turn, a bar first. Undefined for text with other than printable ASCII. */
export function code128(text: string): number[] | undefined {
  if (text === '' || !/^[\u0020-\u007e]+$/.test(text)) return undefined
  const values = Array.from(text, (letter) => letter.charCodeAt(0) - 32)
  const check = values.reduce((sum, value, index) => sum + value * (index + 1), START_B) % 103
  return [START_B, ...values, check, STOP].flatMap((value) => Array.from(patterns[value] ?? '', Number))
}

const QUIET = 10

/** The same as a picture; one unit a module, with the white margin that readers need. */
export function barcodeSvg(text: string): string | undefined {
  const widths = code128(text)
  if (!widths) return undefined
  let at = QUIET
  let bars = ''
  for (const [index, width] of widths.entries()) {
    if (index % 2 === 0) bars += `<rect x="${at}" y="0" width="${width}" height="40"/>`
    at += width
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${at + QUIET} 40" preserveAspectRatio="none"><rect width="${at + QUIET}" height="40" fill="#fff"/>${bars}</svg>`
}
