import { nationalStatus, type DossierEventType, type Status } from '../../../dossiers/index.ts'

/** Events that the applicant must learn of on the national portal although the status stays what it is. */
const always: ReadonlySet<DossierEventType> = new Set(['extended', 'apologised', 'dueRecomputed', 'correctionIssued'])

/** Whether an event changes what the national portal shows of a dossier. */
export const isTold = (type: DossierEventType, before: Status | undefined, after: Status): boolean =>
  always.has(type) || before === undefined || nationalStatus[before] !== nationalStatus[after]
