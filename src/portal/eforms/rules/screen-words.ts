// Words around the questions, the same wherever a form is drawn.
import { writeDay } from '../../../platform/day.ts'
import type { Language } from './describe.ts'

type ScreenWords = typeof vi

const vi = {
  go: 'Tiếp tục',
  optional: '(không bắt buộc)',
  choose: 'Chọn',
  yes: 'Có',
  no: 'Không',
  dayHint: 'Ví dụ 05/03/1985.',
  partialHint: 'Ví dụ 05/03/1985. Không nhớ ngày thì ghi tháng và năm, hoặc chỉ ghi năm.',
  moneyHint: 'Tính bằng đồng.',
  marked: 'Cần sửa:',
  add: (name: string) => `Thêm ${lower(name)}`,
  addAnother: (name: string) => `Thêm ${lower(name)} nữa`,
  remove: (name: string, number: number) => `Bỏ ${lower(name)} ${number}`,
  place: 'Xã, phường, đặc khu và tỉnh, thành phố',
  placeHint: 'Gõ vài chữ rồi chọn. Tên cũ trước ngày 01/7/2025 cũng tìm được. Ở nước ngoài thì ghi thành phố và nước.',
  whichPlace: 'Có phải nơi này không?',
  asTyped: 'Giữ như tôi đã viết',
  detail: 'Số nhà, đường, thôn, xóm, tổ dân phố',
  findings: (count: number) => (count === 1 ? 'Có một chỗ cần sửa' : `Có ${count} chỗ cần sửa`),
  warnings: 'Bạn kiểm tra lại giúp',
  source: (document: string) => `Các câu hỏi lấy theo: ${document}.`,
  notCompared:
    'Bản khai trên mạng này chưa đối chiếu mẫu giấy. Bạn vẫn nộp được; còn thiếu mục nào, nơi tiếp nhận sẽ báo.',
  compared: (on: string) => `Cán bộ đã so với mẫu chính thức ngày ${writeDay(on)}.`,
  found: (count: number) =>
    count === 0 ? 'Không tìm thấy nơi nào' : `Tìm thấy ${count} nơi, dùng phím mũi tên để chọn`,
  formerly: (names: string) => `trước đây: ${names}`,
  added: (name: string, number: number) => `Đã thêm ${lower(name)} ${number}`,
  removed: (name: string) => `Đã bỏ ${lower(name)}`,
}

const en: ScreenWords = {
  go: 'Continue',
  optional: '(optional)',
  choose: 'Choose',
  yes: 'Yes',
  no: 'No',
  dayHint: 'For example 05/03/1985 (day, month, year).',
  partialHint: 'For example 05/03/1985. If you do not know the day, write month and year, or only the year.',
  moneyHint: 'In đồng.',
  marked: 'To be mended:',
  add: (name) => `Add: ${lower(name)}`,
  addAnother: (name) => `Add another: ${lower(name)}`,
  remove: (name, number) => `Remove: ${lower(name)} ${number}`,
  place: 'Commune or ward, and province or city',
  placeHint:
    'Type a few letters and choose. Names from before 1 July 2025 are found too. Abroad, write city and country.',
  whichPlace: 'Is it one of these?',
  asTyped: 'Keep it as I wrote it',
  detail: 'House number, street, hamlet',
  findings: (count) => (count === 1 ? 'One thing needs mending' : `${count} things need mending`),
  warnings: 'Please check again',
  source: (document) => `These questions follow: ${document}.`,
  notCompared:
    'This online form has not yet been compared with the paper form. You can file all the same; if something is missing, the office will ask you for it.',
  compared: (on) => `Compared with the official form on ${writeDay(on)}.`,
  found: (count) => (count === 0 ? 'No place found' : `${count} places found, choose with the arrow keys`),
  formerly: (names) => `formerly: ${names}`,
  added: (name, number) => `Added: ${lower(name)} ${number}`,
  removed: (name) => `Removed: ${lower(name)}`,
}

const lower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)

export const screenWords: Record<Language, ScreenWords> = { vi, en }
