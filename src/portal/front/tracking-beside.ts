import { loadCalendar, workingMinutesBetween } from '../../calendar/index.ts'
import type { TrackingView } from '../../dossiers/index.ts'
import { dayOf, writeInstant } from '../../platform/day.ts'
import { html, type Html } from '../../platform/http/html.ts'
import type { PublicLanguage } from '../../platform/http/public-page.ts'
import { writeSum } from '../../platform/money.ts'
import { shipmentStates, shipmentsOf } from '../exchange/index.ts'
import { filingPaths, type FilingContext } from '../filing/index.ts'
import { calendarFilePath } from '../notices/index.ts'
import { paymentOf, type PaymentContext } from '../payment/index.ts'
import type { PartnerTables, ShipmentTables } from '../exchange/index.ts'
import type { Context, TablesOf } from '../../platform/context.ts'
import type { TrackingText } from './tracking.vi.ts'

export type BesideContext = Context<TablesOf<PaymentContext> & TablesOf<FilingContext> & PartnerTables & ShipmentTables>

/** Given by the app: where the person may rate the service; undefined while nobody asks. */
export type InvitationOf = (of: { agencyId: number; dossierId: string }) => Promise<string | undefined>

/** What other rooms know of a dossier that is followed: what can be done now, and what lies beside. */
export type Beside = {
  actions: { words: string; href: string; main: boolean }[]
  parts: Html[]
  remaining: string | null
}

const open = new Set(['received', 'processing'])

/** Asks payment, the post, the calendar and surveys about a dossier whose second factor was right. */
export async function besideOf(
  context: BesideContext,
  { view, text, language }: { view: TrackingView; text: TrackingText; language: PublicLanguage },
  invitationOf: InvitationOf,
): Promise<Beside> {
  const of = { agencyId: view.agencyId, dossierId: view.dossierId }
  const [payment, shipments, invitation, remaining] = await Promise.all([
    paymentOf(context, of),
    shipmentsOf(context, of),
    view.status === 'returned' ? invitationOf(of) : undefined,
    remainingOf(context, view, text),
  ])
  const actions: Beside['actions'] = []
  if (view.status === 'supplementAtIntake' || view.status === 'awaitingSupplement')
    actions.push({ words: text.beside.mend, href: filingPaths.mend(view.dossierId), main: true })
  if (payment && payment.owed > 0 && payment.payable)
    actions.push({ words: text.beside.pay(writeSum(payment.owed, language)), href: payment.path, main: true })
  if (view.resultFileId)
    actions.push({
      words: text.beside.result,
      href: filingPaths.ownFile(view.dossierId, view.resultFileId),
      main: true,
    })
  if (invitation) actions.push({ words: text.beside.rate, href: invitation, main: true })
  actions.push({
    words: view.finishedAt ? text.beside.papers : text.beside.own,
    href: filingPaths.ownDossier(view.dossierId),
    main: false,
  })
  if (view.dueAt && !view.finishedAt)
    actions.push({
      words: text.beside.calendar,
      href: calendarFilePath(context.keys, {
        uid: `due-${view.dossierId}`,
        sequence: view.steps.length,
        title: text.beside.calendarTitle(view.code),
        place: view.agencyName,
        description: view.procedureName,
        url: `${context.config.publicUrl}/tra-cuu/${encodeURIComponent(view.code)}`,
        day: dayOf(view.dueAt),
      }),
      main: false,
    })
  const parts = shipments.map(
    ({ carrier, number, events, state, stateAt }) =>
      html`<h2>${text.beside.post}</h2>
        <p>
          <strong>${shipmentStates(language)[state]}</strong> (${writeInstant(stateAt)}).
          ${carrier}${number && html`, ${text.beside.number} <span class="unbroken">${number}</span>`}.
        </p>
        ${
          events.length > 1 &&
          html`<ol class="timeline">
            ${events.map((event) => html`<li><time datetime="${event.at}">${writeInstant(event.at)}</time> ${shipmentStates(language)[event.state]}${event.place && html`, <span lang="vi">${event.place}</span>`}</li>`)}
          </ol>`
        }`,
  )
  return { actions, parts, remaining }
}

async function remainingOf(context: BesideContext, view: TrackingView, text: TrackingText): Promise<string | null> {
  const now = context.clock()
  if (!view.dueAt || view.finishedAt || !open.has(view.status) || view.dueAt <= now) return null
  const { calendar } = await loadCalendar(context.db, view.agencyId)
  return text.beside.remaining(Math.floor(workingMinutesBetween(calendar, now, view.dueAt) / 60))
}
