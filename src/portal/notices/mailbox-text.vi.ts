import type { NoticeChannel } from './contract.ts'

/** The mailbox of a demonstration. */
export const vi = {
  title: 'Hộp thư thử',
  lead: 'Bản dùng thử không gửi tin cho ai. Những tin lẽ ra đã gửi qua thư điện tử, SMS hoặc Zalo nằm ở đây, tin mới nhất đứng trước.',
  careful:
    'Ai dùng thử ở đây cũng đọc được trang này. Đừng nhập số điện thoại hay địa chỉ thư thật của bạn vào bản dùng thử.',
  empty: 'Chưa có tin nào. Hãy đăng ký tài khoản, nộp hồ sơ hoặc đặt lịch hẹn rồi quay lại đây.',
  channels: { email: 'Thư điện tử', sms: 'SMS', zalo: 'Zalo' } satisfies Record<NoticeChannel, string>,
  to: 'Gửi đến',
  from: 'Từ',
  later: (at: string) => `Sẽ gửi lúc ${at}`,
  reload: 'Xem tin mới',
}

export type MailboxText = typeof vi
