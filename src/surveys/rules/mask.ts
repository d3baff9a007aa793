// Luật 91/2025/QH15, Điều 3: ý kiến tự do không giữ số định danh, điện thoại, thư điện tử, tên người, mã hồ sơ.

const patterns: readonly (readonly [RegExp, string])[] = [
  [/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.[\p{L}]{2,}/gu, '[thư điện tử]'],
  [/\b(?:https?:\/\/|www\.)\S+/giu, '[liên kết]'],
  [/\b(?:\d{3}\.\d{2}\.\d{2}\.)?H\d{2}(?:\.\d{1,3})*-\d{2,6}-\d{3,8}\b/giu, '[mã hồ sơ]'],
  // Numbers of nine digits and more, however they are grouped: identity numbers, telephones, accounts.
  [/(?<![\p{L}\p{N}])\+?\d(?:[\s.\-()]{0,2}\d){8,}(?![\p{N}])/gu, '[số]'],
]

const titles =
  'ông|bà|anh|chị|em|cô|chú|bác|cháu|đồng chí|đ/c|mr|mrs|ms|cán bộ|công chức|chủ tịch|phó chủ tịch|trưởng phòng|tên là|tên tôi là|tôi là|tôi tên'
const named = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(${titles})((?:\s+(?:tên(?:\s+là)?|là))?)\s+(\p{Lu}[\p{L}]*(?:\s+\p{Lu}[\p{L}]*){0,4})`,
  'giu',
)
const families =
  'Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đoàn|Trịnh|Mai|Tô|Cao|Lương|Hà|Tạ|Châu|Nông|Vi|Lò|Giàng|Thạch'
const fullName = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${families})(?:\s+\p{Lu}\p{Ll}+){1,4}`, 'gu')

/** Free words without what leads to a person. It errs on the side of hiding. */
export function maskPersonal(words: string): string {
  const plain = words.normalize('NFC').replace(/[\p{Cc}\p{Cf}]/gu, (sign) => (sign === '\n' ? '\n' : ' '))
  const numbers = patterns.reduce((text, [pattern, instead]) => text.replace(pattern, instead), plain)
  return numbers
    .replace(fullName, '[tên]')
    .replace(named, (whole, title: string, between: string, name: string) =>
      // The flag that takes titles in any case also takes names in small letters; those are ordinary words.
      /^\p{Lu}/u.test(name) ? `${title}${between} [tên]` : whole,
    )
    .trim()
}
