// Mẫu số 01 (TT 03/2025/TT-VPCP), mục “Đăng ký nhận thông báo qua”: what was chosen, with where it goes.
import { readMobile } from '../../platform/contact.ts'
import type { NoticeWay } from '../contract.ts'
import type { PersonRole } from './events.ts'

type Reached = { phone: string; email: string }

/** Whom notices of a dossier go to: the first of these who can be reached, as `recipientsOf` of the notices has it. */
export const reachedAmong = (persons: Partial<Record<PersonRole, Reached>>): Reached =>
  (['delegate', 'submitter', 'applicant', 'owner'] as const)
    .flatMap((role) => persons[role] ?? [])
    .find(({ phone, email }) => phone.trim() !== '' || email.trim() !== '') ?? { phone: '', email: '' }

const names: Readonly<Record<NoticeWay, string>> = { email: 'Thư điện tử', sms: 'Tin nhắn SMS đến số', zalo: 'Zalo' }
const order: readonly NoticeWay[] = ['email', 'sms', 'zalo']

/** Where nothing was chosen, or nothing of it can be reached, messages go to whatever was given; null where that is nothing. */
export function noticeLine(chosen: readonly NoticeWay[] | null, { phone, email }: Reached): string | null {
  const addresses: Record<NoticeWay, string> = {
    email,
    sms: readMobile(phone) ? phone : '',
    zalo: readMobile(phone) ? phone : '',
  }
  const lines = order
    .filter((way) => chosen?.includes(way) && addresses[way] !== '')
    .map((way) => `${names[way]} ${addresses[way]}`)
  const given = [phone && `Điện thoại ${phone}`, email && `Thư điện tử ${email}`].filter(Boolean)
  return (lines.length > 0 ? lines : given).join('; ') || null
}
