import { ApiProblem } from './api.ts'

/**
 * The problem with its sentence in the language of the page: `worded(problem, text.refusals)`. A code that the feature
 * has no words for keeps what the server said.
 */
export function worded<Said extends ApiProblem | null | undefined>(problem: Said, refusals: object): Said {
  if (!problem || !Object.hasOwn(refusals, problem.code)) return problem
  const words = (refusals as Record<string, (facts: unknown) => string>)[problem.code]
  const facts = { ...problem.facts, code: problem.code }
  return new ApiProblem(problem.status, { ...facts, errors: problem.errors, detail: words?.(facts) }) as Said
}
