/** The front door of the working calendar: due dates with their explanation, and the calendars of agencies. */
export { explain, type Explained, explainInDetail, type Language, writeLimit } from './explain.ts'
export { type Due, type DueInput, dueAt, forwardBy, restart, shift, supplementMode, timeliness } from './rules/due.ts'
export {
  type Explanation,
  type ExplanationLine,
  isProvisional,
  type Pause,
  type PauseReason,
  type RuleId,
  type Why,
} from './rules/explanation.ts'
export { isTimeLimit, type TimeLimit, type TimeLimitPart } from './rules/time-limit.ts'
export {
  addWorkingDays,
  addWorkingHours,
  addWorkingMinutes,
  calendarWith,
  calendarWithout,
  closingOf,
  type ExceptionalDay,
  hoursOn,
  isReceptionOpen,
  isWorkingDay,
  nextWorkingDay,
  type OfficeHours,
  openingOf,
  previousWorkingDay,
  type Reading,
  readingOn,
  receptionIntervals,
  toCalendar,
  usualHours,
  type WorkingCalendar,
  workingDayOnOrAfter,
  workingDaysBetween,
  workingMinutesBetween,
} from './rules/working-calendar.ts'
export { shippedDays } from './shipped-days.ts'
export {
  type AgencyCalendar,
  type CalendarTables,
  forgetCalendars,
  loadCalendar,
  saveDay,
  saveHours,
  seedCalendar,
} from './store.ts'
