// NĐ 150/2025/NĐ-CP: cơ quan chuyên môn thuộc UBND cấp xã; NĐ 118/2025/NĐ-CP: Trung tâm Phục vụ hành chính công cấp xã.

/** The units with which an agency of this kind begins; its administrator changes them. */
export function standardUnits(kind: string): readonly { kind: StandardKind; name: string }[] {
  if (kind === 'commune') return communeUnits
  if (kind === 'police')
    return [
      { kind: 'leadership', name: 'Chỉ huy' },
      { kind: 'police', name: 'Tổ Cảnh sát quản lý hành chính' },
    ]
  return [
    { kind: 'leadership', name: 'Lãnh đạo' },
    { kind: 'one-stop', name: 'Bộ phận Một cửa' },
    { kind: 'office', name: 'Văn phòng' },
  ]
}

type StandardKind = 'leadership' | 'one-stop' | 'office' | 'economy' | 'culture' | 'police'

const communeUnits = [
  { kind: 'leadership', name: 'Lãnh đạo Ủy ban nhân dân' },
  { kind: 'one-stop', name: 'Trung tâm Phục vụ hành chính công' },
  { kind: 'office', name: 'Văn phòng HĐND và UBND' },
  { kind: 'economy', name: 'Phòng Kinh tế' },
  { kind: 'culture', name: 'Phòng Văn hóa – Xã hội' },
] as const
