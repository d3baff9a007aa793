/** Why the system cannot start, in words for the person at the terminal, who can put it right. Shown without a stack. */
export class StartProblem extends Error {
  readonly forPeople = true
}
