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
