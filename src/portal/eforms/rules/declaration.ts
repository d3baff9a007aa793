// The declaration on paper: what was answered, or everything that is asked, to be written on.
import { maskIdentityNumber } from '../../../platform/identity-number.ts'
import type { Answers, Clause, Condition, Field, FormDefinition, Group } from '../contract.ts'
import { describe } from './describe.ts'
import { allFields, clausesOf, isAsked, isGroup, visible, type Situation } from './layout.ts'

export type PrintedLine = {
  label: string
  value: string
  condition: string
  element: string | null
  /** A blank form: what may be chosen. */
  options?: string[]
  /** Tells something and was not asked. */
  isNote?: boolean
  /** A blank form: further lines to write on. */
  more?: number
}
export type PrintedPart = { title: string; condition: string; lines: PrintedLine[] }

const labelOf = (field: Field | Group): string =>
  (!isGroup(field) && field.printed?.vi ? field.printed.vi : field.label.vi).replace(/[?:]\s*$/u, '')

/** The parts as they were answered. Numbers of identity are masked unless they may be seen whole. */
export function filledParts(
  form: FormDefinition,
  answers: Answers,
  { isMasked, ...situation }: Situation & { isMasked: boolean },
): PrintedPart[] {
  const { parts, places } = visible(form, answers, situation)
  const described = new Map(describe(form, answers, situation).map((part) => [part.partKey, part.lines]))
  return parts
    .map((part) => ({
      title: part.title.vi,
      condition: '',
      lines: [
        // What the form tells instead of asking, e.g. that the mother is who asks.
        ...places
          .filter((place) => place.part === part && place.field.widget === 'note')
          .map(({ field }) => ({ label: field.label.vi, value: '', condition: '', element: null, isNote: true })),
        ...(described.get(part.key) ?? []).map(({ field, value, element }) => ({
          label: labelOf(field),
          value: isMasked && field.widget === 'identity-number' ? maskIdentityNumber(value) : value,
          condition: '',
          element,
        })),
      ],
    }))
    .filter(({ lines }) => lines.length > 0)
}

/** How many elements of a repeated group a blank form has room for. */
const ROOM = 2

/** Everything that may be asked, with the condition beside what only some have to answer. */
export function blankParts(form: FormDefinition, { caseKey }: Situation = {}): PrintedPart[] {
  const word = conditionWords(form)
  return form.layout.parts
    .filter(({ when }) => !isOtherCase(when, caseKey))
    .map((part) => ({
      title: part.title.vi,
      condition: word(part.when),
      lines: part.fields.flatMap((item): PrintedLine[] => {
        if (isOtherCase(item.when, caseKey)) return []
        if (!isGroup(item)) return isAsked(item) ? [blankLine(item, word(item.when), null)] : []
        const room = form.schema.properties[item.key]?.maxItems === 1 ? 1 : ROOM
        const condition = word(item.when)
        return Array.from({ length: room }, (_, index) =>
          item.fields
            .filter(isAsked)
            .map((field) =>
              blankLine(
                field,
                word(field.when),
                `${item.itemLabel.vi} ${index + 1}${condition && index === 0 ? ` (${condition})` : ''}`,
              ),
            ),
        ).flat()
      }),
    }))
    .filter(({ lines }) => lines.length > 0)
}

function blankLine(field: Field, condition: string, element: string | null): PrintedLine {
  const line = { label: labelOf(field), value: '', condition, element }
  if (field.widget === 'yes-no') return { ...line, options: ['Có', 'Không'] }
  if (field.options) return { ...line, options: field.options.map(({ label }) => label.vi) }
  return field.widget === 'long-text' ? { ...line, more: 3 } : line
}

const LONGEST = 100

const isOtherCase = (when: Condition | undefined, caseKey: string | null | undefined): boolean =>
  caseKey !== undefined && caseKey !== null && when !== undefined && 'caseIn' in when && !when.caseIn.includes(caseKey)

/** `is: mother` in words: «nếu Quan hệ: Mẹ». */
function conditionWords(form: FormDefinition): (when: Condition | undefined) => string {
  const fields = new Map(allFields(form).map(({ field }) => [field.key, field]))
  const answer = (field: Field | undefined, value: string | number | boolean): string => {
    if (typeof value === 'boolean') return value ? 'Có' : 'Không'
    return field?.options?.find((option) => option.value === value)?.label.vi ?? String(value)
  }
  const clause = (one: Clause): string => {
    if ('caseIn' in one) return ''
    const field = fields.get(one.field)
    const label = field ? labelOf(field) : one.field
    if ('is' in one) return `${label}: ${answer(field, one.is)}`
    // What does not hold for the one named is written by everybody else, and does no harm by that one.
    if ('isNot' in one) return ''
    if ('in' in one) return `${label}: ${one.in.map((value) => answer(field, value)).join(', ')}`
    if ('filled' in one) return one.filled ? `có ghi ${label}` : `không ghi ${label}`
    return 'atLeast' in one ? `${label} từ ${one.atLeast}` : `${label} đến ${one.atMost}`
  }
  return (when) => {
    if (!when) return ''
    const told = clausesOf(when)
      .map(clause)
      .filter((text) => text !== '')
    const words = `nếu ${told.join('any' in when ? ' hoặc ' : ' và ')}`
    // A condition that is longer than its question helps nobody on paper.
    return told.length === 0 || words.length > LONGEST ? '' : words
  }
}
