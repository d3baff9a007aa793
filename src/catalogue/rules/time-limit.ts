/** Which time limit and which fees a case has through a channel. NĐ 63/2010/NĐ-CP, Điều 8. */
import type { Channel, ProcedureCase, ProcedureVersion, TimeLimitRule } from '../contract.ts'

export const caseOf = (version: ProcedureVersion, caseKey: string): ProcedureCase | undefined =>
  version.cases.find(({ key }) => key === caseKey)

/** Undefined when the procedure has no such case, or takes it in through other channels only. */
export const timeLimitFor = (version: ProcedureVersion, caseKey: string, channel: Channel): TimeLimitRule | undefined =>
  caseOf(version, caseKey)?.timeLimits.find(({ channels }) => channels.includes(channel))

/** Channels through which a case may come in, in the usual order. */
export const channelsOf = (version: ProcedureVersion, caseKey: string): Channel[] =>
  (['counter', 'online', 'post'] as const).filter((channel) => timeLimitFor(version, caseKey, channel) !== undefined)
