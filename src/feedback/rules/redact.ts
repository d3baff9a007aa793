// Công khai kết quả mà không lộ dữ liệu cá nhân: NĐ 20/2008/NĐ-CP, Điều 19; Luật 91/2025/QH15.

import type { Finding } from '../contract.ts'

type Pattern = { kind: Finding['kind']; pattern: RegExp; group?: number }

const LETTER = String.raw`\p{L}`
const CAPITAL = String.raw`\p{Lu}[\p{Ll}\p{M}]*`
const before = `(?<![${LETTER}\\p{N}])`
const after = `(?![${LETTER}\\p{N}])`

/** Words that stand before a name: whoever is called so is a person. */
const callings = String.raw`ông|bà|anh|chị|em|cô|chú|bác|cậu|dì|thím|cháu|đồng chí|đ\/c|họ tên|họ và tên|tên là|tên tôi là|tôi là|con tôi là|vợ tôi là|chồng tôi là|cán bộ|công chức|chủ tịch|phó chủ tịch|bí thư|trưởng thôn|trưởng công an|kế toán|thầy|cô giáo|bác sĩ`

/** The commonest family names: a run of capitalised words that begins with one is most likely a person. */
const families =
  'Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đào|Đinh|Đoàn|Lâm|Mai|Trịnh|Tạ|Hà|Cao|Lương|Tô|Trương|Chu|Quách|Thái|Kiều|Lưu|Phùng|Vương|Từ|Châu|La|Lò|Giàng|Vàng|Sùng|Thào|Hứa|Nông|Triệu|Bế|Ma|Cầm|Quàng|Tòng|Ksor|Rơ|Siu|Y|H’|Tống|Khuất|Nghiêm|Doãn|Cù|Mạc|Tăng|Văn|Thạch|Kim|Sơn|Danh|Bạch|Lại|Đàm|Vi'

const patterns: readonly Pattern[] = [
  { kind: 'email', pattern: /[\p{L}\p{N}._%+-]+\s?@\s?[\p{L}\p{N}-]+(?:\s?\.\s?[\p{L}\p{N}-]+)+/giu },
  // Telephones as people write them: 0912 345 678, +84-912.345.678, 0228.3870.000, and with words between.
  {
    kind: 'phone',
    pattern: /(?<![\p{N}])(?:\(?\+?\s?84\)?|0)(?:[\s.\-–()]{0,2}\d){8,10}(?![\p{N}])/giu,
  },
  // Twelve digits of a citizen, nine of the old card; letters and digits of a passport.
  { kind: 'number', pattern: /(?<![\p{N}])\d(?:[\s.-]?\d){11}(?![\p{N}])/gu },
  { kind: 'number', pattern: /(?<![\p{N}.,])\d{9}(?![\p{N}.,]\p{N}|\p{N})/gu },
  { kind: 'number', pattern: /(?<![\p{L}\p{N}])[A-Z]\d{7,8}(?![\p{L}\p{N}])/gu },
  {
    kind: 'account',
    pattern: /(?:tài khoản|stk|tk)\s*(?:số)?\s*:?\s*(\d(?:[\s.-]?\d){5,18})(?![\p{N}])/giu,
    group: 1,
  },
  { kind: 'plate', pattern: /(?<![\p{L}\p{N}])\d{2}[A-Z]{1,2}\d?[\s.-]{1,3}\d{3}[.\s]?\d{2}(?![\p{N}])/gu },
  { kind: 'dossier', pattern: /(?<![\p{L}\p{N}])[HG]\d{2}(?:\.\d{1,3}){0,4}-\d{6}-\d{3,6}(?![\p{N}])/giu },
  { kind: 'dossier', pattern: /(?<![\p{L}\p{N}])PA\d+-\d{2}-\d{4,}(?![\p{N}])/giu },
  {
    kind: 'address',
    pattern: new RegExp(
      `${before}(?:số nhà|nhà số|số)\\s*\\d+[\\p{L}\\d/.-]*(?:\\s*,?\\s*(?:ngõ|ngách|hẻm|kiệt|đường|phố|thôn|xóm|ấp|tổ|khu|khóm|bản|làng|buôn)\\s+[\\p{L}\\d/-]+(?:\\s+${CAPITAL})*)+`,
      'giu',
    ),
  },
  {
    kind: 'address',
    pattern: new RegExp(`${before}(?:số nhà|nhà số|ngõ|ngách|hẻm|kiệt)\\s+\\d+[\\p{L}\\d/.-]*${after}`, 'giu'),
  },
  // A calling with a capitalised name after it.
  {
    kind: 'name',
    pattern: new RegExp(
      `${before}(?:${callings}|${callings.replaceAll(/(^|\|)(\p{L})/gu, (_all, bar: string, letter: string) => bar + letter.toUpperCase())})\\s*:?\\s+(${CAPITAL}(?:\\s+${CAPITAL}){0,4})`,
      'gu',
    ),
    group: 1,
  },
  { kind: 'name', pattern: new RegExp(`${before}(?:${families})(?:\\s+${CAPITAL}){1,4}${after}`, 'gu') },
  // A whole name in capital letters.
  {
    kind: 'name',
    pattern: new RegExp(`${before}(?:${families.toUpperCase()})(?:\\s+\\p{Lu}{2,}){1,4}${after}`, 'gu'),
  },
]

/** Capitalised words that belong to offices and places and not to persons. */
const offices =
  /^(Ủy ban|Uỷ ban|UBND|Hội đồng|HĐND|Công an|Đảng ủy|Nhà nước|Chính phủ|Quốc hội|Bộ|Sở|Phòng|Trung tâm|Việt Nam|Hà Nội|Hồ Chí Minh|Một Cửa|Văn phòng|Nam Định|Thái Bình|Thái Nguyên|Cao Bằng|Lâm Đồng|Hà Nam|Sơn La|Hà Tĩnh|Hà Giang|Lương Sơn|Kim Sơn|Văn Lâm)(?![\p{L}])/u

/** What in a text looks like personal data, from left to right, without overlaps; names that are known beforehand too. */
export function findPersonal(text: string, known: readonly string[] = []): Finding[] {
  const found: (Finding & { rank: number })[] = []
  const add = (kind: Finding['kind'], from: number, piece: string, rank: number) => {
    const end = piece.replace(/[\s,.;:]+$/u, '')
    if (end) found.push({ kind, from, to: from + end.length, text: end, rank })
  }
  for (const word of known.map((one) => one.trim()).filter((one) => one.length >= 2))
    for (const at of occurrences(text, word)) add('name', at, text.slice(at, at + word.length), 0)
  for (const [rank, { kind, pattern, group }] of patterns.entries())
    for (const match of text.matchAll(pattern)) {
      const piece = group === undefined ? match[0] : (match[group] ?? '')
      if (kind === 'name' && offices.test(piece)) continue
      add(kind, match.index + match[0].lastIndexOf(piece), piece, rank + 1)
    }
  const chosen: Finding[] = []
  for (const { rank: _rank, ...one } of found.toSorted((a, b) => a.rank - b.rank || b.to - b.from - (a.to - a.from)))
    if (!chosen.some((other) => one.from < other.to && other.from < one.to)) chosen.push(one)
  return chosen.toSorted((a, b) => a.from - b.from)
}

function occurrences(text: string, word: string): number[] {
  const folded = text.toLowerCase()
  const wanted = word.toLowerCase()
  // Lower case may have another length in rare scripts; then only the exact word is looked for.
  const [haystack, needle] = folded.length === text.length ? [folded, wanted] : [text, word]
  const places: number[] = []
  for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + needle.length)) places.push(at)
  return places
}

const marks: Readonly<Record<Finding['kind'], string>> = {
  name: '[tên người]',
  phone: '[số điện thoại]',
  number: '[số giấy tờ]',
  email: '[thư điện tử]',
  address: '[địa chỉ]',
  dossier: '[mã hồ sơ]',
  plate: '[biển số xe]',
  account: '[số tài khoản]',
}

/** The text with everything found put behind marks. */
export function redact(text: string, findings: readonly Finding[] = findPersonal(text)): string {
  let result = ''
  let at = 0
  for (const { from, to, kind } of findings) {
    result += text.slice(at, from) + marks[kind]
    at = to
  }
  return result + text.slice(at)
}

type Rest = {
  /** Pieces that the officer looked at and lets stand, each as written. */
  letStand: readonly string[]
  /** Names that must not be there, such as the sender's. */
  known: readonly string[]
  /** Telephone and mail address that the agency itself posts. */
  posted: readonly string[]
}

const digits = (text: string): string => text.replace(/\D/g, '').replace(/^84/, '0')

/**
 * What keeps words from being published: names, addresses and places may be let stand by the officer who looked at them;
 * numbers of persons and what is known of the sender never, a telephone or mail address only when the agency posts it.
 */
export function leftOver(texts: readonly string[], { letStand, known, posted }: Rest): Finding[] {
  const allowed = new Set(letStand)
  const numbers = new Set(posted.map(digits).filter((number) => number.length >= 8))
  const mails = new Set(posted.map((mail) => mail.trim().toLowerCase()))
  const secrets = new Set(known.map((word) => word.trim().toLowerCase()))
  return texts
    .flatMap((text) => findPersonal(text, known))
    .filter(({ kind, text }) => {
      if (kind === 'phone') return !numbers.has(digits(text))
      if (kind === 'email') return !mails.has(text.replaceAll(/\s/g, '').toLowerCase())
      if (kind === 'number' || kind === 'account' || secrets.has(text.toLowerCase())) return true
      return !allowed.has(text)
    })
}

/** `Nguyễn Văn An` → `N••• A•••`: enough to recognise; how many words and letters it has would tell too much. */
export function maskName(name: string): string {
  const initials = name
    .trim()
    .split(/\s+/u)
    .map((word) => Array.from(word)[0] ?? '')
  const ends = initials.length > 1 ? [initials[0], initials.at(-1)] : initials
  return ends.map((letter) => `${letter}•••`).join(' ')
}
