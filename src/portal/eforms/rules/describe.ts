// Answers as lines to read: for the summary before sending, for the officer and for print.
import { writeNumber, writeSum } from '../../../platform/money.ts'
import type { Answer, Answers, Field, FormDefinition, Part, Words } from '../contract.ts'
import { answerAt, clean, isAsked, itemsOf, visible, type Situation } from './layout.ts'
import { isAddress, typedOf, writeAddress } from './values.ts'

export type Language = 'vi' | 'en'

export type Line = {
  path: string
  label: string
  /** '' where nothing was answered. */
  value: string
  field: Field
  /** Of a repeated group: 'Người con 2'. */
  element: string | null
}
export type DescribedPart = { partKey: string; title: string; lines: Line[] }

export const say = (words: Words, language: Language): string => (language === 'en' && words.en) || words.vi

/** The answer in words; files are counted, their names are known elsewhere. */
export function wordAnswer(field: Field, answer: Answer | undefined, language: Language): string {
  if (answer === undefined) return ''
  const option = (value: string) => {
    const found = field.options?.find((one) => one.value === value)
    return found ? say(found.label, language) : value
  }
  if (isAddress(answer)) return writeAddress(answer)
  if (field.widget === 'files' && Array.isArray(answer))
    return language === 'en' ? `${answer.length} file(s)` : `${answer.length} tệp`
  if (Array.isArray(answer)) return answer.map((value) => (typeof value === 'string' ? option(value) : '')).join('; ')
  if (typeof answer === 'boolean') {
    const yes = language === 'en' ? 'Yes' : 'Có'
    const no = language === 'en' ? 'No' : 'Không'
    return answer ? yes : no
  }
  if (field.widget === 'money' && typeof answer === 'number') return writeSum(answer, language)
  if (typeof answer === 'number') return writeNumber(answer)
  return field.widget === 'choice' ? option(answer) : typedOf(field, answer)
}

/** What the form tells instead of asking, since an answer before made the question needless: "Mẹ là người yêu cầu". */
const isTold = (field: Field): boolean => field.widget === 'note' && field.when !== undefined

/** Everything that was asked, part by part; `all` also gives what was left empty and what is told instead. */
export function describe(
  form: FormDefinition,
  given: Answers,
  { language = 'vi', all = false, ...situation }: Situation & { language?: Language; all?: boolean } = {},
): DescribedPart[] {
  const answers = clean(form, given, situation)
  const { parts, places } = visible(form, answers, situation)
  return parts
    .map((part: Part) => ({
      partKey: part.key,
      title: say(part.title, language),
      lines: places
        .filter((place) => place.part === part && (isAsked(place.field) || (all && isTold(place.field))))
        .map(({ path, field, group }) => ({
          path,
          field,
          label: say(field.label, language),
          value: wordAnswer(field, isTold(field) ? true : answerAt(answers, path), language),
          element: group
            ? `${say(group.group.itemLabel, language)}${itemsOf(answers, group.group.key).length > 1 ? ` ${group.index + 1}` : ''}`
            : null,
        }))
        .filter(({ value }) => all || value !== ''),
    }))
    .filter(({ lines }) => lines.length > 0)
}
