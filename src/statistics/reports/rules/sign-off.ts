import type { SignOff, Template } from '../contract.ts'

/** What is known of an agency for the head of its papers. */
export type Office = {
  kind: string
  /** `Ủy ban nhân dân xã Đoàn Kết` */
  name: string
  /** `Xã Đoàn Kết` */
  fullName: string
  /** `Ủy ban nhân dân huyện Thanh Miện` */
  parent: string | null
  leader: string | null
}

const committee = 'Ủy ban nhân dân '

/** The head and foot that a report of this agency usually has; everything may be changed. NĐ 30/2020, Phụ lục I. */
export function usualSignOff(office: Office, template: Template, words: { period: string; next: string }): SignOff {
  const { name, parent, leader } = office
  return {
    parent: parent && breakName(parent),
    agency: breakName(name),
    number: null,
    symbol: 'BC-UBND',
    place: placeOf(office.fullName),
    day: null,
    title: template === 'thematic' ? 'Báo cáo chuyên đề' : 'Báo cáo',
    subject:
      template === 'thematic'
        ? `Kết quả thực hiện nhiệm vụ cải cách hành chính ${words.period},\nnhiệm vụ, giải pháp ${words.next} và các năm tiếp theo`
        : `Kết quả công tác cải cách hành chính ${words.period},\nphương hướng, nhiệm vụ ${words.next}`,
    signer: { lines: ['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'], name: leader },
    recipients: [
      ...(parent ? [parent] : []),
      'Thường trực Đảng ủy',
      'Thường trực Hội đồng nhân dân',
      'Lãnh đạo Ủy ban nhân dân',
      'Lưu: VT',
    ],
    layout: { top: 20, bottom: 20, left: 30, right: 15, size: 14 },
  }
}

/** Long names stand on two lines, parted before the territory. */
export const breakName = (name: string): string =>
  name.startsWith(committee) ? `${committee.trim()}\n${name.slice(committee.length)}` : name

/** `Xã Đoàn Kết` → `Đoàn Kết`: địa danh stands without the kind of unit. */
export const placeOf = (fullName: string): string =>
  fullName.replace(/^(Tỉnh|Thành phố|Quận|Huyện|Thị xã|Thị trấn|Phường|Xã|Đặc khu) /u, '')
