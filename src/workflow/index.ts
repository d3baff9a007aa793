/** Front door of the processes: who takes which step, in which order and in what time. */
export {
  allSteps,
  findStep,
  firstSteps,
  limitMinutes,
  nextSteps,
  processMinutes,
  stepMinutes,
  validateProcess,
  type ProcessFinding,
} from './rules/process.ts'
export { defaultProcess, judgeProcess, shortestLimit } from './rules/default-process.ts'
export type { Process, Stage, Step, StepAgency, StepKind, StepRole, UnitKind } from './contract.ts'
export {
  endProcess,
  findProcess,
  listProcesses,
  processFor,
  saveProcess,
  type StoredProcess,
  type WorkflowRefusal,
  type WorkflowTables,
} from './store.ts'
