import type { Day } from '../../platform/day.ts'

/** What the one-stop decrees say about a dossier, by the day on which it was received. docs/law.md lists the sources. */
export type Law = {
  id: 'nd61-2018' | 'nd118-2025'
  name: string
  validFrom: Day
  validTo: Day | null
  /** Edition of the regulated forms of that time. */
  forms: '2018' | '2025'
  /** After a supplement the time is counted from zero, or the pause is added. */
  afterSupplement: 'reset' | 'shift'
  /** Requests for a supplement before the dossier is received. */
  supplementsAtIntake: number
  /** Requests for a supplement while the dossier is being processed. */
  supplementsInProcessing: number
  /** Working days after receipt within which such a request must be sent. */
  supplementWithinWorkingDays: number
  /** Days after which a dossier that was not completed is closed; null where the law knew no such closing. */
  closeUnsupplementedAfterDays: number | null
  /** Times that a new day may be promised. */
  extensions: number
  /** Days before the due day on which the extension must have been announced. */
  extensionDaysBefore: number
  /** Whether the notice that processing stops is a regulated form. */
  stopNotice: boolean
  correctionWorkingDays: number
}

/**
 * Oldest first; the periods meet without a gap. What DOMAIN marks as medium confidence stands here as data, so that
 * an authority's lawyer can change it in one place.
 */
export const laws: readonly Law[] = [
  {
    // NĐ 61/2018/NĐ-CP, Điều 17–20, sửa đổi bởi NĐ 107/2021/NĐ-CP; hết hiệu lực 1/7/2025.
    id: 'nd61-2018',
    name: 'Nghị định số 61/2018/NĐ-CP',
    validFrom: '2018-06-21',
    validTo: '2025-06-30',
    forms: '2018',
    afterSupplement: 'shift',
    supplementsAtIntake: 1,
    supplementsInProcessing: 1,
    supplementWithinWorkingDays: 3,
    closeUnsupplementedAfterDays: null,
    extensions: 1,
    extensionDaysBefore: 1,
    stopNotice: false,
    correctionWorkingDays: 3,
  },
  {
    // NĐ 118/2025/NĐ-CP, Điều 16–23, sửa đổi bởi NĐ 367/2025/NĐ-CP và NĐ 309/2026/NĐ-CP.
    id: 'nd118-2025',
    name: 'Nghị định số 118/2025/NĐ-CP',
    validFrom: '2025-07-01',
    validTo: null,
    forms: '2025',
    afterSupplement: 'reset', // Điều 19 khoản 5
    supplementsAtIntake: 1, // Điều 16 khoản 3, Điều 17 khoản 2
    supplementsInProcessing: 1, // Điều 19 khoản 5
    supplementWithinWorkingDays: 3, // Điều 19 khoản 5
    closeUnsupplementedAfterDays: 15, // Điều 19 khoản 5
    extensions: 1, // Điều 19 khoản 6
    extensionDaysBefore: 1, // Điều 19 khoản 6
    stopNotice: true, // Điều 21; TT 03/2025/TT-VPCP, mẫu số 05
    correctionWorkingDays: 3, // Điều 23
  },
]

/** The law under which a dossier received on this day is handled to its end. Throws before 21/6/2018. */
export function lawOn(day: Day): Law {
  const law = laws.findLast((candidate) => candidate.validFrom <= day)
  if (!law) throw new Error(`no one-stop law is recorded for ${day}`)
  return law
}
