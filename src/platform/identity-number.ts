import type { Day } from './day.ts'
import { accept, refuse, type Result } from './result.ts'

/** Numbers by which the law knows a person or an organisation. */
export type IdentityKind = 'citizen' | 'old-citizen' | 'passport' | 'tax-code' | 'none'

export type IdentityRefusal = {
  code:
    | 'identity-number-not-12-digits'
    | 'identity-number-9-digits'
    | 'identity-number-province'
    | 'identity-number-birth-year'
    | 'identity-number-sex'
    | 'identity-number-future'
    | 'passport-format'
    | 'tax-code-format'
    | 'tax-code-check-digit'
}

export type Sex = 'male' | 'female'

/** Codes of the 63 provinces before 1/7/2025; numbers given then are never changed. TT 59/2021/TT-BCA. */
const provinces = new Set(
  '001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096'.split(
    ' ',
  ),
)

/** Only the digits and letters that count: blanks, dots and dashes that people type are taken out. */
export const cleanIdentityNumber = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s.\-–]/g, '')
    .toUpperCase()

/** What a 12-digit number says of its owner. NĐ 137/2015/NĐ-CP, Điều 13: place of birth, century and sex, year of birth. */
export function readCitizenNumber(number: string): {
  place: string
  bornInVietnam: boolean
  sex: Sex
  birthYear: number
} {
  const centuryAndSex = Number(number[3])
  return {
    place: number.slice(0, 3),
    bornInVietnam: number.startsWith('0'),
    sex: centuryAndSex % 2 === 0 ? 'male' : 'female',
    birthYear: 1900 + Math.floor(centuryAndSex / 2) * 100 + Number(number.slice(4, 6)),
  }
}

/**
 * Checks a number of this kind, and against what is known of the person. The nine-digit card ended on 1/1/2025 (Luật
 * Căn cước 26/2023/QH15, Điều 46): it finds old dossiers, but no new one is taken in with it.
 */
export function checkIdentityNumber(
  kind: IdentityKind,
  typed: string,
  known: { today: Day; birthDay?: Day | null; sex?: Sex | null },
): Result<string, IdentityRefusal> {
  const number = cleanIdentityNumber(typed)
  if (kind === 'none') return accept('')
  if (kind === 'passport') return /^[A-Z0-9]{6,12}$/.test(number) ? accept(number) : refuse({ code: 'passport-format' })
  if (kind === 'tax-code') return checkTaxCode(number)
  if (/^\d{9}$/.test(number)) {
    return kind === 'old-citizen' && known.today < '2025-01-01'
      ? accept(number)
      : refuse({ code: 'identity-number-9-digits' })
  }
  if (kind === 'old-citizen' || !/^\d{12}$/.test(number)) return refuse({ code: 'identity-number-not-12-digits' })
  if (number.startsWith('0') && !provinces.has(number.slice(0, 3))) return refuse({ code: 'identity-number-province' })
  const read = readCitizenNumber(number)
  if (read.birthYear > Number(known.today.slice(0, 4))) return refuse({ code: 'identity-number-future' })
  if (known.birthDay && Number(known.birthDay.slice(0, 4)) !== read.birthYear)
    return refuse({ code: 'identity-number-birth-year' })
  if (known.sex && known.sex !== read.sex) return refuse({ code: 'identity-number-sex' })
  return accept(number)
}

/** Mã số thuế: ten digits with a check digit, a branch adds three; persons since 2025 use their 12-digit number. */
function checkTaxCode(number: string): Result<string, IdentityRefusal> {
  if (/^\d{12}$/.test(number)) return accept(number)
  if (!/^\d{10}(\d{3})?$/.test(number)) return refuse({ code: 'tax-code-format' })
  const weights = [31, 29, 23, 19, 17, 13, 7, 5, 3]
  const sum = weights.reduce((total, weight, index) => total + weight * Number(number[index]), 0)
  return 10 - (sum % 11) === Number(number[9]) ? accept(number) : refuse({ code: 'tax-code-check-digit' })
}

/** Shown where the whole number is not needed: `001085012345` → `0010••••2345`. */
export const maskIdentityNumber = (number: string): string =>
  number.length < 8 ? '•'.repeat(number.length) : number.slice(0, 4) + '•'.repeat(number.length - 8) + number.slice(-4)

/** What the QR code of an identity card says; unknown further fields are ignored. */
export type IdentityCard = {
  number: string
  oldNumber: string | null
  name: string
  birthDay: Day
  sex: Sex
  residence: string
  issuedOn: Day | null
}

/** `number|old number|name|ddMMyyyy|sex|residence|ddMMyyyy`; undefined when the text is no such code. */
export function parseIdentityCard(text: string): IdentityCard | undefined {
  const [number = '', old = '', name = '', birth = '', sex = '', residence = '', issued = ''] = text
    .normalize('NFC')
    .trim()
    .split('|')
    .map((part) => part.trim())
  const birthDay = dayFromDigits(birth)
  if (!/^\d{12}$/.test(number) || !name || !birthDay) return undefined
  return {
    number,
    oldNumber: /^\d{9}$/.test(old) ? old : null,
    name,
    birthDay,
    sex: sex.toLowerCase() === 'nữ' ? 'female' : 'male',
    residence,
    issuedOn: dayFromDigits(issued) ?? null,
  }
}

const dayFromDigits = (digits: string): Day | undefined => {
  const match = /^(\d{2})(\d{2})(\d{4})$/.exec(digits)
  return match ? `${match[3]}-${match[2]}-${match[1]}` : undefined
}
