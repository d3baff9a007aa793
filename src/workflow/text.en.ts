import { writeDay } from '../platform/day.ts'
import { inParts, type WorkflowText } from './text.vi.ts'

const count = (number: number, one: string, many: string) =>
  number > 0 ? `${number} ${number === 1 ? one : many}` : ''

const minutes = (total: number): string => {
  const [days, hours, rest] = inParts(total)
  const parts = [
    count(days, 'working day', 'working days'),
    count(hours, 'hour', 'hours'),
    count(rest, 'minute', 'minutes'),
  ].filter(Boolean)
  return parts.join(' ') || 'at once'
}

export const en: WorkflowText = {
  kinds: {
    examine: 'Examine',
    opinion: 'Ask for an opinion',
    sign: 'Sign',
    register: 'Register and issue',
    'hand-off': 'Hand over to another agency',
    return: 'Return the result',
  },
  units: {
    'one-stop': 'One-stop desk',
    leadership: 'Leadership',
    justice: 'Justice and civil status',
    land: 'Land and construction',
    social: 'Labour and social affairs',
    office: 'Office',
    economy: 'Economy',
    culture: 'Culture and social affairs',
    police: 'Police',
    other: 'Another unit',
  },
  roles: { 'receiving-officer': 'One-stop officer', specialist: 'Specialist', leader: 'Leader', clerk: 'Clerk' },
  own: 'This agency',
  relations: {
    police: 'Police',
    'province-department': 'Department of the province',
    'other-commune': 'Another commune',
    district: 'District',
  },
  minutes,
  findings: {
    'duplicate-step': (about) => `The step key “${about}” is used twice.`,
    'over-limit': (about) => `The sum passes the legal time limit by ${minutes(Number(about))}. Shorten some steps.`,
    'no-signature': () => 'The procedure has a result, but no step signs it.',
    'sign-before-work': () => 'The signature comes before anything was examined or handed over.',
    'no-return': () => 'The procedure has a result, but no step returns it.',
    'return-not-last': (about) => `The step “${about}” returns the result and must be in the last stage.`,
    'no-unit': (about) => `The step “${about}” of this agency needs a unit.`,
    'hand-off-to-itself': (about) => `The step “${about}” hands over to another agency but names this one.`,
    'partner-without-hand-off': (about) =>
      `The step “${about}” (register, return) is done by this agency, not by another.`,
    'no-time': (about) => `The step “${about}” has no time.`,
  },
  refusals: {
    'process-malformed': () => 'The process is malformed; nothing was saved. Reload the page and try again.',
    'process-not-valid': () => 'The process is not right in the places named; nothing was saved.',
    'unknown-case': () => 'The procedure has no such case.',
    'later-process-exists': ({ validFrom }) =>
      `There is a process from ${validFrom ? writeDay(validFrom) : 'a later day'}. Choose that day or a later one.`,
  },
}
