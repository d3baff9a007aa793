import { writeDay } from '../../platform/day.ts'

const weekdays = ['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật'] as const

export const vi = {
  title: 'Tra cứu hồ sơ',
  titleOf: (code: string) => `Hồ sơ ${code}`,
  lead: 'Xem hồ sơ của bạn đang ở đâu và ngày nào có kết quả. Cách nhanh nhất là quét mã QR trên giấy tiếp nhận.',
  code: 'Mã hồ sơ',
  codeHint: (agency: string, day: string) =>
    `In trên giấy tiếp nhận, ví dụ ${agency}-${day.slice(2).replaceAll('-', '')}-0005`,
  dossier: 'Hồ sơ',
  key: 'Mã tra cứu, số điện thoại hoặc số định danh',
  keyHint:
    'Mã tra cứu in dưới mã QR; hoặc số điện thoại, số định danh của người nộp. Thông tin này chỉ dùng để kiểm tra.',
  button: 'Tra cứu',
  notFound:
    'Không tìm thấy hồ sơ với thông tin này. Hãy xem lại mã hồ sơ và mã tra cứu trên giấy tiếp nhận, hoặc hỏi Bộ phận Một cửa nơi bạn đã nộp.',
  tooMany: 'Bạn đã thử sai nhiều lần. Hãy đợi 10 phút rồi thử lại, hoặc quét mã QR trên giấy tiếp nhận.',
  proof: {
    asked: 'Từ nơi bạn đang dùng mạng vừa có nhiều lần tra cứu sai. Hãy bấm Tra cứu một lần nữa.',
    working: 'Trình duyệt đang hoàn tất bước kiểm tra chống máy tự động, vài giây nữa sẽ tra cứu.',
    needsWait: (seconds: number) =>
      `Từ nơi bạn đang dùng mạng vừa có nhiều lần tra cứu sai. Hãy chờ ${seconds} giây rồi bấm Tra cứu lần nữa.`,
    tooEarly: (seconds: number) => `Còn ${seconds} giây nữa. Hãy chờ rồi bấm lại.`,
    proofWorthless: 'Trang này đã cũ. Hãy bấm Tra cứu một lần nữa.',
  },
  yourTurn: 'Bạn cần làm:',
  state: 'Tình trạng',
  due: 'Ngày hẹn trả',
  finished: 'Giải quyết xong',
  holder: 'Đang ở',
  agency: 'Cơ quan giải quyết',
  since: (moment: string) => `từ ${moment}`,
  story: 'Hồ sơ đã đi qua',
  moment: (weekday: number, moment: string) =>
    `${moment.slice(0, 5)}, ${weekdays[weekday - 1] ?? ''} ngày ${moment.slice(6)}`,
  noPersonalData: 'Trang này không hiển thị thông tin cá nhân.',
  another: 'Tra cứu hồ sơ khác',
  beside: {
    title: 'Bạn có thể',
    mend: 'Bổ sung ngay tại đây',
    pay: (amount: string) => `Nộp ${amount} bằng mã QR`,
    rate: 'Đánh giá việc phục vụ',
    own: 'Xem giấy tờ, rút hồ sơ',
    papers: 'Xem giấy tờ đã nộp',
    calendar: 'Thêm ngày hẹn vào lịch',
    calendarTitle: (code: string) => `Ngày hẹn trả kết quả hồ sơ ${code}`,
    remaining: (hours: number) => (hours < 1 ? 'còn dưới 1 giờ làm việc' : `còn ${hours} giờ làm việc`),
    post: 'Bưu gửi kết quả',
    number: 'số hiệu',
  },
  late: 'Hồ sơ đang chậm so với ngày hẹn; cơ quan giải quyết chịu trách nhiệm thông báo và xin lỗi bạn.',
  completeBy: (day: string) => `Hạn cuối: ngày ${writeDay(day)}.`,
  issuing: 'Đã ký kết quả, đang vào sổ và đóng dấu để chuyển về Bộ phận Một cửa.',
  statuses: {
    lodged: 'Đã nộp, đang chờ Bộ phận Một cửa tiếp nhận.',
    supplementAtIntake: 'Chưa tiếp nhận: hồ sơ cần được bổ sung.',
    notReceived: 'Hồ sơ không được tiếp nhận. Lý do ghi trên phiếu từ chối.',
    received: 'Đã tiếp nhận, đang chuyển cho bộ phận giải quyết.',
    processing: 'Đang được giải quyết.',
    awaitingSupplement: 'Tạm dừng: đang chờ bạn bổ sung giấy tờ.',
    awaitingPayment: 'Tạm dừng: đang chờ bạn nộp khoản tài chính.',
    resultSigned: 'Đã có kết quả.',
    returned: 'Đã trả kết quả.',
    withdrawn: 'Hồ sơ đã được rút theo yêu cầu.',
    stopped: 'Đã dừng giải quyết. Lý do ghi trên thông báo.',
    closedUnsupplemented: 'Đã kết thúc vì không được bổ sung đúng hạn. Bạn có thể nộp hồ sơ mới.',
  },
  /** In place of the due date while it stands still. */
  paused: {
    awaitingSupplement: 'Tính lại khi bạn bổ sung giấy tờ',
    awaitingPayment: 'Tính lại khi bạn nộp khoản tài chính',
  },
  todo: {
    supplementAtIntake: 'bổ sung giấy tờ theo phiếu yêu cầu, ngay tại đây hoặc tại Bộ phận Một cửa.',
    awaitingSupplement: 'bổ sung giấy tờ theo phiếu yêu cầu.',
    awaitingPayment: 'nộp khoản tài chính theo thông báo.',
    resultSigned: 'mang giấy tiếp nhận đến Bộ phận Một cửa để nhận kết quả, nếu bạn chọn nhận tại quầy.',
  },
  events: {
    lodged: 'Nộp hồ sơ',
    received: 'Bộ phận Một cửa tiếp nhận và hẹn ngày trả',
    notReceived: 'Từ chối tiếp nhận',
    supplementRequested: 'Yêu cầu bạn bổ sung giấy tờ',
    supplementReceived: 'Nhận giấy tờ bổ sung',
    forwarded: 'Chuyển đến bộ phận giải quyết',
    paymentRequired: 'Yêu cầu thực hiện nghĩa vụ tài chính',
    paymentConfirmed: 'Đã thực hiện nghĩa vụ tài chính',
    extended: 'Xin lỗi và hẹn lại ngày trả',
    apologised: 'Xin lỗi vì trễ hẹn và hẹn ngày mới',
    resultSigned: 'Ký kết quả',
    withdrawn: 'Rút hồ sơ',
    stopped: 'Dừng giải quyết',
    closedUnsupplemented: 'Kết thúc vì không bổ sung đúng hạn',
    resultReturned: 'Trả kết quả',
    correctionIssued: 'Ban hành bản đính chính kết quả',
  },
}

export type TrackingText = typeof vi
