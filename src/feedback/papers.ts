import ExcelJS from 'exceljs'
import { printTemplate } from '../documents/index.ts'
import { dayOf, writeDay, type Day, type Instant } from '../platform/day.ts'
import { withScope } from '../platform/db.ts'
import { isDemo } from '../platform/settings.ts'
import { authorityName, getAgency, listOfficerNames, listPostTitles, listUnitNames } from '../staff/index.ts'
import type { FeedbackContext } from './commands.ts'
import type { RegisterRow } from './contract.ts'
import { maskName } from './rules/redact.ts'
import { open } from './sealing.ts'
import { listRegister, type LoadedEvent, type Narrowed, type PetitionRow } from './store.ts'
import { vi } from './text.vi.ts'
import { senderOf, wordsOf, type OpenedPetition } from './view.ts'

/** Events that are a letter to the sender. */
const lettered = ['answered', 'guided', 'refused', 'supplementRequested'] as const
type Lettered = (typeof lettered)[number]
const isLettered = (type: string): type is Lettered => (lettered as readonly string[]).includes(type)

export const lastLetter = (events: readonly LoadedEvent[]): LoadedEvent | undefined =>
  events.findLast(({ type }) => isLettered(type))

/** The letter that goes with the last thing that was told to the sender; undefined while nothing was. */
export async function printLetter(context: FeedbackContext, opened: OpenedPetition): Promise<Buffer | undefined> {
  const event = lastLetter(opened.events)
  if (!event || !isLettered(event.type) || !('writingId' in event.body)) return undefined
  const { db } = context
  const { petition, writings, agencyId } = opened
  const agency = await getAgency(db, agencyId, dayOf(event.recorded_at))
  const authority = authorityName(agency)
  const [names, titles, demo] = await Promise.all([
    listOfficerNames(db, event.officer_id === null ? [] : [event.officer_id]),
    listPostTitles(db, event.post_id === null ? [] : [event.post_id]),
    isDemo(db),
  ])
  const written = event.body.writingId === null ? undefined : writings.get(event.body.writingId)
  const text = written?.kind === 'guidance' ? written.text : (wordsOf(writings, event.body.writingId) ?? '')
  const sender = senderOf(opened)
  const title = event.post_id === null ? undefined : titles.get(event.post_id)
  return printTemplate('petitions/letter', {
    title: `${vi.letter[event.type]} ${petition.code}`,
    author: authority,
    issuedAt: event.recorded_at,
    demo,
    head: headOf(agency, { number: `${petition.code}/PAKN`, at: event.recorded_at }),
    about: vi.letter[event.type],
    to: sender ? sender.name : 'Người gửi phản ánh, kiến nghị',
    opening: [
      `${authority} nhận được phản ánh, kiến nghị của ${sender?.kind === 'organisation' ? 'quý cơ quan, tổ chức' : 'ông (bà)'}, mã ${petition.code}, ngày ${writeDay(dayOf(petition.receivedAt))}.`,
    ],
    authority: written?.kind === 'guidance' ? written.authority : '',
    body: text.split('\n').filter((line) => line.trim()),
    closing: [
      `Trân trọng thông báo. Theo dõi tại ${context.config.publicUrl}/phan-anh/theo-doi bằng mã phản ánh và mã tra cứu đã cấp.`,
    ],
    copies: ['Như trên;', 'Lưu: VT.'],
    signer: {
      lines: title ? [title.toUpperCase()] : [],
      name: event.officer_id === null ? null : (names.get(event.officer_id) ?? null),
    },
  })
}

function headOf(
  agency: { kind: string; fullName: string },
  { number, at }: { number: string | null; at: Instant },
): Record<string, string | null> {
  const [year = '', month = '', day = ''] = dayOf(at).split('-')
  return {
    parent: null,
    agency: authorityName(agency).toUpperCase(),
    number,
    place: agency.fullName.replace(/^(Tỉnh|Thành phố|Quận|Huyện|Thị xã|Thị trấn|Phường|Xã|Đặc khu) /, ''),
    date: `ngày ${day} tháng ${month} năm ${year}`,
  }
}

/** The rows of the register: every petition that came in these days and that this officer may see. */
export async function registerRows(context: FeedbackContext, narrowed: Narrowed): Promise<RegisterRow[]> {
  const { db, keys } = context
  const { rows, writings } = await withScope(db, { agencies: narrowed.agencies }, async (tx) => {
    const found = await listRegister(tx, narrowed, MOST_ROWS)
    const ids = found.map(({ petition_id }) => petition_id)
    const kept =
      ids.length === 0
        ? []
        : await tx
            .selectFrom('feedback.writing')
            .selectAll()
            .where('agency_id', 'in', [...narrowed.agencies])
            .where('petition_id', 'in', ids)
            .where('kind', 'in', ['story', 'sender'])
            .execute()
    return { rows: found, writings: kept }
  })
  const [officers, units] = await Promise.all([
    listOfficerNames(
      db,
      rows.map(({ officer_id }) => officer_id).filter((id) => id !== null),
    ),
    listUnitNames(
      db,
      rows.map(({ unit_id }) => unit_id).filter((id) => id !== null),
    ),
  ])
  const opened = new Map<string, { story: string; sender: string }>()
  for (const { petition_id, sealed } of writings) {
    const writing = sealed ? open(keys, sealed) : undefined
    const known = opened.get(petition_id) ?? { story: '', sender: '' }
    if (writing?.kind === 'story') known.story = writing.story.happened
    if (writing?.kind === 'sender')
      known.sender = writing.sender.hidesName ? maskName(writing.sender.name) : writing.sender.name
    opened.set(petition_id, known)
  }
  return rows.map((row, index) => {
    const { story = '', sender = '' } = opened.get(row.petition_id) ?? {}
    return {
      petitionId: row.petition_id,
      number: index + 1,
      code: row.code,
      receivedOn: dayOf(row.received_at),
      channel: row.channel,
      reference: row.reference ?? '',
      sender: row.restricted ? vi.queue.restricted : sender || vi.anonymous,
      content: row.restricted ? vi.queue.restricted : shorten(story),
      kind: kindOf(row),
      handler: [
        row.unit_id === null ? '' : (units.get(row.unit_id) ?? ''),
        row.officer_id === null ? '' : (officers.get(row.officer_id) ?? ''),
      ]
        .filter(Boolean)
        .join(', '),
      dueOn: row.due_at && row.ended_at === null ? dayOf(row.due_at) : '',
      endedOn: dayOrEmpty(row.answered_at ?? row.ended_at),
      result: vi.statuses[row.status],
      published: dayOrEmpty(row.published_at),
    }
  })
}

const MOST_ROWS = 5000
const dayOrEmpty = (at: Instant | null): string => (at === null ? '' : dayOf(at))
const shorten = (text: string): string => {
  const line = text.trim().replaceAll(/\s+/gu, ' ')
  return line.length > 240 ? `${Array.from(line).slice(0, 240).join('')}…` : line
}
const kindOf = ({ kind, referral }: PetitionRow): string => {
  if (referral) return vi.referrals[referral]
  return kind ? vi.kinds[kind] : ''
}

type Shown = Exclude<keyof RegisterRow, 'petitionId'>
type Book = { agencyId: number; from: Day; to: Day; rows: readonly RegisterRow[] }

const columns = Object.keys(vi.book.head) as Shown[]
const days: ReadonlySet<Shown> = new Set(['receivedOn', 'dueOn', 'endedOn', 'published'])
const cellOf = (row: RegisterRow, key: Shown): string => {
  if (key === 'channel') return vi.channels[row.channel]
  const value = String(row[key])
  return days.has(key) && value ? writeDay(value) : value
}

/** The register for print, in landscape with repeated heads. */
export async function printBook(context: FeedbackContext, { agencyId, from, to, rows }: Book): Promise<Buffer> {
  const agency = await getAgency(context.db, agencyId, to)
  const at = context.clock()
  return printTemplate('petitions/register', {
    title: `${vi.book.title} ${writeDay(from)} – ${writeDay(to)}`,
    author: authorityName(agency),
    issuedAt: at,
    demo: await isDemo(context.db),
    head: headOf(agency, { number: null, at }),
    period: `Từ ngày ${writeDay(from)} đến ngày ${writeDay(to)}; tổng số ${rows.length} phản ánh, kiến nghị`,
    heads: columns.map((key) => vi.book.head[key]),
    rows: rows.map((row) => columns.map((key) => cellOf(row, key))),
    signer: { lines: ['NGƯỜI LẬP SỔ'], name: null },
  })
}

const widths: Readonly<Record<Shown, number>> = {
  number: 6,
  code: 16,
  receivedOn: 12,
  channel: 18,
  reference: 16,
  sender: 24,
  content: 60,
  kind: 18,
  handler: 28,
  dueOn: 12,
  endedOn: 12,
  result: 16,
  published: 12,
}

/** The register as a workbook: real days, text that never becomes a formula. */
export async function writeBook(context: FeedbackContext, { agencyId, from, to, rows }: Book): Promise<Buffer> {
  const agency = await getAgency(context.db, agencyId, to)
  const workbook = new ExcelJS.Workbook()
  workbook.creator = authorityName(agency)
  const head = 4
  const sheet = workbook.addWorksheet('Sổ PAKN', {
    views: [{ state: 'frozen', ySplit: head, xSplit: 2 }],
    pageSetup: {
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `${head}:${head}`,
    },
  })
  Object.assign(sheet.pageSetup, { paperSize: A4 })
  const demo = (await isDemo(context.db)) ? 'Bản dùng thử – dữ liệu hư cấu' : ''
  const lines = [
    authorityName(agency).toUpperCase(),
    vi.book.title.toUpperCase(),
    [`Từ ngày ${writeDay(from)} đến ngày ${writeDay(to)}; tổng số: ${rows.length}`, demo].filter(Boolean).join('; '),
  ]
  for (const [index, line] of lines.entries()) {
    const cell = sheet.getCell(index + 1, 1)
    cell.value = clean(line)
    cell.style = { numFmt: '@', font: { ...font, bold: index < 2, size: index === 1 ? 14 : 12 } }
  }
  const thin = { style: 'thin' } as const
  const border = { top: thin, left: thin, bottom: thin, right: thin }
  for (const [index, key] of columns.entries()) {
    sheet.getColumn(index + 1).width = widths[key]
    const cell = sheet.getCell(head, index + 1)
    cell.value = vi.book.head[key]
    cell.style = {
      font: { ...font, bold: true },
      alignment: { vertical: 'middle', horizontal: 'center', wrapText: true },
      border,
    }
  }
  for (const [line, row] of rows.entries()) {
    let tallest = 1
    for (const [index, key] of columns.entries()) {
      const cell = sheet.getCell(head + 1 + line, index + 1)
      const value = row[key]
      const isDay = days.has(key) && value !== ''
      cell.value = isDay || typeof value === 'number' ? valueOf(value) : clean(cellOf(row, key))
      cell.style = {
        numFmt: formatOf(isDay, value),
        font,
        alignment: { vertical: 'top', wrapText: true },
        border,
      }
      tallest = Math.max(tallest, Math.ceil((cellOf(row, key).length + 1) / (widths[key] - 2)))
    }
    sheet.getRow(head + 1 + line).height = 15 * tallest
  }
  sheet.autoFilter = { from: { row: head, column: 1 }, to: { row: head, column: columns.length } }
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

const A4 = 9
const valueOf = (value: string | number): number | Date =>
  typeof value === 'number' ? value : new Date(`${value}T00:00:00.000Z`)
const formatOf = (isDay: boolean, value: string | number): string => {
  if (isDay) return 'dd/mm/yyyy'
  return typeof value === 'number' ? '0' : '@'
}
const font = { name: 'Times New Roman', size: 11 }
const clean = (value: string): string =>
  value
    .normalize('NFC')
    .replaceAll(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .slice(0, 32_767)
