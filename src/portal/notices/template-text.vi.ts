import type { NoticeEvent } from './rules/notice-events.ts'
import type { ShippedTemplate } from './rules/template.ts'

const hello = 'Chào bạn,'
const track = 'Theo dõi hồ sơ tại:\n{{trackLink}}'
const close = '{{agency}}'
const letter = (...paragraphs: string[]): string => [hello, ...paragraphs, close].join('\n\n')

export const vi: Record<NoticeEvent, ShippedTemplate> = {
  'dossier-lodged': {
    subject: 'Đã nhận được hồ sơ {{code}}',
    body: letter(
      'Hệ thống đã nhận được hồ sơ {{code}} ({{procedure}}). Cán bộ sẽ kiểm tra và trả lời trong 8 giờ làm việc.',
      'Đây chưa phải là giấy tiếp nhận hồ sơ.',
      track,
    ),
    short: 'Đã nhận được hồ sơ {{code}}. Cán bộ sẽ kiểm tra trong 8 giờ làm việc. {{trackLink}}',
  },
  'dossier-received': {
    subject: 'Đã tiếp nhận hồ sơ {{code}}',
    body: letter(
      'Hồ sơ {{code}} ({{procedure}}) đã được tiếp nhận.[[ Hẹn trả kết quả: {{due}}.]]',
      'Chúng tôi sẽ báo ngay khi có kết quả hoặc khi bạn cần làm thêm việc gì.',
      track,
    ),
    short: 'Hồ sơ {{code}} đã được tiếp nhận.[[ Hẹn trả: {{due}}.]] {{trackLink}}',
  },
  'dossier-not-received': {
    subject: 'Hồ sơ {{code}} chưa được tiếp nhận',
    body: letter(
      'Hồ sơ {{code}} ({{procedure}}) không đủ điều kiện tiếp nhận. Lý do ghi trong phiếu từ chối tiếp nhận.',
      track,
    ),
    short: 'Hồ sơ {{code}} không được tiếp nhận. Xem lý do: {{trackLink}}',
  },
  'dossier-supplement': {
    subject: 'Hồ sơ {{code}} cần bổ sung',
    body: letter(
      'Hồ sơ {{code}} ({{procedure}}) cần bổ sung, hoàn thiện.[[\n\nCần bổ sung hoặc sửa: {{papers}}.]][[\n\nHạn bổ sung: {{until}}.]]',
      'Xem yêu cầu đầy đủ và làm theo hướng dẫn tại:\n{{trackLink}}',
    ),
    short: 'Hồ sơ {{code}} cần bổ sung[[ trước {{until}}]]. Xem việc cần làm: {{trackLink}}',
  },
  'dossier-payment': {
    subject: 'Hồ sơ {{code}}: cần nộp {{amount}}',
    body: letter(
      'Hồ sơ {{code}} ({{procedure}}) cần nộp {{amount}} để được giải quyết tiếp.[[ Hạn nộp: {{until}}.]]',
      'Cách nộp có tại:\n{{trackLink}}',
      'Chúng tôi không yêu cầu chuyển tiền vào tài khoản cá nhân của cán bộ.',
    ),
    short: 'Hồ sơ {{code}} cần nộp {{amount}}[[, hạn {{until}}]]. Cách nộp: {{trackLink}}',
  },
  'dossier-fee': {
    subject: 'Hồ sơ {{code}}: phí, lệ phí phải nộp {{amount}}',
    body: letter(
      'Phí, lệ phí của hồ sơ {{code}} ({{procedure}}) đã được tính lại theo mức thu của tỉnh. Bạn còn phải nộp {{amount}} trước khi nhận kết quả.',
      'Cách nộp có tại:\n{{trackLink}}',
      'Chúng tôi không yêu cầu chuyển tiền vào tài khoản cá nhân của cán bộ.',
    ),
    short: 'Hồ sơ {{code}}: phí, lệ phí tính lại, còn phải nộp {{amount}}. Cách nộp: {{trackLink}}',
  },
  'dossier-extended': {
    subject: 'Hồ sơ {{code}}: gia hạn thời gian giải quyết',
    body: letter(
      'Rất tiếc, hồ sơ {{code}} ({{procedure}}) cần thêm thời gian giải quyết. Hẹn trả mới: {{due}}.',
      'Chúng tôi xin lỗi bạn. Văn bản xin lỗi và gia hạn kèm theo hồ sơ.',
      track,
    ),
    short: 'Xin lỗi, hồ sơ {{code}} cần thêm thời gian. Hẹn trả mới: {{due}}. {{trackLink}}',
  },
  'dossier-apology': {
    subject: 'Xin lỗi về hồ sơ {{code}} trễ hẹn',
    body: letter(
      'Hồ sơ {{code}} ({{procedure}}) chưa có kết quả đúng hẹn. Chúng tôi chân thành xin lỗi bạn.',
      'Ngày hẹn lại: {{due}}.',
      track,
    ),
    short: 'Xin lỗi bạn: hồ sơ {{code}} trễ hẹn, hẹn lại {{due}}. {{trackLink}}',
  },
  'dossier-ready': {
    subject: 'Hồ sơ {{code}} đã có kết quả',
    body: letter(
      'Hồ sơ {{code}} ({{procedure}}) đã có kết quả[[, trước hẹn {{early}} ngày]].[[\n\nMời bạn đến nhận tại: {{where}}. Khi đến, xin mang theo giấy tiếp nhận hoặc giấy tờ tùy thân.]][[\n\nKết quả có bản điện tử. Khi Bộ phận Một cửa đã trả kết quả, bạn tải về tại:\n{{resultLink}}]]',
      track,
    ),
    short: 'Hồ sơ {{code}} đã có kết quả[[, mời đến nhận tại {{where}}]]. {{trackLink}}',
  },
  'dossier-refused': {
    subject: 'Kết quả giải quyết hồ sơ {{code}}',
    body: letter(
      'Hồ sơ {{code}} ({{procedure}}) đã được giải quyết: không đủ điều kiện. Lý do và quyền khiếu nại ghi trong văn bản trả lời.',
      track,
    ),
    short: 'Hồ sơ {{code}} không đủ điều kiện giải quyết. Xem văn bản trả lời: {{trackLink}}',
  },
  'dossier-returned': {
    subject: 'Đã trả kết quả hồ sơ {{code}}',
    body: letter(
      'Kết quả hồ sơ {{code}} ({{procedure}}) đã được trả. Nếu bạn chưa nhận, xin báo ngay cho chúng tôi.[[\n\nTải tệp kết quả tại:\n{{resultLink}}]]',
      track,
    ),
    short: 'Kết quả hồ sơ {{code}} đã được trả. Nếu chưa nhận, xin báo lại. {{trackLink}}',
  },
  'dossier-withdrawn': {
    subject: 'Hồ sơ {{code}} đã được rút',
    body: letter('Hồ sơ {{code}} ({{procedure}}) đã được rút theo đề nghị của bạn.', track),
    short: 'Hồ sơ {{code}} đã được rút theo đề nghị. {{trackLink}}',
  },
  'dossier-stopped': {
    subject: 'Hồ sơ {{code}} dừng giải quyết',
    body: letter(
      'Việc giải quyết hồ sơ {{code}} ({{procedure}}) đã dừng. Lý do ghi trong thông báo kèm theo hồ sơ.',
      track,
    ),
    short: 'Hồ sơ {{code}} dừng giải quyết. Xem thông báo: {{trackLink}}',
  },
  'dossier-closed': {
    subject: 'Hồ sơ {{code}} đã đóng vì quá hạn bổ sung',
    body: letter(
      'Hồ sơ {{code}} ({{procedure}}) đã đóng vì quá hạn mà chưa được bổ sung. Bạn có thể nộp hồ sơ mới bất cứ lúc nào.',
      track,
    ),
    short: 'Hồ sơ {{code}} đã đóng vì quá hạn bổ sung. Có thể nộp hồ sơ mới. {{trackLink}}',
  },
  'filing-lodged': {
    subject: 'Bạn đã nộp hồ sơ {{code}}',
    body: letter(
      'Bạn đã nộp hồ sơ {{code}} ({{procedure}}). Hãy giữ mã này để theo dõi.',
      'Cán bộ sẽ kiểm tra và trả lời trong 8 giờ làm việc.',
      track,
    ),
    short: 'Bạn đã nộp hồ sơ {{code}}. Theo dõi: {{trackLink}}',
  },
  'filing-mend': {
    subject: 'Hồ sơ {{code}}: có chỗ cần sửa',
    body: letter(
      'Cán bộ đã đánh dấu chỗ cần sửa trong hồ sơ {{code}} ({{procedure}}). Bạn chỉ cần sửa đúng những chỗ đó.[[\n\nGiấy tờ cần bổ sung: {{papers}}.]][[\n\nMục cần sửa trong tờ khai: {{fields}}.]][[\n\nHạn sửa: {{until}}.]]',
      'Xem cán bộ ghi gì và sửa hồ sơ tại:\n{{mendLink}}',
    ),
    short: 'Hồ sơ {{code}} có chỗ cần sửa[[ trước {{until}}]]: {{mendLink}}',
  },
  'filing-draft-ends': {
    subject: 'Hồ sơ đang làm dở sẽ bị xóa',
    body: letter(
      'Hồ sơ {{procedure}} bạn đang làm dở sẽ tự xóa vào {{until}}.',
      'Nếu còn cần, hãy làm tiếp trên máy bạn đã dùng, hoặc sau khi đăng nhập, tại:\n{{draftLink}}',
    ),
    short: 'Hồ sơ làm dở của bạn sẽ tự xóa vào {{until}}. Làm tiếp: {{draftLink}}',
  },
  'parcel-sent': {
    subject: 'Kết quả hồ sơ {{code}} đã gửi bưu điện',
    body: letter('Kết quả hồ sơ {{code}} ({{procedure}}) đã được gửi qua bưu điện. Mã bưu gửi: {{parcel}}.', track),
    short: 'Kết quả hồ sơ {{code}} đã gửi bưu điện, mã {{parcel}}. {{trackLink}}',
  },
  'payment-received': {
    subject: 'Đã nhận {{amount}} cho hồ sơ {{code}}',
    body: letter('Chúng tôi đã nhận {{amount}} cho hồ sơ {{code}}.', 'Biên lai có tại:\n{{receiptLink}}'),
    short: 'Đã nhận {{amount}} cho hồ sơ {{code}}. Biên lai: {{receiptLink}}',
  },
  'payment-refunded': {
    subject: 'Hoàn {{amount}} của hồ sơ {{code}}',
    body: letter('Chúng tôi đã làm thủ tục hoàn {{amount}} của hồ sơ {{code}}.'),
    short: 'Đã làm thủ tục hoàn {{amount}} của hồ sơ {{code}}.',
  },
  'one-time-code': {
    subject: 'Mã xác nhận',
    body: letter(
      'Mã xác nhận của bạn là {{code}}. Mã có hiệu lực {{minutes}} phút.',
      'Không đọc mã này cho bất kỳ ai, kể cả người tự xưng là cán bộ. Nếu bạn không yêu cầu mã, hãy bỏ qua thư này.',
    ),
    short: '{{code}} là mã xác nhận Một Cửa, có hiệu lực {{minutes}} phút. Không đọc mã cho bất kỳ ai.',
  },
  'account-exists': {
    subject: 'Bạn đã có tài khoản',
    body: letter(
      'Có người vừa đăng ký tài khoản bằng địa chỉ này, nhưng bạn đã có tài khoản rồi. Không có gì thay đổi.',
      'Nếu là bạn: hãy đăng nhập tại\n{{signInLink}}\nQuên mật khẩu thì đặt lại tại\n{{recoverLink}}',
      'Nếu không phải bạn, hãy bỏ qua tin này.',
    ),
    short: 'Bạn đã có tài khoản Một Cửa. Đăng nhập: {{signInLink}}. Quên mật khẩu: {{recoverLink}}',
  },
  'account-changed': {
    subject: 'Tài khoản của bạn vừa có thay đổi',
    body: letter(
      'Thay đổi trong tài khoản của bạn: {{what}}, lúc {{at}}.',
      'Nếu không phải bạn làm, hãy đặt lại mật khẩu ngay và báo cho chúng tôi.',
    ),
    short: 'Tài khoản Một Cửa có thay đổi: {{what}}, lúc {{at}}. Nếu không phải bạn, hãy đặt lại mật khẩu ngay.',
  },
  'appointment-booked': {
    subject: 'Đã đặt lịch hẹn {{code}}',
    body: letter(
      'Bạn có lịch hẹn {{code}} lúc {{at}}.',
      'Việc: {{matter}}\nNơi đến: {{where}}',
      'Đổi giờ, hủy hẹn hoặc lưu vào lịch tại:\n{{appointmentLink}}',
    ),
    short: 'Lịch hẹn {{code}}: {{at}}, {{where}}. Đổi/hủy: {{appointmentLink}}',
  },
  'appointment-moved': {
    subject: 'Lịch hẹn {{code}} đã đổi giờ',
    body: letter(
      'Lịch hẹn {{code}} đã đổi sang {{at}}.',
      'Việc: {{matter}}\nNơi đến: {{where}}',
      'Xem lịch hẹn tại:\n{{appointmentLink}}',
    ),
    short: 'Lịch hẹn {{code}} đổi sang {{at}}, {{where}}. Xem: {{appointmentLink}}',
  },
  'appointment-cancelled': {
    subject: 'Lịch hẹn {{code}} đã hủy',
    body: letter('Lịch hẹn {{code}} lúc {{at}} đã hủy.', 'Bạn có thể đặt giờ khác tại:\n{{bookLink}}'),
    short: 'Lịch hẹn {{code}} lúc {{at}} đã hủy. Đặt giờ khác: {{bookLink}}',
  },
  'appointment-reminder': {
    subject: 'Nhắc lịch hẹn {{code}}',
    body: letter(
      'Bạn có lịch hẹn {{code}} lúc {{at}}.',
      'Việc: {{matter}}\nNơi đến: {{where}}',
      'Nếu không đến được, xin đổi giờ hoặc hủy tại:\n{{appointmentLink}}',
    ),
    short: 'Nhắc hẹn {{code}}: {{at}}, {{where}}. Đổi/hủy: {{appointmentLink}}',
  },
  'petition-received': {
    subject: 'Đã nhận phản ánh {{code}}',
    body: letter('Chúng tôi đã nhận phản ánh, kiến nghị {{code}} của bạn.', 'Theo dõi tại:\n{{petitionLink}}'),
    short: 'Đã nhận phản ánh {{code}}. Theo dõi: {{petitionLink}}',
  },
  'petition-supplement': {
    subject: 'Phản ánh {{code}} cần thêm thông tin',
    body: letter(
      'Phản ánh, kiến nghị {{code}} cần thêm thông tin để xử lý.[[ Hạn trả lời: {{until}}.]]',
      'Bổ sung tại:\n{{petitionLink}}',
    ),
    short: 'Phản ánh {{code}} cần thêm thông tin[[ trước {{until}}]]: {{petitionLink}}',
  },
  'petition-answered': {
    subject: 'Đã trả lời phản ánh {{code}}',
    body: letter(
      'Phản ánh, kiến nghị {{code}} đã có trả lời.',
      'Xem trả lời và cho biết việc đã được giải quyết chưa tại:\n{{petitionLink}}',
    ),
    short: 'Phản ánh {{code}} đã có trả lời: {{petitionLink}}',
  },
  'petition-refused': {
    subject: 'Về phản ánh {{code}}',
    body: letter(
      'Phản ánh, kiến nghị {{code}} không được tiếp nhận theo thủ tục này. Lý do và nơi có thể gửi đến có tại:\n{{petitionLink}}',
    ),
    short: 'Phản ánh {{code}} không được tiếp nhận. Xem lý do: {{petitionLink}}',
  },
  'survey-invitation': {
    subject: 'Xin ý kiến về việc phục vụ',
    body: letter(
      'Xin bạn đánh giá việc phục vụ vừa qua. Câu trả lời không gắn với tên hay hồ sơ của bạn.',
      'Trả lời tại[[ (đến {{until}})]]:\n{{surveyLink}}',
    ),
    short: 'Xin đánh giá việc phục vụ (ẩn danh)[[, đến {{until}}]]: {{surveyLink}}',
  },
  'personal-data-received': {
    subject: 'Đã nhận yêu cầu {{code}} về dữ liệu cá nhân',
    body: letter(
      'Chúng tôi đã nhận yêu cầu {{code}} về dữ liệu cá nhân của bạn và sẽ trả lời trước {{until}}.',
      'Theo dõi tại:\n{{requestLink}}',
    ),
    short: 'Đã nhận yêu cầu {{code}} về dữ liệu cá nhân, trả lời trước {{until}}. {{requestLink}}',
  },
  'personal-data-answered': {
    subject: 'Trả lời yêu cầu {{code}} về dữ liệu cá nhân',
    body: letter('Yêu cầu {{code}} về dữ liệu cá nhân đã được trả lời.', 'Xem tại:\n{{requestLink}}'),
    short: 'Yêu cầu {{code}} về dữ liệu cá nhân đã được trả lời: {{requestLink}}',
  },
  'officer-online-waiting': {
    subject: 'Hồ sơ trực tuyến {{code}} chờ tiếp nhận',
    body: [
      'Hồ sơ trực tuyến {{code}} ({{procedure}}) đang chờ kiểm tra.[[ Hạn trả lời: {{acceptBy}}.]]',
      'Mở hồ sơ:\n{{dossierLink}}',
    ].join('\n\n'),
    short: 'Hồ sơ trực tuyến {{code}} chờ tiếp nhận[[, hạn {{acceptBy}}]].',
  },
  'officer-petition-waiting': {
    subject: 'Phản ánh {{code}} chờ xử lý',
    body: ['Phản ánh, kiến nghị {{code}} đang chờ xử lý.[[ Hạn: {{until}}.]]', 'Mở:\n{{petitionLink}}'].join('\n\n'),
    short: 'Phản ánh {{code}} chờ xử lý[[, hạn {{until}}]].',
  },
}
