import { Type, type Static } from 'typebox'

const Key = Type.String({ pattern: '^[a-z0-9-]+$', maxLength: 40 })
const Name = Type.String({ minLength: 1, maxLength: 80 })

/** What people come for; tickets of a matter have its letter before the number. */
export const Matter = Type.Object({
  key: Key,
  name: Name,
  nameEn: Type.String({ maxLength: 80 }),
  series: Type.String({ pattern: '^[A-Z]$' }),
  /** How long one usually takes, until there is experience. */
  minutes: Type.Integer({ minimum: 1, maximum: 180 }),
  /** How many may be booked for one time. */
  perSlot: Type.Integer({ minimum: 0, maximum: 50 }),
})
export type Matter = Static<typeof Matter>

/** Who goes before others, and by which law. */
export const Priority = Type.Object({
  key: Key,
  name: Name,
  nameEn: Type.String({ maxLength: 80 }),
  basis: Type.String({ minLength: 1, maxLength: 200 }),
})
export type Priority = Static<typeof Priority>

export const Desk = Type.Object({
  number: Type.Integer({ minimum: 1, maximum: 99 }),
  name: Type.String({ maxLength: 60 }),
  /** Keys of the matters that it takes. */
  matters: Type.Array(Key, { maxItems: 26 }),
})
export type Desk = Static<typeof Desk>

export const RoomSettings = Type.Object({
  matters: Type.Array(Matter, { minItems: 1, maxItems: 26 }),
  priorities: Type.Array(Priority, { maxItems: 10 }),
  desks: Type.Array(Desk, { minItems: 1, maxItems: 30 }),
  /** After so many of those with priority, one who waits like others. */
  priorityRun: Type.Integer({ minimum: 1, maximum: 10 }),
  booking: Type.Object({
    open: Type.Boolean(),
    slotMinutes: Type.Integer({ minimum: 5, maximum: 120 }),
    daysAhead: Type.Integer({ minimum: 1, maximum: 60 }),
    perPhone: Type.Integer({ minimum: 1, maximum: 20 }),
    /** No shorter before the time. */
    leadMinutes: Type.Integer({ minimum: 0, maximum: 2880 }),
  }),
  voice: Type.Boolean(),
})
export type RoomSettings = Static<typeof RoomSettings>

export type TicketState = 'waiting' | 'called' | 'done' | 'skipped'
export type AppointmentState = 'booked' | 'arrived' | 'cancelled' | 'missed'

export const PointItem = Type.Object({
  agencyId: Type.Integer(),
  receivingPointId: Type.Integer(),
  /** In public addresses. */
  key: Type.String(),
  name: Type.String(),
  address: Type.String(),
  version: Type.Integer(),
  settings: RoomSettings,
})
export type PointItem = Static<typeof PointItem>

export const TicketItem = Type.Object({
  ticketId: Type.String(),
  label: Type.String(),
  matter: Type.String(),
  priority: Type.Union([Type.String(), Type.Null()]),
  state: Type.Union([Type.Literal('waiting'), Type.Literal('called'), Type.Literal('done'), Type.Literal('skipped')]),
  appointmentMinute: Type.Union([Type.Integer(), Type.Null()]),
  desk: Type.Union([Type.Integer(), Type.Null()]),
  forDesk: Type.Union([Type.Integer(), Type.Null()]),
  calls: Type.Integer(),
  takenAt: Type.String(),
  calledAt: Type.Union([Type.String(), Type.Null()]),
  endedAt: Type.Union([Type.String(), Type.Null()]),
})
export type TicketItem = Static<typeof TicketItem>

/** Why nobody is served: a day off with its name ('' for a weekend), else a time outside of the hours. */
export const Closed = Type.Object({
  dayOff: Type.Union([Type.Object({ name: Type.String() }), Type.Null()]),
  opensAt: Type.Union([Type.String(), Type.Null()]),
})
export type Closed = Static<typeof Closed>

/** What an officer at a desk sees. */
export const DeskView = Type.Object({
  point: PointItem,
  current: Type.Union([TicketItem, Type.Null()]),
  /** In the order in which this desk would call them. */
  waiting: Type.Array(TicketItem),
  /** Those who wait for other desks. */
  others: Type.Integer(),
  /** Skipped of late: they may come after all. */
  skipped: Type.Array(TicketItem),
  servedToday: Type.Integer(),
  closed: Type.Union([Closed, Type.Null()]),
  /** Whether machine and telephones give numbers now; those given before can be called in any case. */
  givesNumbers: Type.Boolean(),
})
export type DeskView = Static<typeof DeskView>

/** What the screen of the waiting room shows; no more than numbers. */
export const BoardView = Type.Object({
  now: Type.String(),
  calls: Type.Array(
    Type.Object({ label: Type.String(), desk: Type.Integer(), at: Type.String(), calls: Type.Integer() }),
  ),
  desks: Type.Array(
    Type.Object({ number: Type.Integer(), name: Type.String(), label: Type.Union([Type.String(), Type.Null()]) }),
  ),
  waiting: Type.Integer(),
  closed: Type.Union([Closed, Type.Null()]),
})
export type BoardView = Static<typeof BoardView>

/** A device that gives numbers in the room. */
export const MachineItem = Type.Object({ machineId: Type.String(), name: Type.String(), pairedAt: Type.String() })
export type MachineItem = Static<typeof MachineItem>

/** What an officer carries to the device: where to go there, and the code to enter. */
export const MachineCode = Type.Object({
  machineId: Type.String(),
  code: Type.String(),
  until: Type.String(),
  path: Type.String(),
})
export type MachineCode = Static<typeof MachineCode>

export const AppointmentItem = Type.Object({
  appointmentId: Type.String(),
  code: Type.String(),
  matter: Type.String(),
  day: Type.String(),
  minute: Type.Integer(),
  minutes: Type.Integer(),
  state: Type.Union([
    Type.Literal('booked'),
    Type.Literal('arrived'),
    Type.Literal('cancelled'),
    Type.Literal('missed'),
  ]),
  name: Type.String(),
  phone: Type.String(),
})
export type AppointmentItem = Static<typeof AppointmentItem>

/** Appointments of a day; `opensOn` is the day itself when people are served on it, else the next such day. */
export const AppointmentDay = Type.Object({
  items: Type.Array(AppointmentItem),
  opensOn: Type.Union([Type.String(), Type.Null()]),
})
export type AppointmentDay = Static<typeof AppointmentDay>

export const WaitingHour = Type.Object({
  hour: Type.Integer(),
  tickets: Type.Integer(),
  averageWait: Type.Union([Type.Number(), Type.Null()]),
  medianWait: Type.Union([Type.Number(), Type.Null()]),
  averageServing: Type.Union([Type.Number(), Type.Null()]),
  medianServing: Type.Union([Type.Number(), Type.Null()]),
})
export type WaitingHour = Static<typeof WaitingHour>

export const WaitingTimes = Type.Object({ hours: Type.Array(WaitingHour), all: WaitingHour })
export type WaitingTimes = Static<typeof WaitingTimes>
