import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { IntakeBody } from '../src/dossiers/contract.ts'
import { anIntake } from '../src/dossiers/testing.ts'
import type { DossierContext } from '../src/dossiers/commands.ts'
import { searchWords } from '../src/catalogue/index.ts'
import { random } from '../demo/random.ts'
import { codeOf, idOf, peopleOfTheBenchmark, type Filled } from './fill.ts'
import type { Call, Work } from './load.ts'
import { drawNames } from './names.ts'
import type { Vary } from './pgbench.ts'
import { COMMUNES, NOW, tokenOf, type Place, type World } from './world.ts'

/** One line of the table: what the clients do, and the call whose SQL pgbench repeats. */
export type Operation = {
  name: string
  work: Work
  samples: () => Promise<{ call: Call; vary: Vary }[]>
  parts: 'all' | 'last-transaction'
  /** Fewer clients for what is no matter of the database. */
  clients?: readonly number[]
}

// The order of the officers of a commune, see world.ts.
const [RECEPTION, JUSTICE, LEADER] = [0, 1, 2]

const by = random('bench/load')
const any = <Item>(items: readonly Item[]): Item => by.pick(items)

export function operationsOn(world: World, filled: Filled, owner: pg.Pool): Operation[] {
  const { places } = world
  const as = (place: Place, officer: number) => tokenOf(place.officers[officer] ?? 0)
  /** A finished dossier and where it is. */
  const anyDossier = () => {
    const n = by.between(0, filled.firstOpen - 1)
    return { place: places[n % COMMUNES] as Place, dossierId: idOf(n, filled), code: codeOf(n, filled) }
  }
  const reading = (
    name: string,
    make: () => { call: Call; vary: Vary },
    samples = 1,
    clients?: readonly number[],
  ): Operation => ({
    name,
    work: async (send) => {
      await send(make().call)
      return true
    },
    samples: async () => Array.from({ length: samples }, make),
    parts: 'all',
    ...(clients ? { clients } : {}),
  })
  const names = drawNames(400).map(({ name }) => searchWords(name).join(' '))
  const search = (token: string, q: string): Call => ({
    method: 'GET',
    path: `/api/search?q=${encodeURIComponent(q)}`,
    token,
  })
  const intake = intakes(world)
  const takingIn = (name: string, where: () => Place, vary: (place: Place) => Vary): Operation => ({
    name,
    work: async (send) => {
      const place = where()
      await send(intake(place))
      return true
    },
    async samples() {
      const place = where()
      return [{ call: intake(place), vary: vary(place) }]
    },
    parts: 'last-transaction',
  })
  const busy = places[7] as Place
  return [
    reading('hàng việc của cơ quan, trang 50 (queue page)', () => {
      const place = any(places)
      return {
        call: { method: 'GET', path: '/api/queue?whose=agency&limit=50', token: as(place, LEADER) },
        vary: { agencyId: place.agencyId },
      }
    }),
    reading('tra cứu theo mã (look-up by code)', () => {
      const { place, code } = anyDossier()
      return { call: search(as(place, RECEPTION), code), vary: { agencyId: place.agencyId, code, dossierId: '-' } }
    }),
    reading(
      'tra cứu theo số định danh (look-up by number)',
      () => {
        const { number, agencyId } = any(filled.known)
        const place = places.find((each) => each.agencyId === agencyId) as Place
        return { call: search(as(place, RECEPTION), number), vary: {} }
      },
      20,
    ),
    reading(
      'tìm theo họ tên (name search)',
      () => {
        const place = any(places)
        return { call: search(as(place, RECEPTION), any(names)), vary: { agencyId: place.agencyId } }
      },
      20,
    ),
    reading('mở một hồ sơ (dossier page)', () => {
      const { place, dossierId } = anyDossier()
      return {
        call: { method: 'GET', path: `/api/dossiers/${dossierId}`, token: as(place, JUSTICE) },
        vary: { agencyId: place.agencyId, dossierId },
      }
    }),
    reading(
      'giấy tiếp nhận PDF (receipt PDF)',
      () => {
        const { place, dossierId } = anyDossier()
        return {
          call: { method: 'GET', path: `/api/dossiers/${dossierId}/papers/receipt-2.pdf`, token: as(place, RECEPTION) },
          vary: { agencyId: place.agencyId, dossierId },
        }
      },
      1,
      [8],
    ),
    takingIn(
      'tiếp nhận, mọi xã (intake)',
      () => any(places),
      ({ agencyId }) => ({ agencyId, fresh: true }),
    ),
    takingIn(
      'tiếp nhận, một xã (intake, one commune)',
      () => busy,
      () => ({ fresh: true }),
    ),
    stepping(world, owner),
  ]
}

/** Intakes of the common procedures by invented people. */
function intakes({ intakes: procedures }: World): (place: Place) => Call {
  const people = peopleOfTheBenchmark()
  const context = { clock: () => NOW } as unknown as DossierContext
  const bodies = procedures.map((procedure): IntakeBody => anIntake(context, { agencyId: 0 }, procedure))
  return ({ agencyId, officers }) => ({
    method: 'POST',
    path: '/api/dossiers',
    token: tokenOf(officers[RECEPTION] ?? 0),
    body: {
      ...any(bodies),
      commandId: randomUUID(),
      agencyId,
      persons: { applicant: any(people) },
      remark: by.chance(0.5) ? 'Công dân đề nghị nhận kết quả sớm' : '',
    },
  })
}

type Task = {
  agency_id: number
  dossier_id: string
  procedure_version_id: number
  unit_id: number
  kind: 'forward' | 'examine' | 'sign'
  version: number
}

/** Open dossiers go their way, each forwarded, examined and signed, one command after the other has been answered. */
function stepping({ places }: World, owner: pg.Pool): Operation {
  let waiting: Task[] = []
  /** Which of the commune's units examines, by procedure. */
  const examiners = new Map<number, number>()
  const placeOf = (task: Task) => places.find(({ agencyId }) => agencyId === task.agency_id) as Place
  const load = async () => {
    const { rows } = await owner.query<Task>(
      `select t.agency_id, t.dossier_id, t.procedure_version_id, t.unit_id, t.kind, d.version
       from dossiers.task t join dossiers.dossier d using (agency_id, dossier_id)
       where t.kind in ('forward', 'examine', 'sign') and d.status in ('received', 'processing') order by md5(t.dossier_id::text)`,
    )
    for (const task of rows)
      if (task.kind === 'examine') examiners.set(task.procedure_version_id, placeOf(task).units.indexOf(task.unit_id))
    waiting = rows
  }
  const after = (task: Task): Task[] => {
    const unit = examiners.get(task.procedure_version_id)
    const version = task.version + 1
    if (task.kind === 'forward' && unit !== undefined)
      return [{ ...task, version, kind: 'examine', unit_id: placeOf(task).units[unit] ?? 0 }]
    return task.kind === 'examine' ? [{ ...task, version, kind: 'sign' }] : []
  }
  const callFor = (task: Task): Call => {
    const place = placeOf(task)
    const officer = {
      forward: RECEPTION,
      examine: officerOf[place.units.indexOf(task.unit_id)] ?? JUSTICE,
      sign: LEADER,
    }[task.kind]
    const command = {
      forward: { type: 'forward' },
      examine: { type: 'completeStep', key: 'examine', details: null, resultNumber: null },
      sign: {
        type: 'signResult',
        key: 'sign',
        outcome: 'granted',
        documentNumber: '15/2026',
        signedOn: NOW.slice(0, 10),
        fileId: null,
        electronic: false,
        details: null,
      },
    }[task.kind]
    return {
      method: 'POST',
      path: `/api/dossiers/${task.dossier_id}/commands`,
      token: tokenOf(place.officers[officer] ?? 0),
      body: { commandId: randomUUID(), version: task.version, command },
    }
  }
  return {
    name: 'giải quyết từng bước (step)',
    async work(send) {
      const task = waiting.pop()
      if (!task) return false
      await send(callFor(task))
      waiting.unshift(...after(task))
      return true
    },
    async samples() {
      await load()
      const task = waiting.findLast(({ kind }) => kind === 'forward')
      if (!task) throw new Error('no open dossier')
      waiting.splice(waiting.indexOf(task), 1)
      return [{ call: callFor(task), vary: { agencyId: task.agency_id, dossierId: task.dossier_id, fresh: true } }]
    },
    parts: 'last-transaction',
  }
}

// By unit, in the order of testing.ts: leadership, one-stop, office, justice, land, social, economy, culture, police, other.
const officerOf = [2, 0, 9, 1, 5, 6, 7, 8, 10, 11]
