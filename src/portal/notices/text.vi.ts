import { writeNumber } from '../../platform/money.ts'
import type { MessageState, NoticeChannel } from './contract.ts'
import type { FactName, NoticeEvent, NoticeGroup } from './rules/notice-events.ts'
import type { Obstacle } from './rules/delivery.ts'
import type { SettingsRefusal } from './rules/settings.ts'
import type { TemplateRefusal } from './rules/template.ts'

/** Why an officer's request was refused. */
export type NoticeRefusal =
  | TemplateRefusal
  | SettingsRefusal
  | { code: 'changed-meanwhile' }
  | { code: 'not-resendable' }
  | { code: 'unknown-template' }

export type NoticesText = {
  channels: Record<NoticeChannel, string>
  states: Record<MessageState, string>
  stateHelp: Record<MessageState, string>
  obstacles: Record<Obstacle, string>
  events: Record<NoticeEvent, string>
  groups: Record<NoticeGroup, string>
  /** What the placeholders of templates are called; no two are called the same. */
  facts: Record<FactName, string>
  refusals: { [Code in NoticeRefusal['code']]: (refusal: Extract<NoticeRefusal, { code: Code }>) => string }
  refusal: {
    title: string
    lead: string
    stays: string
    button: string
    done: string
    doneDetail: string
    again: string
    undone: string
    unknown: string
  }
  page: {
    title: string
    nav: string
    lead: string
    agency: string
    noMail: (waiting: number) => string
    noMailOperator: string
    waiting: string
    trouble: string
    sent: string
    delivered: string
    count: (number: number) => string
    state: string
    all: string
    channel: string
    template: string
    to: string
    when: string
    tries: string
    history: string
    resend: string
    resent: string
    resendWhy: string
    more: string
    empty: string
    emptyHelp: string
    openDossier: string
    outcomes: Record<'taken' | 'refused' | 'postponed' | 'uncertain', string>
    replyCode: (code: number) => string
    nextTry: (at: string) => string
    byWay: (channels: string) => string
  }
  panel: { title: string; empty: string; all: string }
  intake: { ways: string; waysHint: string }
  templates: {
    title: string
    nav: string
    lead: string
    event: string
    language: string
    languages: { vi: string; en: string }
    subject: string
    body: string
    placeholders: string
    placeholdersHelp: string
    optional: string
    preview: string
    previewHelp: string
    previewOf: string
    previewExample: string
    previewReal: string
    previewRealHelp: (at: string) => string
    previewNone: string
    sms: (count: { alphabet: 'gsm' | 'ucs2'; units: number; parts: number; left: number }) => string
    own: (version: number, by: string, at: string) => string
    shipped: string
    save: string
    saved: string
    back: string
    backDone: string
    binding: string
  }
  settings: {
    title: string
    nav: string
    lead: string
    channels: string
    channelsHelp: string
    up: string
    moveUp: (channel: string) => string
    quiet: string
    quietHelp: string
    clockWrong: string
    from: string
    to: string
    silent: string
    silentHelp: string
    plainSms: string
    plainSmsHelp: string
    gateway: (channel: string) => string
    noGateways: string
    noGatewaysOperator: string
    none: string
    sender: string
    perMinute: string
    secret: string
    secretKept: string
    secretHelp: string
    statusUrl: string
    mail: string
    mailFrom: (from: string) => string
    noMail: string
    noMailOperator: string
    save: string
    saved: string
  }
}

export const vi: NoticesText = {
  channels: { email: 'Thư điện tử', sms: 'SMS', zalo: 'Zalo' },
  states: {
    queued: 'Đang chờ',
    sending: 'Đang gửi',
    'handing-over': 'Đang giao máy chủ',
    sent: 'Đã gửi',
    delivered: 'Đã nhận',
    failed: 'Không gửi được',
    uncertain: 'Không rõ đã gửi',
    'given-up': 'Đã thôi gửi',
  },
  stateHelp: {
    queued: 'Chờ đến lượt, đến giờ, hoặc chờ máy chủ.',
    sending: 'Đang nối máy chủ, chưa giao xong.',
    'handing-over': 'Đã giao hết nội dung, đang chờ máy chủ trả lời.',
    sent: 'Máy chủ đã nhận chuyển. Chưa chắc người nhận đã nhận được.',
    delivered: 'Nhà mạng báo đã đến máy người nhận.',
    failed: 'Bị từ chối hẳn, ví dụ địa chỉ không tồn tại.',
    uncertain: 'Mất liên lạc đúng lúc giao; không tự gửi lại để người nhận không nhận hai lần.',
    'given-up': 'Quá hạn, đã thử nhiều lần, hoặc không còn cần.',
  },
  obstacles: {
    'no-server': 'chưa đặt máy chủ hoặc cổng gửi',
    'no-connection': 'không nối được máy chủ',
    timeout: 'máy chủ không trả lời kịp',
    'no-tls': 'kết nối không an toàn (TLS)',
    'sign-in': 'máy chủ không chấp nhận tài khoản gửi',
    'address-refused': 'địa chỉ người nhận không được chấp nhận',
    'sender-refused': 'địa chỉ gửi không được chấp nhận',
    'content-refused': 'nội dung không được chấp nhận',
    'server-refused': 'máy chủ từ chối',
    'server-busy': 'máy chủ bận, sẽ thử lại',
    'connection-cut': 'mất kết nối giữa chừng',
    'process-ended': 'hệ thống dừng giữa chừng',
    'bad-answer': 'máy chủ trả lời không đọc được',
    'too-late': 'quá hạn, gửi nữa không còn ích gì',
    withdrawn: 'không còn cần gửi',
    'too-many-tries': 'đã thử nhiều lần',
  },
  events: {
    'dossier-lodged': 'Hồ sơ đã đến',
    'dossier-received': 'Đã tiếp nhận',
    'dossier-not-received': 'Từ chối tiếp nhận',
    'dossier-supplement': 'Yêu cầu bổ sung',
    'dossier-payment': 'Yêu cầu nộp tiền',
    'dossier-fee': 'Tính lại phí, lệ phí',
    'dossier-extended': 'Gia hạn',
    'dossier-apology': 'Xin lỗi, hẹn lại',
    'dossier-ready': 'Đã có kết quả',
    'dossier-refused': 'Không đủ điều kiện',
    'dossier-returned': 'Đã trả kết quả',
    'dossier-withdrawn': 'Đã rút hồ sơ',
    'dossier-stopped': 'Dừng giải quyết',
    'dossier-closed': 'Đóng vì không bổ sung',
    'filing-lodged': 'Nộp trực tuyến xong',
    'filing-mend': 'Có chỗ cần sửa',
    'filing-draft-ends': 'Hồ sơ làm dở sắp xóa',
    'parcel-sent': 'Đã gửi bưu điện',
    'payment-received': 'Đã nhận tiền',
    'payment-refunded': 'Hoàn tiền',
    'one-time-code': 'Mã xác nhận',
    'account-exists': 'Đã có tài khoản',
    'account-changed': 'Tài khoản có thay đổi',
    'appointment-booked': 'Đã đặt lịch hẹn',
    'appointment-moved': 'Đổi lịch hẹn',
    'appointment-cancelled': 'Hủy lịch hẹn',
    'appointment-reminder': 'Nhắc lịch hẹn',
    'petition-received': 'Đã nhận phản ánh',
    'petition-supplement': 'Phản ánh cần thêm thông tin',
    'petition-answered': 'Đã trả lời phản ánh',
    'petition-refused': 'Không tiếp nhận phản ánh',
    'survey-invitation': 'Mời đánh giá',
    'personal-data-received': 'Nhận yêu cầu về dữ liệu cá nhân',
    'personal-data-answered': 'Trả lời yêu cầu về dữ liệu cá nhân',
    'officer-online-waiting': 'Báo cán bộ: hồ sơ trực tuyến chờ',
    'officer-petition-waiting': 'Báo cán bộ: phản ánh chờ',
  },
  groups: {
    dossier: 'Hồ sơ',
    filing: 'Nộp trực tuyến',
    payment: 'Thanh toán',
    account: 'Tài khoản',
    appointment: 'Lịch hẹn',
    feedback: 'Phản ánh, kiến nghị',
    survey: 'Khảo sát',
    'personal-data': 'Dữ liệu cá nhân',
    officer: 'Cán bộ',
  },
  facts: {
    code: 'mã',
    procedure: 'thủ tục',
    trackLink: 'liên kết tra cứu',
    due: 'hẹn trả',
    papers: 'giấy tờ cần bổ sung',
    fields: 'mục cần sửa trong tờ khai',
    until: 'hạn cuối',
    amount: 'số tiền',
    where: 'nơi nhận',
    early: 'trả sớm',
    resultLink: 'liên kết tải kết quả',
    mendLink: 'liên kết sửa hồ sơ',
    draftLink: 'liên kết hồ sơ làm dở',
    parcel: 'mã bưu gửi',
    receiptLink: 'liên kết biên lai',
    minutes: 'số phút',
    signInLink: 'liên kết đăng nhập',
    recoverLink: 'liên kết lấy lại mật khẩu',
    what: 'nội dung thay đổi',
    at: 'thời điểm',
    matter: 'việc hẹn',
    appointmentLink: 'liên kết lịch hẹn',
    bookLink: 'liên kết đặt lịch',
    petitionLink: 'liên kết phản ánh',
    surveyLink: 'liên kết đánh giá',
    requestLink: 'liên kết yêu cầu',
    acceptBy: 'hạn tiếp nhận',
    dossierLink: 'liên kết hồ sơ',
    agency: 'cơ quan',
  },
  refusals: {
    'unknown-placeholder': ({ name }) =>
      `Không có dữ kiện nào tên {{${name}}} cho tin này. Hãy chọn trong danh sách dữ kiện.`,
    'broken-placeholder': ({ near }) =>
      `Dấu ngoặc không khớp gần “${near}”. Dữ kiện viết {{tên}}, phần tùy chọn viết [[…]].`,
    'empty-text': () => 'Nội dung còn trống.',
    'subject-needed': () => 'Thư cần có tiêu đề.',
    'subject-of-lines': () => 'Tiêu đề chỉ viết một dòng.',
    'foreign-link': ({ near }) =>
      `Không viết địa chỉ “${near}” vào mẫu: tin chỉ dẫn về hệ thống này, bằng các dữ kiện “liên kết …”.`,
    'too-many-parts': ({ parts }) => `Tin dài ${parts} phần; nhiều nhất là 6.`,
    'binding-message': ({ name }) => `Không tắt được tin “${vi.events[name]}”: đó là một phần của việc giải quyết.`,
    'unknown-gateway': () => 'Cổng này không nằm trong danh sách được phép của hệ thống.',
    'secret-needed': ({ channel }) => `Cổng ${vi.channels[channel]} cần khóa ký, ít nhất 16 ký tự.`,
    'channel-twice': () => 'Mỗi kênh chỉ chọn một lần.',
    'changed-meanwhile': () => 'Có người vừa sửa. Nội dung của bạn còn trên màn hình; hãy tải lại để xem bản mới.',
    'not-resendable': () => 'Tin này không gửi lại được: nội dung đã xóa theo thời hạn, hoặc tin đang được gửi.',
    'unknown-template': () => 'Không có loại tin này.',
  },
  refusal: {
    title: 'Ngừng nhận thông báo',
    lead: 'Bạn muốn ngừng nhận thông báo về hồ sơ qua địa chỉ này?',
    stays: 'Thông báo bắt buộc, như yêu cầu bổ sung hoặc yêu cầu nộp tiền, vẫn được gửi.',
    button: 'Ngừng nhận',
    done: 'Đã ngừng gửi thông báo',
    doneDetail: 'Địa chỉ này sẽ chỉ nhận những thông báo bắt buộc.',
    again: 'Nhận lại thông báo',
    undone: 'Địa chỉ này nhận lại thông báo như trước.',
    unknown: 'Liên kết này không đúng hoặc đã cắt ngắn. Hãy mở lại từ thư bạn nhận được.',
  },
  page: {
    title: 'Tin đã gửi',
    nav: 'Tin đã gửi',
    lead: 'Thư điện tử, SMS và Zalo gửi người dân và cán bộ. “Đã gửi” là máy chủ đã nhận chuyển, chưa phải người nhận đã nhận.',
    agency: 'Cơ quan',
    noMail: (waiting) =>
      waiting > 0
        ? `Chưa đặt máy chủ thư: ${writeNumber(waiting)} thư đang chờ và chưa thư nào được gửi; thư chờ quá 14 ngày sẽ thôi gửi. Hãy báo quản trị hệ thống.`
        : 'Chưa đặt máy chủ thư: thư mới sẽ chờ, không gửi đi. Hãy báo quản trị hệ thống.',
    noMailOperator: 'Đặt SMTP_URL và MAIL_FROM khi khởi động hệ thống.',
    waiting: 'Đang chờ',
    trouble: 'Cần xem',
    sent: 'Đã gửi',
    delivered: 'Đã nhận',
    count: (number) => `${writeNumber(number)} tin`,
    state: 'Trạng thái',
    all: 'Tất cả',
    channel: 'Kênh',
    template: 'Loại tin',
    to: 'Gửi đến',
    when: 'Lúc',
    tries: 'Số lần thử',
    history: 'Các lần thử',
    resend: 'Gửi lại',
    resent: 'Tin đã vào hàng chờ gửi lại.',
    resendWhy: 'Người nhận có thể nhận hai lần, nếu lần trước thật ra đã đến.',
    more: 'Xem thêm',
    empty: 'Chưa có tin nào',
    emptyHelp: 'Tin sẽ hiện ở đây khi hồ sơ được tiếp nhận, cần bổ sung, có kết quả.',
    openDossier: 'Mở hồ sơ',
    outcomes: {
      taken: 'Máy chủ đã nhận',
      refused: 'Bị từ chối',
      postponed: 'Chưa được, thử lại sau',
      uncertain: 'Không rõ',
    },
    replyCode: (code) => `mã trả lời ${code}`,
    nextTry: (at) => `Gửi tiếp lúc ${at}`,
    byWay: (channels) => `Nếu không được, gửi qua ${channels}`,
  },
  intake: {
    ways: 'Đăng ký nhận thông báo qua',
    waysHint: 'Theo lời người nộp; in trên Giấy tiếp nhận. Không chọn thì gửi theo cách cơ quan thường dùng.',
  },
  panel: { title: 'Thông báo đã gửi', empty: 'Chưa gửi thông báo nào về hồ sơ này.', all: 'Xem mọi tin' },
  templates: {
    title: 'Mẫu tin',
    nav: 'Mẫu tin',
    lead: 'Lời của từng loại tin. Cơ quan sửa được; mọi phiên bản đều giữ lại.',
    event: 'Loại tin',
    language: 'Ngôn ngữ',
    languages: { vi: 'Tiếng Việt', en: 'Tiếng Anh' },
    subject: 'Tiêu đề thư',
    body: 'Nội dung',
    placeholders: 'Dữ kiện',
    placeholdersHelp: 'Bấm để chèn vào nội dung.',
    optional: 'Phần trong [[…]] tự bỏ khi dữ kiện trong đó trống.',
    preview: 'Xem trước',
    previewHelp: 'Với dữ kiện mẫu.',
    previewOf: 'Xem trước với',
    previewExample: 'Dữ kiện mẫu',
    previewReal: 'Tin gần nhất',
    previewRealHelp: (at) => `Với dữ kiện của tin lúc ${at}; liên kết riêng của người nhận không hiện.`,
    previewNone: 'Chưa có tin nào thuộc loại này để xem trước.',
    sms: ({ alphabet, units, parts, left }) =>
      `${writeNumber(units)} ký tự, ${parts} phần, còn ${writeNumber(left)} · ${alphabet === 'gsm' ? 'không dấu (GSM)' : 'có dấu (UCS-2)'}`,
    own: (version, by, at) => `Mẫu của cơ quan, phiên bản ${version}, ${by} sửa lúc ${at}`,
    shipped: 'Mẫu kèm hệ thống',
    save: 'Lưu mẫu',
    saved: 'Đã lưu. Tin gửi từ bây giờ dùng mẫu này.',
    back: 'Dùng lại mẫu kèm hệ thống',
    backDone: 'Đã dùng lại mẫu kèm hệ thống.',
    binding: 'Tin bắt buộc: người dân không tắt được.',
  },
  settings: {
    title: 'Thiết đặt gửi tin',
    nav: 'Gửi tin',
    lead: 'Kênh gửi, giờ yên lặng và cổng tin nhắn của cơ quan.',
    channels: 'Thứ tự kênh',
    channelsHelp: 'Tin gửi qua kênh đầu tiên mà người nhận có địa chỉ và hệ thống gửi được.',
    up: 'Đưa lên',
    moveUp: (channel) => `Đưa lên: ${channel}`,
    quiet: 'Giờ yên lặng',
    clockWrong: 'Ghi giờ từ 00:00 đến 23:59, ví dụ 21:00.',
    quietHelp: 'Không gửi trong khoảng này, trừ mã xác nhận và tin gấp. Hai giờ bằng nhau là không có giờ yên lặng.',
    from: 'Từ',
    to: 'Đến',
    silent: 'Tin không gửi',
    silentHelp: 'Chỉ tắt được những tin không bắt buộc.',
    plainSms: 'SMS không dấu',
    plainSmsHelp: 'Ngắn hơn, rẻ hơn, mọi điện thoại đọc được.',
    gateway: (channel) => `Cổng ${channel}`,
    noGateways: 'Hệ thống chưa cho phép cổng nào. Hãy báo quản trị hệ thống.',
    noGatewaysOperator: 'Khai báo địa chỉ cổng trong NOTICE_GATEWAYS khi khởi động hệ thống.',
    none: 'Không dùng',
    sender: 'Tên hoặc số gửi',
    perMinute: 'Nhiều nhất mỗi phút',
    secret: 'Khóa ký',
    secretKept: 'Đã có khóa; để trống là giữ nguyên.',
    secretHelp: 'Chung với người vận hành cổng, ít nhất 16 ký tự.',
    statusUrl: 'Địa chỉ nhận báo cáo trạng thái',
    mail: 'Máy chủ thư',
    mailFrom: (from) => `Thư gửi từ ${from}.`,
    noMail: 'Chưa đặt máy chủ thư nên chưa gửi được thư điện tử. Hãy báo quản trị hệ thống.',
    noMailOperator: 'Đặt SMTP_URL và MAIL_FROM khi khởi động hệ thống.',
    save: 'Lưu thiết đặt',
    saved: 'Đã lưu.',
  },
}

/** The words of a refusal. */
export const refusalText = (refusal: NoticeRefusal, text: NoticesText = vi): string =>
  (text.refusals[refusal.code] as (given: NoticeRefusal) => string)(refusal)
