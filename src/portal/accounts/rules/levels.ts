// Mức độ bảo đảm danh tính: NĐ 69/2024/NĐ-CP (mức độ 1, 2 của định danh điện tử); three steps as in ISO/IEC 29115.

/** How sure it is that the person is who they say: own word and a confirmed contact, a verified identity, verified in person with a device. */
export const levels = ['basic', 'substantial', 'high'] as const
export type AssuranceLevel = (typeof levels)[number]

/** What filing may ask for; `none` also takes people without an account. */
export type WantedLevel = 'none' | AssuranceLevel
export const wantedLevels: readonly WantedLevel[] = ['none', ...levels]

/** Whether a session of this level (null: nobody is signed in) is enough. */
export const reaches = (level: AssuranceLevel | null, wanted: WantedLevel): boolean =>
  wanted === 'none' || (level !== null && levels.indexOf(level) >= levels.indexOf(wanted))

/** The rule of the procedure, or the general one of the authority (`*`), or none. */
export const wantedLevelOf = (
  rules: readonly { procedureCode: string; level: WantedLevel }[],
  procedureCode: string,
): WantedLevel =>
  (
    rules.find((rule) => rule.procedureCode === procedureCode) ??
    rules.find((rule) => rule.procedureCode === ANY_PROCEDURE)
  )?.level ?? 'none'

export const ANY_PROCEDURE = '*'
