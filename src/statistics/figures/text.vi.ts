import type { Breakdown, FigureId, RateId } from './contract.ts'

/** What each figure is called where it stands alone. */
const figures = {
  carried: 'Từ kỳ trước chuyển sang',
  received: 'Mới tiếp nhận trong kỳ',
  resolved: 'Đã giải quyết',
  withdrawn: 'Người nộp rút hồ sơ',
  stopped: 'Dừng giải quyết',
  closed: 'Kết thúc do không bổ sung',
  open: 'Đang giải quyết',
  'received-online': 'Tiếp nhận trực tuyến',
  'received-counter': 'Tiếp nhận trực tiếp',
  'received-post': 'Tiếp nhận qua bưu chính công ích',
  'resolved-early': 'Giải quyết trước hạn',
  'resolved-on-time': 'Giải quyết đúng hạn',
  'resolved-late': 'Giải quyết quá hạn',
  'open-in-time': 'Đang giải quyết, trong hạn',
  'open-overdue': 'Đang giải quyết, quá hạn',
  'open-waiting': 'Trong đó chờ người nộp',
  refused: 'Từ chối giải quyết',
  granted: 'Giải quyết chấp thuận',
  'not-received': 'Không tiếp nhận',
  supplemented: 'Yêu cầu bổ sung, hoàn thiện',
  extended: 'Gia hạn thời gian giải quyết',
  apologised: 'Có thư xin lỗi',
  'late-without-apology': 'Quá hạn chưa có thư xin lỗi',
  returned: 'Đã trả kết quả',
  corrected: 'Đính chính kết quả',
  digitised: 'Số hóa khi tiếp nhận',
  reused: 'Dùng lại dữ liệu đã số hóa',
  'electronic-result': 'Có kết quả điện tử',
} satisfies Record<FigureId, string>

/** The same in the head of a narrow column, under the name of its group. */
const short = {
  carried: 'Kỳ trước',
  received: 'Mới nhận',
  resolved: 'Tổng',
  withdrawn: 'Rút',
  stopped: 'Dừng',
  closed: 'Không bổ sung',
  open: 'Tổng',
  'received-online': 'Trực tuyến',
  'received-counter': 'Trực tiếp',
  'received-post': 'Bưu chính',
  'resolved-early': 'Trước hạn',
  'resolved-on-time': 'Đúng hạn',
  'resolved-late': 'Quá hạn',
  'open-in-time': 'Trong hạn',
  'open-overdue': 'Quá hạn',
  'open-waiting': 'Trong đó chờ',
  refused: 'Từ chối',
  granted: 'Chấp thuận',
  'not-received': 'Không tiếp nhận',
  supplemented: 'Bổ sung',
  extended: 'Gia hạn',
  apologised: 'Xin lỗi',
  'late-without-apology': 'Chưa xin lỗi',
  returned: 'Đã trả',
  corrected: 'Đính chính',
  digitised: 'Số hóa',
  reused: 'Dùng lại',
  'electronic-result': 'Kết quả điện tử',
} satisfies Record<FigureId, string>

/** What each figure counts, in one sentence. */
const meanings = {
  carried: 'Hồ sơ tiếp nhận trước ngày đầu kỳ và đến ngày đó chưa kết thúc.',
  received: 'Hồ sơ được tiếp nhận trong kỳ; hồ sơ không tiếp nhận không tính.',
  resolved: 'Hồ sơ giải quyết xong trong kỳ, kể cả kết quả từ chối; rút, dừng và kết thúc do không bổ sung tính riêng.',
  withdrawn: 'Hồ sơ do người nộp rút trong kỳ.',
  stopped: 'Hồ sơ dừng giải quyết trong kỳ.',
  closed: 'Hồ sơ kết thúc trong kỳ vì quá thời hạn mà người nộp không bổ sung.',
  open: 'Hồ sơ đã tiếp nhận và đến hết ngày cuối kỳ chưa kết thúc.',
  'received-online': 'Hồ sơ nộp trực tuyến được tiếp nhận trong kỳ.',
  'received-counter': 'Hồ sơ nộp trực tiếp tại quầy được tiếp nhận trong kỳ.',
  'received-post': 'Hồ sơ gửi qua bưu chính công ích được tiếp nhận trong kỳ.',
  'resolved-early': 'Hồ sơ giải quyết trong kỳ, xong trước hạn trả kết quả.',
  'resolved-on-time': 'Hồ sơ giải quyết trong kỳ, xong đúng hạn trả kết quả hoặc không có hạn.',
  'resolved-late': 'Hồ sơ giải quyết trong kỳ, xong sau hạn trả kết quả.',
  'open-in-time': 'Hồ sơ đang giải quyết đến hết ngày cuối kỳ, chưa quá hạn; gồm cả hồ sơ đang chờ người nộp.',
  'open-overdue': 'Hồ sơ đang giải quyết đến hết ngày cuối kỳ, đã quá hạn.',
  'open-waiting':
    'Hồ sơ đang chờ người nộp bổ sung hoặc thực hiện nghĩa vụ tài chính đến hết ngày cuối kỳ; đã tính trong số trong hạn.',
  refused: 'Hồ sơ giải quyết trong kỳ với kết quả từ chối.',
  granted: 'Hồ sơ giải quyết trong kỳ với kết quả chấp thuận.',
  'not-received': 'Hồ sơ nộp mà cơ quan không tiếp nhận trong kỳ; đứng ngoài phép cân đối.',
  supplemented: 'Hồ sơ được yêu cầu bổ sung, hoàn thiện trong kỳ, sau khi đã tiếp nhận.',
  extended: 'Hồ sơ được gia hạn thời gian giải quyết trong kỳ.',
  apologised: 'Hồ sơ có thư xin lỗi trong kỳ.',
  'late-without-apology': 'Hồ sơ giải quyết quá hạn trong kỳ hoặc còn quá hạn cuối kỳ mà không có thư xin lỗi.',
  returned: 'Hồ sơ có kết quả trao cho người nộp trong kỳ.',
  corrected: 'Hồ sơ có kết quả được đính chính trong kỳ.',
  digitised: 'Hồ sơ tiếp nhận trong kỳ có giấy tờ được số hóa đến hết ngày tiếp nhận.',
  reused: 'Hồ sơ tiếp nhận trong kỳ dùng lại giấy tờ, dữ liệu đã số hóa.',
  'electronic-result': 'Hồ sơ giải quyết trong kỳ có kết quả bản điện tử.',
} satisfies Record<FigureId, string>

/** Each rate with the convention it follows: three ways to count "on time" are in use. */
const rates = {
  'on-time-of-resolved': {
    name: 'Tỷ lệ đúng hạn trên số đã giải quyết',
    convention: 'Biểu mẫu 3, mục 3.3: (trước hạn + đúng hạn) ÷ đã giải quyết',
  },
  'on-time-of-resolved-and-overdue': {
    name: 'Tỷ lệ đúng hạn có tính hồ sơ đang quá hạn',
    convention: 'Bộ chỉ số theo Quyết định 766: (trước hạn + đúng hạn) ÷ (đã giải quyết + đang giải quyết quá hạn)',
  },
  'not-late-of-handled': {
    name: 'Tỷ lệ không trễ trên số phải giải quyết',
    convention: '100 % − giải quyết quá hạn ÷ (kỳ trước chuyển sang + mới tiếp nhận)',
  },
  'online-of-received': { name: 'Tỷ lệ nộp trực tuyến', convention: 'Tiếp nhận trực tuyến ÷ mới tiếp nhận' },
  'digitised-of-received': { name: 'Tỷ lệ số hóa khi tiếp nhận', convention: 'Số hóa khi tiếp nhận ÷ mới tiếp nhận' },
  'electronic-of-resolved': { name: 'Tỷ lệ kết quả điện tử', convention: 'Có kết quả điện tử ÷ đã giải quyết' },
  'reused-of-received': { name: 'Tỷ lệ dùng lại dữ liệu', convention: 'Dùng lại dữ liệu đã số hóa ÷ mới tiếp nhận' },
} satisfies Record<RateId, { name: string; convention: string }>

const breakdowns = {
  agency: 'Cơ quan',
  level: 'Cấp',
  field: 'Lĩnh vực',
  procedure: 'Thủ tục',
  channel: 'Hình thức nộp',
  unit: 'Đơn vị',
  officer: 'Người giải quyết',
  day: 'Ngày',
  week: 'Tuần',
  month: 'Tháng',
  weekday: 'Thứ trong tuần',
  hour: 'Giờ trong ngày',
} satisfies Record<Breakdown, string>

/** Words of figures; those of the pages stand in page-text.vi.ts. English in text.en.ts has the same keys. */
export const vi = {
  figures,
  short,
  meanings,
  rates,
  breakdowns,
  /** 0/0: neither 0 nor 100. */
  noneArose: 'không phát sinh',
  channels: { counter: 'Trực tiếp', online: 'Trực tuyến', post: 'Bưu chính công ích' },
  levels: {
    central: 'Trung ương',
    province: 'Cấp tỉnh',
    district: 'Cấp huyện',
    commune: 'Cấp xã',
    department: 'Sở, ngành',
    police: 'Công an',
    other: 'Cơ quan khác',
  },
  /** Monday is 1. */
  weekdays: {
    1: 'Thứ Hai',
    2: 'Thứ Ba',
    3: 'Thứ Tư',
    4: 'Thứ Năm',
    5: 'Thứ Sáu',
    6: 'Thứ Bảy',
    7: 'Chủ nhật',
  },
  /** How a dossier stands against its promise. */
  timeliness: {
    early: 'Trước hạn',
    'on-time': 'Đúng hạn',
    late: 'Quá hạn',
    open: 'Trong hạn',
    'open-late': 'Đã quá hạn',
    waiting: 'Chờ người nộp',
    none: '',
  },
  /** Where an officer, a unit or a field is not known. */
  nobody: 'Chưa phân công',
  unknown: 'Không rõ',
  /** Kinds of steps in which time is spent. */
  steps: {
    accept: 'Tiếp nhận',
    forward: 'Chuyển xử lý',
    examine: 'Thẩm định, giải quyết',
    opinion: 'Cho ý kiến',
    sign: 'Ký duyệt',
    register: 'Vào sổ, phát hành',
    'hand-off': 'Cơ quan phối hợp giải quyết',
    wait: 'Chờ người nộp',
    return: 'Trả kết quả',
  },
  total: 'Tổng số',
  hour: (hour: number): string => `${hour} giờ`,
}

export type FiguresText = typeof vi

/** Why a question cannot be answered. */
export type QuestionRefusal =
  | { code: 'period-reversed' | 'period-too-long' | 'known-in-future' | 'no-agency' | 'unknown-figure' }
  | { code: 'unknown-procedure'; procedure: string }

export function refusalText(refusal: QuestionRefusal): string {
  switch (refusal.code) {
    case 'period-reversed':
      return 'Ngày cuối kỳ đứng trước ngày đầu kỳ. Hãy chọn lại kỳ.'
    case 'period-too-long':
      return 'Kỳ dài hơn 10 năm. Hãy chọn kỳ ngắn hơn.'
    case 'known-in-future':
      return 'Thời điểm chốt số liệu ở tương lai; chưa ai biết số liệu khi đó. Hãy chọn thời điểm đã qua.'
    case 'no-agency':
      return 'Không có cơ quan nào trong phạm vi bạn được xem số liệu.'
    case 'unknown-figure':
      return 'Có số liệu không có trong danh mục. Hãy kiểm tra tên số liệu.'
    case 'unknown-procedure':
      return `Không có thủ tục mang mã ${refusal.procedure}. Hãy kiểm tra mã thủ tục.`
  }
}
