import type { Http } from '../../platform/http/route.ts'
import { appointmentPages } from './appointment-pages.ts'
import { boardPages } from './board-pages.ts'
import { bookingPages } from './booking-pages.ts'
import { kioskPages } from './kiosk-pages.ts'
import { machinePages } from './machine-pages.ts'
import type { CounterContext } from './rooms.ts'

/** Pages of the waiting room for everybody: appointments, the number machine and how it is paired, the own number, the screen. */
export function counterPages(http: Http, context: CounterContext): void {
  bookingPages(http, context)
  appointmentPages(http, context)
  kioskPages(http, context)
  machinePages(http, context)
  boardPages(http, context)
}
