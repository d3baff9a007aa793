import { writeDay } from '../../platform/day.ts'
import { writeNumber } from '../../platform/money.ts'
import type { PeriodType, ReportChangeWord, ReportState } from './contract.ts'
import type { DefinitionFaultCode } from './rules/definition.ts'
import type { EntryRefusal } from './rules/entry.ts'
import type { PeriodRefusal } from './rules/period.ts'
import type { ReportStep, StepRefusal } from './rules/workflow.ts'
import { web } from './web-text.vi.ts'

export type FormRefusal =
  | EntryRefusal
  | StepRefusal
  | PeriodRefusal
  | { code: 'report-exists'; reportId: string }
  | { code: 'form-unknown'; form: string }
  | { code: 'form-not-valid' }
  | { code: 'period-taken'; period: string }
  | { code: 'period-in-use' }
  | { code: 'changed-meanwhile'; revision: number }
  | { code: 'cell-changed-meanwhile'; form: string; row: string }
  | { code: 'finding-gone' }
  | { code: 'period-not-over'; to: string }
  | { code: 'no-units-below' }

const states: Record<ReportState, string> = {
  draft: 'Đang lập',
  submitted: 'Đã gửi',
  returned: 'Bị trả lại',
  accepted: 'Đã được chấp nhận',
  locked: 'Đã chốt',
}

const steps: Record<ReportStep, string> = {
  enter: 'nhập số liệu',
  submit: 'gửi',
  withdraw: 'rút lại',
  return: 'trả lại',
  accept: 'chấp nhận',
  lock: 'chốt',
  correct: 'lập bản đính chính',
}

const at = ({ form, row }: { form: string; row: string }) => `Dòng ${row} (${form.toUpperCase()})`

const refusals = {
  'row-unknown': (r) => `${at(r)}: biểu không có chỉ tiêu này để nhập.`,
  'row-computed': (r) =>
    `${at(r)} do hệ thống tính từ các dòng khác, không nhập được. Hãy nhập các dòng thành phần; tỷ lệ và tổng sẽ tự tính.`,
  'row-from-records': (r) => `${at(r)} lấy từ hồ sơ và danh mục thủ tục, không nhập tay. Nếu sai, hãy sửa tại hồ sơ.`,
  'row-from-units': (r) => `${at(r)} được cộng từ báo cáo của các đơn vị bên dưới, không nhập tay.`,
  'row-not-applicable': (r) => `${at(r)} thuộc cấp khác, cơ quan này không nhập.`,
  'percent-needs-parts': (r) => `${at(r)}: tỷ lệ không nhập trực tiếp; hãy nhập đủ tử số và mẫu số.`,
  'part-exceeds-whole': (r) =>
    `${at(r)}: tử số ${writeNumber(r.numerator)} lớn hơn mẫu số ${writeNumber(r.denominator)}; tỷ lệ không thể vượt 100%.`,
  'not-whole': (r) => `${at(r)}: chỉ nhận số nguyên từ 0 trở lên.`,
  'not-money': (r) => `${at(r)}: số tiền tính bằng triệu đồng, từ 0 trở lên, tối đa ba chữ số thập phân.`,
  'not-a-choice': (r) => `${at(r)}: chỉ nhận ${r.choices}.`,
  'not-in-this-state': (r) => `Báo cáo ở trạng thái "${states[r.state]}" nên không ${steps[r.step]} được.`,
  'blocked-by-checks': (r) => `Còn ${r.findings} lỗi phải sửa trước. Lỗi đầu tiên: ${r.first}`,
  'warnings-unexplained': (r) => `Còn ${r.findings} cảnh báo cần sửa hoặc giải trình. Cảnh báo đầu tiên: ${r.first}`,
  'not-accepted-yet': () => 'Cấp trên chưa chấp nhận báo cáo nên chưa chốt được.',
  'corrected-already': () => 'Báo cáo này đã có bản đính chính; hãy mở bản mới nhất.',
  'period-impossible': ({ field }) =>
    ({
      from: 'Ngày đầu kỳ không có thật.',
      to: 'Ngày cuối kỳ phải bằng hoặc sau ngày đầu kỳ.',
      yearFrom: 'Ngày đầu năm báo cáo không được sau ngày đầu kỳ và kỳ phải nằm trong năm báo cáo đó.',
      deadline: 'Hạn gửi không được trước ngày cuối kỳ.',
    })[field],
  'report-exists': () => 'Cơ quan đã có báo cáo của kỳ này.',
  'form-unknown': (r) => `Không có biểu mẫu "${r.form}" còn hiệu lực trong kỳ báo cáo.`,
  'form-not-valid': () => 'Biểu mẫu còn lỗi nên chưa lưu. Hãy sửa những chỗ nêu dưới đây.',
  'period-taken': (r) => `Chế độ báo cáo này đã có kỳ mang mã ${r.period}.`,
  'period-in-use': () => 'Đã có báo cáo của kỳ này nên không xóa, không đổi ngày đầu, ngày cuối được.',
  'changed-meanwhile': () => 'Báo cáo vừa được người khác thay đổi.',
  'cell-changed-meanwhile': (r) => `${at(r)} vừa được người khác sửa. Hãy xem giá trị mới rồi nhập lại nếu cần.`,
  'finding-gone': () => 'Cảnh báo này không còn đúng với số liệu hiện tại; hãy xem lại danh sách kiểm tra.',
  'period-not-over': (r) => `Kỳ báo cáo kết thúc ngày ${writeDay(r.to)}; sau ngày đó mới gửi được.`,
  'no-units-below': () => 'Trong hệ thống không có đơn vị nào bên dưới cơ quan này để tổng hợp.',
} satisfies { [Code in FormRefusal['code']]: (refusal: Extract<FormRefusal, { code: Code }>) => string }

const faults: Record<DefinitionFaultCode, (about: string) => string> = {
  'row-twice': (about) => `Mã dòng ${about} bị trùng.`,
  'row-code-form': (about) => `Mã dòng "${about}" phải gồm các số cách nhau bằng dấu chấm, ví dụ 3.3.1.`,
  'unknown-reference': (about) => `Công thức trỏ tới dòng không có: ${about}.`,
  'refers-in-circle': (about) => `Công thức của dòng ${about} quay vòng về chính nó.`,
  'percent-source': (about) =>
    `Dòng ${about}: tỷ lệ phải tính từ hai dòng, hoặc nhập tử số và mẫu số; dòng khác không dùng cách tính tỷ lệ.`,
  'source-type': (about) => `Dòng ${about}: nguồn số liệu không hợp với loại chỉ tiêu.`,
  'enum-choices': (about) => `Dòng ${about}: cần ít nhất hai lựa chọn với giá trị khác nhau.`,
  'unknown-measure': (about) => `Dòng ${about}: danh mục thủ tục không có số đếm này.`,
  'unknown-level': (about) => `Không có cấp "${about}".`,
  'check-twice': (about) => `Mã phép kiểm tra ${about} bị trùng.`,
  'check-reference': (about) => `Phép kiểm tra trỏ tới ô không có: ${about}.`,
  'check-right': (about) =>
    `Phép kiểm tra ${about}: phép so sánh cần vế phải; phép "phải có số liệu" không có vế phải.`,
  'matrix-columns': () => 'Biểu theo lĩnh vực cần đủ 11 cột (3)–(13) và cách xếp hồ sơ rút, dừng, kết thúc.',
  'no-rows': () => 'Biểu chưa có dòng nào.',
  'validity-reversed': () => 'Ngày hết hiệu lực trước ngày có hiệu lực.',
}

const changes: Record<ReportChangeWord, string> = {
  created: 'Lập báo cáo',
  entered: 'Nhập số liệu',
  explained: 'Giải trình cảnh báo',
  submitted: 'Gửi báo cáo',
  'taken-back': 'Rút lại báo cáo',
  returned: 'Trả lại',
  accepted: 'Chấp nhận',
  locked: 'Chốt báo cáo',
  corrected: 'Lập bản đính chính',
}

const periodTypes: Record<PeriodType, string> = {
  month: 'Tháng',
  quarter: 'Quý',
  'half-year': '6 tháng',
  'nine-months': '9 tháng',
  year: 'Năm',
  other: 'Khác',
}

export const vi = {
  refusals,
  faults,
  states,
  steps,
  changes,
  periodTypes,
  matrix: { total: 'Tổng cộng', apart: 'Dừng giải quyết, kết thúc (tính riêng)' },
  noneArose: 'không phát sinh',
  missingUnits: (names: readonly string[]) =>
    `Chưa có báo cáo được chấp nhận của ${names.length} đơn vị: ${names.slice(0, 10).join(', ')}${names.length > 10 ? '…' : ''}.`,
  print: {
    days: (from: string, to: string) => `(Số liệu tính từ ngày ${writeDay(from)} đến ngày ${writeDay(to)})`,
    heads: {
      number: 'STT',
      indicator: 'Chỉ tiêu thống kê',
      result: 'Kết quả thống kê',
      unit: 'Đơn vị tính',
      value: 'Số lượng/ Tỷ lệ',
      note: 'Ghi chú',
      field: 'Lĩnh vực',
    },
    legend: 'Chữ nghiêng, nền xám: số liệu nhập tay. "không phát sinh": mẫu số bằng 0. "–": chỉ tiêu của cấp khác.',
    draft: 'BẢN NHÁP – CHƯA CHỐT',
    hash: (hash: string) => `Mã băm SHA-256 của báo cáo đã chốt: ${hash}`,
    byHand: (name: string, evidence: string) => `Nhập tay: ${name}${evidence ? `; căn cứ: ${evidence}` : ''}`,
    ofUnits: (share: string) => `Tổng hợp từ ${share} đơn vị`,
    parts: (numerator: string, denominator: string) => `${numerator}/${denominator}`,
  },
  web,
}

export type FormText = typeof vi

/** The sentence of a refusal. */
export const wordRefusal = (refusal: FormRefusal, text: FormText = vi): string =>
  (text.refusals[refusal.code] as (refusal: FormRefusal) => string)(refusal)
