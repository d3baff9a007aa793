// Forms of the one-stop shop: TT 03/2025/TT-VPCP, Phụ lục I; before it TT 01/2018/TT-VPCP.
import type { Day } from '../../platform/day.ts'

export type Edition = '2018' | '2025'

/** Forms that the law numbers; sheets of our own (explanation, posting, poster) have no edition. */
export type RegulatedForm = 'receipt' | 'supplement' | 'refusal' | 'apology' | 'stop' | 'control' | 'register'

export type FormEdition = {
  edition: Edition
  validFrom: Day
  /** Last day, inclusive; null while in force. */
  validTo: Day | null
  basis: string
  /** How a form names its source at its foot. */
  name: string
  /** Paper size of all but the register, which is A4 landscape in both. */
  paper: 'a4' | 'a5'
  /** Number (mẫu số), title and usual symbol of the number; absent where the edition has no such form. */
  forms: Partial<Record<RegulatedForm, { number: string; title: string; symbol: string }>>
}

export const formEditions: readonly FormEdition[] = [
  {
    edition: '2018',
    validFrom: '2018-11-23',
    validTo: '2025-06-30',
    basis: 'Thông tư số 01/2018/TT-VPCP ngày 23/11/2018 của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ',
    name: 'Thông tư số 01/2018/TT-VPCP',
    paper: 'a5',
    forms: {
      receipt: { number: '01', title: 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả', symbol: 'TNHS' },
      supplement: { number: '02', title: 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ', symbol: 'HDHS' },
      refusal: { number: '03', title: 'Phiếu từ chối tiếp nhận giải quyết hồ sơ', symbol: 'TCHS' },
      apology: { number: '04', title: 'Phiếu xin lỗi và hẹn lại ngày trả kết quả', symbol: 'XLHS' },
      control: { number: '05', title: 'Phiếu kiểm soát quá trình giải quyết hồ sơ', symbol: 'KSHS' },
      register: { number: '06', title: 'Sổ theo dõi hồ sơ', symbol: '' },
    },
  },
  {
    edition: '2025',
    validFrom: '2025-07-01',
    validTo: null,
    basis: 'Thông tư số 03/2025/TT-VPCP ngày 15/9/2025 của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ, Phụ lục I',
    name: 'Phụ lục I, Thông tư số 03/2025/TT-VPCP',
    paper: 'a4',
    forms: {
      receipt: { number: '01', title: 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả', symbol: 'TNHS' },
      supplement: { number: '02', title: 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ', symbol: 'HDHS' },
      refusal: { number: '03', title: 'Phiếu từ chối tiếp nhận giải quyết hồ sơ', symbol: 'TCHS' },
      apology: { number: '04', title: 'Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết', symbol: 'XLHS' },
      stop: { number: '05', title: 'Thông báo dừng giải quyết hồ sơ', symbol: 'TB' },
      control: { number: '06', title: 'Phiếu kiểm soát quá trình giải quyết hồ sơ', symbol: 'KSHS' },
      register: { number: '07', title: 'Sổ theo dõi hồ sơ', symbol: '' },
    },
  },
]

/** The edition whose forms hold on this day; days before the first one get the first, which replaced older papers. */
export const editionOn = (day: Day): Edition =>
  formEditions.findLast(({ validFrom }) => validFrom <= day)?.edition ?? '2018'

/** The data of an edition. */
export function formEdition(edition: Edition): FormEdition {
  const found = formEditions.find((entry) => entry.edition === edition)
  if (!found) throw new Error(`unknown form edition ${edition}`)
  return found
}
