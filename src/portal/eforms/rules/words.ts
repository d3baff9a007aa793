// What is told to the person who fills in; the same on the server and in the browser.
import type { IdentityRefusal } from '../../../platform/identity-number.ts'
import { writeNumber } from '../../../platform/money.ts'
import type { FindingCode, Widget, Words } from '../contract.ts'

const plain = (vi: string, en: string): Words => ({ vi, en })

/** What is missing, by the way in which it is asked. */
export function requiredWords(widget: Widget | 'group', label: Words): Words {
  const name = { vi: quoted(label.vi), en: quoted(label.en || label.vi) }
  if (widget === 'choice' || widget === 'choices' || widget === 'yes-no')
    return plain(`Hãy chọn một câu trả lời cho ${name.vi}`, `Choose an answer for ${name.en}`)
  if (widget === 'files') return plain(`Hãy đính kèm tệp cho ${name.vi}`, `Attach a file for ${name.en}`)
  if (widget === 'group') return plain(`Hãy thêm ít nhất một mục ở ${name.vi}`, `Add at least one entry to ${name.en}`)
  return plain(`Hãy điền ${name.vi}`, `Fill in ${name.en}`)
}
/** Of a day that looks like one and is in no calendar; undefined for everything else. */
export function noSuchDay(typed: string): Words | undefined {
  const [, day = 0, month = 0, year = 0] = (/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed) ?? []).map(Number)
  if (month === 0) return undefined
  if (month > 12) return plain(`Không có tháng ${month}`, `There is no month ${month}`)
  const isLeapDay = month === 2 && day === 29
  const most = month === 2 ? 29 : 31 - Number([4, 6, 9, 11].includes(month))
  if (day > 0 && day <= most && !isLeapDay) return undefined
  return isLeapDay
    ? plain(`Tháng 2 năm ${year} không có ngày 29`, `February ${year} has no day 29`)
    : plain(`Tháng ${month} không có ngày ${day}`, `Month ${month} has no day ${day}`)
}

const quoted = (label: string): string => `“${label.replace(/[?.:]$/u, '')}”`

export type Limits = {
  least?: number | undefined
  most?: number | undefined
  age?: number | undefined
  other?: Words | undefined
  isMoney?: boolean
}

export function wordsOf(
  code: Exclude<FindingCode, 'required' | 'identity-number' | 'check'>,
  limits: Limits = {},
): Words {
  const { least = 0, most = 0, age = 0, other, isMoney = false } = limits
  switch (code) {
    case 'too-long':
      return plain(
        `Viết ngắn lại, nhiều nhất ${writeNumber(most)} ký tự`,
        `Make it shorter, at most ${writeNumber(most)} characters`,
      )
    case 'too-short':
      return plain(`Viết ít nhất ${writeNumber(least)} ký tự`, `Write at least ${writeNumber(least)} characters`)
    case 'not-allowed':
      return plain('Hãy chọn một trong các câu trả lời có sẵn', 'Choose one of the given answers')
    case 'not-a-number':
      return isMoney
        ? plain('Chỉ viết số, ví dụ 1.500.000', 'Write a number only, for example 1.500.000')
        : plain('Chỉ viết số, ví dụ 2', 'Write a number only, for example 2')
    case 'too-small':
      return plain(`Số nhỏ nhất là ${writeNumber(least)}`, `The smallest number is ${writeNumber(least)}`)
    case 'too-large':
      return plain(`Số lớn nhất là ${writeNumber(most)}`, `The largest number is ${writeNumber(most)}`)
    case 'too-few':
      return plain(`Cần ít nhất ${least} mục`, `At least ${least} entries are needed`)
    case 'too-many':
      return plain(`Nhiều nhất là ${most} mục`, `At most ${most} entries`)
    case 'day-format':
      return plain('Viết ngày, tháng, năm như 05/03/1985', 'Write day, month and year like 05/03/1985')
    case 'day-year-short':
      return plain('Viết đủ bốn chữ số của năm, ví dụ 1985', 'Write the year with four digits, for example 1985')
    case 'day-future':
      return plain('Ngày này chưa tới', 'This day has not come yet')
    case 'day-past':
      return plain('Ngày này đã qua', 'This day has passed')
    case 'day-too-old':
      return plain('Năm này quá xa, hãy kiểm tra lại', 'This year is too long ago, please check')
    case 'day-order':
      return plain(
        `Ngày này không thể trước “${other?.vi ?? ''}”`,
        `This day cannot be before “${(other?.en ?? '') || (other?.vi ?? '')}”`,
      )
    case 'under-age':
      return plain(`Phải từ đủ ${age} tuổi trở lên`, `Must be at least ${age} years old`)
    case 'name-format':
      return plain(
        'Họ tên chỉ gồm chữ cái, viết đầy đủ như trên giấy tờ',
        'A name has letters only; write it as on the paper',
      )
    case 'phone-format':
      return plain(
        'Số điện thoại có 10 chữ số, bắt đầu bằng 0; số nước ngoài bắt đầu bằng +',
        'A telephone number has 10 digits and begins with 0; foreign numbers begin with +',
      )
    case 'email-format':
      return plain('Địa chỉ thư điện tử có dạng ten@vidu.vn', 'An e-mail address looks like name@example.vn')
    case 'place-missing':
      return plain(
        'Hãy ghi xã, phường và tỉnh, thành phố; tên cũ cũng được',
        'Write the commune or ward and the province; old names will do',
      )
    case 'format':
      return plain('Chưa đúng cách viết', 'This is not written in the right way')
  }
}

export const ethnicGroupWords: Words = plain(
  'Đây không phải tên một trong 54 dân tộc Việt Nam. Bạn kiểm tra lại; nếu là dân tộc khác thì cứ để như đã viết.',
  'This is none of the 54 ethnic groups of Viet Nam. Please check; if it is another people, leave it as it is.',
)

export const smallNameWords: Words = plain(
  'Họ tên đang viết thường toàn bộ. Bạn viết hoa chữ cái đầu như trên giấy tờ, ví dụ Phạm Thu Hà; đúng rồi thì cứ để như đã viết.',
  'The name is written without capitals. Write it as on the papers, for example Phạm Thu Hà; if it is right, leave it.',
)

/** What a provider of identity vouched for is something else. */
export const vouchedWords = (known: Words): Words =>
  plain(
    `Khác với thông tin đã xác minh của bạn: ${known.vi}. Bạn kiểm tra lại; nếu giấy tờ ghi đúng như bạn viết thì cứ để vậy.`,
    `This differs from what is verified of you: ${known.en}. Please check; if your papers say so, leave it as it is.`,
  )

export const detailWords: Words = plain(
  'Chưa ghi số nhà, thôn, xóm hoặc tổ dân phố. Nếu nơi đó có, bạn ghi thêm.',
  'House number, hamlet or residential group is missing. If there is one, please add it.',
)

export const identityWords: Record<IdentityRefusal['code'], Words> = {
  'identity-number-not-12-digits': plain(
    'Số định danh cá nhân (căn cước) có đúng 12 chữ số',
    'The personal identification number has exactly 12 digits',
  ),
  'identity-number-9-digits': plain(
    'Số chứng minh nhân dân 9 chữ số đã hết giá trị; hãy ghi số căn cước 12 chữ số',
    'The nine-digit card is no longer valid; write the 12-digit number',
  ),
  'identity-number-province': plain(
    'Ba chữ số đầu không phải mã của tỉnh nào, hãy kiểm tra lại',
    'The first three digits are no code of a province, please check',
  ),
  'identity-number-birth-year': plain(
    'Số này không khớp với năm sinh, hãy kiểm tra lại cả hai',
    'This number does not agree with the year of birth, please check both',
  ),
  'identity-number-sex': plain(
    'Số này không khớp với giới tính, hãy kiểm tra lại cả hai',
    'This number does not agree with the sex, please check both',
  ),
  'identity-number-future': plain('Số này chỉ năm sinh chưa tới', 'This number tells of a birth in the future'),
  'passport-format': plain('Số hộ chiếu gồm 6 đến 12 chữ và số', 'A passport number has 6 to 12 letters and digits'),
  'tax-code-format': plain('Mã số thuế có 10, 12 hoặc 13 chữ số', 'A tax code has 10, 12 or 13 digits'),
  'tax-code-check-digit': plain(
    'Mã số thuế sai một chữ số, hãy kiểm tra lại',
    'One digit of the tax code is wrong, please check',
  ),
}
