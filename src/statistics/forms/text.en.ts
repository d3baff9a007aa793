import { writeNumber } from '../../platform/money.ts'
import type { FormText } from './text.vi.ts'
import { web } from './web-text.en.ts'

const states: FormText['states'] = {
  draft: 'Being filled in',
  submitted: 'Submitted',
  returned: 'Returned',
  accepted: 'Accepted',
  locked: 'Locked',
}

const steps: FormText['steps'] = {
  enter: 'written in',
  submit: 'submitted',
  withdraw: 'taken back',
  return: 'returned',
  accept: 'accepted',
  lock: 'locked',
  correct: 'corrected',
}

const at = ({ form, row }: { form: string; row: string }) => `Line ${row} (${form.toUpperCase()})`

/** What the pages say in English. Forms and workbooks are printed in Vietnamese. */
export const en: FormText = {
  refusals: {
    'row-unknown': (r) => `${at(r)}: the form has no such row to fill in.`,
    'row-computed': (r) => `${at(r)} is computed from other rows; enter those, sums and rates follow.`,
    'row-from-records': (r) => `${at(r)} comes from the records and is not entered. If it is wrong, mend the dossier.`,
    'row-from-units': (r) => `${at(r)} is added up from the reports of the units below.`,
    'row-not-applicable': (r) => `${at(r)} is for another level; this agency does not fill it in.`,
    'percent-needs-parts': (r) => `${at(r)}: a percentage is not typed; enter both numerator and denominator.`,
    'part-exceeds-whole': (r) =>
      `${at(r)}: the numerator ${writeNumber(r.numerator)} exceeds the denominator ${writeNumber(r.denominator)}.`,
    'not-whole': (r) => `${at(r)}: whole numbers from 0 only.`,
    'not-money': (r) => `${at(r)}: millions of đồng from 0, with at most three decimals.`,
    'not-a-choice': (r) => `${at(r)}: takes ${r.choices} only.`,
    'not-in-this-state': (r) => `The report is "${states[r.state]}" and cannot be ${steps[r.step]}.`,
    'blocked-by-checks': (r) => `${r.findings} to be mended first. The first: ${r.first}`,
    'warnings-unexplained': (r) => `${r.findings} warnings to be mended or explained. The first: ${r.first}`,
    'not-accepted-yet': () => 'The upper level has not accepted the report yet.',
    'corrected-already': () => 'This report has a correction already; open the newest version.',
    'period-impossible': ({ field }) =>
      ({
        from: 'The first day does not exist.',
        to: 'The last day must not be before the first.',
        yearFrom: 'The reporting year must not begin after the period, and must hold it.',
        deadline: 'The deadline must not be before the last day.',
      })[field],
    'report-exists': () => 'The agency has a report of this period already.',
    'form-unknown': (r) => `No form "${r.form}" is in force in the period.`,
    'form-not-valid': () => 'The form has faults and was not saved.',
    'period-taken': (r) => `The regime has a period with the code ${r.period} already.`,
    'period-in-use': () => 'There are reports of this period; its days stay, and it cannot be removed.',
    'changed-meanwhile': () => 'Somebody has just changed the report.',
    'cell-changed-meanwhile': (r) => `${at(r)} has just been changed by somebody else. Look at the new value first.`,
    'finding-gone': () => 'This warning no longer fits the numbers; look at the list again.',
    'period-not-over': () => 'The period is not over; the report can be submitted after its last day.',
    'no-units-below': () => 'There are no units below this agency to add up.',
  },
  faults: {
    'row-twice': (about) => `The code ${about} occurs twice.`,
    'row-code-form': (about) => `The code "${about}" must be numbers separated by points, like 3.3.1.`,
    'unknown-reference': (about) => `A formula points to a row that is not there: ${about}.`,
    'refers-in-circle': (about) => `The formula of row ${about} leads back to itself.`,
    'percent-source': (about) => `Row ${about}: a percentage needs two rows or two entered parts, others need neither.`,
    'source-type': (about) => `Row ${about}: the source does not fit its kind.`,
    'enum-choices': (about) => `Row ${about}: at least two choices with different values.`,
    'unknown-measure': (about) => `Row ${about}: the catalogue has no such count.`,
    'unknown-level': (about) => `There is no level "${about}".`,
    'check-twice': (about) => `The check ${about} occurs twice.`,
    'check-reference': (about) => `A check points to a cell that is not there: ${about}.`,
    'check-right': (about) => `Check ${about}: a comparison needs a right side, "must be there" has none.`,
    'matrix-columns': () => 'A form by fields needs its 11 columns (3)–(13) and where ended dossiers go.',
    'no-rows': () => 'The form has no rows.',
    'validity-reversed': () => 'The end of validity is before its beginning.',
  },
  states,
  steps,
  changes: {
    created: 'Begun',
    entered: 'Numbers entered',
    explained: 'Warning explained',
    submitted: 'Submitted',
    'taken-back': 'Taken back',
    returned: 'Returned',
    accepted: 'Accepted',
    locked: 'Locked',
    corrected: 'Correction begun',
  },
  periodTypes: {
    month: 'Month',
    quarter: 'Quarter',
    'half-year': 'Half-year',
    'nine-months': 'Nine months',
    year: 'Year',
    other: 'Other',
  },
  matrix: { total: 'Total', apart: 'Stopped or closed (counted apart)' },
  noneArose: 'none arose',
  missingUnits: (names) =>
    `No accepted report of ${names.length} units: ${names.slice(0, 10).join(', ')}${names.length > 10 ? '…' : ''}.`,
  print: {
    days: (from, to) => `(Numbers from ${from} to ${to})`,
    heads: {
      number: 'No.',
      indicator: 'Indicator',
      result: 'Result',
      unit: 'Unit',
      value: 'Number/ Rate',
      note: 'Note',
      field: 'Field',
    },
    legend: 'Italics on grey: entered by hand. "none arose": the denominator is 0. "–": a row of another level.',
    draft: 'DRAFT – NOT LOCKED',
    hash: (hash) => `SHA-256 of the locked report: ${hash}`,
    byHand: (name, evidence) => `Entered by ${name}${evidence ? `; evidence: ${evidence}` : ''}`,
    ofUnits: (share) => `Added up from ${share} units`,
    parts: (numerator, denominator) => `${numerator}/${denominator}`,
  },
  web,
}
