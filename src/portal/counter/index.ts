/** Front door of the waiting room. Nothing here has side effects. */
export { book, checkIn, freeSlots, tidyCounter } from './appointments.ts'
export { actAtDesk, takeTicket } from './queue.ts'
export { listRooms, type CounterContext, type Room } from './rooms.ts'
export { counterRoutes } from './routes.ts'
export type { CounterTables } from './store.ts'
