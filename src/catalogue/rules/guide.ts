import type { Guide, ProcedureVersion } from '../contract.ts'

type Question = Guide[number]

/** Where somebody stands after these answers (numbers from 1, in the order of the questions met). */
export type Guided =
  | { asked: Question; given: readonly { question: Question; answer: Question['answers'][number] }[] }
  | { caseKey: string }
  | { stop: string; stopEn: string; instead: string | undefined }

/** Walks the guide; an answer that does not exist ends the walk at its question. Undefined where there is no guide. */
export function follow(
  { guide = [] }: Pick<ProcedureVersion, 'guide'>,
  answers: readonly number[],
): Guided | undefined {
  const [first] = guide
  if (!first) return undefined
  let asked: Question = first
  const given: { question: Question; answer: Question['answers'][number] }[] = []
  for (const number of answers) {
    const answer: Question['answers'][number] | undefined = asked.answers[number - 1]
    if (!answer) break
    given.push({ question: asked, answer })
    const { to }: Question['answers'][number] = answer
    if ('case' in to) return { caseKey: to.case }
    if ('stop' in to) return { stop: to.stop, stopEn: to.stopEn, instead: to.instead }
    const next: Question | undefined = guide.find(({ key }) => key === to.question)
    // A circle would never end; findings keep one from being published.
    if (!next || given.some(({ question }) => question === next)) return undefined
    asked = next
  }
  return { asked, given }
}

export type GuideFault = {
  code: 'guide-leads-nowhere' | 'guide-runs-in-circles' | 'guide-unreached'
  at: string
  about: string
}

/** Every answer leads to a question or a case that exists, none back to a question before it, and each question is reached. */
export function guideFaults({ guide = [], cases }: Pick<ProcedureVersion, 'guide' | 'cases'>): GuideFault[] {
  const faults: GuideFault[] = []
  const places = new Map(guide.map(({ key }, place) => [key, place]))
  const reached = new Set<number>(guide.length > 0 ? [0] : [])
  guide.forEach(({ answers }, place) =>
    answers.forEach(({ to }, number) => {
      const at = `/guide/${place}/answers/${number}/to`
      if ('case' in to && !cases.some(({ key }) => key === to.case))
        faults.push({ code: 'guide-leads-nowhere', at, about: to.case })
      if (!('question' in to)) return
      const next = places.get(to.question)
      if (next === undefined) faults.push({ code: 'guide-leads-nowhere', at, about: to.question })
      else if (next <= place) faults.push({ code: 'guide-runs-in-circles', at, about: to.question })
      else reached.add(next)
    }),
  )
  guide.forEach(({ key }, place) => {
    if (!reached.has(place)) faults.push({ code: 'guide-unreached', at: `/guide/${place}`, about: key })
  })
  return faults
}
