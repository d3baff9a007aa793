import { randomUUID } from 'node:crypto'
import { versionOn } from '../src/catalogue/index.ts'
import { takeIn, type ComponentWay } from '../src/dossiers/index.ts'
import { dayOf } from '../src/platform/day.ts'
import { withScope } from '../src/platform/db.ts'
import { formFor, keepFilled, personsOf, type Answers } from '../src/portal/eforms/index.ts'
import { defaultSetting, setFilingSetting, type FilingContext } from '../src/portal/filing/index.ts'
import { haiHungHomes } from './facts.ts'
import { invent } from './people.ts'
import type { DemoContext, Town } from './town.ts'

const CODE = '1.004873'
/** What she said of the papers that she did not send. */
const ways: Readonly<Record<string, ComponentWay>> = {
  authorisation: 'not-mine',
  'identity-paper': 'shown',
  'residence-proof': 'data',
}

/** The commune tries a front of its own; somebody has filed there for a paper on marital status. */
export async function openFront(given: DemoContext, { agencyId }: Pick<Town, 'agencyId'>): Promise<void> {
  const context = given as unknown as FilingContext
  const at = context.clock()
  await setFilingSetting(context, {
    agencyId,
    setting: {
      ...defaultSetting,
      ownFront: true,
      basis:
        'Bản dùng thử: giả định cơ quan được phép tiếp nhận trực tuyến tại cổng của mình (nơi thật: nộp trên Cổng Dịch vụ công quốc gia).',
    },
    at,
    by: null,
  })
  const form = await formFor(context.db, { procedureCode: CODE, caseKey: 'first', day: dayOf(at) })
  const stored = await versionOn(context.db, CODE, dayOf(at))
  const [home] = haiHungHomes
  const [person] = home ? invent('online', { count: 1, home, on: dayOf(at) }) : []
  if (!form || !stored || !person || !home) return
  const address = { unitCode: home.unitCode, place: home.place, detail: person.address.split(',')[0] ?? '' }
  const answers: Answers = {
    requesterName: person.name,
    requesterBirthDay: person.birthDay,
    requesterNumber: person.identityNumber,
    requesterAddress: address,
    requesterPhone: person.phone,
    forSelf: true,
    subjectSex: person.sex,
    subjectEthnicity: 'Kinh',
    subjectNationality: 'vietnam',
    maritalStatus: 'single',
    periodPlace: address,
    periodFrom: `${Number(person.birthDay.slice(0, 4)) + 18}${person.birthDay.slice(4)}`,
    purposeKind: 'property',
    purposeOther: 'Mua bán nhà đất',
    copies: 1,
  }
  const rules = stored.version.cases.find(({ key }) => key === 'first')?.components ?? []
  const lodged = await takeIn(
    context,
    { actor: null, source: 'demo' },
    {
      commandId: randomUUID(),
      agencyId,
      receivingPointId: null,
      procedureCode: CODE,
      caseKey: 'first',
      channel: 'online',
      assisted: false,
      sets: 1,
      persons: personsOf(form, answers, { caseKey: 'first' }),
      components: rules.map(({ key }) => ({
        key,
        given: key === form.component,
        form: 'electronic',
        count: key === form.component ? 1 : 0,
        digital: key === form.component ? 'uploaded' : null,
        files: [],
        ...(ways[key] ? { way: ways[key] } : {}),
      })),
      delivery: 'counter',
      deliveryAddress: '',
      feeUnits: { copies: 1, pages: 1, signatures: 1, contracts: 1 },
      exemptions: [],
      remark: '',
      decision: { type: 'none' },
    },
  )
  if (!lodged.ok) throw new Error(`demo: online dossier refused: ${lodged.refusal.code}`)
  const { dossierId } = lodged.value
  await withScope(context.db, { agencies: [agencyId] }, (tx) =>
    keepFilled(tx, context.keys, {
      agencyId,
      dossierId,
      formId: form.formId,
      caseKey: 'first',
      answers,
      by: 'citizen',
      at,
    }),
  )
}
