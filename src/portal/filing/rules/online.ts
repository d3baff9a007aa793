// NĐ 118/2025/NĐ-CP, Điều 15, 17: từ 01/7/2025 nộp trực tuyến trên Cổng Dịch vụ công quốc gia; cổng riêng chỉ còn ở nơi và
// trong thời gian pháp luật cho phép. NĐ 42/2022/NĐ-CP, NĐ 224/2026/NĐ-CP: toàn trình, một phần; mức 4 ≈ toàn trình, 3 ≈ một phần.
import { channelsOf, serviceLevelOn, type ProcedureVersion } from '../../../catalogue/index.ts'
import type { Day } from '../../../platform/day.ts'
import type { FilingSetting } from '../contract.ts'

/** What holds for an authority that has said nothing. */
export const defaultSetting = {
  ownFront: false,
  openFrom: null,
  openTo: null,
  procedures: null,
  fields: null,
  basis:
    'Nghị định 118/2025/NĐ-CP, Điều 15 và Điều 17: từ 01/7/2025 hồ sơ trực tuyến nộp trên Cổng Dịch vụ công quốc gia.',
  draftsPerAccount: 20,
  draftDays: 30,
} as const satisfies FilingSetting

export type OnlineLevel = 'full' | 'partial'

/** How much of a procedure can be done from afar on that day; undefined when it is only told about. */
export function onlineLevel(version: ProcedureVersion, day: Day): OnlineLevel | undefined {
  const level = serviceLevelOn(version, day)?.level
  if (level === 'full' || level === '4') return 'full'
  return level === 'partial' || level === '3' ? 'partial' : undefined
}

/** Cases of a procedure that can be filed online at all. */
export const onlineCases = (version: ProcedureVersion) =>
  version.cases.filter(({ key }) => channelsOf(version, key).includes('online'))

/** Whether an authority takes this procedure at its own front on that day. */
export function opensFront(
  setting: FilingSetting,
  { code, field }: Pick<ProcedureVersion, 'code' | 'field'>,
  day: Day,
): boolean {
  const { ownFront, openFrom, openTo, procedures, fields } = setting
  if (!ownFront || (openFrom !== null && day < openFrom) || (openTo !== null && day > openTo)) return false
  return procedures === null && fields === null
    ? true
    : (procedures?.includes(code) ?? false) || (fields?.includes(field) ?? false)
}
