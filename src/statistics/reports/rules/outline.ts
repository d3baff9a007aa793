// CV 725/BNV-CCHC năm 2021: đề cương báo cáo cải cách hành chính định kỳ; đề cương báo cáo chuyên đề năm.
import type { Block, OutlineOptions, ReportBody, Template } from '../contract.ts'

/** One entry of an outline. `only` names the option that brings it in. */
type Entry = { only?: keyof OutlineOptions } & (
  | { heading: string; level: 1 | 2 | 3 }
  | { recipe?: string; hint?: string; marker?: '-' | '+' }
  | { table: Extract<Block, { kind: 'table' }>['source']; caption: string }
)

/** What seed reports of communes have; the others are switched on where an agency uses them. */
export const usualOptions: OutlineOptions = { initiatives: false, survey: true, papi: false, discipline: false }

/** The report as its outline begins it; the officer may change every part of it. */
export function startBody(template: Template, options: OutlineOptions, forms: readonly string[]): ReportBody {
  const entries = outlines[template].filter(({ only }) => only === undefined || options[only])
  return {
    template,
    blocks: entries.map((entry, index) => toBlock(entry, `b${index + 1}`)),
    annexes: template === 'periodic' ? [...forms] : [],
  }
}

/** The outline with other optional parts; whatever an officer wrote stays where it stood. */
export function changeOptions(body: ReportBody, options: OutlineOptions): ReportBody {
  const entries = outlines[body.template]
  const optional = new Map(entries.flatMap((entry) => (entry.only ? [[nameOf(entry), entry.only] as const] : [])))
  const kept = body.blocks.filter((block) => {
    const option = optional.get(nameOfBlock(block))
    return option === undefined || options[option] || (block.kind === 'passage' && block.written !== undefined)
  })
  const present = new Set(kept.map(nameOfBlock))
  let at = -1
  let added = 0
  const blocks = [...kept]
  for (const entry of entries) {
    const found = blocks.findIndex((block, index) => index > at && nameOfBlock(block) === nameOf(entry))
    if (found >= 0) at = found
    else if (entry.only && options[entry.only] && !present.has(nameOf(entry)))
      blocks.splice(++at, 0, toBlock(entry, freshId(blocks, ++added)))
  }
  return { ...body, blocks }
}

const nameOf = (entry: Entry): string => nameOfBlock(toBlock(entry, 'x'))

/** What a part of an outline is known by, wherever it stands. */
const nameOfBlock = (block: Block): string => {
  if (block.kind === 'heading') return `h ${block.text}`
  return block.kind === 'passage' ? `p ${block.recipe ?? ''} ${block.hint ?? ''}` : block.kind
}

const freshId = (blocks: readonly Block[], number: number): string => {
  const id = `o${number}`
  return blocks.some((block) => block.id === id) ? freshId(blocks, number + 100) : id
}

/** Which optional parts a report has. */
export function optionsOf(body: ReportBody): OutlineOptions {
  const names = new Set(body.blocks.map(nameOfBlock))
  const has = (option: keyof OutlineOptions) =>
    outlines[body.template].some((entry) => entry.only === option && 'heading' in entry && names.has(nameOf(entry)))
  return { initiatives: has('initiatives'), survey: has('survey'), papi: has('papi'), discipline: has('discipline') }
}

function toBlock(entry: Entry, id: string): Block {
  if ('heading' in entry) return { id, kind: 'heading', level: entry.level, text: entry.heading }
  if ('table' in entry) return { id, kind: 'table', caption: entry.caption, source: entry.table }
  const { recipe, hint, marker } = entry
  return { id, kind: 'passage', ...(marker && { marker }), ...(recipe && { recipe }), ...(hint && { hint }) }
}

const h = (level: 1 | 2 | 3, heading: string, only?: keyof OutlineOptions): Entry => ({
  heading,
  level,
  ...(only && { only }),
})
const draft = (
  recipe: string,
  rest: { hint?: string; marker?: '-' | '+'; only?: keyof OutlineOptions } = {},
): Entry => ({ recipe, ...rest })
const ask = (hint: string, only?: keyof OutlineOptions): Entry => ({ hint, marker: '-', ...(only && { only }) })

const outlines: Record<Template, readonly Entry[]> = {
  periodic: [
    draft('opening'),
    h(1, 'Công tác chỉ đạo, điều hành'),
    h(2, 'Ban hành Kế hoạch cải cách hành chính'),
    ask('Nêu số, ký hiệu, ngày ban hành Kế hoạch cải cách hành chính năm và việc phân công trách nhiệm thực hiện'),
    draft('plan-progress'),
    h(2, 'Tổ chức chỉ đạo, điều hành cải cách hành chính'),
    draft('directive-documents'),
    ask('Liệt kê số, ký hiệu, ngày, trích yếu của từng văn bản chỉ đạo đã ban hành trong kỳ'),
    draft('tasks'),
    h(2, 'Công tác kiểm tra cải cách hành chính'),
    draft('inspections'),
    ask('Nêu kế hoạch kiểm tra, nội dung và kết quả khắc phục sau kiểm tra'),
    h(2, 'Công tác tuyên truyền cải cách hành chính'),
    ask('Nêu hình thức, nội dung, số tin bài, số buổi tuyên truyền đã thực hiện trong kỳ'),
    h(2, 'Sáng kiến, giải pháp cải cách hành chính', 'initiatives'),
    ask('Nêu tên sáng kiến, đơn vị thực hiện, hiệu quả đạt được', 'initiatives'),
    h(2, 'Khảo sát sự hài lòng và đối thoại với người dân, doanh nghiệp', 'survey'),
    draft('survey', { only: 'survey', hint: 'Nêu hình thức và kết quả khảo sát sự hài lòng của người dân, tổ chức' }),
    draft('dialogue', { only: 'survey' }),
    h(1, 'Kết quả thực hiện nhiệm vụ cải cách hành chính'),
    h(2, 'Cải cách thể chế'),
    h(3, 'Xây dựng, ban hành văn bản quy phạm pháp luật'),
    draft('legal-documents', { hint: 'Nêu số văn bản quy phạm pháp luật ban hành trong kỳ' }),
    h(3, 'Kiểm tra, rà soát, hệ thống hóa văn bản quy phạm pháp luật'),
    draft('legal-checks', { hint: 'Nêu kết quả kiểm tra, rà soát, xử lý văn bản' }),
    h(3, 'Tổ chức thi hành và theo dõi tình hình thi hành pháp luật'),
    ask('Nêu kế hoạch và kết quả theo dõi tình hình thi hành pháp luật'),
    h(3, 'Tuyên truyền, phổ biến, giáo dục pháp luật'),
    ask('Nêu kế hoạch và kết quả phổ biến, giáo dục pháp luật'),
    h(2, 'Cải cách thủ tục hành chính'),
    h(3, 'Kiểm soát thủ tục hành chính'),
    ask('Nêu kế hoạch và kết quả kiểm soát, rà soát, đánh giá thủ tục hành chính'),
    draft('petitions'),
    h(3, 'Công bố, công khai thủ tục hành chính'),
    draft('procedures', { hint: 'Nêu số thủ tục hành chính đã công bố, công khai, bãi bỏ, thay thế' }),
    ask('Nêu nơi niêm yết, công khai và các quyết định công bố đã cập nhật trong kỳ'),
    h(3, 'Thực hiện cơ chế một cửa, một cửa liên thông'),
    draft('linkage'),
    draft('received'),
    draft('received-by-field', { marker: '-' }),
    draft('balance'),
    draft('resolved'),
    draft('late'),
    draft('otherwise'),
    draft('open'),
    draft('digitisation'),
    h(2, 'Cải cách tổ chức bộ máy'),
    draft('staffing', { hint: 'Nêu số biên chế được giao và có mặt' }),
    ask('Nêu việc sắp xếp, kiện toàn tổ chức bộ máy, phân cấp, phân quyền trong kỳ'),
    h(2, 'Cải cách chế độ công vụ'),
    draft('positions'),
    draft('recruitment'),
    draft('discipline'),
    ask('Nêu kết quả đào tạo, bồi dưỡng, đánh giá, chuẩn hóa cán bộ, công chức, viên chức'),
    h(2, 'Cải cách tài chính công'),
    draft('investment'),
    draft('public-units'),
    ask('Nêu kết quả thực hiện cơ chế tự chủ, quy chế chi tiêu nội bộ, công khai tài chính, quản lý tài sản công'),
    h(2, 'Xây dựng và phát triển chính quyền điện tử, chính quyền số'),
    draft('online-services'),
    draft('online-payment'),
    draft('electronic-documents'),
    ask('Nêu kết quả ứng dụng công nghệ thông tin, xử lý văn bản điện tử, chữ ký số, hệ thống quản lý chất lượng ISO'),
    h(2, 'Thực hiện các nội dung của Chỉ số hiệu quả quản trị và hành chính công (PAPI)', 'papi'),
    ask('Dân chủ ở cơ sở: công khai danh sách hộ nghèo, thu chi ngân sách, kế hoạch, quy hoạch sử dụng đất', 'papi'),
    ask(
      'Huy động, quản lý đóng góp tự nguyện; hoạt động của Ban Thanh tra nhân dân, Ban Giám sát đầu tư của cộng đồng',
      'papi',
    ),
    ask('Trách nhiệm giải trình với người dân; kiểm soát tham nhũng trong khu vực công', 'papi'),
    ask('Cung ứng dịch vụ công, quản trị môi trường, quản trị điện tử', 'papi'),
    h(2, 'Kỷ luật, kỷ cương hành chính', 'discipline'),
    ask('Nêu việc thực hiện kỷ luật, kỷ cương hành chính, văn hóa công vụ', 'discipline'),
    h(1, 'Đánh giá chung'),
    h(2, 'Ưu điểm'),
    draft('strengths', { marker: '-' }),
    ask('Nêu những mặt làm được trong kỳ'),
    h(2, 'Hạn chế'),
    draft('limits', { marker: '-' }),
    ask('Nêu những hạn chế, tồn tại'),
    h(2, 'Nguyên nhân của hạn chế'),
    ask('Nêu nguyên nhân chủ quan, khách quan'),
    h(1, 'Phương hướng, nhiệm vụ kỳ tới'),
    ask('Nêu các nhiệm vụ trọng tâm kỳ tới'),
    h(1, 'Kiến nghị, đề xuất'),
    ask('Nêu kiến nghị, đề xuất với cấp trên; ghi “Không” nếu không có'),
    draft('closing'),
  ],
  thematic: [
    draft('opening-thematic'),
    h(1, 'Kết quả thực hiện công tác cải cách hành chính'),
    ask('Nêu Chỉ số cải cách hành chính, Chỉ số hài lòng, thứ hạng trong năm và so với năm trước'),
    h(2, 'Cải cách thể chế'),
    draft('legal-documents', { hint: 'Nêu kết quả xây dựng, kiểm tra, theo dõi thi hành văn bản quy phạm pháp luật' }),
    h(2, 'Cải cách thủ tục hành chính'),
    ask('Nêu kết quả rà soát, đơn giản hóa, công khai thủ tục hành chính'),
    draft('year-digitised'),
    draft('year-summary'),
    draft('year-compared'),
    draft('communes-compared'),
    {
      caption: 'Kết quả giải quyết thủ tục hành chính theo đơn vị',
      table: {
        by: 'agency',
        figures: [
          'received',
          'received-online',
          'resolved',
          'resolved-early',
          'resolved-on-time',
          'resolved-late',
          'open',
          'open-overdue',
        ],
        rate: true,
      },
    },
    {
      caption: 'Kết quả giải quyết thủ tục hành chính theo lĩnh vực',
      table: {
        by: 'field',
        figures: [
          'received',
          'received-online',
          'resolved',
          'resolved-early',
          'resolved-on-time',
          'resolved-late',
          'open',
          'open-overdue',
        ],
        rate: true,
      },
    },
    draft('petitions', { hint: 'Nêu kết quả tiếp nhận, xử lý phản ánh, kiến nghị' }),
    h(2, 'Cải cách tổ chức bộ máy'),
    draft('staffing', { hint: 'Nêu kết quả sắp xếp tổ chức bộ máy, luân chuyển, quản lý biên chế' }),
    h(2, 'Cải cách chế độ công vụ'),
    draft('recruitment'),
    draft('discipline'),
    ask('Nêu kết quả tuyển dụng, bổ nhiệm, đào tạo, kiểm tra kỷ luật, kỷ cương hành chính'),
    h(2, 'Cải cách tài chính công'),
    draft('public-units', { hint: 'Nêu kết quả thực hiện cơ chế tự chủ của các đơn vị sự nghiệp công lập' }),
    h(2, 'Xây dựng và phát triển chính quyền điện tử, chính quyền số'),
    draft('electronic-documents'),
    ask('Nêu kết quả chuyển đổi số, trao đổi văn bản điện tử, mô hình, sáng kiến'),
    h(2, 'Tồn tại, hạn chế'),
    draft('limits', { marker: '-' }),
    ask('Nêu các tiêu chí đạt thấp, bị trừ điểm và nguyên nhân'),
    h(1, 'Nhiệm vụ, giải pháp năm tới và các năm tiếp theo'),
    h(2, 'Nhiệm vụ'),
    ask('Nêu các nhiệm vụ trọng tâm'),
    h(2, 'Giải pháp'),
    ask('Nêu các giải pháp tổ chức thực hiện'),
    draft('closing-thematic'),
  ],
}
