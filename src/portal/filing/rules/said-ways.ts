// What was said of papers that are not sent: lines of the dossier's remark, which the officer's panel reads back.
import type { PaperWay } from '../contract.ts'

export type SaidWay = Exclude<PaperWay, 'files'>

const heads: Readonly<Record<SaidWay, string>> = {
  counter: 'Nộp bản giấy tại quầy',
  shown: 'Xuất trình bản giấy khi đến nhận kết quả',
  data: 'Đề nghị cơ quan tự tra cứu',
  'not-mine': 'Không thuộc trường hợp phải nộp',
}
const ways = Object.keys(heads) as SaidWay[]

/** One line a way, with the names of its papers. */
export function tellWays(papers: readonly { name: string; way: PaperWay | undefined }[]): string[] {
  return ways.flatMap((way) => {
    const names = papers.filter((paper) => paper.way === way).map(({ name }) => name)
    return names.length > 0 ? [`${heads[way]}: ${names.join('; ')}.`] : []
  })
}

/** What was said of the paper of this name; the applicant's own words stand before these lines. */
export function wayTold(remark: string, name: string): SaidWay | null {
  const lines = remark.split('\n')
  return ways.find((way) => lines.some((line) => isTold(line, heads[way], name))) ?? null
}

function isTold(line: string, head: string, name: string): boolean {
  if (!line.startsWith(`${head}: `)) return false
  const names = line.slice(head.length + 2).replace(/\.$/, '')
  return `; ${names}; `.includes(`; ${name}; `)
}
