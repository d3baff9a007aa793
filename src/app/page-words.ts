import type { Page } from '../platform/web/page.ts'

/**
 * What else people call the pages of the rail: their headings, what is done there, what it was called before. The command
 * box (Ctrl K) finds a page by these beside its name in the rail; accents do not matter. By path.
 */
export const pageWords: Readonly<Record<string, Pick<Page, 'label' | 'also'>>> = {
  '/lich-lam-viec': {
    also: {
      vi: 'lịch làm việc, ngày nghỉ, ngày lễ, nghỉ bù, hoán đổi, giờ làm việc, thứ bảy, tết',
      en: 'working days, holidays, swapped days, office hours, saturday',
    },
  },
  '/thu-tuc': {
    also: {
      vi: 'danh mục thủ tục hành chính, tthc, bộ thủ tục, thành phần hồ sơ, giấy tờ, thời hạn, mức thu, công bố, niêm yết, nhập excel',
      en: 'catalogue, papers, time limits, fees, publication, import',
    },
  },
  '/dau-ngay': {
    also: {
      vi: 'việc hôm nay, tổng quan, bảng theo dõi, lãnh đạo, sắp đến hạn, quá hạn, cảnh báo',
      en: 'today, overview, dashboard, due soon, overdue',
    },
  },
  '/tra-cuu': {
    also: {
      vi: 'tìm hồ sơ, tìm người nộp, số điện thoại, số định danh, cccd, mã hồ sơ',
      en: 'search, applicant, telephone, code',
    },
  },
  '/so': { also: { vi: 'sổ tiếp nhận, nhật ký hồ sơ, xuất excel, in sổ', en: 'book of dossiers, export, print' } },
  '/so-qua-han': { also: { vi: 'trễ hạn, chậm, phiếu xin lỗi, xin lỗi', en: 'overdue, apology' } },
  '/tiep-nhan': {
    also: {
      vi: 'nhận hồ sơ, nộp hồ sơ tại quầy, giấy tiếp nhận, phiếu hẹn, nộp hộ, quét căn cước',
      en: 'intake, receive, receipt, at the desk',
    },
  },
  '/ho-so': {
    also: {
      vi: 'hàng đợi, danh sách hồ sơ, công việc của tôi, xử lý, thẩm định, ký, trả kết quả, phân công',
      en: 'queue, my work, process, sign, return the result',
    },
  },
  '/tinh-lai-han': { also: { vi: 'tính lại ngày hẹn trả, đổi lịch nghỉ', en: 'recalculate, new holidays' } },
  '/ban-giao-viec': {
    also: { vi: 'chuyển việc, nghỉ phép, thay người, phân công lại', en: 'reassign, leave, substitute' },
  },
  '/xoa-du-lieu': { also: { vi: 'tiêu hủy, ẩn danh, quyền được xóa', en: 'erasure, delete, anonymise' } },
  '/phan-anh': {
    also: {
      vi: 'pakn, đơn thư, góp ý, khiếu nại, tố cáo, hàng đợi phản ánh, trả lời phản ánh',
      en: 'complaints, feedback, queue of petitions, answer',
    },
  },
  '/phan-anh/ghi-nhan': {
    also: { vi: 'pakn, đường dây nóng, hotline, đơn giấy, nhập phản ánh', en: 'hotline, by telephone, paper' },
  },
  '/phan-anh/so': { also: { vi: 'pakn, sổ phản ánh, xuất excel', en: 'book of petitions, export' } },
  '/phan-anh/cai-dat': {
    also: {
      vi: 'pakn, cài đặt phản ánh, nhận qua mạng, công khai, địa bàn, đường dây nóng',
      en: 'settings of petitions, publication, hotline',
    },
  },
  '/nhat-ky-truy-cap': {
    also: {
      vi: 'ai đã xem, kiểm toán, đăng nhập, lịch sử, kiểm tra chuỗi',
      en: 'audit, who looked, sign-ins, history',
    },
  },
  '/nha-cung-cap-danh-tinh': {
    also: { vi: 'vneid, openid connect, đăng nhập một lần, sso, oidc', en: 'vneid, openid connect, single sign-on' },
  },
  '/trao-doi': {
    also: {
      vi: 'cổng dịch vụ công quốc gia, kết nối, đồng bộ, hồ sơ từ cổng, liên thông',
      en: 'national public service portal, inbound, connection',
    },
  },
  '/buu-chinh': {
    also: { vi: 'bưu điện, chuyển phát, bưu gửi, trả kết quả tại nhà, vnpost', en: 'post, carrier, shipments' },
  },
  '/truc-tuyen': {
    also: {
      vi: 'hồ sơ nộp qua mạng, tiếp nhận trực tuyến, dịch vụ công trực tuyến, 8 giờ',
      en: 'filed online, waiting for receipt',
    },
  },
  '/cong-nguoi-dan': {
    also: {
      vi: 'bật tắt nộp trực tuyến, dịch vụ công, toàn trình, một phần, cài đặt nộp hồ sơ qua mạng',
      en: 'online filing on or off, settings of the front',
    },
  },
  '/quay': {
    also: {
      vi: 'quầy, gọi người tiếp theo, hàng chờ, số thứ tự, gọi số',
      en: 'counter, desk, next person, queue, tickets',
    },
  },
  '/lich-hen': { also: { vi: 'đặt lịch, hẹn trước, người đến theo hẹn', en: 'booked, bookings' } },
  '/thoi-gian-cho': {
    also: { vi: 'chờ bao lâu, thống kê quầy, thời gian phục vụ', en: 'how long people wait, service time' },
  },
  '/phong-cho': {
    also: {
      vi: 'cài đặt quầy, màn hình, bảng hiển thị, máy lấy số, lấy số, khung giờ hẹn, lượt hẹn',
      en: 'counters, screen, ticket machine, hours of appointments',
    },
  },
  '/tin-da-gui': {
    also: { vi: 'thông báo, tin nhắn, sms, zalo, thư điện tử, email, gửi lại', en: 'notices, sms, zalo, mail, resend' },
  },
  '/mau-tin': {
    also: { vi: 'mẫu thông báo, nội dung tin nhắn, mẫu thư, sms, zalo, email', en: 'templates, wording, sms, mail' },
  },
  '/gui-tin': {
    also: {
      vi: 'cài đặt thông báo, kênh gửi, sms, zalo, smtp, cổng tin nhắn',
      en: 'channels, gateway, smtp, settings of notices',
    },
  },
  '/bieu-mau-dien-tu': {
    also: { vi: 'tờ khai, eform, mẫu đơn, biểu mẫu nộp trực tuyến, soạn tờ khai', en: 'declarations, e-forms, editor' },
  },
  '/doi-soat': {
    also: {
      vi: 'kết quầy, cuối ngày, tiền mặt, sao kê, biên lai, thu ngân',
      en: 'reconciliation, end of day, cash, statement, receipts',
    },
  },
  '/giao-dich-cho-khop': {
    also: {
      vi: 'tiền chưa rõ, chuyển khoản sai nội dung, vietqr, ngân hàng, treo',
      en: 'suspense, bank transfers, vietqr',
    },
  },
  '/hoan-phi': { also: { vi: 'hoàn tiền, trả lại tiền, nộp thừa, duyệt hoàn', en: 'refund, money back, overpaid' } },
  '/nop-ngan-sach': { also: { vi: 'kho bạc, bảng kê, nộp tiền, quyết toán', en: 'treasury, hand-over' } },
  '/thu-phi': {
    also: {
      vi: 'tài khoản ngân hàng, vietqr, mã qr, cổng thanh toán, biên lai, cài đặt thanh toán',
      en: 'bank account, qr, gateway, payment settings',
    },
  },
  '/muc-do-danh-tinh': { also: { vi: 'mức bảo đảm, xác thực, vneid, mức 2', en: 'assurance, vneid' } },
  '/du-lieu-ca-nhan': {
    also: {
      vi: 'yêu cầu của chủ thể dữ liệu, xem, chỉnh sửa, xóa, bản sao dữ liệu',
      en: 'requests of persons, copy, delete',
    },
  },
  '/thoi-han-yeu-cau': {
    also: { vi: 'thời hạn trả lời yêu cầu dữ liệu cá nhân', en: 'legal times of personal data requests' },
  },
  '/thoi-han-yeu-cau/dat': {
    also: {
      vi: 'cài đặt thời hạn trả lời yêu cầu dữ liệu cá nhân, ngày làm việc',
      en: 'set the legal times of requests',
    },
  },
  '/thoi-han-luu': {
    also: { vi: 'lưu trữ, bảo quản, thời gian giữ dữ liệu, hủy', en: 'how long data are kept, archive' },
  },
  '/co-quan': {
    also: {
      vi: 'đơn vị, phòng ban, xã, phường, sáp nhập, mã định danh, điểm tiếp nhận',
      en: 'authorities, units, mergers, desks',
    },
  },
  '/nhan-su': {
    also: {
      vi: 'nhân sự, công chức, tài khoản, vai trò, phân quyền, mật khẩu',
      en: 'staff, accounts, roles, rights, password',
    },
  },
  '/uy-quyen': { also: { vi: 'giao quyền, ký thay, thay mặt, nghỉ phép', en: 'delegate, sign for, on behalf' } },
  '/bao-cao-va-du-lieu': {
    also: { vi: 'so báo cáo với hồ sơ, đối chiếu, sai lệch', en: 'compare with records, differences' },
  },
  '/du-lieu-dung-thu': { also: { vi: 'demo, dữ liệu mẫu, nạp dữ liệu', en: 'demonstration, load data' } },
  '/kiem-tra-bao-cao': {
    also: { vi: 'soát lỗi, word, excel, kiểm tra số liệu, tải báo cáo lên', en: 'checker, errors, upload a report' },
  },
  '/thong-ke': { also: { vi: 'số liệu, chỉ tiêu, tỷ lệ đúng hạn, tổng hợp', en: 'figures, indicators, on time' } },
  '/bieu-do': { also: { vi: 'đồ thị, xu hướng, so sánh', en: 'graphs, trends' } },
  '/bao-cao-ngay': { also: { vi: 'báo cáo hằng ngày, nhanh', en: 'routine report of the day' } },
  '/bao-cao-tuan': { also: { vi: 'báo cáo hằng tuần', en: 'routine report of the week' } },
  '/bao-cao': {
    also: {
      vi: 'báo cáo quý, báo cáo năm, biểu mẫu, tổng hợp báo cáo, gửi báo cáo, 61/2018, bm1, bm3',
      en: 'quarterly, yearly, submit',
    },
  },
  '/ky-bao-cao': {
    also: { vi: 'hạn nộp báo cáo, quý, tháng, năm, chốt số liệu', en: 'deadlines of reports, quarter, year' },
  },
  '/bieu-mau': { also: { vi: 'mẫu báo cáo, cột, hàng, công thức, bm1, bm3, 05a', en: 'report forms, columns, rows' } },
  '/quy-trinh': { also: { vi: 'các bước xử lý, luồng, ai làm bước nào, quy trình điện tử', en: 'workflow, steps' } },
  '/khao-sat': {
    also: {
      vi: 'đánh giá, sipas, hài lòng, phiếu hỏi, phiếu khảo sát, kết quả khảo sát, kiosk, nhập phiếu giấy, đợt khảo sát',
      en: 'satisfaction, sipas, questionnaires, results, kiosk, paper ballots, campaigns',
    },
  },
  '/phieu-hoi-khao-sat': {
    label: { vi: 'Phiếu hỏi khảo sát', en: 'Questionnaires of surveys' },
    also: { vi: 'mẫu phiếu, câu hỏi, soạn phiếu, sipas', en: 'questions, editor, sipas' },
  },
  '/tai-khoan': {
    label: { vi: 'Tài khoản của tôi', en: 'My account' },
    also: { vi: 'đổi mật khẩu, xác thực hai bước, phiên đăng nhập', en: 'password, second factor, sessions' },
  },
  '/tro-giup': {
    label: { vi: 'Trợ giúp', en: 'Help' },
    also: { vi: 'hướng dẫn sử dụng, phím tắt', en: 'guide, keys' },
  },
}
