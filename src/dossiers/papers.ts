import { explainInDetail, loadCalendar, writeLimit } from '../calendar/index.ts'
import { caseOf, componentTitle, getVersion, listFields } from '../catalogue/index.ts'
import {
  editionOn,
  formEdition,
  renderForm,
  renderRegisterXlsx,
  type DossierMark,
  type FormInputs,
  type FormPerson,
  type Letterhead,
  type PaperKind,
  type RegisterForm,
  type Signer,
} from '../documents/index.ts'
import type { Actor } from '../identity/index.ts'
import { dayOf, writeInstant, type Day, type Instant } from '../platform/day.ts'
import { withScope } from '../platform/db.ts'
import { isDemo } from '../platform/settings.ts'
import { authorityName, getAgency, inSentence, listPostTitles, listUnits } from '../staff/index.ts'
import type { DossierContext } from './commands.ts'
import { contactPhone } from './contact.ts'
import type { Details, FormOption } from './contract.ts'
import { missingFees } from './fees.ts'
import { namesFor } from './names.ts'
import { readNoticeWays } from './notice-choice-store.ts'
import { planOf } from './plan.ts'
import { listDossiers, listSets, type ListFilter } from './queries.ts'
import type { Dossier, DossierEvent, PersonRole } from './rules/events.ts'
import { hopsOf } from './rules/hops.ts'
import { noticeLine, reachedAmong } from './rules/notice-line.ts'
import { mayHandle } from './rules/permissions.ts'
import { timeliness } from './rules/row.ts'
import { openSecret } from './sealing.ts'
import { toHappened, type DossierRecord, type EventRow, type PersonRow } from './store.ts'
import { vi } from './text.vi.ts'
import { trackingKey, trackingPath } from './tracking.ts'
import { detailsOf, explainDue, maskPhone, stepName, type OpenedDossier } from './view.ts'

/** Papers that the log of a dossier calls for, in the order in which they arose. Each names the event it belongs to. */
function papersOf({ dossierId, dossier, events }: OpenedDossier): FormOption[] {
  const edition = formEdition(editionOf(dossier))
  const option = (paper: keyof typeof edition.forms, row: EventRow | null): FormOption[] => {
    const form = edition.forms[paper]
    if (!form) return []
    const id = row ? `${paper}-${row.version}` : paper
    return [
      { form: id, title: `Mẫu số ${form.number}: ${form.title}`, url: `/api/dossiers/${dossierId}/papers/${id}.pdf` },
    ]
  }
  const fromLog = events.flatMap((row): FormOption[] => {
    const paper = paperFor(row.body)
    return paper ? option(paper, row) : []
  })
  const explanation: FormOption[] = dossier.dueCurrent
    ? [
        {
          form: 'explanation',
          title: 'Bản giải thích ngày hẹn trả',
          url: `/api/dossiers/${dossierId}/papers/explanation.pdf`,
        },
      ]
    : []
  return [...fromLog, ...(dossier.receivedAt ? option('control', null) : []), ...explanation]
}

/** Papers that say nothing of how to reach somebody. */
const withoutContacts: ReadonlySet<string> = new Set(['control', 'explanation'])

/** The papers that this actor may see: those with contacts are for the offices that handle the dossier. */
export const papersShownTo = (actor: Actor, opened: OpenedDossier): FormOption[] =>
  papersOf(opened).filter(({ form }) => withoutContacts.has(form) || mayHandle(actor, opened.dossier))

/** Which regulated form an event is issued on. */
const paperOf: Partial<Record<DossierEvent['type'], 'receipt' | 'supplement' | 'refusal' | 'apology' | 'stop'>> = {
  received: 'receipt',
  supplementRequested: 'supplement',
  notReceived: 'refusal',
  resultSigned: 'refusal',
  extended: 'apology',
  apologised: 'apology',
  withdrawn: 'stop',
  stopped: 'stop',
  closedUnsupplemented: 'stop',
}

const paperFor = (event: DossierEvent) =>
  event.type === 'resultSigned' && event.outcome === 'granted' ? undefined : paperOf[event.type]

/** The forms of the day on which the dossier came in. */
const editionOf = (dossier: Dossier) => editionOn(dayOf(dossier.receivedAt ?? dossier.lodgedAt))

/** Prints one paper of a dossier; undefined when its log does not call for it. */
export async function printPaper(
  context: DossierContext,
  opened: OpenedDossier,
  paper: string,
): Promise<Buffer | undefined> {
  if (!papersOf(opened).some(({ form }) => form === paper)) return undefined
  const [name = '', version] = paper.split('-')
  const row = opened.events.find((event) => event.version === Number(version))
  const edition = editionOf(opened.dossier)
  const desk = await deskOf(context, opened, row)
  switch (name) {
    case 'receipt':
      return row && renderForm('receipt', edition, await receipt(context, opened, row, desk))
    case 'supplement':
      return row && renderForm('supplement', edition, await supplement(context, opened, row, desk))
    case 'refusal':
      return row && renderForm('refusal', edition, await refusal(context, opened, row, desk))
    case 'apology':
      return row && renderForm('apology', edition, await apology(context, opened, row, desk))
    case 'stop':
      return row && renderForm('stop', edition, await stop(context, opened, row, desk))
    case 'control':
      return renderForm('control', edition, await control(context, opened, desk))
    case 'explanation':
      return renderForm('explanation', edition, await explanation(context, opened, desk))
    default:
      return undefined
  }
}

/** Names and places that every paper of a dossier needs. */
type Desk = {
  head: (kind: 'desk' | 'authority', symbol: string, at: Instant) => Letterhead
  mark: DossierMark
  receivingPlace: string
  authority: string
  signer: Signer
}

async function deskOf(context: DossierContext, opened: OpenedDossier, row: EventRow | undefined): Promise<Desk> {
  const { dossier, agencyId } = opened
  const day = dayOf(row?.occurred_at ?? context.clock())
  const agency = await getAgency(context.db, agencyId, dayOf(dossier.lodgedAt))
  const { version } = await getVersion(context.db, dossier.procedureVersionId)
  const units = await listUnits(context.db, agencyId, dayOf(dossier.lodgedAt))
  const authority = authorityName(agency)
  const receivingPlace = units.find(({ kind }) => kind === 'one-stop')?.name ?? 'Bộ phận Một cửa'
  const place = agency.fullName.replace(/^(Tỉnh|Thành phố|Quận|Huyện|Thị xã|Thị trấn|Phường|Xã|Đặc khu) /, '')
  const caseName = version.cases.length > 1 ? caseOf(version, dossier.caseKey)?.name : undefined
  const names = await namesFor(context.db, { officers: [row?.officer_id ?? null], day })
  const titles = await listPostTitles(context.db, row?.post_id ? [row.post_id] : [])
  const demo = await isDemo(context.db)
  return {
    head: (kind, symbol, issuedAt) => ({
      parentAgency: kind === 'desk' ? authority : null,
      agency: kind === 'desk' ? receivingPlace : authority,
      number: symbol ? `${dossier.code}/${symbol}` : null,
      place,
      issuedAt,
      demo,
    }),
    mark: {
      code: dossier.code,
      trackingUrl: `${context.config.publicUrl}${trackingPath}/${dossier.code}?k=${trackingKey(context.keys, opened)}`,
      trackingKey: trackingKey(context.keys, opened),
      procedure: caseName ? `${version.name} (${caseName})` : version.name,
    },
    receivingPlace,
    authority,
    signer: {
      lines: signingLines(row?.post_id ? titles.get(row.post_id) : undefined),
      name: names.officer(row?.officer_id ?? null),
    },
  }
}

/** NĐ 30/2020/NĐ-CP, Phụ lục I: cấp phó ký thay ghi "KT." và chức vụ của người đứng đầu phía trên. */
function signingLines(title: string | undefined): string[] {
  if (!title) return []
  const deputy = /^phó (.+)$/i.exec(title)
  return deputy ? [`KT. ${deputy[1]?.toUpperCase()}`, title.toUpperCase()] : [title.toUpperCase()]
}

function personWith(opened: OpenedDossier, ...roles: (PersonRole | 'recipient')[]): PersonRow | undefined {
  for (const role of roles) {
    const row = opened.persons.findLast(({ content }) => content?.roles.includes(role))
    if (row) return row
  }
  return undefined
}

const identityLabels = {
  citizen: 'Số định danh cá nhân',
  'old-citizen': 'Số chứng minh nhân dân',
  passport: 'Số hộ chiếu',
  'tax-code': 'Mã số thuế',
  none: '',
} as const

function formPerson(context: DossierContext, row: PersonRow | undefined): FormPerson {
  const { content } = row ?? {}
  if (!row || !content)
    return { name: '(dữ liệu cá nhân đã xóa)', identity: null, address: null, phone: null, email: null }
  const secret = openSecret(context.keys, row)
  return {
    name: content.name,
    identity: secret.identityNumber
      ? { label: identityLabels[content.identityKind], number: content.maskedNumber }
      : null,
    address: content.address || null,
    phone: secret.phone || null,
    email: secret.email || null,
  }
}

const notesOf = (opened: OpenedDossier) => new Map(opened.notes.map((note) => [note.note_id, note]))
const details = (opened: OpenedDossier, row: EventRow): Details | null => detailsOf(row, notesOf(opened))

const paperKinds: Readonly<Record<string, PaperKind>> = {
  original: 'original',
  'certified-copy': 'certified',
  copy: 'copy',
  electronic: 'electronic',
}

async function receipt(
  context: DossierContext,
  opened: OpenedDossier,
  row: EventRow,
  desk: Desk,
): Promise<FormInputs['receipt']> {
  const { dossier } = opened
  const { version } = await getVersion(context.db, dossier.procedureVersionId)
  const { unset } = await missingFees(context.db, { dossier, version })
  const rules = caseOf(version, dossier.caseKey)?.components ?? []
  const submitter = personWith(opened, 'submitter', 'delegate', 'applicant')
  const owner = personWith(opened, 'owner', 'applicant')
  const event = row.body.type === 'received' ? row.body : undefined
  const collected = opened.events.find(({ type }) => type === 'feeCollected')?.body
  const applicant = personWith(opened, 'applicant')
  const address = applicant?.content?.deliveryAddress
  const { agencyId, dossierId } = opened
  const chosen = await withScope(context.db, { agencies: [agencyId] }, (tx) =>
    readNoticeWays(tx, { agencyId, dossierId }),
  )
  return {
    head: desk.head('desk', 'TNHS', row.occurred_at),
    dossier: desk.mark,
    receivingPlace: desk.receivingPlace,
    submitter: formPerson(context, submitter),
    owner: owner && owner.person_id !== submitter?.person_id ? formPerson(context, owner) : null,
    papers: dossier.components
      // What is only shown is given back at once: the receipt does not answer for it.
      .filter(({ given, key }) => given && rules.find((rule) => rule.key === key)?.need !== 'shown')
      .map((component) => ({
        name: rules.find(({ key }) => key === component.key)?.name ?? component.key,
        kind: paperKinds[component.form] ?? 'copy',
        count: component.count,
      })),
    otherPapers: dossier.components.flatMap(({ key, given, way }) => {
      const rule = rules.find((each) => each.key === key)
      return rule && way && !given ? [{ name: componentTitle(rule).title, how: vi.componentWays[way] }] : []
    }),
    sets: dossier.sets,
    timeLimit: dossier.limit ? writeLimit(dossier.limit, 'vi') : '',
    receivedAt: event?.receivedAt ?? row.occurred_at,
    clockStartedAt: event && event.clockStartedAt !== event.receivedAt ? event.clockStartedAt : null,
    dueAt: event?.dueAt ?? null,
    resultDelivery:
      dossier.delivery === 'post' && address
        ? `${vi.deliveries.post}, địa chỉ: ${address}`
        : vi.deliveries[dossier.delivery],
    fees: dossier.fees.map(({ name, amount }) => ({ name, amount: unset.includes(name) ? null : amount })),
    feePayment: collected?.type === 'feeCollected' ? writeMethod(collected) : null,
    notification: noticeLine(chosen, reachedOf(context, opened)),
    book: { volume: dayOf(row.occurred_at).slice(0, 4), sequence: dossier.code.split('-').slice(-2).join('-') },
    receiver: { lines: [], name: desk.signer.name },
  }
}

/** Where notices of the dossier go. */
function reachedOf({ keys }: DossierContext, opened: OpenedDossier): { phone: string; email: string } {
  const contactOf = (role: PersonRole) => {
    const row = personWith(opened, role)
    return row ? { [role]: openSecret(keys, row) } : {}
  }
  return reachedAmong({
    ...contactOf('delegate'),
    ...contactOf('submitter'),
    ...contactOf('applicant'),
    ...contactOf('owner'),
  })
}

const writeMethod = ({
  method,
  receiptNumber,
}: {
  method: 'cash' | 'transfer' | 'online'
  receiptNumber: string | null
}): string => `${vi.methods[method]}${receiptNumber ? `, biên lai số ${receiptNumber}` : ''}`

async function supplement(
  context: DossierContext,
  opened: OpenedDossier,
  row: EventRow,
  desk: Desk,
): Promise<FormInputs['supplement']> {
  const text = details(opened, row)
  const { version } = await getVersion(context.db, opened.dossier.procedureVersionId)
  const rules = caseOf(version, opened.dossier.caseKey)?.components ?? []
  const event = row.body.type === 'supplementRequested' ? row.body : undefined
  const named = (event?.componentKeys ?? []).map((key) => ({
    paper: rules.find((rule) => rule.key === key)?.name ?? key,
    change: '',
  }))
  return {
    head: desk.head('desk', 'HDHS', row.occurred_at),
    dossier: desk.mark,
    receivingPlace: desk.receivingPlace,
    stage: event?.stage ?? 'intake',
    applicant: formPerson(context, personWith(opened, 'submitter', 'applicant')),
    // What says no more than the reason below it is not said twice.
    items: text?.items?.length
      ? text.items.map(({ paper, change }) => ({ paper, change: change === text.reason ? '' : change }))
      : named,
    reason: text?.reason ?? '',
    legalBasis: text?.basis ?? null,
    completeBy: event?.completeBy ?? null,
    contact: { name: desk.signer.name ?? '', phone: await contactPhone(context, opened, row.officer_id) },
    signer: desk.signer,
  }
}

async function refusal(
  context: DossierContext,
  opened: OpenedDossier,
  row: EventRow,
  desk: Desk,
): Promise<FormInputs['refusal']> {
  const text = details(opened, row)
  const atIntake = row.type === 'notReceived'
  return {
    head: desk.head(atIntake ? 'desk' : 'authority', 'TCHS', row.occurred_at),
    dossier: desk.mark,
    receivingPlace: desk.receivingPlace,
    stage: atIntake ? 'intake' : 'processing',
    applicant: formPerson(context, personWith(opened, 'submitter', 'applicant')),
    reason: text?.reason ?? '',
    legalBasis: text?.basis ?? null,
    guidance: text?.guidance ?? null,
    returned: atIntake ? null : 'Toàn bộ giấy tờ bản chính đã nộp',
    signer: desk.signer,
  }
}

async function apology(
  context: DossierContext,
  opened: OpenedDossier,
  row: EventRow,
  desk: Desk,
): Promise<FormInputs['apology']> {
  const text = details(opened, row)
  const { dossier } = opened
  const event = row.body
  const before = opened.events.filter(({ version }) => version < row.version)
  const due = before.findLast(({ body }) => 'dueAt' in body && body.dueAt)?.body
  const promised = due && 'dueAt' in due ? due.dueAt : null
  const newDueAt = promisedBy(event) ?? row.occurred_at
  const cause = event.type === 'extended' || event.type === 'apologised' ? vi.causes[event.cause] : ''
  return {
    head: desk.head('authority', 'XLHS', row.occurred_at),
    dossier: desk.mark,
    applicant: formPerson(context, personWith(opened, 'submitter', 'applicant')),
    apologist: desk.authority,
    receivedAt: dossier.receivedAt ?? row.occurred_at,
    dueAt: promised ?? dossier.dueOriginal ?? row.occurred_at,
    causedBy: cause.replace(/^Do (.)/, (_, first: string) => first.toUpperCase()),
    reason: text?.reason ?? '',
    newDueAt,
    late: event.type === 'apologised',
    copiesTo: [desk.receivingPlace],
    archive: 'VT',
    signer: desk.signer,
  }
}

/** The moment that an extension or an apology names. */
function promisedBy(event: DossierEvent): Instant | undefined {
  if (event.type === 'extended') return event.dueAt
  return event.type === 'apologised' ? endOf(event.newDay) : undefined
}

const endOf = (day: Day): Instant => new Date(`${day}T17:00:00.000+07:00`).toISOString()

async function stop(
  context: DossierContext,
  opened: OpenedDossier,
  row: EventRow,
  desk: Desk,
): Promise<FormInputs['stop']> {
  const { dossier } = opened
  const text = details(opened, row)
  const step = opened.events.findLast(
    ({ version, type }) => version < row.version && vi.events[type as keyof typeof vi.events] !== undefined,
  )
  const byLaw = row.type === 'closedUnsupplemented'
  const { version } = await getVersion(context.db, dossier.procedureVersionId)
  const rules = caseOf(version, dossier.caseKey)?.components ?? []
  return {
    // The authority stops under its leader's hand; that somebody withdrew is noted by the desk.
    head: desk.head(row.type === 'stopped' ? 'authority' : 'desk', 'TB', row.occurred_at),
    dossier: desk.mark,
    applicant: formPerson(context, personWith(opened, 'submitter', 'applicant')),
    receivingPlace: desk.receivingPlace,
    receivedAt: dossier.receivedAt ?? dossier.lodgedAt,
    askedBy: row.type === 'withdrawn' ? 'applicant' : 'agency',
    stage: step ? vi.events[step.type as keyof typeof vi.events] : '',
    stoppedAt: row.occurred_at,
    reason: byLaw
      ? 'Hồ sơ không được bổ sung, hoàn thiện trong thời hạn 15 ngày kể từ ngày có yêu cầu'
      : (text?.reason ?? ''),
    legalBasis: byLaw ? 'Nghị định số 118/2025/NĐ-CP, Điều 19 khoản 5' : (text?.basis ?? null),
    fees:
      dossier.feePaid > dossier.feeRefunded
        ? 'Phí, lệ phí đã nộp được xử lý theo pháp luật về phí, lệ phí'
        : 'Không có',
    papersReturned: dossier.components
      .filter(({ given, form }) => given && form === 'original')
      .map(({ key }) => rules.find((rule) => rule.key === key)?.name ?? key),
    copiesTo: [desk.receivingPlace],
    archive: 'VT',
    signer: desk.signer,
  }
}

async function control(context: DossierContext, opened: OpenedDossier, desk: Desk): Promise<FormInputs['control']> {
  const { dossier, events, agencyId } = opened
  const day = dayOf(context.clock())
  const { version } = await getVersion(context.db, dossier.procedureVersionId)
  const plan = await planOf(context.db, { dossier, version, day })
  const hops = hopsOf(events.map(toHappened))
  const names = await namesFor(context.db, {
    officers: hops.flatMap((hop) => [hop.openedBy, hop.takenBy, hop.closedBy]),
    units: hops.flatMap((hop) => [hop.step.unitId, ...(hop.fromUnit === null ? [] : [hop.fromUnit])]),
    agencies: hops.map((hop) => hop.step.agencyId),
    day,
  })
  const placeOf = ({ unitId, agencyId: owner }: { unitId: number; agencyId: number }) =>
    owner === agencyId ? names.unit(unitId) : `${names.unit(unitId)}, ${names.agency(owner)}`
  return {
    head: desk.head('desk', 'KSHS', context.clock()),
    dossier: { ...desk.mark, trackingKey: null },
    applicantName: personWith(opened, 'applicant')?.content?.name ?? '',
    receivedAt: dossier.receivedAt ?? dossier.lodgedAt,
    dueAt: dossier.dueCurrent,
    handlingAgency: desk.authority,
    coordinatingAgencies: dossier.participants.map((id) => names.agency(id)),
    hops: hops
      .filter(({ step }) => isHandOver(step.kind))
      .map((hop) => ({
        from: hop.fromUnit === null ? desk.receivingPlace : names.unit(hop.fromUnit),
        to: `${placeOf(hop.step)} (${stepName(plan, hop.step)})`,
        fromOfficer: names.officer(hop.openedBy),
        toOfficer: names.officer(hop.takenBy ?? hop.closedBy),
        handedAt: hop.openedAt,
        receivedAt: hop.takenAt ?? hop.openedAt,
        result:
          hop.closedAt === null || hop.step.dueAt === null ? null : timelinessOfStep(hop.closedAt, hop.step.dueAt),
        note: hop.closedBecause === null ? null : vi.events[hop.closedBecause],
      })),
  }
}

/** The desk's own steps and waiting for the applicant are no hand-over from one to another. */
const isHandOver = (kind: string): boolean => kind !== 'accept' && kind !== 'forward' && kind !== 'wait'

const timelinessOfStep = (doneAt: Instant, dueAt: Instant): 'early' | 'on-time' | 'late' => {
  if (doneAt > dueAt) return 'late'
  return dayOf(doneAt) < dayOf(dueAt) ? 'early' : 'on-time'
}

async function explanation(
  context: DossierContext,
  opened: OpenedDossier,
  desk: Desk,
): Promise<FormInputs['explanation']> {
  const { dossier, agencyId } = opened
  const { calendar } = await loadCalendar(context.db, agencyId)
  const due = explainDue(dossier, calendar)
  const told = due && explainInDetail(due.explanation, 'vi')
  let counted = 0
  const lines = (told?.parts ?? []).flatMap(({ lines: rows }) =>
    rows.map((line) => {
      if (line.counted) counted += 1
      return {
        when: line.when,
        counted: line.counted ? line.amount || 'Tính' : 'Không tính',
        total: line.counted ? String(counted) : '',
        why: line.law ? `${line.why} (${line.law})` : line.why,
      }
    }),
  )
  const moved = opened.events
    .filter(({ body }) => body.type === 'extended' || body.type === 'dueRecomputed' || body.type === 'apologised')
    .map(
      ({ body, occurred_at }) =>
        `${vi.events[body.type]} lúc ${writeInstant(occurred_at)}${'dueAt' in body && body.dueAt ? `: hạn mới ${writeInstant(body.dueAt)}` : ''}`,
    )
  return {
    head: desk.head('desk', '', context.clock()),
    dossier: desk.mark,
    applicantName: personWith(opened, 'applicant')?.content?.name ?? null,
    timeLimit: dossier.limit ? writeLimit(dossier.limit, 'vi') : '',
    startedAt: dossier.clockStartedAt ?? dossier.lodgedAt,
    dueAt: dossier.dueCurrent ?? dossier.lodgedAt,
    lines,
    rules: [...(told?.summary ?? []), ...moved, ...(told?.warnings ?? [])],
  }
}

/** The register (sổ theo dõi) of a period, as the paper form or as a workbook. Read page by page: a year has thousands. */
export async function printRegister(
  context: DossierContext,
  {
    agencyId,
    from,
    to,
    format,
    whole,
    ...narrowed
  }: {
    agencyId: number
    from: Day
    to: Day
    format: 'pdf' | 'xlsx'
    /** Of an office that handles dossiers; whoever only watches sees the ends of telephone numbers. */
    whole: boolean
  } & RegisterFilter,
): Promise<Buffer> {
  const rows = await collectRegister(context, { agencies: [agencyId], from, to, ...narrowed, now: context.clock() })
  const agency = await getAgency(context.db, agencyId, to)
  const authority = authorityName(agency)
  const units = await listUnits(context.db, agencyId, to)
  const receivingPlace = units.find(({ kind }) => kind === 'one-stop')?.name ?? 'Bộ phận Một cửa'
  const form: RegisterForm = {
    head: {
      parentAgency: authority,
      agency: receivingPlace,
      number: null,
      place: inSentence(agency.fullName).replace(/^\S+ /, ''),
      issuedAt: context.clock(),
      demo: await isDemo(context.db),
    },
    filter: await describeFilter(context, narrowed),
    volume: from.slice(0, 4),
    from,
    to,
    rows: await registerRows(context, rows, { agencyId, authority, whole }),
    signer: { lines: ['NGƯỜI LẬP SỔ'], name: null },
  }
  return format === 'xlsx' ? renderRegisterXlsx(form) : renderForm('register', editionOn(to), form)
}

type RegisterFilter = Pick<ListFilter, 'field' | 'status' | 'channel' | 'timeliness'>

/** In words what a printed register leaves out, so that nobody takes a part for the whole. */
async function describeFilter(
  { db }: DossierContext,
  { field, status, channel, timeliness: time }: RegisterFilter,
): Promise<string | null> {
  const fields = field === undefined ? [] : await listFields(db)
  const said = (label: string, words: Readonly<Record<string, string>>, key: string | undefined) =>
    key === undefined ? [] : [`${label}: ${words[key] ?? key}`]
  const parts = [
    ...said(vi.register.field, Object.fromEntries(fields.map(({ key, name }) => [key, name])), field),
    ...said(vi.register.channel, vi.channels, channel),
    ...said(vi.register.status, vi.statuses, status),
    ...said(vi.register.timeliness, vi.register.timelinesses, time),
  ]
  return parts.length > 0 ? parts.join('; ') : null
}

async function collectRegister(context: DossierContext, filter: ListFilter): Promise<DossierRecord[]> {
  return withScope(context.db, { agencies: filter.agencies }, async (tx) => {
    const rows: DossierRecord[] = []
    let cursor: string | undefined
    do {
      const page = await listDossiers(tx, { ...filter, cursor, limit: 1000, oldestFirst: true })
      rows.push(...page.items.filter(({ received_at }) => received_at !== null))
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    return rows
  })
}

async function registerRows(
  context: DossierContext,
  rows: readonly DossierRecord[],
  { agencyId, authority, whole }: { agencyId: number; authority: string; whole: boolean },
): Promise<RegisterForm['rows']> {
  const names = await namesFor(context.db, {
    versions: rows.map((row) => row.procedure_version_id),
    day: dayOf(context.clock()),
  })
  const persons = await withScope(context.db, { agencies: [agencyId] }, (tx) =>
    tx
      .selectFrom('dossiers.person')
      .selectAll()
      .where('agency_id', '=', agencyId)
      .where(
        'dossier_id',
        'in',
        rows.length > 0 ? rows.map((row) => row.dossier_id) : ['00000000-0000-0000-0000-000000000000'],
      )
      .where('superseded_at', 'is', null)
      .execute(),
  )
  const byDossier = Map.groupBy(persons, (person) => person.dossier_id)
  const dossierIds = rows.map((row) => row.dossier_id)
  const sets = await withScope(context.db, { agencies: [agencyId] }, (tx) => listSets(tx, agencyId, dossierIds))
  const now = context.clock()
  return rows.map((row) => {
    const people = byDossier.get(row.dossier_id) ?? []
    const applicant = people.find(({ content }) => content?.roles.includes('applicant'))
    const recipient = people.find(({ content }) => content?.roles.includes('recipient'))
    const phone = applicant ? openSecret(context.keys, applicant).phone : ''
    const time = timeliness({ status: row.status, finishedAt: row.finished_at, due: row.due_current }, now)
    return {
      code: row.code,
      procedure: names.procedure(row.procedure_version_id).shortName,
      sets: sets.get(row.dossier_id) ?? 1,
      name: row.applicant_name ?? '(đã xóa)',
      address: applicant?.content?.address ?? null,
      phone: (whole ? phone : maskPhone(phone)) || null,
      handlingAgency: authority,
      receivedAt: row.received_at ?? row.lodged_at,
      dueAt: row.due_current,
      returnedAt: row.returned_at,
      channel: vi.channels[row.channel as keyof typeof vi.channels],
      delivery: row.returned_at ? vi.deliveries[row.delivery as keyof typeof vi.deliveries] : null,
      receivedBy: recipient?.content?.name ?? null,
      note: [vi.statuses[row.status], time === 'late' || time === 'open-late' ? vi.timeliness[time] : '']
        .filter(Boolean)
        .join('; '),
    }
  })
}
