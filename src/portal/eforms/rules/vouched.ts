// What a provider of identity vouched for, held against what was answered of the same person.
import { cleanIdentityNumber } from '../../../platform/identity-number.ts'
import type { AccountFacts, Answer, Answers, Finding, FormDefinition } from '../contract.ts'
import { wordAnswer } from './describe.ts'
import { answerAt, holds, visible, type Place, type Situation } from './layout.ts'
import { vouchedWords } from './words.ts'

const people = ['applicant', 'owner', 'submitter', 'delegate'] as const
const compared = ['name', 'birthDay', 'sex'] as const

/** Answers that differ from what was vouched for, of everybody with the vouched-for number. Unlikely, not forbidden. */
export function doubtsByVouched(
  form: FormDefinition,
  answers: Answers,
  { vouched = {}, ...situation }: Situation & { vouched?: AccountFacts | undefined },
): Finding[] {
  const places = visible(form, answers, situation).places.filter(({ field }) =>
    holds(field.fillsWhen, { ...situation, answers }),
  )
  const placeOf = (target: string): Place | undefined =>
    places.findLast(({ field, path }) => field.fills?.some((one) => one === target) && answerAt(answers, path))
  const answerOf = (target: string): Answer | undefined => answerAt(answers, placeOf(target)?.path ?? '')
  const isVouched = (who: string): boolean => {
    const number = answerOf(`${who}.identityNumber`)
    return typeof number === 'string' && cleanIdentityNumber(number) === vouched.identityNumber
  }
  const found = new Map<string, Finding>()
  for (const who of vouched.identityNumber ? people.filter(isVouched) : [])
    for (const what of compared) {
      const place = placeOf(`${who}.${what}`)
      const known = vouched[what]
      const answer = answerOf(`${who}.${what}`)
      if (!place || !known || typeof answer !== 'string' || agrees(answer, known)) continue
      const { path, field, part } = place
      found.set(path, {
        path,
        partKey: part.key,
        code: 'check',
        words: vouchedWords({ vi: wordAnswer(field, known, 'vi'), en: wordAnswer(field, known, 'en') }),
      })
    }
  return [...found.values()]
}

/** A year agrees with the day in it, a name however it is capitalised. */
const agrees = (answer: string, known: string): boolean =>
  /^\d{4}(-\d{2})?$/.test(answer) ? known.startsWith(answer) : plain(answer) === plain(known)
const plain = (text: string): string => text.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ').trim()
