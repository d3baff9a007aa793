import type { Role, UnitKind } from '../src/staff/index.ts'
import type { Home } from './people.ts'

/**
 * The places are real, the people in them are not. Xã Đoàn Kết (GSO 11263, huyện Thanh Miện, Hải Dương) went into
 * xã Hải Hưng (GSO 11257, Hải Phòng) on 1/7/2025, together with Tân Trào and Ngô Quyền: src/staff/data/units.json.
 * The codes for dossiers follow the two styles in use (QCVN 102:2016; QĐ 20/2020/QĐ-TTg); their digits are invented.
 */
export const before = { from: '2018-07-01', to: '2025-06-30', commune: '11263', code: '000.21.38.H23' } as const
export const after = { from: '2025-07-01', commune: '11257', province: '31', code: 'H24.34.21' } as const

export const doanKetHome: Home = {
  hamlets: ['Thôn Đông', 'Thôn Đoài', 'Thôn Thượng', 'Thôn Trung', 'Thôn Hạ'],
  place: 'xã Đoàn Kết, huyện Thanh Miện, tỉnh Hải Dương',
  unitCode: before.commune,
}
export const haiHungHomes: readonly Home[] = [
  { hamlets: doanKetHome.hamlets, place: 'xã Hải Hưng, thành phố Hải Phòng', unitCode: after.commune },
  {
    hamlets: ['Thôn Tân Tiến', 'Thôn Trào Nam', 'Thôn Trào Bắc'],
    place: 'xã Hải Hưng, thành phố Hải Phòng',
    unitCode: after.commune,
  },
  {
    hamlets: ['Thôn Ngô Nội', 'Thôn Ngô Ngoại', 'Thôn Quyền Thắng'],
    place: 'xã Hải Hưng, thành phố Hải Phòng',
    unitCode: after.commune,
  },
]

export type Desk =
  | 'leadership'
  | 'one-stop'
  | 'office'
  | 'justice'
  | 'land'
  | 'social'
  | 'economy'
  | 'culture'
  | 'police'

/** Units of an agency; the key names the desk in the recipes. */
export type UnitFact = { desk: Desk; kind: UnitKind; name: string }

export const doanKetUnits: readonly UnitFact[] = [
  { desk: 'leadership', kind: 'leadership', name: 'Lãnh đạo Ủy ban nhân dân' },
  { desk: 'one-stop', kind: 'one-stop', name: 'Bộ phận Tiếp nhận và Trả kết quả' },
  { desk: 'office', kind: 'office', name: 'Văn phòng – Thống kê' },
  { desk: 'justice', kind: 'justice', name: 'Tư pháp – Hộ tịch' },
  { desk: 'land', kind: 'land', name: 'Địa chính – Xây dựng' },
  { desk: 'social', kind: 'social', name: 'Văn hóa – Xã hội (Lao động, Thương binh và Xã hội)' },
]

export const thanhMienUnits: readonly UnitFact[] = [
  { desk: 'social', kind: 'social', name: 'Phòng Lao động – Thương binh và Xã hội' },
]

export const haiHungUnits: readonly UnitFact[] = [
  { desk: 'leadership', kind: 'leadership', name: 'Lãnh đạo Ủy ban nhân dân' },
  { desk: 'one-stop', kind: 'one-stop', name: 'Trung tâm Phục vụ hành chính công' },
  { desk: 'office', kind: 'office', name: 'Văn phòng HĐND và UBND' },
  { desk: 'justice', kind: 'justice', name: 'Bộ phận Tư pháp – Hộ tịch' },
  { desk: 'land', kind: 'land', name: 'Bộ phận Địa chính – Xây dựng' },
  { desk: 'social', kind: 'social', name: 'Bộ phận Nội vụ – Lao động, người có công' },
  { desk: 'economy', kind: 'economy', name: 'Phòng Kinh tế' },
  { desk: 'culture', kind: 'culture', name: 'Phòng Văn hóa – Xã hội' },
]

export const policeUnits: readonly UnitFact[] = [
  { desk: 'leadership', kind: 'leadership', name: 'Chỉ huy Công an xã' },
  { desk: 'police', kind: 'police', name: 'Tổ Cảnh sát quản lý hành chính về trật tự xã hội' },
]

export const departmentUnits: readonly UnitFact[] = [
  { desk: 'leadership', kind: 'leadership', name: 'Lãnh đạo Sở' },
  { desk: 'social', kind: 'office', name: 'Phòng Người có công' },
]

export const cityUnits: readonly UnitFact[] = [
  { desk: 'office', kind: 'office', name: 'Văn phòng Ủy ban nhân dân thành phố – Phòng Kiểm soát thủ tục hành chính' },
]

/** An invented officer. Without a user name there is no account: who worked in 2023 and is no longer in office. */
export type OfficerFact = { name: string; user?: string; desk: Desk; role: Role; title: string }

export const doanKetOfficers: readonly OfficerFact[] = [
  {
    name: 'Phạm Thị Hòa',
    desk: 'one-stop',
    role: 'receiving-officer',
    title: 'Công chức Văn phòng – Thống kê, trực Bộ phận Một cửa',
  },
  { name: 'Lê Hữu Thiện', desk: 'one-stop', role: 'receiving-officer', title: 'Công chức trực Bộ phận Một cửa' },
  { name: 'Vũ Đình Khoa', desk: 'justice', role: 'specialist', title: 'Công chức Tư pháp – Hộ tịch' },
  { name: 'Ngô Thị Thanh Yến', desk: 'justice', role: 'specialist', title: 'Công chức Tư pháp – Hộ tịch' },
  { name: 'Đoàn Văn Lâm', desk: 'land', role: 'specialist', title: 'Công chức Địa chính – Nông nghiệp – Xây dựng' },
  { name: 'Bùi Thị Hạnh', desk: 'social', role: 'specialist', title: 'Công chức Văn hóa – Xã hội' },
  { name: 'Nguyễn Thế Vinh', desk: 'leadership', role: 'leader', title: 'Chủ tịch' },
  { name: 'Trần Thị Kim Oanh', desk: 'leadership', role: 'leader', title: 'Phó Chủ tịch' },
  { name: 'Đỗ Thị Mai', desk: 'office', role: 'clerk', title: 'Văn thư' },
]

export const thanhMienOfficers: readonly OfficerFact[] = [
  {
    name: 'Hoàng Công Định',
    desk: 'social',
    role: 'specialist',
    title: 'Chuyên viên Phòng Lao động – Thương binh và Xã hội',
  },
]

export const haiHungOfficers: readonly OfficerFact[] = [
  {
    name: 'Phạm Thị Ngọc Lan',
    user: 'motcua.lan',
    desk: 'one-stop',
    role: 'receiving-officer',
    title: 'Công chức tiếp nhận và trả kết quả',
  },
  {
    name: 'Nguyễn Minh Hương',
    user: 'motcua.huong',
    desk: 'one-stop',
    role: 'receiving-officer',
    title: 'Công chức tiếp nhận, điểm Đoàn Kết',
  },
  {
    name: 'Vũ Quốc Hùng',
    user: 'tuphap.hung',
    desk: 'justice',
    role: 'specialist',
    title: 'Công chức Tư pháp – Hộ tịch',
  },
  {
    name: 'Ngô Thị Thu Trang',
    user: 'tuphap.trang',
    desk: 'justice',
    role: 'specialist',
    title: 'Công chức Tư pháp – Hộ tịch',
  },
  {
    name: 'Đoàn Văn Sơn',
    user: 'diachinh.son',
    desk: 'land',
    role: 'specialist',
    title: 'Công chức Địa chính – Xây dựng',
  },
  {
    name: 'Bùi Thị Hạnh',
    user: 'noivu.hanh',
    desk: 'social',
    role: 'specialist',
    title: 'Công chức Nội vụ – Lao động, người có công',
  },
  {
    name: 'Lương Thùy Dung',
    user: 'vanhoa.dung',
    desk: 'culture',
    role: 'specialist',
    title: 'Chuyên viên Phòng Văn hóa – Xã hội',
  },
  {
    name: 'Trịnh Xuân Phong',
    user: 'kinhte.phong',
    desk: 'economy',
    role: 'specialist',
    title: 'Chuyên viên Phòng Kinh tế',
  },
  { name: 'Trần Đức Thắng', user: 'chutich.thang', desk: 'leadership', role: 'leader', title: 'Chủ tịch' },
  { name: 'Lê Thị Bích Phượng', user: 'phochutich.phuong', desk: 'leadership', role: 'leader', title: 'Phó Chủ tịch' },
  { name: 'Đỗ Thị Mai', user: 'vanthu.mai', desk: 'office', role: 'clerk', title: 'Văn thư' },
  { name: 'Đặng Tiến Đạt', user: 'quantri.dat', desk: 'office', role: 'agency-admin', title: 'Quản trị đơn vị' },
  { name: 'Mai Thị Hồng Vân', user: 'kiemtra.van', desk: 'office', role: 'auditor', title: 'Kiểm toán nội bộ' },
]

export const policeOfficers: readonly OfficerFact[] = [
  {
    name: 'Hoàng Mạnh Cường',
    user: 'congan.cuong',
    desk: 'police',
    role: 'specialist',
    title: 'Cán bộ đăng ký, quản lý cư trú',
  },
  {
    name: 'Phan Trọng Nghĩa',
    user: 'truongcongan.nghia',
    desk: 'leadership',
    role: 'leader',
    title: 'Trưởng Công an xã',
  },
]

export const departmentOfficers: readonly OfficerFact[] = [
  {
    name: 'Cao Thị Diệu Linh',
    user: 'sonoivu.linh',
    desk: 'social',
    role: 'specialist',
    title: 'Chuyên viên Phòng Người có công',
  },
]

export const cityOfficers: readonly OfficerFact[] = [
  {
    name: 'Lưu Quang Bảo',
    user: 'giamsat.bao',
    desk: 'office',
    role: 'supervisor',
    title: 'Chuyên viên kiểm soát thủ tục hành chính',
  },
  { name: 'Tạ Hữu Trí', user: 'hethong.tri', desk: 'office', role: 'system-admin', title: 'Quản trị hệ thống' },
]

/** What the commune offered in the first quarter of 2023 and what of it was asked for. */
export const quarter = { from: '2022-12-10', to: '2023-03-09' } as const
