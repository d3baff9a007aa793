// Biểu mẫu 1, mục 5.2 (Công văn 725/BNV-CCHC năm 2021): trực tuyến = 0, phát phiếu = 1, kết hợp = 2.
import type { Channel } from '../contract.ts'

export type SurveyForm = 0 | 1 | 2

/** What is answered on a screen is online; paper, and what is said on the telephone and written down, is handed out. */
export function formOf(channels: readonly Channel[]): SurveyForm | null {
  if (channels.length === 0) return null
  const online = channels.some((channel) => channel === 'token' || channel === 'link' || channel === 'kiosk')
  const handed = channels.some((channel) => channel === 'paper' || channel === 'telephone')
  if (online && handed) return 2
  return handed ? 1 : 0
}
