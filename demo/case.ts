import { addWorkingMinutes, workingMinutesBetween, type WorkingCalendar } from '../src/calendar/index.ts'
import { caseOf, type Channel, type ProcedureVersion } from '../src/catalogue/index.ts'
import {
  give,
  takeIn,
  type Bulk,
  type CommandInput,
  type Details,
  type IntakeBody,
  type Outcome,
  type PersonInput,
} from '../src/dossiers/index.ts'
import type { Actor } from '../src/identity/index.ts'
import { dayOf, type Instant } from '../src/platform/day.ts'
import { limitMinutes } from '../src/workflow/index.ts'
import { commandIdOf, random, type Random } from './random.ts'
import type { DemoContext, Town } from './town.ts'

type Dossier = Outcome['dossier']
type OpenStep = Dossier['open'][number]
type Paper = IntakeBody['components'][number]

/** How intake and commands reach the log: one by one, or decided in memory and written in bulk. */
export type Through = Pick<Bulk, 'takeIn' | 'give'>

export type World = {
  through: Through
  town: Town
  calendar: WorkingCalendar
  versionOf: (code: string, at: Instant) => ProcedureVersion
}

/** What is asked for and by whom. `key` names the dossier in the recipes and makes its choices repeatable. */
export type Wish = {
  key: string
  code: string
  caseKey: string
  channel: Channel
  lodgedAt: Instant
  applicant: PersonInput
  owner?: PersonInput
  delivery?: IntakeBody['delivery']
  /** Who receives it at the counter or from the portal. */
  receiver: Actor
  decision?: IntakeBody['decision']
  receivingPointId?: number | null
  assisted?: boolean
  units?: Partial<IntakeBody['feeUnits']>
  exemptions?: string[]
  remark?: string
  /** Whether its papers are kept electronically; by chance when nothing is said. */
  digitised?: boolean
  /** Number of the result in the book of its field. */
  number: string
}

/** A dossier under way. Whatever the rules refuse is a mistake of the recipe and ends the demo. */
export type Case = {
  readonly dossier: Dossier
  readonly by: Random
  readonly wish: Wish
  /** Gives a command as this officer; `null` is the applicant. */
  give: (actor: Actor | null, at: Instant, command: CommandInput) => Promise<Dossier>
}

/** The ordinary way: each by itself, as the counter does. */
export const oneByOne = (context: DemoContext): Through => ({
  takeIn: (giver, body, times) => takeIn(context, giver, body, times),
  give: (giver, body, times) => give(context, giver, body, times),
})

export async function lodge({ through, town, versionOf }: World, wish: Wish): Promise<Case> {
  const by = random(`case/${wish.key}`)
  const version = versionOf(wish.code, wish.lodgedAt)
  const online = wish.channel === 'online'
  const giver =
    online && !wish.assisted
      ? { actor: null, source: 'demo' as const }
      : { actor: wish.receiver, source: 'demo' as const }
  const body: IntakeBody = {
    commandId: commandIdOf(`${wish.key}/0`),
    agencyId: town.agencyId,
    receivingPointId: online ? null : (wish.receivingPointId ?? null),
    procedureCode: wish.code,
    caseKey: wish.caseKey,
    channel: wish.channel,
    assisted: wish.assisted ?? false,
    sets: version.sets,
    persons: { applicant: wish.applicant, ...(wish.owner ? { owner: wish.owner } : {}) },
    components: papersFor(version, wish.caseKey, { online, by, digitised: wish.digitised }),
    delivery: wish.delivery ?? 'counter',
    deliveryAddress: wish.delivery === 'post' ? wish.applicant.address : '',
    feeUnits: { copies: 1, pages: 1, signatures: 1, contracts: 1, ...wish.units },
    exemptions: wish.exemptions ?? [],
    remark: wish.remark ?? '',
    decision: wish.decision ?? { type: online ? 'none' : 'receive' },
  }
  const times = (at: Instant) => ({ occurredAt: at, recordedAt: at })
  const outcome = await through.takeIn(giver, body, times(wish.lodgedAt))
  if (!outcome.ok) throw refused(wish, 'takeIn', wish.lodgedAt, outcome.refusal)
  const { dossierId } = outcome.value
  let { dossier } = outcome.value
  let count = 0
  let last = wish.lodgedAt
  return {
    by,
    wish,
    get dossier() {
      return dossier
    },
    async give(actor, at, command) {
      if (at < last) throw new Error(`demo: ${wish.key}: ${command.type} at ${at} would come before ${last}`)
      last = at
      const giver = actor ? { actor, source: 'demo' as const } : { actor: null, source: 'demo' as const }
      const given = await through.give(
        giver,
        {
          agencyId: town.agencyId,
          dossierId,
          body: { commandId: commandIdOf(`${wish.key}/${++count}`), version: dossier.version, command },
        },
        times(at),
      )
      if (!given.ok) throw refused(wish, command.type, at, given.refusal)
      return (dossier = given.value.dossier)
    },
  }
}

const refused = (wish: Wish, what: string, at: Instant, refusal: unknown): Error =>
  new Error(
    `demo: ${wish.key} (${wish.code} ${wish.caseKey}, ${wish.channel}): ${what} at ${at} was refused: ${JSON.stringify(refusal)}`,
  )

/** The papers that come with a case: what is required always, what depends on the situation sometimes. */
function papersFor(
  version: ProcedureVersion,
  caseKey: string,
  { online, by, digitised }: { online: boolean; by: Random; digitised: boolean | undefined },
): Paper[] {
  const rules = caseOf(version, caseKey)?.components ?? []
  const papers = rules.map(({ key, need, copies, originals, reusable }): Paper => {
    const given = need === 'required' || (need === 'shown' ? by.chance(0.95) : by.chance(0.25))
    const scanned = online ? ('uploaded' as const) : ('scanned' as const)
    const digital = reusable && by.chance(0.6) ? ('reused' as const) : scanned
    const form = copies > 0 && originals === 0 ? ('copy' as const) : ('original' as const)
    return {
      key,
      given,
      form: online ? 'electronic' : form,
      count: given ? Math.max(1, originals, copies) : 0,
      digital: given && (online || (digitised ?? by.chance(0.8))) ? digital : null,
      files: [],
    }
  })
  // Who is to have electronic papers has at least one.
  const [first] = papers
  if (digitised && first && !papers.some(({ given }) => given))
    papers[0] = { ...first, given: true, count: 1, digital: online ? 'uploaded' : 'scanned' }
  return papers
}

/** How long somebody takes for each step, as a part of the time that the process allots to it. */
type Pace = { least: number; most: number }
export const quick: Pace = { least: 0.04, most: 0.28 }
export const usual: Pace = { least: 0.3, most: 0.85 }

/** The next step of the ordinary way, with the moment at which it is done. */
type Move = { at: Instant; actor: Actor; command: CommandInput }

/**
 * What would ordinarily happen next: received, forwarded, each step done within its part of the time that is left, and
 * handed over. Undefined when nothing more happens, or when somebody has to decide something out of the ordinary.
 */
export function nextMove(
  { calendar, town }: World,
  { dossier, wish, by }: Case,
  { from, pace }: { from: Instant; pace: Pace },
): Move | undefined {
  const step = dossier.open[0]
  if (!step) return undefined
  const later = (minutes: number) => addWorkingMinutes(calendar, from, Math.max(1, Math.round(minutes)))
  if (step.kind === 'accept') {
    const left = dossier.acceptBy ? workingMinutesBetween(calendar, from, dossier.acceptBy) : 60
    return { at: later(Math.min(left - 5, by.between(12, 170))), actor: wish.receiver, command: { type: 'receive' } }
  }
  if (step.kind === 'forward')
    return { at: later(by.between(3, 12)), actor: wish.receiver, command: { type: 'forward' } }
  if (step.kind === 'wait') return undefined
  const actor = by.pick(town.staffOf(step.unitId))
  if (step.kind === 'return') {
    const owed = dossier.outcome === 'granted' && dossier.feeDue > dossier.feePaid
    const desk = wish.receiver
    if (owed)
      return {
        at: later(by.between(4, isAtOnce(dossier) ? 25 : 400)),
        actor: desk,
        command: { type: 'collectFee', method: by.chance(0.6) ? 'cash' : 'transfer', receiptNumber: receiptOf(wish) },
      }
    return {
      at: later(by.between(2, isAtOnce(dossier) ? 20 : 300)),
      actor: desk,
      command: { type: 'returnResult', delivery: dossier.delivery, recipient: null, details: null },
    }
  }
  const part = pace.least + by.next() * (pace.most - pace.least)
  return { at: later(part * allotted(calendar, dossier, step)), actor, command: commandFor(dossier, step, wish) }
}

export const receiptOf = ({ key }: Wish): string => `BL${commandIdOf(`receipt/${key}`).replace(/\D/g, '').slice(0, 7)}`

export const isAtOnce = ({ limit }: Dossier): boolean => limit?.every(({ unit }) => unit === 'atOnce') ?? false

/** Minutes for this step: its part of the process, made smaller where holidays or the afternoon leave less time. */
function allotted(calendar: WorkingCalendar, dossier: Dossier, step: OpenStep): number {
  const whole = limitMinutes(dossier.limit ?? [])
  const own = step.dueAt ? workingMinutesBetween(calendar, step.openedAt, step.dueAt) : 30
  const { clockStartedAt, dueCurrent } = dossier
  if (!clockStartedAt || !dueCurrent || whole === 0) return own
  return own * Math.min(1, workingMinutesBetween(calendar, clockStartedAt, dueCurrent) / whole)
}

function commandFor(dossier: Dossier, step: OpenStep, { number }: Wish): CommandInput {
  const { key } = step
  if (step.kind !== 'sign')
    return { type: 'completeStep', key, details: null, resultNumber: step.kind === 'hand-off' ? number : null }
  return {
    type: 'signResult',
    key,
    outcome: 'granted',
    documentNumber: number,
    signedOn: '',
    fileId: null,
    electronic: dossier.delivery !== 'counter',
    details: null,
  }
}

/** Follows the ordinary way until `stop` says so, or nothing more happens. Returns the moment of the last step. */
export async function follow(
  world: World,
  one: Case,
  { from, pace, until, stop }: { from: Instant; pace: Pace; until: Instant; stop?: (dossier: Dossier) => boolean },
): Promise<Instant> {
  let at = from
  while (!stop?.(one.dossier)) {
    const move = nextMove(world, one, { from: at, pace })
    if (!move || move.at > until) return at
    at = move.at
    await perform(one, move)
  }
  return at
}

/** Carries a move out; whoever signs, signs with the day. */
export const perform = (one: Case, { at, actor, command }: Move): Promise<Dossier> =>
  one.give(actor, at, command.type === 'signResult' ? { ...command, signedOn: dayOf(at) } : command)

export const say = (reason: string, more: Partial<Details> = {}): Details => ({ reason, ...more })
