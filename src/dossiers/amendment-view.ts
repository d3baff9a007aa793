import type { DossierContext } from './commands.ts'
import type { AmendmentChange } from './contract.ts'
import { evolve, type Dossier } from './rules/events.ts'
import { openSecret } from './sealing.ts'
import { toHappened, type EventRow, type PersonRow } from './store.ts'

/** What each amendment changed, by the version of its entry. */
export function changesIn(
  context: Pick<DossierContext, 'keys'>,
  { events, persons, superseded }: { events: EventRow[]; persons: PersonRow[]; superseded: PersonRow[] },
): ReadonlyMap<number, AmendmentChange[]> {
  const rows = new Map([...persons, ...superseded].map((row) => [row.person_id, row]))
  const changes = new Map<number, AmendmentChange[]>()
  let before: Dossier | undefined
  for (const row of events) {
    const after = evolve(before, toHappened(row))
    if (row.body.type === 'amended' && before) changes.set(row.version, changesBetween(context, rows, before, after))
    before = after
  }
  return changes
}

function changesBetween(
  { keys }: Pick<DossierContext, 'keys'>,
  rows: ReadonlyMap<string, PersonRow>,
  before: Dossier,
  after: Dossier,
): AmendmentChange[] {
  const persons = (['applicant', 'submitter', 'owner', 'delegate'] as const)
    .filter((role) => before.persons[role]?.id !== after.persons[role]?.id)
    .flatMap((role): AmendmentChange[] => {
      const [old, now] = [before, after].map((dossier) => factsOf(keys, rows.get(dossier.persons[role]?.id ?? '')))
      if (!old || !now) return [{ role, what: 'person', before: old?.name ?? null, after: now?.name ?? null }]
      return personFacts
        .filter((what) => old[what] !== now[what])
        .map((what) => ({ role, what, before: shown(old, what), after: shown(now, what) }))
    })
  const own = (what: 'delivery' | 'fee', one: string, other: string): AmendmentChange[] =>
    one === other ? [] : [{ role: null, what, before: one, after: other }]
  return [
    ...persons,
    ...own('delivery', before.delivery, after.delivery),
    ...own('fee', String(before.feeDue), String(after.feeDue)),
  ]
}

const personFacts = [
  'name',
  'kind',
  'identityNumber',
  'birthDay',
  'sex',
  'phone',
  'email',
  'address',
  'relation',
  'deliveryAddress',
] as const
type PersonFacts = Record<(typeof personFacts)[number], string | null> & { maskedNumber: string }

/** Undefined for nobody and for a person whose data were erased. */
const factsOf = (keys: DossierContext['keys'], row: PersonRow | undefined): PersonFacts | undefined =>
  row?.content ? { ...row.content, ...openSecret(keys, row) } : undefined

const shown = (facts: PersonFacts, what: (typeof personFacts)[number]): string | null =>
  (what === 'identityNumber' ? facts.maskedNumber : facts[what]) || null
