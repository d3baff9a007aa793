// The payload of the national portal (Cổng Dịch vụ công quốc gia) in its own field names, as seen in production systems;
// the revision that an installation is connected to may add fields, which are ignored. Their words stop in this file.
import { createHash } from 'node:crypto'
import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import type { PersonInput } from '../../dossiers/index.ts'
import { canonical } from '../../platform/canonical.ts'
import type { Day, Instant } from '../../platform/day.ts'
import { accept, refuse, type Result } from '../../platform/result.ts'
import { readDate, readMoment, writeMoment } from './rules/national.ts'

const Line = (maxLength: number, minLength = 0) =>
  Type.String({ minLength, maxLength, pattern: '^[^\\u0000-\\u001f\\u007f]*$' })
const Text = (maxLength: number) =>
  Type.String({ maxLength, pattern: '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$' })
const Moment = Type.String({ pattern: '^\\d{14}$' })
const DateText = Type.String({ pattern: '^\\d{8}(\\d{6})?$' })
const Flag = Type.Union([Type.Literal('0'), Type.Literal('1')])
const Optional = <Schema extends Parameters<typeof Type.Optional>[0]>(schema: Schema) => Type.Optional(schema)

const Person = {
  LoaiDoiTuong: Optional(Type.Union([Type.Literal('1'), Type.Literal('2'), Type.Literal('3')])),
  LoaiDinhDanh: Optional(
    Type.Union([Type.Literal('1'), Type.Literal('2'), Type.Literal('3'), Type.Literal('4'), Type.Literal('0')]),
  ),
  SoDinhDanh: Optional(Line(30)),
  NgaySinh: Optional(DateText),
  GioiTinh: Optional(Type.Union([Type.Literal('1'), Type.Literal('2')])),
  DiaChi: Optional(Line(300)),
  MaXa: Optional(Type.String({ pattern: '^\\d{5}$' })),
  SoDienThoai: Optional(Line(20)),
  Email: Optional(Line(200)),
}

const Paper = Type.Object({
  TepDinhKemId: Line(100, 1),
  TenTepDinhKem: Line(200, 1),
  MaThanhPhanHoSo: Line(60, 1),
  IsDeleted: Optional(Type.Union([Flag, Type.Literal('True'), Type.Literal('False')])),
  DuocSoHoa: Optional(Flag),
  DuocTaiSuDung: Optional(Flag),
  DuocLayTuKhoDMQG: Optional(Flag),
  /** SHA-256 of the content in hex; needed for a file that comes as a part of its own. */
  MaBam: Optional(Type.String({ pattern: '^[0-9a-fA-F]{64}$' })),
  /** The content in base64, for small files. */
  NoiDungTep: Optional(Type.String({ maxLength: 22_000_000 })),
  DuongDanTaiTepTin: Optional(Line(2000)),
})

const Fee = Type.Object({
  MaPhiLePhi: Optional(Line(100)),
  TenPhiLePhi: Optional(Line(300)),
  LoaiPhiLePhi: Optional(Type.Union([Type.Literal('1'), Type.Literal('2')])),
  HinhThucThu: Optional(Type.Union([Type.Literal('1'), Type.Literal('2')])),
  Gia: Type.String({ pattern: '^\\d{1,12}$' }),
  DaThanhToan: Optional(Flag),
  MaGiaoDich: Optional(Line(60)),
  NgayThanhToan: Optional(Moment),
})

/** What was filled in, by the names of the fields; dates as people write them. */
const FormFields = Type.Record(
  Type.String({ pattern: '^[A-Za-z0-9_.\\-]{1,120}$' }),
  Type.Union([Text(5000), Type.Array(Text(5000), { maxItems: 50 })]),
  { maxProperties: 500, additionalProperties: false },
)
export type FormData = Static<typeof FormFields>

export const NationalPayload = Type.Object({
  MaHoSo: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9.\\-]{3,59}$' }),
  MaTTHC: Line(40, 1),
  MaDonVi: Line(40, 1),
  MaTruongHop: Optional(Type.String({ pattern: '^[a-z0-9-]{1,60}$' })),
  TrangThaiHoSo: Type.String({ pattern: '^([1-9]|10)$' }),
  NgayNopHoSo: Moment,
  NgayTiepNhan: Optional(Moment),
  NgayCapNhat: Optional(Moment),
  ChuHoSo: Line(200, 1),
  ...Person,
  NguoiNop: Optional(Type.Object({ HoTen: Line(200, 1), ...Person, QuanHe: Optional(Line(100)) })),
  TrichYeuHoSo: Optional(Text(2000)),
  DuLieuToKhai: Optional(FormFields),
  HinhThucTra: Optional(Type.Union([Type.Literal('1'), Type.Literal('2'), Type.Literal('3')])),
  DiaChiTra: Optional(Line(300)),
  SoLuongBanSao: Optional(Type.String({ pattern: '^\\d{1,3}$' })),
  TaiKhoanDuocXacThucVoiVNeID: Optional(Flag),
  HoSoCoThanhPhanSoHoa: Optional(Flag),
  TaiLieuNop: Type.Array(Paper, { maxItems: 100 }),
  DanhSachPhiLePhi: Optional(Type.Array(Fee, { maxItems: 50 })),
  LyDoRut: Optional(Text(2000)),
})
export type NationalPayload = Static<typeof NationalPayload>

/** A delivery in our own words. */
export type NationalDelivery = {
  nationalCode: string
  procedureCode: string
  agencyCode: string
  caseKey: string | null
  kind: 'file' | 'withdraw'
  filedAt: Instant
  updatedAt: Instant
  contentHash: string
  applicant: PersonInput
  submitter: PersonInput | null
  remark: string
  formData: FormData | null
  delivery: 'counter' | 'post' | 'online'
  deliveryAddress: string
  copies: number
  verified: boolean
  digitised: boolean
  papers: NationalPaper[]
  /** What the applicant has paid on the portal. */
  paid: number
  receiptNumber: string | null
  reason: string
}

export type NationalPaper = {
  fileId: string
  name: string
  component: string
  reused: boolean
  sha256: string | null
  content: Buffer | null
}

export type PayloadRefusal = {
  code: 'invalid-payload' | 'bad-date' | 'filed-in-future' | 'status-unexpected' | 'file-by-link' | 'file-not-base64'
  errors: readonly string[]
}

const compiled = Compile(NationalPayload)

/** Reads what a partner sent; the moment of sending stands in where the payload names no change. */
export function readPayload(
  given: unknown,
  { sentAt, now }: { sentAt: Instant; now: Instant },
): Result<NationalDelivery, PayloadRefusal> {
  if (!compiled.Check(given)) {
    const pointers = compiled.Errors(given).map(({ instancePath, params }) => {
      const missing = (params as { requiredProperties?: string[] }).requiredProperties?.[0]
      return missing === undefined ? instancePath || '/' : `${instancePath}/${missing}`
    })
    return refuse({ code: 'invalid-payload', errors: [...new Set(pointers)].slice(0, 20) })
  }
  const payload: NationalPayload = given
  const bad: string[] = []
  const moment = (field: 'NgayNopHoSo' | 'NgayTiepNhan' | 'NgayCapNhat') => {
    const text = payload[field]
    const at = text === undefined ? undefined : readMoment(text)
    if (text !== undefined && at === undefined) bad.push(`/${field}`)
    return at
  }
  const filedAt = moment('NgayNopHoSo')
  moment('NgayTiepNhan')
  const changedAt = moment('NgayCapNhat')
  const day = (text: string | undefined, pointer: string): Day | null => {
    if (text === undefined || text === '') return null
    const read = readDate(text)
    if (read === undefined) bad.push(pointer)
    return read ?? null
  }
  const applicant = personOf(payload, { name: payload.ChuHoSo, birthDay: day(payload.NgaySinh, '/NgaySinh') })
  const { NguoiNop } = payload
  const submitter = NguoiNop
    ? personOf(NguoiNop, {
        name: NguoiNop.HoTen,
        birthDay: day(NguoiNop.NgaySinh, '/NguoiNop/NgaySinh'),
        relation: NguoiNop.QuanHe,
      })
    : null
  for (const [index, fee] of (payload.DanhSachPhiLePhi ?? []).entries())
    if (fee.NgayThanhToan !== undefined && readMoment(fee.NgayThanhToan) === undefined)
      bad.push(`/DanhSachPhiLePhi/${index}/NgayThanhToan`)
  if (bad.length > 0 || filedAt === undefined) return refuse({ code: 'bad-date', errors: bad })
  const ahead = Date.parse(now) + CLOCK_SKEW_MS
  if (Date.parse(filedAt) > ahead) return refuse({ code: 'filed-in-future', errors: ['/NgayNopHoSo'] })
  if (changedAt !== undefined && Date.parse(changedAt) > ahead)
    return refuse({ code: 'filed-in-future', errors: ['/NgayCapNhat'] })
  const kind = kinds[payload.TrangThaiHoSo]
  if (!kind) return refuse({ code: 'status-unexpected', errors: ['/TrangThaiHoSo'] })
  const papers = readPapers(payload)
  if (!papers.ok) return papers
  const paid = (payload.DanhSachPhiLePhi ?? []).filter(({ DaThanhToan }) => DaThanhToan === '1')
  return accept({
    nationalCode: payload.MaHoSo.toUpperCase(),
    procedureCode: payload.MaTTHC,
    agencyCode: payload.MaDonVi,
    caseKey: payload.MaTruongHop ?? null,
    kind,
    filedAt,
    updatedAt: changedAt ?? sentAt,
    contentHash: hashOf(payload),
    applicant,
    submitter,
    remark: payload.TrichYeuHoSo ?? '',
    formData: payload.DuLieuToKhai ?? null,
    delivery: deliveries[payload.HinhThucTra ?? '3'],
    deliveryAddress: payload.DiaChiTra ?? '',
    copies: Number(payload.SoLuongBanSao ?? '1'),
    verified: payload.TaiKhoanDuocXacThucVoiVNeID === '1',
    digitised: payload.HoSoCoThanhPhanSoHoa === '1',
    papers: papers.value,
    paid: paid.reduce((sum, { Gia }) => sum + Number(Gia), 0),
    receiptNumber: paid.map(({ MaGiaoDich }) => MaGiaoDich ?? '').find(Boolean) ?? null,
    reason: payload.LyDoRut?.trim() ?? '',
  })
}

const CLOCK_SKEW_MS = 300_000

/** States of a dossier in which the portal has something to tell us: filed, supplemented, taken back. */
const kinds: Readonly<Record<string, NationalDelivery['kind']>> = { 1: 'file', 5: 'file', 7: 'withdraw' }
const deliveries = { 1: 'counter', 2: 'post', 3: 'online' } as const
const personKinds = { 1: 'individual', 2: 'organisation', 3: 'foreigner' } as const
const sexes = { 0: null, 1: 'male', 2: 'female' } as const
const identityKinds = { 0: 'none', 1: 'citizen', 2: 'old-citizen', 3: 'passport', 4: 'tax-code' } as const

type WirePerson = Pick<NationalPayload, Extract<keyof typeof Person, keyof NationalPayload>>

function personOf(
  given: WirePerson,
  { name, birthDay, relation = '' }: { name: string; birthDay: Day | null; relation?: string | undefined },
): PersonInput {
  const kind = personKinds[given.LoaiDoiTuong ?? '1']
  const organisation = kind === 'organisation'
  return {
    kind,
    name,
    identityKind: identityKinds[given.LoaiDinhDanh ?? (organisation ? '4' : '1')],
    identityNumber: given.SoDinhDanh ?? '',
    birthDay: organisation ? null : birthDay,
    sex: organisation ? null : sexes[given.GioiTinh ?? '0'],
    phone: given.SoDienThoai ?? '',
    email: given.Email ?? '',
    address: given.DiaChi ?? '',
    unitCode: given.MaXa ?? null,
    relation,
  }
}

function readPapers(payload: NationalPayload): Result<NationalPaper[], PayloadRefusal> {
  const papers: NationalPaper[] = []
  for (const [index, paper] of payload.TaiLieuNop.entries()) {
    if (paper.IsDeleted === '1' || paper.IsDeleted === 'True') continue
    const at = `/TaiLieuNop/${index}`
    // Fetching an address that somebody names would let them make this server call any other: only what is sent is taken.
    if (paper.DuongDanTaiTepTin && paper.NoiDungTep === undefined && paper.MaBam === undefined)
      return refuse({ code: 'file-by-link', errors: [`${at}/DuongDanTaiTepTin`] })
    const content = paper.NoiDungTep === undefined ? null : readBase64(paper.NoiDungTep)
    if (content === undefined) return refuse({ code: 'file-not-base64', errors: [`${at}/NoiDungTep`] })
    papers.push({
      fileId: paper.TepDinhKemId,
      name: paper.TenTepDinhKem,
      component: paper.MaThanhPhanHoSo,
      reused: paper.DuocTaiSuDung === '1' || paper.DuocLayTuKhoDMQG === '1',
      sha256: paper.MaBam?.toLowerCase() ?? null,
      content,
    })
  }
  return accept(papers)
}

/** Buffer takes anything for base64; what does not come back as it was is none. */
function readBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.length > 0 && bytes.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '') ? bytes : undefined
}

/** What the dossier says, apart from the moment at which it was sent. */
function hashOf({ NgayCapNhat: _, TaiLieuNop, ...rest }: NationalPayload): string {
  const papers = TaiLieuNop.map(({ NoiDungTep, ...paper }) => ({
    ...paper,
    MaBam:
      NoiDungTep === undefined
        ? paper.MaBam?.toLowerCase()
        : createHash('sha256').update(Buffer.from(NoiDungTep, 'base64')).digest('hex'),
  }))
  return createHash('sha256')
    .update(canonical({ ...rest, TaiLieuNop: papers }))
    .digest('hex')
}

/** A status as we send it to the portal. */
export type StatusMessage = {
  nationalCode: string
  code: string
  messageId: string
  order: number
  status: number
  happenedAt: Instant
  receivedAt: Instant | null
  dueAt: Instant | null
  finishedAt: Instant | null
  unitName: string | null
  sentence: string
  reason: string | null
  items: readonly { paper: string; change: string }[]
  completeBy: Day | null
  resultNumber: string | null
}

/** The same in the words of the portal. */
export const writeStatus = (message: StatusMessage): Record<string, unknown> => ({
  MaHoSo: message.nationalCode,
  MaHoSoDonVi: message.code,
  MaThongDiep: message.messageId,
  ThuTu: message.order,
  TrangThaiHoSo: String(message.status),
  ThoiDiemXuLy: writeMoment(message.happenedAt),
  NgayTiepNhan: moment(message.receivedAt),
  NgayHenTra: moment(message.dueAt),
  NgayKetThucXuLy: moment(message.finishedAt),
  PhongBanXuLy: message.unitName ?? '',
  NoiDungXuLy: message.sentence,
  LyDo: message.reason ?? '',
  HanBoSung: message.completeBy?.replaceAll('-', '') ?? '',
  DanhSachBoSung: message.items.map(({ paper, change }) => ({ TenGiayTo: paper, NoiDungBoSung: change })),
  MaKetQua: message.resultNumber ?? '',
})

const moment = (at: Instant | null): string => (at === null ? '' : writeMoment(at))

/** What we answer to a delivery. */
export const writeReceipt = ({
  nationalCode,
  code,
  status,
  outcome,
}: {
  nationalCode: string
  code: string | null
  status: number | null
  outcome: string
}): Record<string, unknown> => ({
  MaHoSo: nationalCode,
  MaHoSoDonVi: code ?? '',
  TrangThaiHoSo: status === null ? '' : String(status),
  KetQua: outcome,
})
