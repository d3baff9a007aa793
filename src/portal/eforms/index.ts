/** Front door of the electronic forms: definitions, rules over answers, drawing, keeping what was filled in. */
export type {
  AccountFacts,
  Address,
  Answer,
  Answers,
  EForm,
  Finding,
  FormDefinition,
  Mark,
  Part,
  Words,
} from './contract.ts'
export { checkAnswers, findingsWithin, warningsOf, type CheckFacts } from './rules/check.ts'
export { describe, say, type DescribedPart, type Line } from './rules/describe.ts'
export { placeLabel } from './rules/place-label.ts'
export {
  answerAt,
  clean,
  partsOf,
  sparesPaper,
  standsFor,
  visible,
  type Place,
  type Situation,
  type Visible,
} from './rules/layout.ts'
export { intakeOf, personsOf, prefilled, type FilledIntake } from './rules/persons.ts'
export { answersFromPost, groupAction, postOf, type Posted } from './rules/post.ts'
export {
  idOf,
  renderFindings,
  renderPart,
  renderPath,
  renderWarnings,
  type PlaceOption,
  type RenderOptions,
} from './rules/render.ts'
export { printBlank, printDeclaration, type DeclarationFacts } from './print.ts'
export { resolvePlaces } from './places.ts'
export { eformRoutes } from './routes.ts'
export { seedEforms } from './shipped-forms.ts'
export {
  eraseFilled,
  findFilled,
  findForm,
  formFor,
  formsOf,
  getForm,
  keepFilled,
  listFilled,
  listForms,
  type EformTables,
  type FilledBy,
  type FilledForm,
} from './store.ts'
