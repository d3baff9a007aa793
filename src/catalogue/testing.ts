import type { ComponentRule, FeeRule, ProcedureCase, ProcedureVersion, TimeLimitRule } from './contract.ts'

/** Builders for tests of this and later folders: a complete version that may be published, changed where a test cares. */
export const aTimeLimit = (change: Partial<TimeLimitRule> = {}): TimeLimitRule => ({
  channels: ['counter', 'online', 'post'],
  parts: [{ amount: 3, unit: 'workingDay' }],
  nextDayAfter15: false,
  basis: 'Luật mẫu, Điều 1',
  ...change,
})

export const aFee = (change: Partial<FeeRule> = {}): FeeRule => ({
  channels: ['counter', 'online', 'post'],
  kind: 'charge',
  name: 'Lệ phí mẫu',
  amount: 8000,
  per: 'dossier',
  fromUnit: 1,
  cap: null,
  setBy: 'nation',
  exemptions: [],
  basis: 'Thông tư mẫu, Điều 2',
  ...change,
})

export const aComponent = (change: Partial<ComponentRule> = {}): ComponentRule => ({
  key: 'to-khai',
  name: 'Tờ khai theo mẫu',
  form: null,
  originals: 1,
  copies: 0,
  need: 'required',
  condition: null,
  reusable: false,
  ...change,
})

export const aCase = (change: Partial<ProcedureCase> = {}): ProcedureCase => ({
  key: 'thong-thuong',
  name: 'Trường hợp thông thường',
  components: [aComponent()],
  timeLimits: [aTimeLimit()],
  fees: [],
  ...change,
})

export const aVersion = (change: Partial<ProcedureVersion> = {}): ProcedureVersion => ({
  code: '1.001193',
  name: 'Thủ tục đăng ký khai sinh',
  shortName: 'Đăng ký khai sinh',
  field: 'ho-tich',
  decision: '163/QĐ-BTP',
  validFrom: '2025-07-01',
  validTo: null,
  levels: ['commune'],
  kind: 'Thủ tục được luật giao quy định chi tiết',
  sequence: ['Nộp hồ sơ tại Trung tâm Phục vụ hành chính công.', 'Nhận kết quả.'],
  channelNotes: [
    { channel: 'counter', note: 'Nộp trực tiếp' },
    { channel: 'online', note: 'Nộp trên Cổng Dịch vụ công quốc gia' },
    { channel: 'post', note: 'Qua dịch vụ bưu chính công ích' },
  ],
  cases: [aCase()],
  sets: 1,
  subjects: ['Công dân Việt Nam'],
  executingAgency: 'Ủy ban nhân dân cấp xã',
  competentAgency: 'Ủy ban nhân dân cấp xã',
  delegatedAgency: null,
  coordinatingAgencies: [],
  receivingPlace: 'Trung tâm Phục vụ hành chính công cấp xã',
  results: [{ code: null, name: 'Giấy khai sinh' }],
  conditions: '',
  legalBasis: [{ number: '60/2014/QH13', name: 'Luật Hộ tịch', date: '2014-11-20', agency: 'Quốc hội' }],
  keywords: ['sinh con', 'giấy khai sinh'],
  description: '',
  related: [],
  serviceLevels: [{ level: 'full', validFrom: '2025-07-01', validTo: null, reason: null }],
  linkages: [{ kind: 'none', boundaryFree: false, validFrom: '2025-07-01', validTo: null }],
  defaultUnit: 'justice',
  handOffs: [],
  hasResult: true,
  source: 'Dữ liệu kiểm thử',
  ...change,
})
