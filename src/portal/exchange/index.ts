/** Front door of the exchange with the national portal and the post. */
export { followStatuses, sendStatuses } from './outbox.ts'
export { tidyPartners } from './partners.ts'
export type { NationalTables } from './national-store.ts'
export type { PartnerTables } from './partner-store.ts'
