// NĐ 118/2025/NĐ-CP, Điều 8–10: the point of receipt arranges its waiting room; who goes first by law is configuration.
import type { Desk, Matter, RoomSettings } from '../contract.ts'

/** How a point works that has decided nothing yet. */
export const usualRoom: RoomSettings = {
  matters: [
    { key: 'ho-tich', name: 'Hộ tịch', nameEn: 'Civil status', series: 'A', minutes: 15, perSlot: 2 },
    { key: 'chung-thuc', name: 'Chứng thực', nameEn: 'Certification', series: 'B', minutes: 10, perSlot: 2 },
    { key: 'dat-dai', name: 'Đất đai, xây dựng', nameEn: 'Land, building', series: 'C', minutes: 20, perSlot: 2 },
    { key: 'xa-hoi', name: 'Chính sách xã hội', nameEn: 'Social policy', series: 'D', minutes: 15, perSlot: 2 },
    { key: 'tra-ket-qua', name: 'Nhận kết quả', nameEn: 'Fetch a result', series: 'K', minutes: 5, perSlot: 0 },
    { key: 'khac', name: 'Việc khác, hỏi đáp', nameEn: 'Other, questions', series: 'E', minutes: 10, perSlot: 1 },
  ],
  priorities: [
    {
      key: 'cao-tuoi',
      name: 'Người cao tuổi (từ đủ 60 tuổi)',
      nameEn: 'Aged 60 or more',
      basis: 'Luật Người cao tuổi 2009, Điều 3',
    },
    {
      key: 'khuyet-tat',
      name: 'Người khuyết tật',
      nameEn: 'People with disabilities',
      basis: 'Luật Người khuyết tật 2010, Điều 4',
    },
    {
      key: 'mang-thai',
      name: 'Phụ nữ mang thai, bế trẻ nhỏ',
      nameEn: 'Pregnant, or with a small child',
      basis: 'Quy chế của Bộ phận Một cửa',
    },
  ],
  desks: [
    { number: 1, name: '', matters: ['ho-tich', 'chung-thuc', 'khac', 'tra-ket-qua'] },
    { number: 2, name: '', matters: ['dat-dai', 'xa-hoi', 'khac', 'tra-ket-qua'] },
  ],
  priorityRun: 2,
  booking: { open: true, slotMinutes: 30, daysAhead: 14, perPhone: 2, leadMinutes: 60 },
  voice: true,
}

export type RoomRefusal =
  | { code: 'matter-twice'; key: string }
  | { code: 'series-twice'; series: string }
  | { code: 'desk-twice'; number: number }
  | { code: 'unknown-matter'; key: string }
  | { code: 'matter-without-desk'; name: string }
  | { code: 'priority-twice'; key: string }

const twice = <Value>(values: readonly Value[]): Value | undefined =>
  values.find((value, index) => values.indexOf(value) !== index)

/** What keeps a room from working: nobody may hold a number that no desk calls. */
export function faultsOfRoom({ matters, desks, priorities }: RoomSettings): RoomRefusal[] {
  const faults: RoomRefusal[] = []
  const key = twice(matters.map((matter) => matter.key))
  if (key !== undefined) faults.push({ code: 'matter-twice', key })
  const series = twice(matters.map((matter) => matter.series))
  if (series !== undefined) faults.push({ code: 'series-twice', series })
  const number = twice(desks.map((desk) => desk.number))
  if (number !== undefined) faults.push({ code: 'desk-twice', number })
  const priority = twice(priorities.map((each) => each.key))
  if (priority !== undefined) faults.push({ code: 'priority-twice', key: priority })
  const known = new Set(matters.map((matter) => matter.key))
  const unknown = desks.flatMap((desk) => desk.matters).find((each) => !known.has(each))
  if (unknown !== undefined) faults.push({ code: 'unknown-matter', key: unknown })
  const orphan = matters.find((matter) => !desks.some((desk) => desk.matters.includes(matter.key)))
  if (orphan) faults.push({ code: 'matter-without-desk', name: orphan.name })
  return faults
}

export const matterOf = ({ matters }: RoomSettings, key: string): Matter | undefined =>
  matters.find((matter) => matter.key === key)
export const deskOf = ({ desks }: RoomSettings, number: number): Desk | undefined =>
  desks.find((desk) => desk.number === number)
