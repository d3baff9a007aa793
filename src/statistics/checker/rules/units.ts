// The nouns that Vietnamese reports count, in families: parts of one total are counted in the same family.

const families = {
  dossier: 'bộ hồ sơ|lượt hồ sơ|hồ sơ',
  procedure: 'thủ tục hành chính|thủ tục|tthc|dịch vụ công trực tuyến|dịch vụ công|dvctt|dvc',
  vote: 'phiếu khảo sát|phiếu',
  turn: 'lượt người|lượt',
  person:
    'cán bộ, công chức, viên chức|cán bộ, công chức|cán bộ công chức|cán bộ quản lý|cán bộ|công chức, viên chức|công chức|viên chức|cbccvc|cbcc|cbql|biên chế|người lao động|lao động|nhân viên|người|đồng chí|đ/c|giáo viên|đảng viên|học viên|nhân khẩu|công dân',
  document:
    'văn bản quy phạm pháp luật|văn bản|vbqppl|vbvppl|nghị quyết|quyết định|kế hoạch|công văn|thông báo|báo cáo|tờ trình',
  petition: 'phản ánh,? kiến nghị|pakn|kiến nghị|phản ánh|đơn thư|đơn|ý kiến',
  agency: 'đơn vị sự nghiệp|cơ quan, đơn vị|cơ quan|đơn vị|đvsn|trường|thôn|tổ dân phố|xã|phường|thị trấn|huyện|phòng',
  event: 'cuộc|lớp|buổi|hội nghị',
  article: 'tin, bài|tin bài|bài viết|tin|bài',
  task: 'nhiệm vụ|chỉ tiêu|tiêu chí|nội dung|vấn đề',
  case: 'trường hợp|vụ việc|vụ',
  household: 'hộ gia đình|hộ',
  money: 'nghìn tỷ đồng|tỷ đồng|tỉ đồng|triệu đồng|nghìn đồng|ngàn đồng|đồng|triệu|tỷ|tỉ|nghìn|ngàn',
  point: 'điểm phần trăm|điểm|bậc',
} as const

export type Family = keyof typeof families | 'bare' | 'other'

const nouns = Object.entries(families)
  .flatMap(([family, words]) => words.split('|').map((word) => ({ family: family as Family, word })))
  .toSorted((a, b) => b.word.length - a.word.length)

export const nounPattern = nouns.map(({ word }) => word.replace('/', '\\/')).join('|')

const starts = nouns.map(({ family, word }) => ({
  family,
  pattern: new RegExp(`^(?:${word})(?!\\p{L})`, 'iu'),
}))

const units = { nghìn: 1e3, ngàn: 1e3, triệu: 1e6, tỷ: 1e9, tỉ: 1e9 } as const

/** The noun right behind a number: its family, its length, and what one of it is worth in đồng when it is money. */
export function readUnit(rest: string): { family: Family; unit: string; length: number; factor: number } {
  const space = /^\s*/u.exec(rest)?.[0].length ?? 0
  const tail = rest.slice(space, space + 60)
  for (const { family, pattern } of starts) {
    const unit = pattern.exec(tail)?.[0]
    if (unit === undefined) continue
    return {
      family,
      unit: unit.toLowerCase(),
      length: space + unit.length,
      factor: family === 'money' ? worth(unit) : 1,
    }
  }
  return { family: /^[\p{L}]/u.test(tail) ? 'other' : 'bare', unit: '', length: 0, factor: 1 }
}

const worth = (unit: string): number =>
  unit
    .toLowerCase()
    .split(' ')
    .reduce((all, word) => all * (units[word as keyof typeof units] ?? 1), 1)
