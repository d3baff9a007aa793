import { clockOfMinute, writeDay, type Day } from '../../platform/day.ts'
import { writeDong, writeNumber, type Dong } from '../../platform/money.ts'

type Channel = 'counter' | 'online' | 'post'
type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7
type Interval = { from: number; to: number }

type HelpPart = {
  title: string
  lines: readonly string[]
  links: readonly (readonly [label: string, path: string])[]
}

export type PortalText = {
  start: {
    home: string
    crumbs: string
    title: string
    lead: string
    search: string
    hint: string
    button: string
    events: string
    fields: string
    all: string
    track: string
    trackLead: string
    trackCode: string
    trackCodeHint: (example: string) => string
    trackKey: string
    trackKeyHint: string
    trackButton: string
    more: string
    links: readonly (readonly [label: string, path: string])[]
  }
  search: {
    title: string
    found: (words: string) => string
    inField: (field: string) => string
    nearest: (words: string) => string
    nothing: (words: string) => string
    nothingHelp: (desk: string) => string
    elsewhere: (matter: string) => string
    elsewhereAt: string
    elsewhereSource: string
    elsewhereUnsure: string
    elsewhereOnline: string
    alsoHere: string
    next: string
    first: string
    posterOfField: string
  }
  count: (number: number) => string
  weekday: (weekday: Weekday) => string
  day: (weekday: Weekday, day: Day) => string
  hours: (weekdays: readonly Weekday[], intervals: readonly Interval[]) => string
  saturday: (intervals: readonly Interval[]) => string
  dong: (amount: Dong) => string
  procedure: {
    code: (code: string) => string
    onlyVietnamese: string
    isItForMe: string
    subjects: string
    conditions: string
    whichCase: string
    chosen: string
    papers: (sets: number) => string
    noPapers: string
    always: string
    sometimes: string
    shown: string
    number: (originals: number, copies: number) => string
    form: string
    reusable: string
    cost: string
    free: string
    setByProvince: string
    perUnit: (amount: string, unit: string) => string
    fromUnit: (number: number, unit: string) => string
    cap: (amount: string, per: 'dossier' | 'copy') => string
    fee: string
    amount: string
    exemptions: string
    exempt: (percent: number) => string
    ready: string
    ifToday: (channels: string) => string
    ifOn: (channels: string, day: string) => string
    /** Filed online at this moment: by when the office answers at the latest. */
    ifOnline: (answerBy: string) => string
    readyToday: string
    by: (day: string, time: string | null) => string
    limit: (limit: string) => string
    afterFifteen: string
    estimate: string
    howCounted: string
    howMany: (unit: string) => string
    reckon: string
    comesTo: string
    byChannel: Record<Channel, string>
    and: string
    where: string
    hoursLabel: string
    phone: string
    begin: string
    beginCounter: (papers: number) => string
    beginAppointment: string
    beginHere: string
    beginOnline: string
    beginOnlineLink: string
    beginPost: string
    steps: string
    results: string
    noResult: string
    law: string
    details: string
    decision: string
    inForce: (from: Day, to: Day | null) => string
    newerLaw: (date: Day) => string
    officialName: string
    competent: string
    executing: string
    coordinating: string
    level: string
    related: string
    print: string
    posting: string
    poster: string
    summary: string
    summaryCost: string
    summaryReady: string
    summaryHow: string
  }
  notFound: { title: string; detail: string; back: string }
  faults: {
    kinds: Record<
      'missing' | 'closed' | 'refused' | 'large' | 'busy' | 'broken' | 'away',
      { title: string; detail: string }
    >
    report: (id: string) => string
    ways: string
    links: readonly (readonly [label: string, path: string])[]
    desk: (desk: string) => string
  }
  guide: { begin: string; notThis: string; instead: string; back: string; given: string; nothingKept: string }
  app: { name: string; shortName: string }
  help: { title: string; lead: string; parts: readonly HelpPart[] }
  offline: { title: string; detail: string; kept: string }
}

const weekdays = ['', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật']
const span = (intervals: readonly Interval[]) =>
  intervals.map(({ from, to }) => `${clockOfMinute(from)}–${clockOfMinute(to)}`).join(', ')
const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function weekdayRange(list: readonly Weekday[]): string {
  const sorted = list.toSorted((a, b) => a - b)
  const first = sorted[0]
  const last = sorted.at(-1)
  const isRun = first !== undefined && last !== undefined && last - first === sorted.length - 1 && sorted.length > 2
  return upper(isRun ? `${weekdays[first]} đến ${weekdays[last]}` : sorted.map((each) => weekdays[each]).join(', '))
}

export const vi: PortalText = {
  start: {
    home: 'Trang đầu',
    crumbs: 'Bạn đang ở',
    title: 'Bạn cần làm thủ tục gì?',
    lead: 'Gõ việc bạn cần bằng lời thường ngày, có dấu hay không dấu đều được.',
    search: 'Tìm thủ tục',
    hint: 'Ví dụ: khai sinh, ket hon, chứng thực bản sao',
    button: 'Tìm',
    events: 'Việc thường gặp',
    fields: 'Theo lĩnh vực',
    all: 'Xem tất cả thủ tục',
    track: 'Tra cứu hồ sơ đã nộp',
    trackLead: 'Xem hồ sơ đang ở đâu, ai đang giải quyết và ngày nào có kết quả.',
    trackCode: 'Mã hồ sơ',
    trackCodeHint: (example) => `In trên giấy tiếp nhận, ví dụ ${example}`,
    trackKey: 'Mã tra cứu hoặc số điện thoại',
    trackKeyHint: 'Mã tra cứu in dưới mã QR của giấy tiếp nhận',
    trackButton: 'Tra cứu',
    more: 'Việc khác',
    links: [
      ['Hồ sơ của tôi, hồ sơ đang làm', '/ho-so-cua-toi'],
      ['Đặt lịch hẹn', '/dat-lich'],
      ['Gửi phản ánh, kiến nghị', '/phan-anh'],
      ['Dữ liệu cá nhân của bạn', '/du-lieu-ca-nhan'],
    ],
  },
  search: {
    title: 'Thủ tục',
    found: (words) => `Kết quả cho «${words}»`,
    inField: (field) => `Thủ tục lĩnh vực ${field}`,
    nearest: (words) => `Không có thủ tục nào đúng các từ «${words}». Gần giống nhất là:`,
    nothing: (words) => `Không tìm thấy thủ tục nào cho «${words}».`,
    nothingHelp: (desk) =>
      `Hãy thử ít từ hơn, hoặc chọn một lĩnh vực bên dưới. Bạn cũng có thể hỏi trực tiếp tại ${desk}.`,
    elsewhere: (matter) => `${matter}: việc này làm ở nơi khác`,
    elsewhereAt: 'Nơi giải quyết',
    elsewhereSource: 'Căn cứ',
    elsewhereUnsure: 'Theo quy định chung; từng địa phương có thể khác. Hãy hỏi lại nơi giải quyết trước khi đi.',
    elsewhereOnline: 'Nộp trực tuyến trên Cổng Dịch vụ công quốc gia',
    alsoHere: 'Thủ tục ở đây có nhắc đến việc này',
    next: 'Xem tiếp',
    first: 'Về đầu danh sách',
    posterOfField: 'Mã QR của lĩnh vực (PDF)',
  },
  count: (number) => `${writeNumber(number)} thủ tục`,
  weekday: (weekday) => weekdays[weekday] ?? '',
  day: (weekday, day) => `${weekdays[weekday]}, ${writeDay(day)}`,
  hours: (days, intervals) => `${weekdayRange(days)}: ${span(intervals)}`,
  saturday: (intervals) => `Thứ Bảy tiếp nhận hồ sơ: ${span(intervals)}`,
  dong: writeDong,
  procedure: {
    code: (code) => `Mã thủ tục ${code}`,
    onlyVietnamese: 'Thủ tục được công bố bằng tiếng Việt.',
    isItForMe: 'Thủ tục này dành cho ai?',
    subjects: 'Dành cho',
    conditions: 'Điều kiện',
    whichCase: 'Bạn thuộc trường hợp nào?',
    chosen: 'đang chọn',
    papers: (sets) => `Bạn cần chuẩn bị gì?${sets > 1 ? ` (${sets} bộ)` : ''}`,
    noPapers: 'Bạn không phải nộp giấy tờ nào.',
    always: 'Giấy tờ phải nộp',
    sometimes: 'Chỉ nộp khi thuộc trường hợp nêu dưới đây',
    shown: 'Mang theo để xuất trình, được trả lại ngay',
    number: (originals, copies) =>
      [originals > 0 && `${originals} bản chính`, copies > 0 && `${copies} bản sao`].filter(Boolean).join(', '),
    form: 'Mẫu',
    reusable: 'Không phải nộp nếu cơ quan đã tra cứu được dữ liệu này.',
    cost: 'Hết bao nhiêu tiền?',
    free: 'Không phải nộp phí, lệ phí.',
    setByProvince: 'Mức thu do Hội đồng nhân dân cấp tỉnh quy định.',
    perUnit: (amount, unit) => `${amount} / ${unit}`,
    fromUnit: (number, unit) => `từ ${unit} thứ ${number}`,
    cap: (amount, per) => `tối đa ${amount}${per === 'copy' ? ' một bản' : ''}`,
    fee: 'Khoản thu',
    amount: 'Mức thu',
    exemptions: 'Được miễn, giảm',
    exempt: (percent) => (percent === 100 ? 'Miễn' : `Giảm ${percent} %`),
    ready: 'Khi nào có kết quả?',
    ifToday: (channels) => `Nếu hồ sơ đủ và được tiếp nhận hôm nay (${channels}), bạn có kết quả`,
    ifOn: (channels, day) => `Nếu hồ sơ đủ và được tiếp nhận vào ${day} (${channels}), bạn có kết quả`,
    ifOnline: (answerBy) =>
      `Nộp trực tuyến bây giờ, bạn được trả lời tiếp nhận chậm nhất ${answerBy} (08 giờ làm việc). Nếu đến lúc đó hồ sơ mới được tiếp nhận, bạn có kết quả`,
    readyToday: 'ngay trong hôm nay',
    by: (day, time) => `chậm nhất ${time ? `${time} ` : ''}${day}`,
    limit: (limit) => `Thời hạn theo quy định: ${limit}.`,
    afterFifteen: 'Hồ sơ nhận sau 15 giờ thì trả kết quả trong ngày làm việc tiếp theo.',
    howCounted: 'Ngày này được tính thế nào?',
    howMany: (unit) => `Số ${unit.toLowerCase()}`,
    reckon: 'Tính tiền',
    comesTo: 'Tổng cộng:',
    estimate: 'Ngày chính xác được ghi trên giấy tiếp nhận hồ sơ.',
    byChannel: { counter: 'nộp trực tiếp', online: 'nộp trực tuyến', post: 'gửi bưu chính' },
    and: ' hoặc ',
    where: 'Nộp ở đâu?',
    hoursLabel: 'Giờ làm việc',
    phone: 'Điện thoại',
    begin: 'Bắt đầu',
    beginCounter: (papers) =>
      papers > 0
        ? 'Mang các giấy tờ trên đến nơi tiếp nhận; cán bộ kiểm tra và hẹn ngày trả ngay tại quầy.'
        : 'Đến nơi tiếp nhận; cán bộ hướng dẫn và hẹn ngày trả ngay tại quầy.',
    beginAppointment: 'Đặt lịch để không phải chờ',
    beginHere: 'Nộp hồ sơ ngay tại đây',
    beginOnline: 'Nộp trực tuyến bằng tài khoản VNeID.',
    beginOnlineLink: 'Mở Cổng Dịch vụ công quốc gia',
    beginPost: 'Gửi hồ sơ qua dịch vụ bưu chính công ích đến nơi tiếp nhận.',
    steps: 'Các bước thực hiện',
    results: 'Bạn nhận được gì?',
    noResult: 'Thủ tục này không cấp giấy tờ kết quả.',
    law: 'Căn cứ pháp lý',
    details: 'Thông tin công bố',
    decision: 'Quyết định công bố',
    inForce: (from, to) =>
      to ? `Có hiệu lực từ ${writeDay(from)} đến ${writeDay(to)}` : `Có hiệu lực từ ${writeDay(from)}`,
    newerLaw: (date) =>
      `Nội dung theo văn bản mới nhất ban hành ngày ${writeDay(date)}; trước ngày văn bản đó có hiệu lực, một số chi tiết có thể khác.`,
    officialName: 'Tên đầy đủ',
    competent: 'Cơ quan có thẩm quyền',
    executing: 'Cơ quan thực hiện',
    coordinating: 'Cơ quan phối hợp',
    level: 'Dịch vụ công trực tuyến',
    related: 'Thủ tục liên quan',
    print: 'Bản in',
    posting: 'Bản niêm yết (PDF)',
    poster: 'Mã QR (PDF)',
    summary: 'Tóm tắt',
    summaryCost: 'Phí, lệ phí',
    summaryReady: 'Thời hạn',
    summaryHow: 'Cách nộp',
  },
  notFound: {
    title: 'Không có thủ tục này',
    detail: 'Mã thủ tục không đúng, hoặc thủ tục chưa có hay đã hết hiệu lực. Hãy tìm lại bằng tên.',
    back: 'Tìm thủ tục',
  },
  faults: {
    kinds: {
      missing: {
        title: 'Không tìm thấy trang này',
        detail: 'Địa chỉ có thể đã gõ sai hoặc trang không còn nữa. Bạn có thể tìm lại ở dưới đây.',
      },
      closed: { title: 'Bạn chưa xem được trang này', detail: 'Trang này chỉ dành cho người có quyền xem.' },
      refused: {
        title: 'Không thực hiện được yêu cầu',
        detail: 'Nội dung gửi lên chưa đúng. Hãy quay lại trang trước, kiểm tra rồi gửi lại.',
      },
      large: { title: 'Nội dung gửi lên quá lớn', detail: 'Hãy gửi ít hơn, hoặc gửi từng phần.' },
      busy: {
        title: 'Bạn đã thử quá nhiều lần',
        detail: 'Hãy đợi ít phút rồi thử lại. Nếu cần ngay, hãy gọi hoặc đến nơi tiếp nhận hồ sơ.',
      },
      broken: {
        title: 'Hệ thống gặp lỗi',
        detail: 'Lỗi là của hệ thống, không phải của bạn. Chưa có gì được ghi; hãy thử lại sau ít phút.',
      },
      away: {
        title: 'Hệ thống chưa sẵn sàng',
        detail: 'Hãy thử lại sau ít phút. Chưa có gì được ghi.',
      },
    },
    report: (id) => `Khi báo lỗi, hãy đọc mã này: ${id}`,
    ways: 'Bạn có thể làm tiếp',
    links: [
      ['Trang đầu', '/'],
      ['Tra cứu hồ sơ', '/tra-cuu'],
    ],
    desk: (desk) => `Hỏi trực tiếp tại ${desk}`,
  },
  guide: {
    begin: 'Trả lời vài câu hỏi để biết trường hợp của bạn',
    notThis: 'Có lẽ bạn cần thủ tục khác',
    instead: 'Xem thủ tục:',
    back: 'Quay lại',
    given: 'Những câu bạn đã trả lời',
    nothingKept: 'Câu trả lời chỉ nằm trong địa chỉ trang này, không được lưu lại.',
  },
  app: { name: 'Một Cửa – thủ tục và hồ sơ', shortName: 'Một Cửa' },
  help: {
    title: 'Trợ giúp',
    lead: 'Cách dùng các trang này, và nơi có người giúp bạn.',
    parts: [
      {
        title: 'Tìm thủ tục và chuẩn bị',
        lines: [
          'Gõ việc bạn cần bằng lời thường ngày; không cần dấu, không cần đúng tên thủ tục.',
          'Trang của từng thủ tục cho biết: dành cho ai, mang giấy tờ gì, hết bao nhiêu tiền, khi nào có kết quả.',
          'Chưa biết mình thuộc trường hợp nào thì trả lời vài câu hỏi trên trang đó.',
        ],
        links: [['Tìm thủ tục', '/thu-tuc']],
      },
      {
        title: 'Nộp và theo dõi hồ sơ',
        lines: [
          'Nơi nào nhận hồ sơ qua mạng thì trang thủ tục có nút nộp; chụp giấy tờ bằng điện thoại là được.',
          'Đang làm dở thì bản nháp được giữ lại, kể cả khi mất mạng; bạn mở tiếp được trên máy khác.',
          'Nộp xong bạn có mã hồ sơ và mã tra cứu. Dùng hai mã này để xem hồ sơ đang ở đâu, bổ sung, nộp tiền.',
        ],
        links: [
          ['Hồ sơ của tôi', '/ho-so-cua-toi'],
          ['Tra cứu hồ sơ', '/tra-cuu'],
        ],
      },
      {
        title: 'Không có điện thoại, không quen dùng mạng',
        lines: [
          'Mọi việc trên các trang này đều làm được tại nơi tiếp nhận hồ sơ; cán bộ làm cùng bạn và không thu thêm tiền.',
          'Người thân có thể nộp thay bạn khi có giấy ủy quyền hoặc quan hệ mà pháp luật cho phép.',
        ],
        links: [['Đặt lịch hẹn', '/dat-lich']],
      },
      {
        title: 'Dễ đọc, dễ dùng cho mọi người',
        lines: [
          'Phóng to chữ: trên máy tính giữ Ctrl và bấm dấu +; trên điện thoại chỉnh cỡ chữ trong phần cài đặt. Trang tự xếp lại.',
          'Dùng được bằng bàn phím: phím Tab để đi tới, Enter để mở; phím Tab đầu tiên đưa bạn thẳng đến nội dung chính.',
          'Trang được làm theo hướng dẫn WCAG 2.2 mức AA và được kiểm tra bằng công cụ tự động; chưa có tổ chức độc lập đánh giá.',
          'Chưa đủ: nội dung thủ tục chỉ có bằng tiếng Việt; bản in PDF chưa được thử với trình đọc màn hình.',
          'Trang nào khó dùng với bạn, hãy cho chúng tôi biết; trong lúc chờ, cán bộ tại quầy làm giúp bạn.',
        ],
        links: [['Báo chỗ khó dùng', '/phan-anh']],
      },
      {
        title: 'Cài trên điện thoại',
        lines: [
          'Mở trình đơn của trình duyệt rồi chọn «Thêm vào màn hình chính» hoặc «Cài đặt ứng dụng».',
          'Những trang đã xem vẫn mở được khi mất mạng.',
        ],
        links: [],
      },
      {
        title: 'Dữ liệu cá nhân của bạn',
        lines: ['Chúng tôi giữ gì, vì sao, trong bao lâu; ai đã mở hồ sơ của bạn; cách xin bản sao, sửa, xóa.'],
        links: [['Dữ liệu cá nhân của bạn', '/du-lieu-ca-nhan']],
      },
    ],
  },
  offline: {
    title: 'Đang mất mạng',
    detail: 'Trang này chưa mở được. Hãy kiểm tra kết nối rồi tải lại.',
    kept: 'Những trang bạn đã xem vẫn mở được, và những gì bạn đã điền vẫn còn trên máy này.',
  },
}
