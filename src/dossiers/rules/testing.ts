import { toCalendar, usualHours, shippedDays, type WorkingCalendar } from '../../calendar/index.ts'
import type { Instant } from '../../platform/day.ts'
import { evolve, type Dossier, type DossierEvent, type Lodging, type Ref } from './events.ts'
import {
  decide,
  decideLodging,
  type DossierCommand,
  type Facts,
  type LifecycleRefusal,
  type Plan,
} from './lifecycle.ts'

export const calendar: WorkingCalendar = toCalendar([usualHours], shippedDays)

/** `moment('2026-11-20 08:30')` in Vietnam. */
export const moment = (text: string): Instant => new Date(`${text.replace(' ', 'T')}:00.000+07:00`).toISOString()

export const ref = (id = 'n'): Ref => ({ id, hash: '00' })

export const RECEPTION = 1
export const JUSTICE = 2
export const LEADER = 3
const place = (unitId: number) => ({ agencyId: 1, unitId })

/** Examine, then sign, then register, then return. */
export const simplePlan: Plan = [
  [{ key: 'examine', kind: 'examine', minutes: 480, ...place(20) }],
  [{ key: 'sign', kind: 'sign', minutes: 240, ...place(30) }],
  [{ key: 'register', kind: 'register', minutes: 60, ...place(40) }],
  [{ key: 'return', kind: 'return', minutes: 0, ...place(10) }],
]

export const factsAt = (now: Instant, change: Partial<Facts> = {}): Facts => ({
  now,
  officerId: RECEPTION,
  calendar,
  plan: simplePlan,
  processId: null,
  process: null,
  limit: {
    channels: ['counter', 'online', 'post'],
    parts: [{ amount: 3, unit: 'workingDay' }],
    nextDayAfter15: false,
    basis: '',
  },
  oneStop: place(10),
  recountedFees: null,
  filesAtHand: true,
  ...change,
})

export const lodging: Lodging = {
  code: 'H99.01-261120-0001',
  procedureCode: '1.001193',
  procedureVersionId: 1,
  caseKey: 'thong-thuong',
  field: 'civil-status',
  channel: 'counter',
  receivingPointId: null,
  assistedBy: null,
  sets: 1,
  persons: { applicant: ref('p') },
  components: [],
  delivery: 'counter',
  fees: [],
  details: null,
}

/** A dossier told as a story: commands with the moment and the officer, each of which must be accepted. */
export class Story {
  dossier: Dossier
  events: DossierEvent[] = []
  facts: Partial<Facts>
  now: Instant
  constructor(start: Instant, { facts = {}, lodge = {} }: { facts?: Partial<Facts>; lodge?: Partial<Lodging> } = {}) {
    this.now = start
    this.facts = facts
    const first = decideLodging({ ...lodging, ...lodge }, factsAt(start, facts))
    this.events.push(first)
    this.dossier = evolve(undefined, { agencyId: 1, event: first, occurredAt: start, officerId: RECEPTION, version: 1 })
  }
  try(
    command: DossierCommand,
    { at = this.now, by = RECEPTION }: { at?: Instant; by?: number } = {},
  ): LifecycleRefusal | undefined {
    const decision = decide(this.dossier, command, factsAt(at, { ...this.facts, officerId: by }))
    if (!decision.ok) return decision.refusal
    this.now = at
    for (const event of decision.value) {
      this.events.push(event)
      this.dossier = evolve(this.dossier, {
        agencyId: 1,
        event,
        occurredAt: at,
        officerId: by,
        version: this.events.length,
      })
    }
    return undefined
  }
  do(command: DossierCommand, options: { at?: Instant; by?: number } = {}): this {
    const refusal = this.try(command, options)
    if (refusal) throw new Error(`${command.type}: ${refusal.code}`)
    return this
  }
}

/** Received at the counter and sent on to the examiner. */
export const forwarded = (
  start = moment('2026-11-20 08:30'),
  options: ConstructorParameters<typeof Story>[1] = {},
): Story => new Story(start, options).do({ type: 'receive' }).do({ type: 'forward' })

export const sign = (
  change: Partial<Extract<DossierCommand, { type: 'signResult' }>> = {},
): Extract<DossierCommand, { type: 'signResult' }> => ({
  type: 'signResult',
  key: 'sign',
  outcome: 'granted',
  documentNumber: '12',
  signedOn: '2026-11-23',
  fileId: null,
  electronic: false,
  details: null,
  ...change,
})
