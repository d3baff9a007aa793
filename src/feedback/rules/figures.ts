// Biểu mẫu 3 (CV 725/BNV-CCHC), dòng 3.4; Biểu 05a/VPCP/KSTT: mỗi số liệu một định nghĩa, số và danh sách cùng một câu hỏi.

import type { PetitionFigureId } from '../contract.ts'

/** Days of a fact that a figure looks at. `finished`: answered or ended, whichever came first. */
export type FigureDay = 'received' | 'finished' | 'published' | 'resolved'

/** On which day of the period it counts, or before or at the end of the period; and what must hold besides. */
export type FigureDefinition = {
  counts: { day: FigureDay } | { open: 'before' | 'end' } | { receivedAndSettled: true }
  /** A petition of this agency: neither referred elsewhere nor passed on. */
  own?: true
  forwarded?: true
  resolved?: true
  withdrawn?: true
  inTime?: boolean
}

/**
 * `received` and `settled` are the rows of form 3: petitions of the agency itself, and those among them that were settled by
 * the end of the period, so that the rate never exceeds 100 %. The others balance: carried + taken-in = forwarded + handled +
 * withdrawn + open.
 */
export const petitionFigures: Readonly<Record<PetitionFigureId, FigureDefinition>> = {
  'petitions-received': { counts: { day: 'received' }, own: true },
  'petitions-settled': { counts: { receivedAndSettled: true }, own: true, resolved: true },
  'petitions-carried': { counts: { open: 'before' } },
  'petitions-taken-in': { counts: { day: 'received' } },
  'petitions-forwarded': { counts: { day: 'finished' }, forwarded: true },
  'petitions-handled': { counts: { day: 'finished' }, resolved: true },
  'petitions-handled-in-time': { counts: { day: 'finished' }, resolved: true, inTime: true },
  'petitions-handled-late': { counts: { day: 'finished' }, resolved: true, inTime: false },
  'petitions-withdrawn': { counts: { day: 'finished' }, withdrawn: true },
  'petitions-open': { counts: { open: 'end' } },
  'petitions-published': { counts: { day: 'published' } },
}

export const petitionFigureIds = Object.keys(petitionFigures) as PetitionFigureId[]
