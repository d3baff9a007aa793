import { renderSVG } from 'uqr'
import { dayOf, writeDay, writeInstant, type Instant } from '../platform/day.ts'
import { writeDong, writeNumber } from '../platform/money.ts'
import type { DossierMark, FormInputs, FormName, FormPerson, Letterhead, PaperKind, RegisterRow } from './form-data.ts'
import { formEdition, type Edition, type RegulatedForm } from './rules/form-editions.ts'
import { dayInWords, instantInWords, twoDigits } from './rules/form-words.ts'
import type { PrintData } from './render.ts'

/** A template and everything it prints, already in words. */
export type Paper = { template: string; data: PrintData }

type Writers = { [Name in FormName]: (form: FormInputs[Name], edition: Edition) => Paper }

/** Chooses the template of a form and writes its data in words. */
export const paperOf = <Name extends FormName>(name: Name, edition: Edition, form: FormInputs[Name]): Paper =>
  writers[name](form, edition)

const paperKinds: Record<PaperKind, string> = {
  original: 'Bản chính',
  certified: 'Bản sao chứng thực',
  copy: 'Bản chụp',
  electronic: 'Bản điện tử',
}

/** What a paper says of a fee whose amount nobody has entered: it is owed, so it is not told as none. */
const SET_BY_PROVINCE = 'theo mức thu do Hội đồng nhân dân cấp tỉnh quy định'

const hopResults = { early: 'Trước hạn', 'on-time': 'Đúng hạn', late: 'Quá hạn' }

const writers: Writers = {
  receipt: (form, edition) =>
    regulated('receipt', edition, form, {
      place: form.receivingPlace,
      submitter: person(form.submitter),
      owner: form.owner && ownerLine(form.owner),
      papers: form.papers.map(({ name, kind, count, note }) => ({
        name: note ? `${name} (${note})` : name,
        kind: paperKinds[kind],
        count: twoDigits(count),
      })),
      others: form.otherPapers ?? [],
      sets: twoDigits(form.sets),
      limit: form.timeLimit,
      received: instantInWords(form.receivedAt),
      clock: words(form.clockStartedAt),
      due: words(form.dueAt),
      delivery: form.resultDelivery,
      fees:
        form.fees
          .filter(({ amount }) => amount !== 0)
          .map(({ name, amount }) => `${name}: ${amount === null ? SET_BY_PROVINCE : writeDong(amount)}`)
          .join('; ') || 'Không',
      payment: form.feePayment,
      notification: form.notification,
      book: { volume: form.book?.volume ?? null, sequence: form.book?.sequence ?? null },
      receiver: form.receiver.name,
    }),

  supplement: (form, edition) =>
    regulated('supplement', edition, form, {
      place: form.receivingPlace,
      stage: form.stage,
      applicant: person(form.applicant),
      items: form.items.map(({ paper, change }) => ({ paper, change })),
      reason: form.reason,
      basis: form.legalBasis,
      completeBy: form.completeBy && dayInWords(form.completeBy),
      contact: { name: form.contact.name, phone: form.contact.phone },
      signer: form.signer,
    }),

  refusal: (form, edition) =>
    regulated('refusal', edition, form, {
      place: form.receivingPlace,
      stage: form.stage,
      applicant: person(form.applicant),
      reason: form.reason,
      basis: form.legalBasis,
      guidance: form.guidance,
      returned: form.returned,
      signer: form.signer,
      ...(form.stage === 'processing' && { heading: 'Phiếu từ chối giải quyết hồ sơ' }),
    }),

  apology: (form, edition) =>
    regulated('apology', edition, form, {
      applicant: person(form.applicant),
      apologist: form.apologist,
      receivedDay: dayInWords(dayOf(form.receivedAt)),
      due: instantInWords(form.dueAt),
      cause: form.causedBy,
      reason: form.reason,
      newDue: instantInWords(form.newDueAt),
      late: form.late,
      copies: [...form.copiesTo, form.archive],
      signer: form.signer,
    }),

  stop: (form, edition) =>
    regulated('stop', edition, form, {
      place: form.receivingPlace,
      applicant: person(form.applicant),
      receivedDay: dayInWords(dayOf(form.receivedAt)),
      askedBy: form.askedBy,
      stage: form.stage,
      stopped: instantInWords(form.stoppedAt),
      reason: form.reason,
      basis: form.legalBasis,
      fees: form.fees,
      papers: form.papersReturned,
      copies: [...form.copiesTo, form.archive],
      signer: form.signer,
    }),

  control: (form, edition) =>
    regulated('control', edition, form, {
      applicant: form.applicantName,
      received: instantInWords(form.receivedAt),
      due: words(form.dueAt),
      agency: form.handlingAgency,
      coordinating: form.coordinatingAgencies.join('; ') || null,
      hops: form.hops.map((hop) => ({
        from: hop.from,
        to: hop.to,
        fromOfficer: hop.fromOfficer,
        toOfficer: hop.toOfficer,
        handed: instantInWords(hop.handedAt),
        received: words(hop.receivedAt),
        result: hop.result && hopResults[hop.result],
        note: hop.note,
      })),
    }),

  register: (form, edition) => {
    const { number, title } = regulatedForm('register', edition)
    const period = `Từ ${dayInWords(form.from)} đến ${dayInWords(form.to)}`
    return {
      template: `${edition}/register`,
      data: {
        ...common(form.head, title, ''),
        source: sourceOf(number, edition),
        mark: `${title} ${writeDay(form.from)}–${writeDay(form.to)}`,
        period,
        filter: form.filter,
        volume: form.volume,
        rows: form.rows.map((row) => registerCells(row)),
        total: writeNumber(form.rows.length),
        signer: form.signer,
      },
    }
  },

  explanation: (form) => ({
    template: 'sheets/explanation',
    data: {
      ...common(form.head, 'Diễn giải thời hạn giải quyết hồ sơ', ''),
      ...marks(form.dossier),
      applicant: form.applicantName,
      limit: form.timeLimit,
      started: instantInWords(form.startedAt),
      due: instantInWords(form.dueAt),
      lines: form.lines,
      rules: form.rules,
    },
  }),

  posting: (form) => ({
    template: 'sheets/posting',
    data: {
      ...common(form.head, 'Niêm yết công khai thủ tục hành chính', ''),
      ...link(form.url),
      mark: `Thủ tục ${form.code}`,
      code: form.code,
      name: form.name,
      field: form.field,
      decision: form.decision,
      subjects: form.subjects,
      sequence: form.sequence,
      cases: form.cases.map(({ name, papers }) => ({
        name,
        papers: papers.map((paper) => ({
          name: [paper.name, paper.form && `(${paper.form})`].filter(Boolean).join(' '),
          originals: countOrDash(paper.originals),
          copies: countOrDash(paper.copies),
          note: paper.note,
        })),
      })),
      sets: twoDigits(form.sets),
      ways: form.ways,
      place: form.place,
      hours: form.officeHours,
      agency: form.handlingAgency,
      results: form.results,
      conditions: form.conditions,
      basis: form.legalBasis,
      feedback: form.feedback,
    },
  }),

  poster: (form) => ({
    template: 'sheets/poster',
    data: {
      ...common(form.head, form.title, ''),
      ...link(form.url),
      mark: form.code ?? form.title,
      kind: form.kind,
      name: form.title,
      code: form.code,
      lines: form.lines,
    },
  }),

  feeReceipt: (form) => ({
    template: 'sheets/fee-receipt',
    data: {
      ...common(form.head, 'Biên lai thu phí, lệ phí', ''),
      ...link(form.url),
      mark: `Biên lai ${form.symbol} số ${form.number}`,
      symbol: form.symbol,
      number: form.number,
      code: form.code,
      payer: form.payer,
      address: form.address,
      procedure: form.procedure,
      lines: form.lines.map(({ name, amount }) => ({ name, amount: writeNumber(amount) })),
      amount: writeDong(form.amount),
      words: form.amountInWords,
      parts:
        form.parts &&
        `Phải nộp ${writeDong(form.parts.due)}; đã nộp trước ${writeNumber(form.parts.before)} đồng; còn lại sau lần này ${writeNumber(form.parts.after)} đồng.`,
      method: form.method,
      copy: form.copy === null ? null : `(Bản in lại lần ${form.copy})`,
      voided: form.voided && { at: writeInstant(form.voided.at), reason: form.voided.reason },
      collector: form.collector,
    },
  }),
}

function regulated(
  name: Exclude<RegulatedForm, 'register'>,
  edition: Edition,
  form: { head: Letterhead; dossier: DossierMark },
  fields: Record<string, unknown>,
): Paper {
  const { number, title, symbol } = regulatedForm(name, edition)
  return {
    template: `${edition}/${name}`,
    data: { ...common(form.head, title, symbol), ...marks(form.dossier), source: sourceOf(number, edition), ...fields },
  }
}

function regulatedForm(name: RegulatedForm, edition: Edition): { number: string; title: string; symbol: string } {
  const found = formEdition(edition).forms[name]
  if (!found) throw new Error(`the ${edition} edition has no form '${name}'`)
  return found
}

const sourceOf = (number: string, edition: Edition): string => `Mẫu số ${number} – ${formEdition(edition).name}`

const common = (head: Letterhead, title: string, symbol: string): PrintData => ({
  title,
  author: head.agency,
  issuedAt: head.issuedAt,
  demo: head.demo ?? false,
  heading: title,
  head: {
    parent: head.parentAgency && capitals(head.parentAgency, 29),
    agency: capitals(head.agency, 25),
    number: head.number ?? (symbol && `………/${symbol}`),
    place: head.place,
    date: dayInWords(dayOf(head.issuedAt)),
  },
})

const marks = ({ code, trackingUrl, trackingKey, procedure }: DossierMark) => ({
  ...link(trackingUrl),
  code,
  key: trackingKey ?? null,
  mark: `Mã hồ sơ: ${code}`,
  procedure,
})

// Four modules of white around the code, as ISO/IEC 18004 asks; 15 % may be dirty or torn.
const link = (url: string) => ({
  url: new URL(url).href,
  site: new URL(url).host,
  qr: renderSVG(url, { ecc: 'M', border: 4, pixelSize: 10 }),
})

// A long agency name breaks where its parts meet, so that no place name is torn apart.
const capitals = (text: string, lineLength: number): string => {
  const name = text.toLocaleUpperCase('vi')
  if (name.length <= lineLength) return name
  return name.replace(
    / (HÀNH CHÍNH CÔNG|VÀ TRẢ KẾT QUẢ|XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU|HUYỆN|QUẬN|THỊ XÃ|THÀNH PHỐ|TỈNH)(?= |$)/g,
    '\n$1',
  )
}

const words = (instant: Instant | null | undefined): string | null => (instant ? instantInWords(instant) : null)

const countOrDash = (count: number): string => (count > 0 ? twoDigits(count) : '–')

const person = ({ name, identity, address, phone, email }: FormPerson) => ({ name, identity, address, phone, email })

const ownerLine = ({ name, identity }: FormPerson): string =>
  identity ? `${name}; ${identity.label}: ${identity.number}` : name

const registerCells = (row: RegisterRow): (string | null)[] => [
  row.code,
  row.procedure,
  twoDigits(row.sets),
  row.name,
  [row.address, row.phone].filter(Boolean).join('\n') || null,
  row.handlingAgency,
  writeInstant(row.receivedAt),
  row.dueAt && writeInstant(row.dueAt),
  row.returnedAt && writeInstant(row.returnedAt),
  row.channel,
  row.delivery,
  row.receivedBy,
  row.note,
]
