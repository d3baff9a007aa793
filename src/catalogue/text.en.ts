import { writeDay } from '../platform/day.ts'
import { writeNumber } from '../platform/money.ts'
import type { TimeLimitPart } from './contract.ts'
import type { CatalogueText } from './text.vi.ts'

const day = (text: string | null | undefined) => (text ? writeDay(text) : '…')
const channels = { counter: 'At the counter', online: 'Online', post: 'By post' } as const
const channelName = (key: string) => Object.entries(channels).find(([each]) => each === key)?.[1] ?? key
const units: Record<TimeLimitPart['unit'], [one: string, many: string]> = {
  workingHour: ['working hour', 'working hours'],
  workingDay: ['working day', 'working days'],
  calendarDay: ['day', 'days'],
  month: ['month', 'months'],
  atOnce: ['at once', 'at once'],
}

export const en: CatalogueText = {
  channels,
  levels: {
    ministry: 'Ministry',
    province: 'Province',
    district: 'District',
    commune: 'Commune',
    other: 'Other agency',
  },
  needs: { required: 'Required', conditional: 'In some cases', shown: 'Shown and given back' },
  feeKinds: { fee: 'Fee', charge: 'Charge' },
  per: { dossier: 'dossier', copy: 'copy', page: 'page', signature: 'signature', contract: 'contract' },
  setBy: { nation: 'National', province: 'Province' },
  serviceLevels: { '3': 'Level 3', '4': 'Level 4', partial: 'Partly online', full: 'Fully online', none: 'Not online' },
  linkages: {
    none: 'Not linked',
    'same-level': 'Linked at the same level',
    'between-levels': 'Linked between levels',
    mixed: 'Linked at several levels',
  },
  units: {
    'one-stop': 'One-stop desk',
    justice: 'Justice and civil status',
    land: 'Land and construction',
    social: 'Social affairs',
    office: 'Office and statistics',
    economy: 'Economy',
    culture: 'Culture',
    police: 'Police',
  },
  partners: {
    police: 'Police',
    'province-department': 'Department of the province',
    'other-commune': 'Another commune',
    district: 'District',
  },
  timeUnits: {
    workingHour: 'working hours',
    workingDay: 'working days',
    calendarDay: 'days',
    month: 'months',
    atOnce: 'at once',
  },
  timeLimit: (parts) =>
    parts
      .map(({ amount, unit }) => (unit === 'atOnce' ? 'at once' : `${amount} ${units[unit][amount === 1 ? 0 : 1]}`))
      .join(' + '),
  findings: {
    schema: (about) => `The form is wrong here (${about}).`,
    'empty-text': () => 'This part must be published and may not be empty.',
    'impossible-day': (about) => `There is no day ${about}.`,
    'validity-reversed': () => 'The end is before the start.',
    'unknown-field': (about) => `The catalogue has no field “${about}”.`,
    'duplicate-key': (about) => `The key “${about}” is used twice.`,
    'overlapping-time-limits': (about) => `“${channelName(about)}” has two time limits; it may have one.`,
    'channel-not-described': (about) =>
      `There is a time limit for “${channelName(about)}”, which is not among the ways to submit.`,
    'channel-without-time-limit': (about) =>
      `“${channelName(about)}” is a way to submit but has no time limit in this case, so nothing can come in that way.`,
    'at-once-mixed': () => '“At once” stands alone, without an amount or other parts.',
    'empty-time-limit': () => 'Each part of a time limit is more than 0; choose “at once” for an immediate result.',
    'overlapping-fees': (about) => `“${about}” is charged twice for the same way to submit.`,
    'fee-tier-without-start': (about) =>
      `“${about}” begins at a later unit; the amount from the first unit on is missing.`,
    'condition-missing': () => 'A paper asked for in some cases says in which.',
    'component-without-number': (about) => `The required paper “${about}” has neither originals nor copies.`,
    'result-missing': () => 'The procedure has a result, but none is named.',
    'result-unexpected': () => 'The procedure is said to have no result, but one is named.',
    'dated-overlap': (about) => `From ${day(about)} two values hold at once.`,
    'dated-gap': (about) => `From ${day(about)} no value holds.`,
    'reason-missing': () => 'A partly online service publishes the reason (Decree 224/2026/NĐ-CP, Article 14).',
    'hand-off-missing': () => 'Linked between levels, but no agency that takes over is named.',
  },
  refusals: {
    'validity-reversed': () => 'The end of validity is before its start. Change one of the two days.',
    'starts-before-previous': ({ previousFrom, previousTo }) =>
      `The newest version holds from ${day(previousFrom)}${previousTo ? ` to ${day(previousTo)}` : ''}. The next one starts after that; what was published is not changed backwards.`,
    'leaves-gap': ({ previousTo }) =>
      `The previous version ended on ${day(previousTo)}. Start on the day after, or confirm that the procedure was abolished in between.`,
    'version-differs': ({ validFrom }) =>
      `Another version was published for ${day(validFrom)} and stays as it is. Choose another first day.`,
    'not-valid': () => 'The procedure is incomplete or wrong in the places named; nothing was published.',
    'unknown-procedure': () => 'There is no procedure with this code.',
    'ends-before-start': ({ validFrom }) => `The version starts on ${day(validFrom)} and cannot end before.`,
    'already-closed': ({ validTo }) => `This version ended on ${day(validTo)}.`,
    'not-a-workbook': () => 'The file is not an Excel workbook (.xlsx) or is damaged. Nothing was imported.',
    'not-json': () => 'The file is not valid JSON. Nothing was imported.',
    'too-large': ({ limit = 0 }) =>
      `The file is too large or unpacks to too much (limit ${writeNumber(limit)}). Nothing was imported.`,
  },
  importLines: {
    finding: (about) => about,
    refusal: (about) => about,
    empty: () => 'This cell is required.',
    'not-a-day': (about) => `“${about}” is not a day. Write day/month/year, e.g. 01/07/2025.`,
    'not-a-number': (about) => `“${about}” is not a whole number.`,
    'not-a-choice': (about) => `“${about}” is not one of the allowed values.`,
    'not-yes-or-no': (about) => `“${about}” must be Có or Không.`,
    'not-a-time-limit': (about) => `The time limit “${about}” is not understood.`,
    formula: () => 'The cell holds a formula. Paste its value instead.',
    'cell-error': () => 'The cell holds an error of the spreadsheet.',
    'unknown-sheet': (about) => `The catalogue has no part called “${about}”; this row was not imported.`,
    'missing-sheet': (about) => `The sheet “${about}” is missing.`,
    'unknown-column': (about) => `The column “${about}” does not belong to this sheet; it was not imported.`,
    'missing-column': (about) => `The column “${about}” is missing; the rows of this sheet were not imported.`,
    'unknown-version': () => 'The sheet “Thủ tục” has no version with this code and day.',
    'unknown-case': () => 'The sheet “Trường hợp” has no such case.',
    'unknown-fee': () => 'The sheet “Phí, lệ phí” has no fee with this number.',
    'duplicate-version': () => 'This code and first day stand in a row above.',
    'held-back': (about) => `Not imported, because procedure ${about} has rows with errors.`,
    'field-not-valid': () => 'The field lacks a key or a name, or its key is malformed.',
  },
}
