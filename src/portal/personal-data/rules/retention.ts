// Luật 91/2025/QH15 (không lưu lâu hơn mức cần thiết); Luật Lưu trữ 33/2024/QH15; NĐ 333/2026/NĐ-CP, Điều 16 (nhật ký 12 tháng).

/** Kinds of record that hold something of a person, with how long the system keeps them when nobody set it otherwise. */
export const retentionKinds = {
  'citizen-session': { days: 90, by: 'job' },
  'citizen-code': { days: 2, by: 'job' },
  'citizen-account': { days: 3 * 365, by: 'job' },
  'data-view': { days: 2 * 365, by: 'job' },
  'data-request': { days: 5 * 365, by: 'job' },
  /** How long after its end a dossier is kept even when its person wants it erased. */
  dossier: { days: 5 * 365, by: 'request' },
} as const satisfies Record<string, { days: number; by: 'job' | 'request' }>

export type RetentionKind = keyof typeof retentionKinds
export const isRetentionKind = (text: string): text is RetentionKind => Object.hasOwn(retentionKinds, text)
export const retentionKindNames = Object.keys(retentionKinds) as RetentionKind[]

/** The shortest that may be set: the log of who looked is of use only while people can still ask. */
export const leastDays: Partial<Record<RetentionKind, number>> = { 'data-view': 365, 'data-request': 365 }

export type RetentionSetting = { kind: RetentionKind; days: number; basis: string }

/** What holds: the set days, or the system's own. */
export const retentionDays = (settings: readonly RetentionSetting[], kind: RetentionKind): number =>
  settings.find((setting) => setting.kind === kind)?.days ?? retentionKinds[kind].days
