/** The sandbox provider of identity of a demonstration. */
export const vi = {
  title: 'Định danh thử',
  lead: 'Đây là nơi cung cấp danh tính giả của bản dùng thử, nói đúng giao thức OpenID Connect. Nơi thật (ví dụ VNeID) sẽ hỏi mật khẩu hoặc khuôn mặt; ở đây bạn chỉ chọn mình là ai.',
  who: 'Bạn là ai?',
  other: 'Một người khác do bạn nghĩ ra',
  name: 'Họ và tên',
  number: 'Số định danh (12 chữ số)',
  level: 'Nơi này xác minh bạn ở mức nào?',
  levels: { loa1: 'Cơ bản: chỉ mật khẩu', loa2: 'Đã xác minh danh tính', loa3: 'Mức cao' },
  go: 'Đăng nhập',
  cancel: 'Dừng lại, không đăng nhập',
  wrong: 'Hãy nhập họ tên và số định danh gồm 12 chữ số.',
  over: 'Lần đăng nhập này đã hết hạn. Hãy bắt đầu lại từ trang đăng nhập.',
  again: 'Về trang đăng nhập',
}

export type SandboxText = typeof vi
