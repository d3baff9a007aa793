import type { Day, Instant } from '../platform/day.ts'
import type { Dong } from '../platform/money.ts'

/** Top of every form: who issues it, under which number, where and when. NĐ 30/2020/NĐ-CP, Phụ lục I. */
export type Letterhead = {
  /** Cơ quan chủ quản, e.g. 'Ủy ban nhân dân xã Hải Hưng'; null when there is none. Printed in capitals. */
  parentAgency: string | null
  /** The issuing agency or one-stop desk. Printed in capitals. */
  agency: string
  /** Number with its symbol, '05/TNHS'; null prints dots before the usual symbol of the form. */
  number: string | null
  /** Địa danh, e.g. 'Hải Hưng'. */
  place: string
  /** Moment of issue: the printed day and the creation date of the PDF, so that the same data give the same bytes. */
  issuedAt: Instant
  /** Printed by an installation with invented people: each page says so. */
  demo?: boolean
}

/** What every form says about its dossier. */
export type DossierMark = {
  code: string
  /** Address that the QR code carries. */
  trackingUrl: string
  /** Second factor for looking it up by hand, when the form may show it. */
  trackingKey?: string | null
  /** Name of the procedure, with its case: 'Nội dung yêu cầu giải quyết'. */
  procedure: string
}

/** A person or organisation as the form names them; null fields print dots where the form asks for them. */
export type FormPerson = {
  name: string
  /** Number with what it is: { label: 'Số định danh cá nhân', number: '001…' }. Mask it before, where it must be. */
  identity: { label: string; number: string } | null
  address: string | null
  phone: string | null
  email: string | null
}

/** Who signs: the lines of the post ('KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH') and the name; null leaves room for pen and name. */
export type Signer = { lines: readonly string[]; name: string | null }

export type PaperKind = 'original' | 'certified' | 'copy' | 'electronic'

/** 01 Giấy tiếp nhận hồ sơ và hẹn trả kết quả. */
export type ReceiptForm = {
  head: Letterhead
  dossier: DossierMark
  /** The place that took it in: 'Trung tâm Phục vụ hành chính công xã Hải Hưng'. */
  receivingPlace: string
  submitter: FormPerson
  /** Chủ hồ sơ, when it is somebody else. */
  owner: FormPerson | null
  papers: readonly { name: string; kind: PaperKind; count: number; note?: string | null }[]
  /** Papers that are not handed in, each with how it comes otherwise or why it need not, in words. */
  otherPapers?: readonly { name: string; how: string }[]
  /** Số lượng hồ sơ (bộ). */
  sets: number
  /** In words: '03 ngày làm việc'. */
  timeLimit: string
  receivedAt: Instant
  /** When the clock began, when it is later than receipt (phi địa giới). */
  clockStartedAt?: Instant | null
  /** null: no result is promised at a time (dots). */
  dueAt: Instant | null
  /** How and where the result is handed over, in words. */
  resultDelivery: string | null
  /** null: owed, and its amount is not known yet. */
  fees: readonly { name: string; amount: Dong | null }[]
  /** Hình thức thu, in words: 'Tiền mặt, biên lai số 0001234'; null prints dots. */
  feePayment: string | null
  /** Channels of notice that the person asked for, in words: 'Tin nhắn 0912…'. */
  notification: string | null
  /** Sổ theo dõi: quyển số, số thứ tự. */
  book: { volume: string; sequence: string } | null
  receiver: Signer
}

/** 02 Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ. */
export type SupplementForm = {
  head: Letterhead
  dossier: DossierMark
  receivingPlace: string
  stage: 'intake' | 'processing'
  applicant: FormPerson
  /** What to change of each paper; an empty change leaves it to the reason. */
  items: readonly { paper: string; change: string }[]
  reason: string
  legalBasis: string | null
  /** Last day to complete it; null at intake, where none runs. */
  completeBy: Day | null
  contact: { name: string; phone: string | null }
  signer: Signer
}

/** 03 Phiếu từ chối tiếp nhận, giải quyết hồ sơ. */
export type RefusalForm = {
  head: Letterhead
  dossier: DossierMark
  receivingPlace: string
  /** Refused at the counter, or while it was being processed. */
  stage: 'intake' | 'processing'
  applicant: FormPerson
  reason: string
  legalBasis: string | null
  /** What the person can do next. */
  guidance: string | null
  /** Papers and fees given back, in words. */
  returned: string | null
  signer: Signer
}

/** 04 Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết. */
export type ApologyForm = {
  head: Letterhead
  dossier: DossierMark
  applicant: FormPerson
  /** The agency that apologises, as the text names it. */
  apologist: string
  receivedAt: Instant
  /** Ngày hẹn trả ban đầu. */
  dueAt: Instant
  /** Cơ quan, bộ phận gây chậm. */
  causedBy: string
  reason: string
  /** Ngày hẹn lại. */
  newDueAt: Instant
  /** Whether the first due date has passed already: then it is late, not extended. */
  late: boolean
  /** Nơi nhận, without 'Như trên' and 'Lưu', which are printed by themselves. */
  copiesTo: readonly string[]
  /** Last line: 'Lưu: VT, {unit}'. */
  archive: string
  signer: Signer
}

/** 05 Thông báo dừng giải quyết hồ sơ. Not in the 2018 edition. */
export type StopForm = {
  head: Letterhead
  dossier: DossierMark
  applicant: FormPerson
  receivingPlace: string
  receivedAt: Instant
  /** Who asked: the applicant (withdrawal), or the agency stops by law. */
  askedBy: 'applicant' | 'agency'
  /** Where the dossier stood, in words: 'Đang thẩm định tại …'. */
  stage: string
  stoppedAt: Instant
  reason: string
  legalBasis: string | null
  /** What happens to fees that were paid, in words. */
  fees: string | null
  papersReturned: readonly string[]
  copiesTo: readonly string[]
  archive: string
  signer: Signer
}

/** 06 Phiếu kiểm soát quá trình giải quyết hồ sơ. */
export type ControlForm = {
  head: Letterhead
  dossier: DossierMark
  applicantName: string
  receivedAt: Instant
  dueAt: Instant | null
  /** Cơ quan (bộ phận) giải quyết. */
  handlingAgency: string
  /** Cơ quan phối hợp. */
  coordinatingAgencies: readonly string[]
  hops: readonly {
    from: string
    to: string
    /** Names stand in for the signatures that the event log recorded. */
    fromOfficer: string | null
    toOfficer: string | null
    handedAt: Instant
    receivedAt: Instant | null
    result: 'early' | 'on-time' | 'late' | null
    note: string | null
  }[]
}

export type RegisterRow = {
  code: string
  procedure: string
  sets: number
  name: string
  address: string | null
  phone: string | null
  /** Cơ quan chủ trì giải quyết. */
  handlingAgency: string
  receivedAt: Instant
  dueAt: Instant | null
  returnedAt: Instant | null
  /** Hình thức nhận hồ sơ, in words. */
  channel: string
  /** Hình thức trả kết quả, in words; null while it is not returned. */
  delivery: string | null
  /** Người nhận (ký): the name, or null for a signature by pen. */
  receivedBy: string | null
  note: string | null
}

/** 07 Sổ theo dõi hồ sơ. */
export type RegisterForm = {
  head: Letterhead
  /** What part of the book this is, in words: 'Lĩnh vực: Hộ tịch'; null for all. */
  filter: string | null
  volume: string | null
  from: Day
  to: Day
  rows: readonly RegisterRow[]
  /** Who closes the book. */
  signer: Signer
}

/** How a due date came about, day by day. */
export type ExplanationSheet = {
  head: Letterhead
  dossier: DossierMark
  applicantName: string | null
  timeLimit: string
  startedAt: Instant
  dueAt: Instant
  /** One line a day (or a part of one): when, what counted, running total, why with the notice. All in words. */
  lines: readonly { when: string; counted: string; total: string; why: string }[]
  /** Rules used, in words with article. */
  rules: readonly string[]
}

/** Niêm yết một thủ tục tại Bộ phận Một cửa. */
export type PostingSheet = {
  head: Letterhead
  code: string
  name: string
  field: string
  decision: string | null
  url: string
  subjects: readonly string[]
  sequence: readonly string[]
  /** One entry a case; a procedure without cases has one with name null. */
  cases: readonly {
    name: string | null
    papers: readonly { name: string; form: string | null; originals: number; copies: number; note: string | null }[]
  }[]
  sets: number
  /** Channel, time and cost in words. */
  ways: readonly { channel: string; time: string; fee: string; note: string | null }[]
  place: string
  officeHours: string | null
  handlingAgency: string
  results: readonly string[]
  conditions: string | null
  legalBasis: readonly string[]
  /** Where complaints and suggestions go, in words. */
  feedback: string | null
}

/** One sheet with one large QR code: a procedure, or all procedures of a field. */
export type QrPoster = {
  head: Letterhead
  kind: 'procedure' | 'field'
  title: string
  code: string | null
  url: string
  /** Lines below the code: for a field the names of its procedures. */
  lines: readonly string[]
}

/** Biên lai thu phí, lệ phí. */
export type FeeReceipt = {
  head: Letterhead
  /** Ký hiệu, số: 'BL26', '0000123'. */
  symbol: string
  number: string
  code: string
  /** Address that the QR code carries. */
  url: string
  payer: string
  address: string | null
  procedure: string
  lines: readonly { name: string; amount: Dong }[]
  amount: Dong
  amountInWords: string
  /** A fee that is paid in parts: the whole, what was paid before, what is left. */
  parts: { due: Dong; before: Dong; after: Dong } | null
  /** In words: 'Tiền mặt'. */
  method: string
  /** Which reprint it is; null for the original. */
  copy: number | null
  voided: { at: Instant; reason: string } | null
  /** Who took the money; null for a payment that the bank or gateway told of. */
  collector: string | null
}

/** What each form takes. */
export type FormInputs = {
  receipt: ReceiptForm
  supplement: SupplementForm
  refusal: RefusalForm
  apology: ApologyForm
  stop: StopForm
  control: ControlForm
  register: RegisterForm
  explanation: ExplanationSheet
  posting: PostingSheet
  poster: QrPoster
  feeReceipt: FeeReceipt
}
export type FormName = keyof FormInputs
