import { writeDay } from '../platform/day.ts'
import { writeNumber } from '../platform/money.ts'
import type { FeeRule, ProcedureVersion, TimeLimitPart } from './contract.ts'
import type { FindingCode } from './rules/findings.ts'
import { writeTimeLimit } from './rules/cells.ts'
import type { ImportLineCode } from './rules/import-line.ts'
import * as names from './workbook.vi.ts'

type ServiceLevel = ProcedureVersion['serviceLevels'][number]['level']
type LinkageKind = ProcedureVersion['linkages'][number]['kind']
type Partner = ProcedureVersion['handOffs'][number]['to']

export type RefusalFacts = {
  code?: string
  validFrom?: string
  validTo?: string | null
  previousFrom?: string
  previousTo?: string | null
  limit?: number
}
export type RefusalCode =
  | 'validity-reversed'
  | 'starts-before-previous'
  | 'leaves-gap'
  | 'version-differs'
  | 'not-valid'
  | 'unknown-procedure'
  | 'ends-before-start'
  | 'already-closed'
  | 'not-a-workbook'
  | 'not-json'
  | 'too-large'

const day = (text: string | null | undefined) => (text ? writeDay(text) : '…')

export type CatalogueText = {
  channels: Record<'counter' | 'online' | 'post', string>
  levels: Record<ProcedureVersion['levels'][number], string>
  needs: Record<'required' | 'conditional' | 'shown', string>
  feeKinds: Record<FeeRule['kind'], string>
  per: Record<FeeRule['per'], string>
  setBy: Record<FeeRule['setBy'], string>
  serviceLevels: Record<ServiceLevel, string>
  linkages: Record<LinkageKind, string>
  units: Record<ProcedureVersion['defaultUnit'], string>
  partners: Record<Partner, string>
  timeUnits: Record<TimeLimitPart['unit'], string>
  timeLimit: (parts: readonly TimeLimitPart[]) => string
  findings: Record<FindingCode, (about: string) => string>
  refusals: Record<RefusalCode, (facts: RefusalFacts) => string>
  importLines: Record<ImportLineCode, (about: string) => string>
  web: WebText
}

/** Words of the officers' pages. */
export type WebText = typeof webWords

const webWords = {
  navigation: 'Thủ tục',
  title: 'Danh mục thủ tục',
  note: (number: number) => `${writeNumber(number)} thủ tục trên trang này`,
  filters: 'Lọc danh mục',
  search: 'Tìm theo tên, từ khóa, mã',
  field: 'Lĩnh vực',
  allFields: 'Mọi lĩnh vực',
  scope: 'Phạm vi',
  ofAgency: 'Cơ quan tôi tiếp nhận',
  ofAll: 'Toàn bộ danh mục',
  name: 'Thủ tục',
  code: 'Mã',
  since: 'Có hiệu lực từ',
  until: 'Đến',
  approximate: 'Không có thủ tục nào đúng các từ này. Dưới đây là những tên gần giống.',
  empty: 'Không có thủ tục nào khớp.',
  emptyHint: 'Thử ít từ hơn, hoặc chọn «Toàn bộ danh mục».',
  add: 'Thêm thủ tục',
  import: 'Nhập từ tệp',
  export: 'Tải danh mục (Excel)',
  offer: 'Bắt đầu tiếp nhận',
  stop: 'Thôi tiếp nhận',
  offerTitle: (number: number) => `Bắt đầu tiếp nhận ${number} thủ tục`,
  stopTitle: (number: number) => `Thôi tiếp nhận ${number} thủ tục`,
  offerFrom: 'Tiếp nhận từ ngày',
  stopAfter: 'Ngày cuối cùng tiếp nhận',
  offerHint: 'Thủ tục nào cơ quan đang tiếp nhận thì giữ nguyên.',
  stopHint: 'Hồ sơ đã nhận vẫn được giải quyết. Người dân không nộp mới được sau ngày này.',
  changed: (number: number) => `Đã cập nhật ${writeNumber(number)} thủ tục.`,
  save: 'Lưu',
  cancel: 'Hủy',
  back: 'Danh mục thủ tục',
  version: 'Phiên bản',
  versions: 'Các phiên bản',
  versionsNote: 'Phiên bản đã công bố được giữ nguyên; hồ sơ giải quyết theo phiên bản khi tiếp nhận.',
  inForce: 'đang hiệu lực',
  notYet: 'chưa hiệu lực',
  ended: 'hết hiệu lực',
  publishedOn: 'Công bố lúc',
  decision: 'Quyết định công bố',
  newVersion: 'Soạn phiên bản mới',
  close: 'Kết thúc hiệu lực',
  closeTitle: 'Kết thúc hiệu lực của thủ tục',
  closeHint: 'Dùng khi thủ tục bị bãi bỏ mà không có thủ tục thay thế. Sau ngày này không tiếp nhận hồ sơ mới.',
  lastDay: 'Ngày cuối cùng có hiệu lực',
  closed: 'Đã ghi ngày kết thúc hiệu lực.',
  process: 'Quy trình nội bộ',
  publicPage: 'Trang cho người dân',
  posting: 'Bản niêm yết',
  poster: 'Mã QR',
  general: 'Thông tin chung',
  begin: 'Điền các phần theo quyết định công bố. Những chỗ còn thiếu sẽ hiện ở đây.',
  outline: 'Các phần của trang',
  wrongHere: (count: number) => `${count} chỗ cần sửa`,
  fieldsTitle: 'Lĩnh vực',
  fieldsNote: 'Thủ tục được xếp theo lĩnh vực, theo thứ tự dưới đây.',
  fieldsOpen: 'Lĩnh vực…',
  fieldName: 'Tên lĩnh vực',
  fieldNameEn: 'Tên tiếng Anh',
  fieldOrder: 'Thứ tự',
  fieldEdit: 'Sửa',
  fieldAdd: 'Thêm lĩnh vực',
  fieldTaken: 'Đã có lĩnh vực này.',
  fieldSave: 'Lưu',
  fieldsBack: 'Quay lại',
  fieldsClose: 'Đóng',
  fieldSaved: (name: string) => `Đã lưu lĩnh vực “${name}”.`,
  people: 'Đối tượng và cơ quan',
  sequence: 'Trình tự thực hiện',
  channelNotes: 'Cách thức thực hiện',
  cases: 'Các trường hợp',
  case: 'Trường hợp',
  components: 'Thành phần hồ sơ',
  timeLimits: 'Thời hạn giải quyết',
  fees: 'Phí, lệ phí',
  results: 'Kết quả',
  legalBasis: 'Căn cứ pháp lý',
  serviceLevels: 'Dịch vụ công trực tuyến',
  linkages: 'Liên thông',
  handOffs: 'Chuyển cơ quan khác',
  noFees: 'Không thu phí, lệ phí.',
  ownAmount: 'Mức thu tại cơ quan',
  setAmount: 'Đặt mức thu',
  setAmountTitle: (name: string) => `Mức thu: ${name}`,
  notEntered: 'Chưa nhập',
  byProvince: 'Do tỉnh quy định',
  free: 'Không thu',
  amountBasis: (basis: string, since: string) => `${basis}, từ ${since}`,
  setAmountHint:
    'Mức do Hội đồng nhân dân tỉnh quy định hoặc áp dụng riêng; thay cho mức trong danh mục từ ngày có hiệu lực. Ghi ngày có hiệu lực của nghị quyết, kể cả khi đã qua: hồ sơ nộp từ ngày đó mà chưa tính được khoản này thì tính lại tại trang hồ sơ.',
  amountSaved: 'Đã lưu mức thu.',
  editTitle: (name: string) => `Phiên bản mới: ${name}`,
  addTitle: 'Thủ tục mới',
  restored: 'Đã mở lại bản đang soạn dở.',
  discard: 'Bỏ bản đang soạn',
  findings: 'Cần sửa trước khi công bố',
  warnings: 'Nên xem lại',
  noFindings: 'Đủ các phần phải công bố.',
  checking: 'Đang kiểm tra…',
  publish: 'Công bố',
  published: (name: string) => `Đã công bố «${name}».`,
  gap: 'Thủ tục đã không có hiệu lực trong khoảng giữa; vẫn công bố',
  official: 'Tên trong quyết định công bố',
  shortName: 'Tên ngắn, thường gọi',
  kind: 'Loại thủ tục',
  levels: 'Cấp thực hiện',
  sets: 'Số bộ hồ sơ',
  unit: 'Bộ phận giải quyết',
  hasResult: 'Thủ tục có trả kết quả',
  source: 'Nguồn, đã đối chiếu',
  description: 'Mô tả cho người dân',
  keywords: 'Từ khóa',
  related: 'Mã thủ tục liên quan',
  perLine: 'Mỗi mục một dòng',
  subjects: 'Đối tượng thực hiện',
  executing: 'Cơ quan thực hiện',
  competent: 'Cơ quan có thẩm quyền',
  delegated: 'Cơ quan được ủy quyền',
  coordinating: 'Cơ quan phối hợp',
  place: 'Nơi tiếp nhận',
  conditions: 'Yêu cầu, điều kiện',
  itemStep: 'Bước',
  itemPaper: 'Giấy tờ',
  itemFee: 'Khoản thu',
  itemLaw: 'Văn bản',
  itemPeriod: 'Giai đoạn',
  channel: 'Hình thức nộp',
  text: 'Nội dung',
  key: 'Mã (chữ thường, gạch nối)',
  caseName: 'Tên trường hợp',
  paper: 'Tên giấy tờ theo quy định',
  paperShort: 'Tên thường gọi',
  paperShortEn: 'Tên thường gọi (tiếng Anh)',
  form: 'Mẫu đơn, tờ khai',
  originals: 'Bản chính',
  copies: 'Bản sao',
  need: 'Yêu cầu',
  condition: 'Khi nào phải nộp',
  reusable: 'Cơ quan tự tra cứu được',
  limit: 'Thời hạn',
  limitHint: 'Ví dụ: trả ngay; 3 ngày làm việc; 7 ngày làm việc + 12 ngày',
  limitWrong: 'Chưa hiểu thời hạn này.',
  afterFifteen: 'Nhận sau 15 giờ thì trả vào ngày làm việc tiếp theo',
  basis: 'Căn cứ',
  feeKind: 'Loại',
  feeName: 'Tên khoản thu',
  amount: 'Mức thu',
  per: 'Đơn vị tính',
  fromUnit: 'Từ đơn vị thứ',
  cap: 'Tối đa',
  setBy: 'Do cấp nào quy định',
  exemptions: 'Miễn, giảm',
  exemptionName: 'Đối tượng',
  percent: 'Giảm (%)',
  resultCode: 'Mã kết quả',
  resultName: 'Tên kết quả',
  lawNumber: 'Số, ký hiệu',
  lawName: 'Tên văn bản',
  lawDate: 'Ngày ban hành',
  lawAgency: 'Cơ quan ban hành',
  level: 'Mức độ',
  reason: 'Lý do chưa toàn trình',
  linkage: 'Loại liên thông',
  boundaryFree: 'Phi địa giới',
  partner: 'Cơ quan nhận',
  work: 'Phần việc',
  addItem: (what: string) => `Thêm: ${what.toLowerCase()}`,
  up: (number: number) => `Chuyển mục ${number} lên`,
  remove: (number: number) => `Bỏ mục ${number}`,
  upShort: 'Lên',
  removeShort: 'Bỏ',
  importTitle: 'Nhập danh mục từ tệp',
  importNote:
    'Tệp Excel theo mẫu, hoặc JSON. Trước khi nhập, hệ thống cho xem sẽ có gì thay đổi và dòng nào chưa đọc được.',
  template: 'Tải bảng tính mẫu',
  file: 'Tệp Excel (.xlsx) hoặc JSON',
  preview: 'Xem trước',
  previewNote: 'Chưa có gì được nhập.',
  runImport: 'Nhập vào danh mục',
  imported: (number: number) => `Đã nhập ${writeNumber(number)} thủ tục.`,
  rowsRead: 'Số dòng đã đọc',
  rowsImported: 'Nhập được',
  rowsReported: 'Có vấn đề',
  outcomes: { published: 'Công bố mới', unchanged: 'Không đổi', 'held-back': 'Chưa nhập' } as Record<
    'published' | 'unchanged' | 'held-back',
    string
  >,
  outcome: 'Kết quả',
  procedures: 'Thủ tục trong tệp',
  lines: 'Từng dòng',
  noLines: 'Mọi dòng đều đọc được.',
  sheet: 'Trang tính',
  row: 'Dòng',
  column: 'Cột',
  words: 'Vấn đề',
  severity: 'Mức',
  error: 'Lỗi',
  warning: 'Lưu ý',
  allLines: 'Mọi dòng',
  causesOnly: 'Chỉ nguyên nhân',
}

export const vi: CatalogueText = {
  channels: names.channelNames,
  levels: names.levelNames,
  needs: names.needNames,
  feeKinds: names.feeKindNames,
  per: { dossier: 'hồ sơ', copy: 'bản', page: 'trang', signature: 'chữ ký', contract: 'hợp đồng' },
  setBy: names.setByNames,
  serviceLevels: names.serviceLevelNames,
  linkages: names.linkageNames,
  units: names.unitNames,
  partners: names.partnerNames,
  timeUnits: names.timeUnitNames,
  timeLimit: writeTimeLimit,
  findings: {
    schema: (about) => schemaWords(about),
    'empty-text': () => 'Phần này phải công bố, chưa được để trống.',
    'impossible-day': (about) => `Ngày ${about} không có trong lịch.`,
    'validity-reversed': () => 'Ngày kết thúc đứng trước ngày bắt đầu.',
    'unknown-field': (about) => `Chưa có lĩnh vực «${about}» trong danh mục.`,
    'duplicate-key': (about) => `Mã «${about}» đã dùng ở mục khác; mỗi mục một mã riêng.`,
    'overlapping-time-limits': (about) =>
      `Hình thức nộp «${channelName(about)}» có hai thời hạn; mỗi hình thức chỉ một.`,
    'channel-not-described': (about) =>
      `Có thời hạn cho hình thức «${channelName(about)}» nhưng cách thức thực hiện chưa nêu hình thức này.`,
    'channel-without-time-limit': (about) =>
      `Hình thức «${channelName(about)}» được nêu ở cách thức thực hiện nhưng trường hợp này không có thời hạn, nên không nộp được qua hình thức đó.`,
    'at-once-mixed': () => '«Trả ngay» phải đứng một mình, không kèm số lượng hay phần khác.',
    'empty-time-limit': () => 'Mỗi phần của thời hạn phải lớn hơn 0; giải quyết ngay thì chọn «trả ngay».',
    'overlapping-fees': (about) => `Khoản «${about}» lặp lại cho cùng hình thức nộp.`,
    'fee-tier-without-start': (about) => `Khoản «${about}» chỉ có mức từ đơn vị về sau; thiếu mức từ đơn vị thứ nhất.`,
    'condition-missing': () => 'Giấy tờ nộp có điều kiện thì phải nêu khi nào phải nộp.',
    'component-without-number': (about) => `Giấy tờ bắt buộc «${short(about)}» chưa ghi số bản chính, bản sao.`,
    'result-missing': () => 'Thủ tục có kết quả nhưng chưa nêu kết quả là gì.',
    'result-unexpected': () => 'Thủ tục ghi là không có kết quả nhưng lại nêu kết quả.',
    'dated-overlap': (about) => `Từ ngày ${day(about)} có hai giá trị cùng hiệu lực.`,
    'dated-gap': (about) => `Từ ngày ${day(about)} không có giá trị nào có hiệu lực.`,
    'reason-missing': () => 'Dịch vụ «một phần» phải công bố lý do chưa toàn trình (NĐ 224/2026/NĐ-CP, Điều 14).',
    'hand-off-missing': () => 'Liên thông giữa các cấp nhưng chưa nêu cơ quan nhận chuyển.',
    'guide-leads-nowhere': (about) => `Câu trả lời dẫn tới “${about}”, không có câu hỏi hay trường hợp này.`,
    'guide-runs-in-circles': (about) => `Câu trả lời dẫn ngược về câu hỏi “${about}”: người hỏi sẽ đi vòng.`,
    'guide-unreached': (about) => `Không câu trả lời nào dẫn tới câu hỏi “${about}”.`,
  },
  refusals: {
    'validity-reversed': () => 'Ngày kết thúc hiệu lực đứng trước ngày bắt đầu. Hãy sửa một trong hai ngày.',
    'starts-before-previous': ({ previousFrom, previousTo }) =>
      `Phiên bản mới nhất có hiệu lực từ ${day(previousFrom)}${previousTo ? ` đến ${day(previousTo)}` : ''}. Phiên bản sau phải bắt đầu sau ngày đó; những gì đã công bố không sửa lùi.`,
    'leaves-gap': ({ previousTo }) =>
      `Phiên bản trước hết hiệu lực ngày ${day(previousTo)}. Hãy bắt đầu vào ngày kế tiếp, hoặc xác nhận rằng thủ tục đã bị bãi bỏ trong khoảng giữa.`,
    'version-differs': ({ validFrom }) =>
      `Đã công bố một phiên bản khác bắt đầu ngày ${day(validFrom)}; phiên bản đã công bố được giữ nguyên. Hãy chọn ngày bắt đầu khác.`,
    'not-valid': () => 'Thủ tục còn thiếu hoặc sai ở những chỗ được nêu; chưa có gì được công bố.',
    'unknown-procedure': () => 'Không có thủ tục mang mã này.',
    'ends-before-start': ({ validFrom }) =>
      `Phiên bản bắt đầu ngày ${day(validFrom)}; không thể kết thúc trước ngày đó.`,
    'already-closed': ({ validTo }) => `Phiên bản này đã hết hiệu lực ngày ${day(validTo)}.`,
    'not-a-workbook': () => 'Tệp không phải bảng tính Excel (.xlsx) hoặc đã hỏng. Chưa có gì được nhập.',
    'not-json': () => 'Tệp không phải JSON hợp lệ. Chưa có gì được nhập.',
    'too-large': ({ limit = 0 }) =>
      `Tệp quá lớn hoặc giải nén ra quá lớn (giới hạn ${writeNumber(limit)}). Chưa có gì được nhập.`,
  },
  importLines: {
    finding: (about) => about,
    refusal: (about) => about,
    empty: () => 'Ô này bắt buộc, đang để trống.',
    'not-a-day': (about) => `«${about}» không phải ngày có thật. Ghi ngày/tháng/năm, ví dụ 01/07/2025.`,
    'not-a-number': (about) => `«${about}» không phải số nguyên không âm.`,
    'not-a-choice': (about) => `«${about}» không thuộc các giá trị cho phép (xem trang Hướng dẫn).`,
    'not-yes-or-no': (about) => `«${about}» phải là Có hoặc Không.`,
    'not-a-time-limit': (about) =>
      `Không hiểu thời hạn «${about}». Ví dụ: trả ngay; 3 ngày làm việc; 7 ngày làm việc + 12 ngày.`,
    formula: () => 'Ô chứa công thức. Hãy dán giá trị thay cho công thức.',
    'cell-error': () => 'Ô chứa lỗi của bảng tính.',
    'unknown-sheet': (about) => `Không có phần nào tên «${about}» trong danh mục; dòng này không được nhập.`,
    'missing-sheet': (about) => `Thiếu trang tính «${about}».`,
    'unknown-column': (about) => `Cột «${about}» không thuộc trang tính này; nội dung của cột không được nhập.`,
    'missing-column': (about) => `Thiếu cột «${about}»; các dòng của trang tính này không được nhập.`,
    'unknown-version': () => 'Không có phiên bản nào ở trang «Thủ tục» mang mã và ngày này.',
    'unknown-case': () => 'Trường hợp này không có ở trang «Trường hợp».',
    'unknown-fee': () => 'Không có khoản thu mang thứ tự này ở trang «Phí, lệ phí».',
    'duplicate-version': () => 'Mã thủ tục và ngày bắt đầu này đã có ở dòng trên.',
    'held-back': (about) => `Không nhập, vì thủ tục ${about} còn dòng có lỗi.`,
    'field-not-valid': () => 'Lĩnh vực thiếu mã hoặc tên, hoặc mã không đúng dạng.',
  },
  web: webWords,
}

const channelName = (key: string) => Object.entries(names.channelNames).find(([each]) => each === key)?.[1] ?? key
const short = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text)

/** What the schema found, in words: the keyword and its facts stand in `about`. */
function schemaWords(about: string): string {
  const [keyword = '', ...facts] = about.split(' ')
  const fact = facts.join(' ')
  const words: Record<string, string> = {
    required: `Thiếu phần «${fact}».`,
    additionalProperties: `Có phần lạ «${fact}» không thuộc cấu trúc.`,
    type: 'Giá trị không đúng kiểu.',
    pattern: 'Nội dung không đúng dạng quy định.',
    minItems: 'Phải có ít nhất một mục.',
    maxItems: 'Quá nhiều mục.',
    minLength: 'Không được để trống.',
    maxLength: `Quá dài (tối đa ${fact} ký tự).`,
    minimum: `Phải từ ${fact} trở lên.`,
    maximum: `Không được quá ${fact}.`,
    anyOf: 'Giá trị không thuộc các lựa chọn.',
    const: 'Giá trị không thuộc các lựa chọn.',
  }
  return words[keyword] ?? 'Không đúng cấu trúc.'
}
