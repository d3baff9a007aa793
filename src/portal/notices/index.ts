/** Front door of the notices: asking for a message, and the jobs that send. Nothing here has side effects. */
export { queueMessage } from './commands.ts'
export type { MessageState, NewMessage, NoticeChannel, NoticeLanguage, QueueOutcome } from './contract.ts'
export type { FactsOf, NoticeEvent } from './rules/notice-events.ts'
export type { NoticeTables } from './store.ts'
