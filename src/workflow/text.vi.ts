import { writeDay } from '../platform/day.ts'
import { writeNumber } from '../platform/money.ts'
import type { StepAgency, StepKind, StepRole, UnitKind } from './contract.ts'
import type { ProcessFinding } from './rules/process.ts'

type Relation = Exclude<StepAgency, 'own'>['relation']
export type WorkflowRefusalCode = 'process-malformed' | 'process-not-valid' | 'unknown-case' | 'later-process-exists'

export type WorkflowText = {
  kinds: Record<StepKind, string>
  units: Record<UnitKind, string>
  roles: Record<StepRole, string>
  own: string
  relations: Record<Relation, string>
  /** Working minutes in words: days of eight hours, hours, minutes. */
  minutes: (minutes: number) => string
  findings: Record<ProcessFinding['code'], (about: string) => string>
  refusals: Record<WorkflowRefusalCode, (facts: { code?: string; validFrom?: string }) => string>
  unknownPartner: string
  web: WebText
}

/** `1500` → three days, one hour: the parts that are not nought. */
export const inParts = (minutes: number): [days: number, hours: number, minutes: number] => [
  Math.floor(minutes / 480),
  Math.floor((minutes % 480) / 60),
  minutes % 60,
]

const minutes = (total: number): string => {
  const [days, hours, rest] = inParts(total)
  const parts = [
    days > 0 && `${writeNumber(days)} ngày`,
    hours > 0 && `${hours} giờ`,
    rest > 0 && `${rest} phút`,
  ].filter(Boolean)
  return parts.length > 0 ? `${parts.join(' ')} làm việc` : 'ngay'
}

/** Words of the officers' pages. */
export type WebText = typeof webWords

const webWords = {
  navigation: 'Quy trình nội bộ',
  title: 'Quy trình nội bộ',
  listNote: 'Mỗi thủ tục cơ quan tiếp nhận có một quy trình: do cơ quan đặt, hoặc suy ra từ thủ tục.',
  search: 'Tìm theo tên, từ khóa, mã',
  procedure: 'Thủ tục',
  code: 'Mã',
  kindOfProcess: 'Quy trình',
  ownProcess: 'Của cơ quan',
  foreseen: 'Suy ra từ thủ tục',
  scope: 'Phạm vi',
  ofAgency: 'Cơ quan tôi tiếp nhận',
  ofAll: 'Toàn bộ danh mục',
  empty: 'Không có thủ tục nào khớp.',
  emptyHint: 'Vào Danh mục thủ tục để chọn những thủ tục cơ quan tiếp nhận.',
  back: 'Quy trình nội bộ',
  titleOf: (name: string) => `Quy trình: ${name}`,
  foreseenNote: 'Quy trình này suy ra từ thủ tục; cơ quan chưa đặt quy trình riêng.',
  ownNote: (from: string, to: string | null) => `Quy trình của cơ quan, áp dụng từ ${from}${to ? ` đến ${to}` : ''}.`,
  case: 'Trường hợp',
  allCases: 'Mọi trường hợp',
  picture: 'Các giai đoạn',
  stage: (number: number) => `Giai đoạn ${number}`,
  parallel: 'song song',
  sum: 'Tổng thời gian',
  legal: 'Thời hạn pháp luật',
  left: (time: string) => `còn ${time} để phân bổ`,
  exact: 'vừa đúng thời hạn',
  over: (time: string) => `vượt ${time}`,
  edit: 'Sửa quy trình',
  editing: 'Bấm vào một bước để sửa. Chưa lưu thì quy trình đang áp dụng không đổi.',
  startFromForeseen: 'Bắt đầu lại từ quy trình suy ra',
  save: 'Áp dụng…',
  saveTitle: 'Áp dụng quy trình',
  saveHint: 'Hồ sơ đã tiếp nhận vẫn theo quy trình cũ; hồ sơ tiếp nhận từ ngày này theo quy trình mới.',
  from: 'Áp dụng từ ngày',
  saved: 'Đã lưu quy trình.',
  end: 'Thôi dùng quy trình riêng',
  endTitle: 'Thôi dùng quy trình riêng',
  endHint: 'Sau ngày này, hồ sơ mới theo quy trình suy ra từ thủ tục.',
  lastDay: 'Ngày cuối cùng áp dụng',
  ended: 'Đã ghi ngày thôi áp dụng.',
  cancel: 'Hủy',
  discard: 'Bỏ thay đổi',
  stepTitle: 'Bước xử lý',
  newStep: 'Bước mới',
  name: 'Tên bước',
  kind: 'Việc làm',
  who: 'Cơ quan',
  unit: 'Bộ phận',
  partner: 'Cơ quan cụ thể',
  partnerHint: 'Để trống nếu chỉ có một cơ quan như vậy, ví dụ công an cùng cấp.',
  unitOfPartner: 'Do cơ quan đó phân công',
  role: 'Vai trò',
  days: 'Ngày làm việc',
  hours: 'Giờ',
  minutes: 'Phút',
  limit: 'Thời hạn của cơ quan khác (nếu luật quy định)',
  limitHint: 'Ví dụ: 12 ngày; 5 ngày làm việc. Để trống thì dùng thời gian ở trên.',
  limitWrong: 'Chưa hiểu thời hạn này.',
  apply: 'Xong',
  addAfter: 'Thêm giai đoạn sau',
  addBeside: 'Thêm bước song song',
  earlier: 'Chuyển sớm hơn',
  later: 'Chuyển muộn hơn',
  remove: 'Bỏ bước này',
  openStep: (name: string) => `Sửa bước: ${name}`,
  history: 'Các quy trình của cơ quan',
  since: 'Từ ngày',
  until: 'Đến ngày',
  steps: 'Số bước',
  findings: 'Cần sửa',
  fine: 'Quy trình hợp lệ.',
}

export const vi: WorkflowText = {
  kinds: {
    examine: 'Thẩm định, giải quyết',
    opinion: 'Lấy ý kiến',
    sign: 'Ký duyệt',
    register: 'Vào sổ, phát hành',
    'hand-off': 'Chuyển cơ quan khác',
    return: 'Trả kết quả',
  },
  units: {
    'one-stop': 'Bộ phận Một cửa',
    leadership: 'Lãnh đạo',
    justice: 'Tư pháp – Hộ tịch',
    land: 'Địa chính – Xây dựng',
    social: 'Lao động – Xã hội',
    office: 'Văn phòng',
    economy: 'Kinh tế',
    culture: 'Văn hóa – Xã hội',
    police: 'Công an',
    other: 'Bộ phận khác',
  },
  roles: {
    'receiving-officer': 'Cán bộ một cửa',
    specialist: 'Công chức chuyên môn',
    leader: 'Lãnh đạo',
    clerk: 'Văn thư',
  },
  own: 'Cơ quan mình',
  relations: {
    police: 'Công an',
    'province-department': 'Sở, ngành cấp tỉnh',
    'other-commune': 'Cấp xã khác',
    district: 'Cấp huyện',
  },
  minutes,
  findings: {
    'duplicate-step': (about) => `Mã bước «${about}» dùng hai lần; mỗi bước một mã riêng.`,
    'over-limit': (about) =>
      `Tổng thời gian vượt thời hạn pháp luật quy định ${minutes(Number(about))}. Hãy rút ngắn một số bước.`,
    'no-signature': () => 'Thủ tục có kết quả nhưng quy trình không có bước ký duyệt.',
    'sign-before-work': () => 'Bước ký đứng trước khi có bước thẩm định hoặc chuyển giải quyết.',
    'no-return': () => 'Thủ tục có kết quả nhưng quy trình không có bước trả kết quả.',
    'return-not-last': (about) => `Bước trả kết quả «${about}» phải ở giai đoạn cuối.`,
    'no-unit': (about) => `Bước «${about}» của cơ quan mình phải ghi bộ phận thực hiện.`,
    'hand-off-to-itself': (about) => `Bước «${about}» là chuyển cơ quan khác nhưng lại ghi cơ quan mình.`,
    'partner-without-hand-off': (about) =>
      `Bước «${about}» (vào sổ, trả kết quả) do cơ quan mình thực hiện, không giao cơ quan khác.`,
    'no-time': (about) => `Bước «${about}» chưa có thời gian.`,
  },
  refusals: {
    'process-malformed': () => 'Quy trình không đúng cấu trúc; chưa lưu gì. Hãy tải lại trang rồi sửa lại.',
    'process-not-valid': () => 'Quy trình còn chỗ chưa hợp lệ như được nêu; chưa lưu gì.',
    'unknown-case': () => 'Thủ tục không có trường hợp này.',
    'later-process-exists': ({ validFrom }) =>
      `Đã có quy trình áp dụng từ ${validFrom ? writeDay(validFrom) : 'ngày sau đó'}. Hãy chọn ngày áp dụng từ ngày đó trở đi.`,
  },
  unknownPartner: 'Cơ quan được nêu ở một bước không tồn tại hoặc đã giải thể. Hãy chọn lại cơ quan; chưa lưu gì.',
  web: webWords,
}
