// The draft of a report from its figures. Where nothing is recorded, nothing is said: the officer is asked to write.
import type { FigureId } from '../../figures/contract.ts'
import type { Run } from '../contract.ts'
import { cellOf, measureOf, type FactLine, type Facts } from './facts.ts'
import { cell, change, count, join, list, measure, say, share, writeDate } from './sentence.ts'

/** Paragraphs of a passage; none when there is nothing to say. */
export type Recipe = (facts: Facts) => readonly Run[][]

/** Drafts by name, as blocks of a report hold them. */
export const recipes: Readonly<Record<string, Recipe>> = {
  opening,
  'opening-thematic': openingThematic,
  closing,
  'closing-thematic': closingThematic,
  'closing-routine': closingRoutine,
  focus,
  received,
  'received-by-field': receivedByField,
  balance,
  resolved,
  late,
  open,
  otherwise,
  digitisation,
  strengths,
  limits,
  'year-summary': yearSummary,
  'year-compared': yearCompared,
  'year-digitised': yearDigitised,
  'communes-compared': communesCompared,
  'directive-documents': directiveDocuments,
  'plan-progress': planProgress,
  inspections,
  tasks,
  survey,
  dialogue,
  'legal-documents': legalDocuments,
  'legal-checks': legalChecks,
  petitions,
  procedures,
  linkage,
  staffing,
  positions,
  recruitment,
  discipline,
  investment,
  'public-units': publicUnits,
  'online-services': onlineServices,
  'online-payment': onlinePayment,
  'electronic-documents': electronicDocuments,
}

export const draft = (recipe: string, facts: Facts): readonly Run[][] => recipes[recipe]?.(facts) ?? []

const onTime: readonly FigureId[] = ['resolved-early', 'resolved-on-time']
const handled: readonly FigureId[] = ['carried', 'received']

const now = (facts: Facts, ...figures: FigureId[]): number => measureOf(facts, 'current', measure(figures)) ?? 0

/** `, tăng 12 hồ sơ … so với kỳ trước; giảm … so với cùng kỳ năm trước`, as far as these times are recorded. */
function compared(facts: Facts, figures: FigureId | readonly FigureId[]): Run[] {
  const changes: Run[][] = []
  if (facts.previous) changes.push([{ field: change(figures, 'previous') }])
  if (facts.lastYear) changes.push([{ field: change(figures, 'last-year') }])
  return changes.length === 0 ? [] : join([', ', list(changes, '; ')])
}

const span = ({ current }: Facts): string =>
  current.from === current.to
    ? `trong ngày ${writeDate(current.to)}`
    : `từ ngày ${writeDate(current.from)} đến ngày ${writeDate(current.to)}`

/** `Tính từ ngày … đến ngày …`, `Trong ngày …`, at the beginning of a sentence. */
const since = (facts: Facts): string =>
  facts.current.from === facts.current.to ? `Trong ngày ${writeDate(facts.current.to)}` : `Tính ${span(facts)}`

// Opening and end.

function opening(facts: Facts): Run[][] {
  const { agency, current } = facts
  return [
    say`Thực hiện chế độ báo cáo định kỳ về công tác cải cách hành chính (CCHC), ${agency.name} báo cáo tình hình thực hiện công tác cải cách hành chính ${current.name}, phương hướng, nhiệm vụ ${facts.next} (số liệu tính ${span(facts)}) như sau:`,
  ]
}

function closing({ agency, current, next }: Facts): Run[][] {
  return [
    say`Trên đây là báo cáo tình hình thực hiện công tác cải cách hành chính ${current.name} và phương hướng, nhiệm vụ ${next} của ${agency.name}.`,
  ]
}

function openingThematic(facts: Facts): Run[][] {
  return [
    say`${facts.agency.name} báo cáo kết quả thực hiện nhiệm vụ cải cách hành chính (CCHC) ${facts.current.name}, nhiệm vụ, giải pháp ${facts.next} và các năm tiếp theo (số liệu tính ${span(facts)}) như sau:`,
  ]
}

function closingThematic({ agency, current, next }: Facts): Run[][] {
  return [
    say`Trên đây là kết quả thực hiện nhiệm vụ cải cách hành chính ${current.name} và nhiệm vụ, giải pháp ${next} của ${agency.name}.`,
  ]
}

function closingRoutine({ agency }: Facts): Run[][] {
  return [say`Trên đây là báo cáo của Bộ phận Một cửa ${agency.short}.`]
}

function focus(facts: Facts): Run[][] {
  return now(facts, 'open-overdue') === 0
    ? [say`Không có hồ sơ đang giải quyết quá hạn.`]
    : [
        say`Đề nghị các bộ phận tập trung giải quyết dứt điểm ${count('open-overdue')} hồ sơ đã quá hạn, gửi thư xin lỗi và hẹn lại ngày trả kết quả theo quy định.`,
      ]
}

// Dossiers.

const channels = [
  ['received-online', 'trực tuyến'],
  ['received-counter', 'trực tiếp'],
  ['received-post', 'qua dịch vụ bưu chính công ích'],
] as const

function received(facts: Facts): Run[][] {
  const who = `Bộ phận Một cửa ${facts.agency.short}`
  if (now(facts, 'received') === 0)
    return [
      say`${since(facts)}, ${who} không phát sinh hồ sơ thủ tục hành chính mới tiếp nhận${compared(facts, 'received')}.`,
    ]
  const used = channels.filter(([figure]) => now(facts, figure) > 0)
  const unused = channels.filter(([figure]) => now(facts, figure) === 0).map(([, words]) => words)
  const parts = used.map(
    ([figure, words]) => say`tiếp nhận ${words} ${count(figure)} hồ sơ, chiếm ${share(figure, 'received')}`,
  )
  const first = say`${since(facts)}, ${who} đã tiếp nhận mới ${count('received')} hồ sơ (gồm: ${list(parts, '; ')})${compared(facts, 'received')}.`
  return [unused.length === 0 ? first : join([first, ` Không phát sinh hồ sơ nộp ${unused.join(' và ')}.`])]
}

const arisen = (facts: Facts, figure: FigureId): readonly FactLine[] =>
  (facts.current.lines.field ?? []).filter(({ values }) => (values[figure] ?? 0) > 0)

function receivedByField(facts: Facts): Run[][] {
  const fields = now(facts, 'received') > 0 ? arisen(facts, 'received') : []
  return fields.map(({ key, label, values }, index) => {
    const line = { by: 'field' as const, key }
    const online =
      (values['received-online'] ?? 0) > 0
        ? say` (trong đó trực tuyến ${count('received-online', { line })} hồ sơ)`
        : []
    const part = share('received', 'received', { of: { line }, wholeOf: {} })
    return say`Lĩnh vực ${label}: tiếp nhận ${count('received', { line })} hồ sơ${online}, chiếm ${part}${index === fields.length - 1 ? '.' : ';'}`
  })
}

function balance(facts: Facts): Run[][] {
  if (now(facts, ...handled) === 0) return []
  if (now(facts, 'carried') === 0)
    return [
      say`Không có hồ sơ từ ${facts.unit} trước chuyển sang; tổng số hồ sơ phải giải quyết trong ${facts.unit} là ${count(handled)} hồ sơ.`,
    ]
  return [
    say`Tổng số hồ sơ phải giải quyết trong ${facts.unit} là ${count(handled)} hồ sơ, gồm: từ ${facts.unit} trước chuyển sang ${count('carried')} hồ sơ; tiếp nhận mới ${count('received')} hồ sơ.`,
  ]
}

const endings = [
  ['resolved-early', 'trước hạn'],
  ['resolved-on-time', 'đúng hạn'],
  ['resolved-late', 'quá hạn'],
] as const

function resolved(facts: Facts): Run[][] {
  if (now(facts, 'resolved') === 0)
    return [say`Trong ${facts.unit} không phát sinh hồ sơ được giải quyết${compared(facts, 'resolved')}.`]
  const parts = endings
    .filter(([figure]) => now(facts, figure) > 0)
    .map(([figure, words]) => say`giải quyết ${words} ${count(figure)} hồ sơ, chiếm ${share(figure, 'resolved')}`)
  const noneLate = now(facts, 'resolved-late') === 0 ? ' Không có hồ sơ giải quyết quá hạn.' : ''
  return [
    say`Đã giải quyết ${count('resolved')} hồ sơ (gồm: ${list(parts, '; ')})${compared(facts, 'resolved')}. Tỷ lệ hồ sơ giải quyết trước hạn và đúng hạn đạt ${share(onTime, 'resolved')} (${count(onTime)}/${count('resolved')} hồ sơ).${noneLate}`,
  ]
}

function late(facts: Facts): Run[][] {
  if (now(facts, 'resolved-late', 'open-overdue') === 0) return []
  const sentences: Run[][] = []
  if (now(facts, 'resolved-late') > 0)
    sentences.push(say`Trong ${facts.unit} có ${count('resolved-late')} hồ sơ giải quyết quá hạn.`)
  if (now(facts, 'apologised') > 0)
    sentences.push(say`Cơ quan đã có thư xin lỗi và hẹn lại ngày trả kết quả đối với ${count('apologised')} hồ sơ.`)
  if (now(facts, 'late-without-apology') > 0)
    sentences.push(
      say`Còn ${count('late-without-apology')} hồ sơ quá hạn chưa có thư xin lỗi, đề nghị bộ phận giải quyết thực hiện ngay theo quy định.`,
    )
  return [list(sentences, ' ')]
}

function open(facts: Facts): Run[][] {
  const day = writeDate(facts.current.to)
  if (now(facts, 'open') === 0) return [say`Đến hết ngày ${day}, không còn hồ sơ đang giải quyết.`]
  if (now(facts, 'open-overdue') === 0)
    return [say`Đến hết ngày ${day}, còn ${count('open')} hồ sơ đang giải quyết, đều trong hạn.`]
  const inTime = now(facts, 'open') - now(facts, 'open-overdue')
  if (inTime === 0) return [say`Đến hết ngày ${day}, còn ${count('open')} hồ sơ đang giải quyết, đều đã quá hạn.`]
  return [
    say`Đến hết ngày ${day}, còn ${count('open')} hồ sơ đang giải quyết (gồm: trong hạn ${count('open', { less: ['open-overdue'] })} hồ sơ; quá hạn ${count('open-overdue')} hồ sơ).`,
  ]
}

function otherwise(facts: Facts): Run[][] {
  const parts = (
    [
      ['withdrawn', 'người nộp rút'],
      ['stopped', 'dừng giải quyết'],
      ['closed', 'kết thúc do người nộp không bổ sung'],
    ] as const
  )
    .filter(([figure]) => now(facts, figure) > 0)
    .map(([figure, words]) => say`${words} ${count(figure)} hồ sơ`)
  return parts.length === 0 ? [] : [say`Ngoài số hồ sơ đã giải quyết nêu trên: ${list(parts, '; ')}.`]
}

function digitisation(facts: Facts): Run[][] {
  const parts: Run[][] = []
  if (now(facts, 'digitised') > 0 && now(facts, 'received') > 0)
    parts.push(
      say`số hóa thành phần hồ sơ ngay khi tiếp nhận ${count('digitised')}/${count('received')} hồ sơ, đạt ${share('digitised', 'received')}`,
    )
  if (now(facts, 'reused') > 0 && now(facts, 'received') > 0)
    parts.push(
      say`dùng lại dữ liệu đã số hóa ${count('reused')}/${count('received')} hồ sơ, đạt ${share('reused', 'received')}`,
    )
  if (now(facts, 'electronic-result') > 0 && now(facts, 'resolved') > 0)
    parts.push(
      say`cấp kết quả điện tử ${count('electronic-result')}/${count('resolved')} hồ sơ, đạt ${share('electronic-result', 'resolved')}`,
    )
  return parts.length === 0 ? [] : [say`Số hóa hồ sơ, kết quả giải quyết thủ tục hành chính: ${list(parts, '; ')}.`]
}

function strengths(facts: Facts): Run[][] {
  const said: Run[][] = []
  if (now(facts, 'resolved') > 0)
    said.push(say`Tỷ lệ hồ sơ giải quyết trước hạn và đúng hạn trong kỳ đạt ${share(onTime, 'resolved')}.`)
  if (now(facts, 'received') > 0 && now(facts, 'received-online') > 0)
    said.push(say`Tỷ lệ hồ sơ tiếp nhận trực tuyến đạt ${share('received-online', 'received')}.`)
  return said
}

function limits(facts: Facts): Run[][] {
  const said: Run[][] = []
  if (now(facts, 'resolved-late') > 0) {
    const fields = arisen(facts, 'resolved-late').map(({ label }) => label)
    const where = fields.length > 0 ? `, thuộc lĩnh vực ${fields.join(', ')}` : ''
    said.push(say`Vẫn còn ${count('resolved-late')} hồ sơ giải quyết quá hạn${where}.`)
  }
  if (now(facts, 'open-overdue') > 0)
    said.push(say`Còn ${count('open-overdue')} hồ sơ đang giải quyết đã quá hạn trả kết quả.`)
  if (now(facts, 'received') > 0 && now(facts, 'received-online') === 0)
    said.push(say`Trong kỳ chưa phát sinh hồ sơ nộp trực tuyến.`)
  return said
}

// The thematic report of a district: levels in footnotes, communes beside each other.

const linesBy = (facts: Facts, by: 'level' | 'agency'): readonly FactLine[] => facts.current.lines[by] ?? []

function yearSummary(facts: Facts): Run[][] {
  if (now(facts, 'received') === 0) return [say`Trong năm không phát sinh hồ sơ thủ tục hành chính mới tiếp nhận.`]
  const levels = linesBy(facts, 'level').filter(
    ({ values }) => (values['received'] ?? 0) > 0 && (values['resolved'] ?? 0) > 0,
  )
  const done =
    now(facts, 'resolved') === 0
      ? say`chưa có hồ sơ được giải quyết`
      : say`đã giải quyết ${count('resolved')} hồ sơ, trong đó trước hạn và đúng hạn ${count(onTime)} hồ sơ, đạt tỷ lệ ${share(onTime, 'resolved')}`
  const whole = say`Trong năm, Bộ phận Một cửa các cấp trên địa bàn ${facts.agency.territory} tiếp nhận ${count('received')} hồ sơ${compared(facts, 'received')}; ${done}`
  if (levels.length < 2) return [join([whole, '.'])]
  const note = list(
    levels.map(({ key, label, values }) => {
      const line = { by: 'level' as const, key }
      const online =
        (values['received-online'] ?? 0) > 0
          ? say` (trong đó tiếp nhận trực tuyến là ${count('received-online', { line })} hồ sơ, tỷ lệ ${share('received-online', 'received', { of: { line } })})`
          : []
      return say`${label} tiếp nhận ${count('received', { line })} hồ sơ${online}, đã giải quyết ${count('resolved', { line })} hồ sơ, trong đó trước hạn và đúng hạn ${count(onTime, { line })} hồ sơ, đạt tỷ lệ ${share(onTime, 'resolved', { of: { line } })}.`
    }),
    ' ',
  )
  return [say`${whole}${{ note }}.`]
}

function yearCompared(facts: Facts): Run[][] {
  const rest = now(facts, 'open')
  const late = now(facts, 'resolved-late')
  return [
    join([
      rest === 0
        ? say`Đến hết kỳ báo cáo, không còn hồ sơ đang giải quyết.`
        : say`Đến hết kỳ báo cáo, còn ${count('open')} hồ sơ đang giải quyết${now(facts, 'open-overdue') === 0 ? ', đều trong hạn' : say`, trong đó quá hạn ${count('open-overdue')} hồ sơ`}.`,
      late === 0
        ? ' Trong năm không có hồ sơ giải quyết quá hạn.'
        : say` Trong năm có ${count('resolved-late')} hồ sơ giải quyết quá hạn${compared(facts, 'resolved-late')}.`,
    ]),
  ]
}

function yearDigitised(facts: Facts): Run[][] {
  if (now(facts, 'digitised') === 0 || now(facts, 'received') === 0) return []
  return [
    say`Thực hiện số hóa hồ sơ khi tiếp nhận ${span(facts)} được ${count('digitised')}/${count('received')} hồ sơ, tỷ lệ đạt ${share('digitised', 'received')}.`,
  ]
}

function communesCompared(facts: Facts): Run[][] {
  const communes = linesBy(facts, 'agency').filter(
    ({ key, values }) => key !== String(facts.agency.agencyId) && (values['received'] ?? 0) > 0,
  )
  if (communes.length < 3) return []
  const most = highest(communes, ({ values }) => values['received'] ?? 0)
  const share1 = ({ values }: FactLine) => (values['received-online'] ?? 0) / (values['received'] ?? 1)
  const online = highest(communes, share1)
  const least = highest(communes, (line) => -share1(line))
  const sentences: Run[][] = []
  if (most)
    sentences.push(say`Đơn vị tiếp nhận nhiều hồ sơ nhất là ${most.label}, ${count('received', of(most))} hồ sơ.`)
  if (online && least && online.key !== least.key)
    sentences.push(
      say`Tỷ lệ hồ sơ tiếp nhận trực tuyến cao nhất là ${online.label}, đạt ${share('received-online', 'received', { of: of(online) })}; thấp nhất là ${least.label}, đạt ${share('received-online', 'received', { of: of(least) })}.`,
    )
  return sentences.length === 0 ? [] : [join([list(sentences, ' '), ' Kết quả của từng đơn vị như sau:'])]
}

const of = ({ key }: FactLine) => ({ line: { by: 'agency' as const, key } })

/** The one line above all others; none when two share the first place. */
function highest(lines: readonly FactLine[], rank: (line: FactLine) => number): FactLine | undefined {
  const sorted = lines.toSorted((a, b) => rank(b) - rank(a))
  const [first, second] = sorted
  return first && second && rank(first) > rank(second) ? first : undefined
}

// What stands in the forms. A blank row says nothing.

function known(facts: Facts, form: string, row: string): number | null {
  const found = cellOf(facts, form, row)
  return found && found.cell.state === 'value' ? found.cell.value : null
}

/** A sentence with the value of a row, another one when it is zero, none when it is blank. */
function fromCell(
  facts: Facts,
  [form, row]: readonly [string, string],
  words: { some: (field: ReturnType<typeof cell>) => Run[]; none: string },
): Run[][] {
  const value = known(facts, form, row)
  if (value === null) return []
  return [value === 0 ? say`${words.none}` : words.some(cell(form, row))]
}

/** `(15/36 nhiệm vụ), đạt 41,67%` when both parts are there and the whole is not zero. */
function partOf(
  facts: Facts,
  form: string,
  [part, whole, rate]: readonly [string, string, string],
  unit: string,
): Run[] | null {
  const [above, below] = [known(facts, form, part), known(facts, form, whole)]
  if (above === null || below === null || below === 0) return null
  const reached = known(facts, form, rate) === null ? [] : say`, đạt ${cell(form, rate)}`
  return say`${cell(form, part)}/${cell(form, whole)} ${unit}${reached}`
}

function directiveDocuments(facts: Facts): Run[][] {
  return fromCell(facts, ['bm1', '1'], {
    some: (field) =>
      say`Trong kỳ, ${facts.agency.short} đã ban hành ${field} văn bản chỉ đạo, điều hành công tác cải cách hành chính.`,
    none: 'Trong kỳ không phát sinh văn bản chỉ đạo riêng về công tác cải cách hành chính.',
  })
}

function planProgress(facts: Facts): Run[][] {
  const part = partOf(facts, 'bm1', ['2.2', '2.1', '2'], 'nhiệm vụ')
  return part ? [say`Lũy kế đến thời điểm báo cáo đã hoàn thành ${part} của Kế hoạch cải cách hành chính năm.`] : []
}

function inspections(facts: Facts): Run[][] {
  const units = [
    ['3.1', 'phòng chuyên môn, đơn vị'],
    ['3.2', 'Ủy ban nhân dân cấp xã'],
  ] as const
  const done = units.filter(([row]) => (known(facts, 'bm1', row) ?? 0) > 0)
  if (done.length === 0) return []
  const first = say`Trong kỳ đã kiểm tra ${list(
    done.map(([row, words]) => say`${cell('bm1', row)} ${words}`),
    ', ',
  )}.`
  const handledPart = partOf(facts, 'bm1', ['3.3.2', '3.3.1', '3.3'], 'vấn đề phát hiện qua kiểm tra')
  return [handledPart ? join([first, say` Đã xử lý xong ${handledPart}.`]) : first]
}

function tasks(facts: Facts): Run[][] {
  if (!known(facts, 'bm1', '4.1')) return []
  const parts = (
    [
      ['4.2', 'hoàn thành đúng hạn'],
      ['4.3', 'hoàn thành nhưng quá hạn'],
      ['4.4', 'quá hạn chưa hoàn thành'],
    ] as const
  )
    .filter(([row]) => known(facts, 'bm1', row) !== null)
    .map(([row, words]) => say`${words} ${cell('bm1', row)} nhiệm vụ`)
  return [
    say`Cấp trên giao ${cell('bm1', '4.1')} nhiệm vụ${parts.length > 0 ? say`, trong đó: ${list(parts, '; ')}` : ''}.`,
  ]
}

function survey(facts: Facts): Run[][] {
  const held = known(facts, 'bm1', '5')
  if (held === null) return []
  if (held === 0) return [say`Trong kỳ chưa tổ chức khảo sát sự hài lòng của người dân, tổ chức.`]
  const ballots = known(facts, 'bm1', '5.1')
  return [
    say`Trong kỳ đã tổ chức khảo sát sự hài lòng của người dân, tổ chức${ballots ? say`, thu được ${cell('bm1', '5.1')} phiếu` : ''}.`,
  ]
}

function dialogue(facts: Facts): Run[][] {
  const held = known(facts, 'bm1', '6')
  if (held === null) return []
  return [
    held === 0
      ? say`Trong kỳ chưa tổ chức đối thoại của lãnh đạo với người dân, cộng đồng doanh nghiệp.`
      : say`Trong kỳ đã tổ chức đối thoại của lãnh đạo với người dân, cộng đồng doanh nghiệp.`,
  ]
}

function legalDocuments(facts: Facts): Run[][] {
  return fromCell(facts, ['bm2', ownLevel(facts, { commune: '1.3', district: '1.2', province: '1.1' })], {
    some: (field) =>
      say`Trong kỳ đã ban hành ${field} văn bản quy phạm pháp luật theo đúng thẩm quyền, trình tự, thủ tục.`,
    none: 'Trong kỳ không phát sinh văn bản quy phạm pháp luật được ban hành.',
  })
}

function legalChecks(facts: Facts): Run[][] {
  const checked = known(facts, 'bm2', '2.1')
  const reviewed = known(facts, 'bm2', '3.1')
  const parts: Run[][] = []
  if (checked) parts.push(say`kiểm tra ${cell('bm2', '2.1')} văn bản`)
  if (reviewed) parts.push(say`rà soát ${cell('bm2', '3.1')} văn bản`)
  if (parts.length > 0) return [say`Trong kỳ đã ${list(parts, ', ')} quy phạm pháp luật theo thẩm quyền.`]
  return checked === 0 && reviewed === 0
    ? [say`Trong kỳ không phát sinh văn bản quy phạm pháp luật được kiểm tra, rà soát theo thẩm quyền.`]
    : []
}

function petitions(facts: Facts): Run[][] {
  const count34 = known(facts, 'bm3', '3.4.1')
  if (count34 === null) return []
  if (count34 === 0)
    return [say`Trong kỳ không phát sinh phản ánh, kiến nghị của cá nhân, tổ chức về quy định thủ tục hành chính.`]
  const part = partOf(facts, 'bm3', ['3.4.2', '3.4.1', '3.4'], 'phản ánh, kiến nghị')
  return [
    part
      ? say`Đã giải quyết xong ${part}.`
      : say`Đã tiếp nhận ${cell('bm3', '3.4.1')} phản ánh, kiến nghị về quy định thủ tục hành chính.`,
  ]
}

function procedures(facts: Facts): Run[][] {
  if (!known(facts, 'bm3', '1.4')) return []
  const changes: Run[][] = []
  if (known(facts, 'bm3', '1.2')) changes.push(say`công bố mới ${cell('bm3', '1.2')} thủ tục`)
  if (known(facts, 'bm3', '1.3')) changes.push(say`bãi bỏ, thay thế ${cell('bm3', '1.3')} thủ tục`)
  if (known(facts, 'bm3', '1.1')) changes.push(say`được phê duyệt phương án đơn giản hóa ${cell('bm3', '1.1')} thủ tục`)
  const inPeriod = changes.length > 0 ? say` Trong kỳ: ${list(changes, '; ')}.` : []
  return [
    say`Tổng số thủ tục hành chính thuộc thẩm quyền giải quyết tại ${facts.agency.territory} là ${cell('bm3', '1.4')} thủ tục.${inPeriod}`,
  ]
}

function linkage(facts: Facts): Run[][] {
  const parts: Run[][] = []
  if (known(facts, 'bm3', '2.1')) parts.push(say`liên thông cùng cấp ${cell('bm3', '2.1')} thủ tục`)
  if (known(facts, 'bm3', '2.2')) parts.push(say`liên thông giữa các cấp chính quyền ${cell('bm3', '2.2')} thủ tục`)
  return parts.length === 0
    ? []
    : [say`Số thủ tục hành chính thực hiện theo cơ chế một cửa liên thông: ${list(parts, '; ')}.`]
}

function staffing(facts: Facts): Run[][] {
  const given = known(facts, 'bm4', '2.1')
  const present = known(facts, 'bm4', '2.2')
  if (!given || present === null) return []
  const contracts = known(facts, 'bm4', '2.3')
  const rest = contracts === null || contracts === 0 ? '' : say`; ngoài ra có ${cell('bm4', '2.3')} hợp đồng lao động`
  return [
    say`Tổng số biên chế được giao trong năm là ${cell('bm4', '2.1')} người, có mặt tại thời điểm báo cáo ${cell('bm4', '2.2')} người${rest}.`,
  ]
}

function positions(facts: Facts): Run[][] {
  return fromCell(facts, ['bm5', '1.1'], {
    some: (field) => say`Có ${field} cơ quan, tổ chức hành chính đã được phê duyệt vị trí việc làm theo quy định.`,
    none: 'Chưa có cơ quan, tổ chức hành chính được phê duyệt vị trí việc làm.',
  })
}

function recruitment(facts: Facts): Run[][] {
  return fromCell(facts, ['bm5', '2'], {
    some: (field) => say`Trong kỳ đã tuyển dụng ${field} công chức, viên chức.`,
    none: 'Trong kỳ không phát sinh việc tuyển dụng công chức, viên chức.',
  })
}

function discipline(facts: Facts): Run[][] {
  return fromCell(facts, ['bm5', '4'], {
    some: (field) => say`Trong kỳ có ${field} cán bộ, công chức, viên chức bị xử lý kỷ luật.`,
    none: 'Trong kỳ không có cán bộ, công chức, viên chức bị xử lý kỷ luật.',
  })
}

function investment(facts: Facts): Run[][] {
  if (!known(facts, 'bm6', '1.1') || known(facts, 'bm6', '1.2') === null) return []
  const rate = known(facts, 'bm6', '1') === null ? '' : say`, đạt ${cell('bm6', '1')}`
  return [
    say`Kế hoạch vốn đầu tư công được giao ${cell('bm6', '1.1')} triệu đồng; đã thực hiện ${cell('bm6', '1.2')} triệu đồng${rate}.`,
  ]
}

function publicUnits(facts: Facts): Run[][] {
  if (!known(facts, 'bm6', '2.1')) return []
  const parts = (
    [
      ['2.2', 'tự bảo đảm chi thường xuyên và chi đầu tư'],
      ['2.3', 'tự bảo đảm chi thường xuyên'],
      ['2.4', 'tự bảo đảm một phần chi thường xuyên'],
      ['2.5', 'do Nhà nước bảo đảm chi thường xuyên'],
    ] as const
  )
    .filter(([row]) => known(facts, 'bm6', row))
    .map(([row, words]) => say`${cell('bm6', row)} đơn vị ${words}`)
  return [
    say`Tại địa phương có ${cell('bm6', '2.1')} đơn vị sự nghiệp công lập${parts.length > 0 ? say` (gồm: ${list(parts, '; ')})` : ''}.`,
  ]
}

function onlineServices(facts: Facts): Run[][] {
  const parts: Run[][] = []
  if (known(facts, 'bm7', '6.4.2')) parts.push(say`mức độ 3: ${cell('bm7', '6.4.2')} thủ tục`)
  if (known(facts, 'bm7', '6.5.2')) parts.push(say`mức độ 4: ${cell('bm7', '6.5.2')} thủ tục`)
  const total = known(facts, 'bm7', '6.6.1')
  if (!total) return []
  const integrated = known(facts, 'bm7', '6.6.2')
    ? say` Đã tích hợp, công khai trên Cổng Dịch vụ công quốc gia ${cell('bm7', '6.6.2')}/${cell('bm7', '6.6.1')} thủ tục.`
    : []
  return [
    say`Số thủ tục hành chính cung cấp dịch vụ công trực tuyến là ${cell('bm7', '6.6.1')} thủ tục${parts.length > 1 ? say` (gồm: ${list(parts, '; ')})` : ''}.${integrated}`,
  ]
}

function onlinePayment(facts: Facts): Run[][] {
  const part = partOf(facts, 'bm7', ['6.8.2', '6.8.1', '6.8'], 'thủ tục có yêu cầu nghĩa vụ tài chính')
  return part ? [say`Đã tích hợp, triển khai thanh toán trực tuyến đối với ${part}.`] : []
}

function electronicDocuments(facts: Facts): Run[][] {
  return known(facts, 'bm7', '5.2.3') === null
    ? []
    : [say`Tỷ lệ sử dụng văn bản điện tử của Ủy ban nhân dân cấp xã đạt ${cell('bm7', '5.2.3')}.`]
}

function ownLevel(facts: Facts, rows: Readonly<Record<string, string>>): string {
  return rows[facts.agency.level] ?? rows['commune'] ?? ''
}
