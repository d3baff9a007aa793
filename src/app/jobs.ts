import { sealLog } from '../dossiers/index.ts'
import { remindOfPetitions, tidyPetitions } from '../feedback/index.ts'
import { tidyIdentity } from '../identity/index.ts'
import type { Context } from '../platform/context.ts'
import type { Job } from '../platform/jobs.ts'
import { carryShipments, followStatuses, sendStatuses, tidyPartners } from '../portal/exchange/index.ts'
import { finishLodgings, remindOfEnding, tidyDrafts } from '../portal/filing/index.ts'
import { followPayments } from '../portal/payment/index.ts'
import { keepNoLonger } from '../portal/personal-data/index.ts'
import { tidyCounter } from '../portal/counter/index.ts'
import { followNotices, sendDue } from '../portal/notices/index.ts'
import { remindOfUnopened, settleMarks } from '../portal/filing/officer.ts'
import { followReturns, openUrns } from '../surveys/index.ts'
import { followFigures } from '../statistics/figures/index.ts'
import { keepRoutinePapers } from '../statistics/reports/index.ts'
import { loadOtherAuthorities } from './demo.ts'
import type { Tables } from './tables.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE

/** What the running system does by itself. */
export const jobs: readonly Job<Context<Tables>>[] = [
  { name: 'seal-log', everySeconds: 5 * MINUTE, run: async (context) => void (await sealLog(context)) },
  { name: 'follow-payments', everySeconds: 10, run: (context) => followPayments(context) },
  { name: 'follow-figures', everySeconds: 3, run: (context, stopping) => followFigures(context, stopping) },
  { name: 'tidy-counter', everySeconds: HOUR, run: (context) => tidyCounter(context) },
  {
    name: 'follow-notices',
    everySeconds: 5,
    run: async (context, stopping) => void (await followNotices(context, { stopping })),
  },
  {
    name: 'send-notices',
    everySeconds: 3,
    run: async (context, stopping) => void (await sendDue(context, { stopping })),
  },
  {
    name: 'keep-daily-papers',
    everySeconds: 5 * MINUTE,
    run: async (context) => void (await keepRoutinePapers(context)),
  },
  { name: 'follow-statuses', everySeconds: 5, run: (context, stopping) => followStatuses(context, stopping) },
  {
    name: 'send-statuses',
    everySeconds: 5,
    run: async (context, stopping) => void (await sendStatuses(context, stopping)),
  },
  {
    name: 'watch-online',
    everySeconds: MINUTE,
    run: async (context) => {
      await settleMarks(context)
      await remindOfUnopened(context)
    },
  },
  { name: 'carry-shipments', everySeconds: 20, run: (context, stopping) => carryShipments(context, stopping) },
  { name: 'tidy-partners', everySeconds: HOUR, run: (context) => tidyPartners(context) },
  { name: 'invite-to-surveys', everySeconds: 10, run: (context, stopping) => followReturns(context, stopping) },
  { name: 'open-urns', everySeconds: MINUTE, run: async (context) => void (await openUrns(context)) },
  { name: 'finish-lodgings', everySeconds: MINUTE, run: async (context) => void (await finishLodgings(context)) },
  { name: 'remind-of-drafts', everySeconds: HOUR, run: async (context) => void (await remindOfEnding(context)) },
  { name: 'tidy-drafts', everySeconds: HOUR, run: async (context) => void (await tidyDrafts(context)) },
  { name: 'load-demo', everySeconds: MINUTE, run: (context, stopping) => loadOtherAuthorities(context, stopping, say) },
  { name: 'keep-no-longer', everySeconds: 24 * HOUR, run: async (context) => void (await keepNoLonger(context)) },
  { name: 'remind-of-petitions', everySeconds: HOUR, run: async (context) => void (await remindOfPetitions(context)) },
  { name: 'tidy-petitions', everySeconds: HOUR, run: async (context) => void (await tidyPetitions(context)) },
  { name: 'tidy-identity', everySeconds: 24 * HOUR, run: async (context) => void (await tidyIdentity(context)) },
]

/** The person at the terminal, apart from the log. */
const say = (line: string): void => void process.stderr.write(`${line}\n`)
