import type { PublicLanguage } from '../../platform/http/public-page.ts'
import type { UnitKind } from '../../staff/index.ts'

/** What a procedure is about, for readers of English. The name that counts is the Vietnamese one; ours stands beside it. */
const names: Readonly<Record<string, string>> = {
  '1.000656': 'Register a death',
  '1.000689': 'Register a birth together with recognising the father or mother',
  '1.000894': 'Register a marriage',
  '1.001022': 'Recognise a child, father or mother',
  '1.001193': 'Register a birth',
  '1.001266': 'Close a household business',
  '1.001570': 'Suspend or resume a household business',
  '1.001612': 'Register a household business',
  '1.001699': 'Disability certificate',
  '1.001731': 'Funeral costs: recipients of social allowances',
  '1.001776': 'Monthly social allowance',
  '1.002755': 'Extend temporary residence',
  '1.003622': 'Notify of a festival',
  '1.003677': 'Declare a temporary absence',
  '1.004194': 'Register temporary residence',
  '1.004222': 'Register permanent residence',
  '1.004746': 'Register a marriage again (register lost)',
  '1.004837': 'Register a guardianship',
  '1.004845': 'Register the end of a guardianship',
  '1.004859': 'Change or correct civil status, change a name',
  '1.004873': 'Certificate of marital status',
  '1.004884': 'Register a birth again (register lost)',
  '1.005461': 'Register a death again (register lost)',
  '1.010038': 'Separate a household',
  '1.010041': 'Confirmation of residence (CT07)',
  '1.010803': 'Allowance for the worship of fallen soldiers',
  '1.010824': 'Allowance on the death of a person of merit',
  '1.010833': 'Certificate for relatives of a person of merit',
  '1.011607': 'Recognition as a poor or near-poor household',
  '1.011608': 'Recognition as a household out of poverty',
  '1.012796': 'Correct a first land certificate',
  '1.012812': 'Conciliation of a land dispute',
  '1.013225': 'Building permit for a house or construction',
  '1.013227': 'Extend a building permit',
  '1.013228': 'Replace a building permit',
  '1.013967': 'Settle a land dispute',
  '1.013978': 'First land certificate',
  '1.014027': 'Social pension for the elderly',
  '1.014028': 'Funeral costs: recipients of the social pension',
  '2.000286': 'Admission to a social care home',
  '2.000575': 'Replace the certificate of a household business',
  '2.000635': 'Copy of a civil status extract or birth certificate',
  '2.000720': 'Change the registration of a household business',
  '2.000815': 'Certified copy of an original',
  '2.000884': 'Certify a signature',
  '2.000908': 'Copy from the original register',
  '2.000913': 'Certify a changed or cancelled transaction',
  '2.001008': 'Certify the signature of a translator',
  '2.001016': 'Certify the refusal of an inheritance',
  '2.001019': 'Certify a will',
  '2.001035': 'Certify a transaction (sale, gift, mortgage)',
  '2.001406': 'Certify the division of an inheritance',
}

/**
 * Steps of the processes that come with the program, for readers of English. A step that an authority named itself has the
 * authority's own name alone.
 */
const steps: Readonly<Record<string, string>> = {
  'Tiếp nhận': 'To be received',
  'Chuyển xử lý': 'Being sent to the unit that handles it',
  'Chờ người nộp': 'Waiting for you',
  'Kiểm tra, chuyển hồ sơ': 'Checked and sent on',
  'Thẩm định, giải quyết': 'Examined and decided',
  'Cho ý kiến': 'Asked for an opinion',
  'Ký duyệt': 'To be signed',
  'Lãnh đạo Công an cấp xã ký': 'To be signed by the head of the commune police',
  'Vào sổ, phát hành': 'Entered in the register, numbered and stamped',
  'Trả kết quả': 'Ready to be handed over',
  'Đính chính kết quả': 'Result being corrected',
  'Công an cấp xã giải quyết': 'Handled by the commune police',
  'Công an cấp xã (cơ quan đăng ký cư trú)': 'Handled by the commune police, who register residence',
  'Chủ tịch Ủy ban nhân dân cấp huyện quyết định': 'Decided by the chairperson of the district',
  'Phòng Lao động - Thương binh và Xã hội kiểm tra, lập danh sách': 'Checked and listed by the district labour office',
  'Phòng Lao động - Thương binh và Xã hội thẩm định': 'Examined by the district labour office',
  'Phòng Lao động - Thương binh và Xã hội thẩm định, Chủ tịch Ủy ban nhân dân cấp huyện quyết định':
    'Examined by the district labour office, decided by the chairperson of the district',
  'Phòng Lao động - Thương binh và Xã hội tổng hợp, lập danh sách': 'Gathered and listed by the district labour office',
  'Sở Lao động - Thương binh và Xã hội ban hành quyết định': 'Decided by the provincial department of labour',
  'Sở Nội vụ ban hành quyết định': 'Decided by the provincial department of home affairs',
}

export const englishStep = (name: string, language: PublicLanguage): string | undefined =>
  language === 'en' ? steps[name] : undefined

/** What a unit does, for who cannot read its name. */
const units: Readonly<Record<UnitKind, string | undefined>> = {
  'one-stop': 'One-stop desk',
  leadership: 'Leadership',
  justice: 'Justice and civil status',
  land: 'Land and construction',
  social: 'Labour and social affairs',
  office: 'Office',
  economy: 'Economy',
  culture: 'Culture and society',
  police: 'Police',
  other: undefined,
}

export const englishUnit = (kind: UnitKind | null, language: PublicLanguage): string | undefined =>
  language === 'en' && kind !== null ? units[kind] : undefined

/** Nothing where the reader knows the Vietnamese name, or where we have no English one. */
export const englishName = (code: string, language: PublicLanguage): string | undefined =>
  language === 'en' ? names[code] : undefined

/** The name of a procedure in the title of its pages. */
export function titleOf({ code, shortName }: { code: string; shortName: string }, language: PublicLanguage): string {
  const english = englishName(code, language)
  return english === undefined ? shortName : `${english} (${shortName})`
}
