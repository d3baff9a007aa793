import { ApiProblem } from './api.ts'

/**
 * The problem with its sentence in the language of the page: `worded(problem, text.refusals)`. A code that the feature
 * has no words for keeps what the server said.
 */
export function worded<Said extends ApiProblem | null | undefined>(problem: Said, refusals: object): Said {
  if (!problem || !Object.hasOwn(refusals, problem.code)) return problem
  const words = (refusals as Record<string, string | ((facts: unknown) => string)>)[problem.code]
  const { facts: inner } = problem.facts
  const facts = { ...problem.facts, ...(typeof inner === 'object' ? inner : {}), code: problem.code }
  const detail = typeof words === 'function' ? words(facts) : words
  // What is said beside a field is the same sentence.
  const errors = problem.errors.map((error) => (error.detail === problem.detail ? { ...error, detail } : error))
  return new ApiProblem(problem.status, { ...problem.facts, code: problem.code, errors, detail }) as Said
}
