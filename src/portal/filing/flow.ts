import {
  caseOf,
  componentTitle,
  feeAmountsOn,
  feeSetters,
  feesFor,
  unitsOf,
  versionOn,
  type ComponentRule,
  type Fees,
  type ProcedureCase,
  type ProcedureVersion,
} from '../../catalogue/index.ts'
import { openWays, type DossierContext, type IntakeBody } from '../../dossiers/index.ts'
import type { IdentityTables } from '../../identity/index.ts'
import { dayOf, type Day } from '../../platform/day.ts'
import { authorityName, listAgencies, type Agency } from '../../staff/index.ts'
import {
  answersFromPost,
  checkAnswers,
  formFor,
  intakeOf,
  partsOf,
  say,
  sparesPaper,
  standsFor,
  type Answers,
  type EForm,
  type EformTables,
  type FormDefinition,
} from '../eforms/index.ts'
import type { Context, TablesOf } from '../../platform/context.ts'
import type { AccountTables, Citizen } from '../accounts/index.ts'
import type { NoticeTables } from '../notices/index.ts'
import type { Delivery, DraftContent, DraftFile, PaperWay, Posted } from './contract.ts'
import type { Draft } from './drafts.ts'
import { generalForm } from './general-form.ts'
import { onlineLevel, type OnlineLevel } from './rules/online.ts'
import { partName, stepsOf, type Step } from './rules/steps.ts'
import { frontsFor } from './settings.ts'
import type { FilingTables } from './store.ts'
import type { MarkTables } from './marks-store.ts'
import { en } from './text.en.ts'
import { vi, type FilingText } from './text.vi.ts'
import { filesOf } from './uploads.ts'

export type FilingContext = Context<
  TablesOf<DossierContext> & IdentityTables & FilingTables & EformTables & AccountTables & NoticeTables & MarkTables
>

/** A draft with everything that its screens are drawn from. */
export type Flow = {
  draft: Draft
  content: DraftContent
  text: FilingText
  day: Day
  version: ProcedureVersion
  versionId: number
  item: ProcedureCase
  level: OnlineLevel
  fronts: Agency[]
  agency: Agency | undefined
  form: FormDefinition
  /** As it is stored, with its fields for files; null where the general form stands in. */
  stored: EForm | null
  answers: Answers
  files: DraftFile[]
  papers: ComponentRule[]
  steps: Step[]
}

/** Everything of a draft; undefined when its procedure can no longer be filed here. */
export async function readFlow(
  context: FilingContext,
  draft: Draft,
  language: 'vi' | 'en' = draft.content?.language ?? 'vi',
): Promise<Flow | undefined> {
  const { db, clock } = context
  if (!draft.content) return undefined
  const content = { ...draft.content, language }
  const day = dayOf(clock())
  const stored = await versionOn(db, draft.procedure_code, day)
  const item = stored && caseOf(stored.version, content.caseKey)
  const level = stored && onlineLevel(stored.version, day)
  if (!stored || !item || !level) return undefined
  const { version, versionId } = stored
  const [frontIds, kept, files] = await Promise.all([
    frontsFor(context, version, day),
    formFor(db, { procedureCode: version.code, caseKey: item.key, day }),
    filesOf(context, draft.draft_id),
  ])
  const fronts = frontIds.length > 0 ? await listAgencies(db, frontIds, day) : []
  const form = withoutFiles(kept ?? generalForm(version.code, version.shortName, version.validFrom))
  const answers = answersOf(form, content, item.key)
  const text = content.language === 'en' ? en : vi
  const agency = fronts.find(({ agencyId }) => agencyId === (content.agencyId ?? onlyOf(fronts)?.agencyId))
  // The paper for which the form stands is made from the answers.
  const papers = item.components.filter(({ key }) => !standsFor(form, key))
  const flow = {
    draft,
    content,
    text,
    day,
    version,
    versionId,
    item,
    level,
    fronts,
    agency,
    form,
    answers,
    // What was sent for a paper that another case asked for stays behind.
    files: files.filter(({ component }) => papers.some(({ key }) => key === component)),
    papers,
  }
  return { ...flow, stored: kept ?? null, steps: stepsFor(flow) }
}

const onlyOf = (fronts: readonly Agency[]): Agency | undefined => (fronts.length === 1 ? fronts[0] : undefined)

/** Files have screens of their own, one a paper. */
const withoutFiles = (form: FormDefinition): FormDefinition => ({
  ...form,
  layout: {
    parts: form.layout.parts
      .map((part) => ({
        ...part,
        fields: part.fields.filter((item) => item.widget !== 'files' || item.component === undefined),
      }))
      .filter(({ fields }) => fields.length > 0),
  },
})

/** The answers of all parts, in the order of the form. */
export function answersOf(form: FormDefinition, content: DraftContent, caseKey: string): Answers {
  let answers: Answers = {}
  for (const part of form.layout.parts) {
    const sent = content.parts[partName('to-khai', part.key)]
    if (sent) answers = answersFromPost(form, sent.values, { partKey: part.key, previous: answers, caseKey })
  }
  return answers
}

function stepsFor({
  content,
  text,
  item,
  level,
  fronts,
  agency,
  form,
  answers,
  files,
  papers,
  day,
}: Omit<Flow, 'steps' | 'stored' | 'versionId'>): Step[] {
  const situation = { caseKey: item.key }
  const findings = checkAnswers(form, answers, { today: day, ...situation })
  const isSent = (name: string) => content.parts[name] !== undefined
  return stepsOf({
    text,
    agency: fronts.length > 1 ? { done: agency !== undefined } : null,
    form: partsOf(form, answers, situation).map((part) => ({
      key: part.key,
      name: say(part.title, content.language),
      done: isSent(partName('to-khai', part.key)) && !findings.some(({ partKey }) => partKey === part.key),
    })),
    papers: papers.map((paper) => {
      const way = wayFor({ content, form, answers, item, level }, paper)
      return {
        key: paper.key,
        name: componentTitle(paper, content.language).title,
        done: isPaperDone(paper, way, files),
        spared: way === 'not-mine' && wayOf(content, paper.key) === undefined,
      }
    }),
    delivery: isSent('nhan-ket-qua') && content.parts['nhan-ket-qua']?.done === true,
    cost: isSent('phi') && content.parts['phi']?.done === true,
  })
}

/** How a paper comes, as far as it was said. */
export const wayOf = (content: DraftContent, key: string): PaperWay | undefined => {
  const way = one(content.parts[partName('giay-to', key)]?.values['way'])
  return way === '' ? undefined : (way as PaperWay)
}

/** The same, if that way is open; where nothing was said, the answers may have said that this paper is not for them. */
export const wayFor = (
  { content, form, answers, item, level }: Pick<Flow, 'content' | 'form' | 'answers' | 'item' | 'level'>,
  paper: ComponentRule,
): PaperWay | undefined => {
  const isSpared = paper.need === 'conditional' && sparesPaper(form, answers, paper.key, { caseKey: item.key })
  const said = wayOf(content, paper.key) ?? (isSpared ? 'not-mine' : undefined)
  return waysFor(paper, level).find((way) => way === said)
}

/** The ways that are open for a paper: from afar, paper goes to the desk only where not all can be done online. */
export const waysFor = (paper: ComponentRule, level: OnlineLevel): PaperWay[] => [
  'files',
  ...openWays(paper).filter((way) => way !== 'counter' || level === 'partial'),
]

export function isPaperDone(paper: ComponentRule, way: PaperWay | undefined, files: readonly DraftFile[]): boolean {
  const own = files.filter(({ component }) => component === paper.key)
  if (own.some(({ done, reused }) => !done && !reused)) return false
  return own.length > 0 || (way !== undefined && way !== 'files')
}

/** What the citizen said about the result, or what the form says of it. */
export function deliveryOf({ content, form, answers, item }: Flow): { delivery: Delivery | null; address: string } {
  const sent = content.parts['nhan-ket-qua']?.values
  if (sent) {
    const way = one(sent['delivery'])
    return { delivery: deliveries.find((each) => each === way) ?? null, address: one(sent['address']) }
  }
  const filled = intakeOf(form, answers, { caseKey: item.key })
  return {
    delivery: filled.delivery,
    address: filled.deliveryAddress || (filled.persons.submitter ?? filled.persons.applicant).address,
  }
}

export const deliveries = ['counter', 'post', 'online', 'counter-and-online'] as const

/** Counted things and exemptions claimed. */
export function feeFactsOf({ content, form, answers, item }: Flow): Pick<IntakeBody, 'feeUnits' | 'exemptions'> {
  const sent = content.parts['phi']?.values ?? {}
  const filled = intakeOf(form, answers, { caseKey: item.key }).feeUnits
  const units = Object.fromEntries(
    feeUnits.map((unit) => {
      const typed = Number(one(sent[unit]))
      return [unit, Number.isInteger(typed) && typed > 0 ? Math.min(typed, mostUnits[unit]) : filled[unit] || 1]
    }),
  ) as IntakeBody['feeUnits']
  return {
    feeUnits: units,
    exemptions: [sent['exemption'] ?? []].flat().filter((key) => /^[a-z0-9-]{1,80}$/.test(key)),
  }
}

export const feeUnits = ['copies', 'pages', 'signatures', 'contracts'] as const
const mostUnits = { copies: 500, pages: 5000, signatures: 500, contracts: 100 } as const

/** What it costs at the chosen authority. */
export async function feesForFlow(context: FilingContext, flow: Flow): Promise<Fees> {
  const { version, item, agency, day } = flow
  const amounts = agency
    ? await feeAmountsOn(context.db, { agencyIds: feeSetters(agency), code: version.code, day })
    : {}
  const { feeUnits: counted, exemptions } = feeFactsOf(flow)
  return feesFor(version, item.key, 'online', {
    units: unitsOf(counted),
    exemptionKeys: exemptions,
    amounts,
  })
}

/** Persons of the dossier by the answers; whoever is signed in and files for another is the submitter. */
export function personsFor(flow: Flow, citizen: Citizen | null): IntakeBody['persons'] {
  const { persons } = intakeOf(flow.form, flow.answers, { caseKey: flow.item.key })
  const isOwn = [persons.applicant, persons.submitter].some(
    (person) =>
      person && citizen?.identityNumber && person.identityNumber.replace(/\D/g, '') === citizen.identityNumber,
  )
  if (!citizen?.identityNumber || !citizen.identityVerified || persons.submitter || isOwn) return persons
  return {
    ...persons,
    submitter: {
      kind: 'individual',
      name: citizen.name,
      identityKind: 'citizen',
      identityNumber: citizen.identityNumber,
      birthDay: citizen.birthDay,
      sex: citizen.sex,
      phone: citizen.phone ?? '',
      email: citizen.email ?? '',
      address: citizen.address,
      unitCode: /^\d{5}$/.test(citizen.unitCode) ? citizen.unitCode : null,
      relation: '',
    },
  }
}

export const nameOfAgency = (agency: Agency): string => authorityName(agency)

/** The first of what was sent under a name. */
export const one = (value: Posted[string] | undefined): string =>
  typeof value === 'string' ? value : (value?.[0] ?? '')
