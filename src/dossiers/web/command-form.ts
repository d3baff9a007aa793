import type {
  CommandInput,
  ComponentInput,
  ComponentView,
  ComponentWay,
  Details,
  DossierView,
  PersonInput,
} from '../contract.ts'
import type { Day } from '../../platform/day.ts'
import { type Result, accept, refuse } from '../../platform/result.ts'
import { askedComponents, type CommandType, likelyStep, owed, stepsFor, type Viewer } from './dossier-view.ts'

/** A paper in a form, with what the officer ticked and typed. */
export type ComponentDraft = Omit<ComponentInput, 'way'> & {
  way?: ComponentWay | undefined
  chosen: boolean
  change: string
}

/** Everything that any sheet asks for; each shows its own part. */
export type Draft = {
  key: string | null
  toKey: string | null
  officer: string | null
  opinionId: string | null
  agency: string | null
  agencyName: string
  unit: string | null
  reason: string
  basis: string
  guidance: string
  components: readonly ComponentDraft[]
  answerBy: Day | null
  newDay: Day | null
  cause: string | null
  amount: number | null
  payBy: Day | null
  method: string | null
  receiptNumber: string
  outcome: 'granted' | 'refused'
  documentNumber: string
  /** The officer says that this result bears no number. */
  unnumbered: boolean
  signedOn: Day | null
  file: { fileId: string; name: string } | null
  electronic: boolean
  delivery: DossierView['delivery']
  recipient: 'applicant' | 'other'
  recipientName: string
  recipientNumber: string
  recipientRelation: string
}

/** The parts of a sheet, in the order in which they are filled in. */
export type FieldName =
  | 'step'
  | 'toStep'
  | 'officer'
  | 'opinion'
  | 'place'
  | 'answerBy'
  | 'componentsToMend'
  | 'componentsReceived'
  | 'components'
  | 'outcome'
  | 'draftFile'
  | 'draftFiles'
  | 'documentNumber'
  | 'resultNumber'
  | 'signedOn'
  | 'electronic'
  | 'file'
  | 'newDay'
  | 'cause'
  | 'amount'
  | 'amountNow'
  | 'payBy'
  | 'method'
  | 'receiptNumber'
  | 'delivery'
  | 'recipient'
  | 'recipientNumber'
  | 'reason'
  | 'basis'
  | 'guidance'

type Steps = Pick<DossierView, 'open' | 'stages'> & Partial<Pick<DossierView, 'result' | 'outcome'>>

/** Whoever examines drafts the result; whoever registers it, or settled it elsewhere, gives it its number. */
function fieldsOfStep(key: string | null | undefined, view: Steps | undefined): readonly FieldName[] {
  const kind = view?.open.find((step) => step.key === key)?.kind
  if (kind === 'examine') return ['step', 'draftFile', 'reason']
  return kind === 'opinion' ? ['step', 'reason'] : ['step', 'resultNumber', 'reason']
}

/** Where a clerk registers the result after the signature, the number is the clerk's to give. */
const isNumberedLater = (view: Steps | undefined): boolean =>
  view?.stages.flat().some(({ kind, state }) => kind === 'register' && state !== 'done') ?? false

const isElectronic = (delivery: Draft['delivery'] | undefined): boolean =>
  delivery === 'online' || delivery === 'counter-and-online'

/** What nobody has recorded of a granted result before the desk hands it over. */
function missingOfResult(delivery: Draft['delivery'] | undefined, view: Steps | undefined): readonly FieldName[] {
  if (view?.outcome !== 'granted') return []
  const needsFile = isElectronic(delivery) && !view.result?.fileId
  return [...(view.result?.number ? [] : (['resultNumber'] as const)), ...(needsFile ? (['file'] as const) : [])]
}

/** Whether a number must be given here, or be said not to exist. */
function needsNumber(type: CommandType, draft: Draft, view: DossierView): boolean {
  if (draft.documentNumber.trim() || draft.unnumbered) return false
  if (type === 'signResult') return draft.outcome === 'granted'
  if (type === 'completeStep') return view.open.find(({ key }) => key === draft.key)?.kind === 'register'
  return type === 'returnResult'
}

/** What each command asks for; one without fields only asks whether it is meant. */
export function fieldsOf(
  type: CommandType,
  draft: Pick<Draft, 'outcome'> & Partial<Pick<Draft, 'key' | 'delivery'>>,
  view?: Steps,
): readonly FieldName[] {
  switch (type) {
    case 'refuseReceipt':
      return ['reason', 'basis', 'guidance']
    case 'requestSupplement':
      return ['componentsToMend', 'reason', 'basis', 'guidance']
    case 'acceptSupplement':
      return ['componentsReceived']
    case 'completeStep':
      return fieldsOfStep(draft.key, view)
    case 'sendBack':
      return ['step', 'toStep', 'reason']
    case 'assign':
      return ['step', 'officer']
    case 'askOpinion':
      return ['place', 'answerBy', 'reason']
    case 'answerOpinion':
      return ['opinion', 'reason']
    case 'requirePayment':
      return ['amount', 'payBy', 'reason', 'basis']
    case 'collectFee':
      return ['amountNow', 'method', 'receiptNumber']
    case 'refundFee':
      return ['amount', 'reason']
    case 'extend':
    case 'apologise':
      return ['newDay', 'cause', 'reason']
    case 'recordComponents':
      return ['components']
    case 'signResult':
      return [
        'step',
        'draftFiles',
        'outcome',
        // A refusal goes straight to the desk.
        ...(draft.outcome === 'granted' && isNumberedLater(view) ? [] : (['documentNumber'] as const)),
        'signedOn',
        'electronic',
        'file',
        ...(draft.outcome === 'refused' ? (['reason', 'basis', 'guidance'] as const) : []),
      ]
    case 'withdraw':
    case 'requestCorrection':
      return ['reason']
    case 'stop':
      return ['reason', 'basis', 'guidance']
    case 'returnResult':
      return ['delivery', ...missingOfResult(draft.delivery, view), 'recipient']
    case 'issueCorrection':
      return ['documentNumber', 'file']
    case 'receive':
    case 'forward':
    case 'confirmPayment':
    case 'recountFees':
    case 'closeUnsupplemented':
      return []
  }
}

/** Routine without anything to fill in or to fear: done at once, without a sheet. */
export const isImmediate = (type: CommandType): boolean => type === 'forward'

/** The form as it opens: what can be known is filled in. */
export function emptyDraft(type: CommandType, view: DossierView, viewer: Viewer, today: Day): Draft {
  const asked = new Set(askedComponents(view))
  const opinions = stepsFor('answerOpinion', view)
  return {
    key: stepKeyFor(type, view, viewer),
    toKey: lastDone(view),
    officer: null,
    opinionId: likelyStep(opinions, viewer)?.key ?? null,
    agency: String(view.open[0]?.agencyId ?? view.agencyId),
    agencyName: '',
    unit: null,
    reason: '',
    // What the slip cites is at hand; whoever refuses the matter itself says by which rule.
    basis: type === 'requestSupplement' || type === 'refuseReceipt' ? view.procedure.citation : '',
    guidance: '',
    components: view.components
      .map((component) => ({ ...inputOf(component), chosen: false, change: '' }))
      .toSorted((a, b) => Number(asked.has(b.key)) - Number(asked.has(a.key))),
    answerBy: null,
    newDay: null,
    cause: null,
    amount: type === 'refundFee' ? view.fee.paid - view.fee.refunded : null,
    payBy: null,
    method: 'cash',
    receiptNumber: '',
    outcome: 'granted',
    documentNumber: view.result?.number ?? '',
    unnumbered: false,
    signedOn: today,
    file: null,
    electronic: view.delivery === 'online',
    delivery: view.delivery,
    recipient: 'applicant',
    recipientName: '',
    recipientNumber: '',
    recipientRelation: '',
  }
}

function stepKeyFor(type: CommandType, view: DossierView, viewer: Viewer): string | null {
  if (type !== 'completeStep' && type !== 'signResult' && type !== 'sendBack' && type !== 'assign') return null
  return likelyStep(stepsFor(type, view), viewer)?.key ?? null
}

/** The step that was completed last, where one mostly sends back to. */
const lastDone = ({ stages }: DossierView): string | null =>
  stages.flat().findLast(({ state, kind }) => state === 'done' && kind !== 'return')?.key ?? null

const inputOf = ({
  key,
  given,
  form,
  count,
  digital,
  files,
  way,
  originals,
  copies,
}: ComponentView): ComponentInput => ({
  key,
  given,
  form,
  count: given ? count : Math.max(1, originals || copies),
  digital,
  files: [...files],
  ...(way ? { way } : {}),
})

export type FormError = { field: FieldName; code: 'required' | 'chooseOne' | 'nothingChanged' | 'tooHigh' }

/** The command as the server takes it, or the fields that are still missing. */
export function toCommand(type: CommandType, draft: Draft, view: DossierView): Result<CommandInput, FormError[]> {
  const missing = missingIn(type, draft, view)
  if (missing.length > 0) return refuse(missing)
  const { key, reason } = draft
  const details = detailsOf(draft, fieldsOf(type, draft, view))
  switch (type) {
    case 'receive':
    case 'forward':
    case 'confirmPayment':
    case 'recountFees':
    case 'closeUnsupplemented':
      return accept({ type })
    case 'refuseReceipt':
    case 'withdraw':
    case 'stop':
    case 'requestCorrection':
      return accept({ type, details })
    case 'requestSupplement': {
      const chosen = draft.components.filter((component) => component.chosen)
      const items = chosen.map((component) => ({
        paper: nameOf(view, component.key),
        change: component.change.trim(),
      }))
      return accept({
        type,
        details: items.length > 0 ? { ...details, items } : details,
        componentKeys: chosen.map((component) => component.key),
      })
    }
    case 'acceptSupplement':
      return accept({
        type,
        components: draft.components
          .filter(({ chosen }) => chosen)
          .map((component) => ({ ...componentInput(component), given: true })),
      })
    case 'recordComponents':
      return accept({ type, components: changedComponents(draft, view).map(componentInput) })
    case 'completeStep':
      return accept({
        type,
        key: key ?? '',
        details: reason.trim() ? details : null,
        resultNumber: orNull(draft.documentNumber),
      })
    case 'sendBack':
      return accept({ type, key: key ?? '', toKey: draft.toKey ?? '', details })
    case 'assign':
      return accept({ type, key: key ?? '', officerId: draft.officer === RELEASE ? null : Number(draft.officer) })
    case 'askOpinion':
      return accept({
        type,
        agencyId: Number(draft.agency),
        unitId: Number(draft.unit),
        answerBy: draft.answerBy ?? '',
        details,
      })
    case 'answerOpinion':
      return accept({ type, opinionId: draft.opinionId ?? '', details })
    case 'requirePayment':
      return accept({ type, amount: draft.amount ?? 0, payBy: draft.payBy, details })
    case 'collectFee':
      return accept({ type, method: methodOf(draft.method), receiptNumber: orNull(draft.receiptNumber) })
    case 'refundFee':
      return accept({ type, amount: draft.amount ?? 0, details })
    case 'extend':
    case 'apologise':
      return accept({ type, newDay: draft.newDay ?? '', cause: causeOf(draft.cause), details })
    case 'signResult':
      return accept({
        type,
        key: key ?? '',
        outcome: draft.outcome,
        documentNumber: orNull(draft.documentNumber),
        signedOn: draft.signedOn ?? '',
        fileId: draft.file?.fileId ?? null,
        electronic: draft.electronic,
        details: draft.outcome === 'refused' ? details : null,
      })
    case 'returnResult':
      return accept({
        type,
        delivery: deliveryOf(draft.delivery),
        recipient: recipientOf(draft),
        details: null,
        ...handedOver(draft, view),
      })
    case 'issueCorrection':
      return accept({ type, documentNumber: orNull(draft.documentNumber), fileId: draft.file?.fileId ?? null })
  }
}

/** What the desk recorded of the result, where nobody had. */
function handedOver(draft: Draft, view: DossierView): { documentNumber?: string; fileId?: string } {
  const missing = missingOfResult(draft.delivery, view)
  const number = draft.documentNumber.trim()
  return {
    ...(missing.includes('resultNumber') && number ? { documentNumber: number } : {}),
    ...(missing.includes('file') && draft.file ? { fileId: draft.file.fileId } : {}),
  }
}

/** In the choice of an officer: nobody, the unit as a whole. */
export const RELEASE = 'nobody'

function missingIn(type: CommandType, draft: Draft, view: DossierView): FormError[] {
  const errors: FormError[] = []
  for (const field of fieldsOf(type, draft, view)) {
    const code = errorIn(field, { type, draft, view })
    if (code) errors.push({ field, code })
  }
  return errors
}

function errorIn(
  field: FieldName,
  { type, draft, view }: { type: CommandType; draft: Draft; view: DossierView },
): FormError['code'] | undefined {
  const required = (value: unknown) => (value === null || value === '' ? 'required' : undefined)
  switch (field) {
    case 'step':
      return required(draft.key)
    case 'toStep':
      return required(draft.toKey)
    case 'officer':
      return required(draft.officer)
    case 'opinion':
      return required(draft.opinionId)
    case 'place':
      return required(draft.agency) ?? required(draft.unit)
    case 'answerBy':
      return required(draft.answerBy)
    case 'newDay':
      return required(draft.newDay)
    case 'cause':
      return required(draft.cause)
    case 'signedOn':
      return required(draft.signedOn)
    case 'method':
      return required(draft.method)
    case 'documentNumber':
    case 'resultNumber':
      return needsNumber(type, draft, view) ? 'required' : undefined
    case 'file':
      return type === 'returnResult' || (type === 'signResult' && draft.electronic) ? required(draft.file) : undefined
    case 'reason':
      return type === 'completeStep' ? undefined : required(draft.reason.trim())
    case 'basis':
      return type === 'signResult' ? required(draft.basis.trim()) : undefined
    case 'amount': {
      const most = type === 'refundFee' ? view.fee.paid - view.fee.refunded : Infinity
      if (!draft.amount) return 'required'
      return draft.amount > most ? 'tooHigh' : undefined
    }
    case 'recipient':
      return draft.recipient === 'other' ? required(draft.recipientName.trim()) : undefined
    case 'componentsReceived':
      return askedComponents(view).length > 0 && !draft.components.some(({ chosen }) => chosen)
        ? 'chooseOne'
        : undefined
    case 'components':
      return changedComponents(draft, view).length === 0 ? 'nothingChanged' : undefined
    case 'componentsToMend':
    case 'amountNow':
    case 'payBy':
    case 'receiptNumber':
    case 'outcome':
    case 'draftFile':
    case 'draftFiles':
    case 'electronic':
    case 'delivery':
    case 'recipientNumber':
    case 'guidance':
      return undefined
  }
}

/** Only papers about which something changed are written down again. */
export function changedComponents(
  draft: Pick<Draft, 'components'>,
  view: Pick<DossierView, 'components'>,
): ComponentDraft[] {
  const before = new Map(view.components.map((component) => [component.key, component]))
  return draft.components.filter((component) => {
    const known = before.get(component.key)
    if (!known || known.given !== component.given) return true
    if (!component.given && known.way !== component.way) return true
    if (known.files.join() !== component.files.join() || known.digital !== component.digital) return true
    return component.given && (known.form !== component.form || known.count !== component.count)
  })
}

const componentInput = ({ key, given, form, count, digital, files, way }: ComponentDraft): ComponentInput => ({
  key,
  given,
  form,
  count: given ? Math.max(1, count) : 0,
  digital,
  files: [...files],
  ...(way && !given ? { way } : {}),
})

function detailsOf(draft: Draft, fields: readonly FieldName[]): Details {
  const { reason, basis, guidance } = draft
  return {
    reason: reason.trim(),
    ...(fields.includes('basis') && basis.trim() ? { basis: basis.trim() } : {}),
    ...(fields.includes('guidance') && guidance.trim() ? { guidance: guidance.trim() } : {}),
  }
}

function recipientOf({ recipient, recipientName, recipientNumber, recipientRelation }: Draft): PersonInput | null {
  if (recipient === 'applicant') return null
  return {
    kind: 'individual',
    name: recipientName.trim(),
    identityKind: recipientNumber ? 'citizen' : 'none',
    identityNumber: recipientNumber,
    birthDay: null,
    sex: null,
    phone: '',
    email: '',
    address: '',
    unitCode: null,
    relation: recipientRelation.trim(),
  }
}

const nameOf = ({ components }: DossierView, key: string): string =>
  components.find((component) => component.key === key)?.name ?? key

const orNull = (line: string): string | null => line.trim() || null

type InputOf<Name extends CommandType> = Extract<CommandInput, { type: Name }>

export const methods = ['cash', 'transfer', 'online'] as const satisfies readonly InputOf<'collectFee'>['method'][]
export const causes = [
  'own-agency',
  'other-agency',
  'system',
  'force-majeure',
  'other',
] as const satisfies readonly InputOf<'apologise'>['cause'][]
export const deliveries = [
  'counter',
  'post',
  'online',
  'counter-and-online',
] as const satisfies readonly InputOf<'returnResult'>['delivery'][]

const methodOf = (value: string | null) => methods.find((method) => method === value) ?? 'cash'
const causeOf = (value: string | null) => causes.find((cause) => cause === value) ?? 'other'
const deliveryOf = (value: string) => deliveries.find((delivery) => delivery === value) ?? 'counter'

/** The part of the form that a refusal of the server points to, by its JSON pointer. */
export const pointers: Partial<Record<FieldName, readonly string[]>> = {
  step: ['/command/key'],
  toStep: ['/command/toKey'],
  officer: ['/command/officerId'],
  place: ['/command/unitId', '/command/agencyId'],
  answerBy: ['/command/answerBy'],
  newDay: ['/command/newDay'],
  payBy: ['/command/payBy'],
  signedOn: ['/command/signedOn'],
  documentNumber: ['/command/documentNumber'],
  resultNumber: ['/command/resultNumber', '/command/documentNumber'],
  file: ['/command/fileId'],
  amount: ['/command/amount'],
  receiptNumber: ['/command/receiptNumber'],
  recipient: ['/command/recipient/name'],
  recipientNumber: ['/command/recipient/identityNumber'],
  reason: ['/command/details/reason'],
  basis: ['/command/details/basis'],
  guidance: ['/command/details/guidance'],
}

/** Whether the fee stands in the way of handing the result over; the form says so before the server does. */
export const feeInTheWay = (type: CommandType, view: DossierView): number =>
  type === 'returnResult' && view.outcome === 'granted' ? owed(view) : 0

/** What each part of a form is given. */
export type FieldSetting = {
  type: CommandType
  draft: Draft
  onChange: (change: Partial<Draft>) => void
  view: DossierView
  today: Day
  errorOf: (field: FieldName) => string | undefined
}
