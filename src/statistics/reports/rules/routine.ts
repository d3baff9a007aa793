import { daysBetween, dayOf, writeInstant, type Instant } from '../../../platform/day.ts'
import type { FigureDossier } from '../../figures/contract.ts'
import type { Block, PaperKind, ReportBody, SignOff } from '../contract.ts'
import { print } from './document.ts'
import type { Facts } from './facts.ts'
import type { Printed, PrintedTable } from './printed.ts'
import { writeDate } from './sentence.ts'

/** Dossiers that somebody has to look after, the most urgent first; `all` is how many there are. */
export type DossierList = { dossiers: readonly FigureDossier[]; all: number }

export type RoutineFacts = {
  facts: Facts
  overdue: DossierList
  /** Promised for the days that come. */
  dueSoon: DossierList
}

/** The paper of a day at 16:00, or the progress of a week for the leaders' meeting. */
export function routinePaper(kind: PaperKind, { facts, overdue, dueSoon }: RoutineFacts, signOff: SignOff): Printed {
  const printed = print(bodies[kind](), { ...signOff, subject: subjectOf(kind, facts) }, facts)
  const tables = [
    dossierTable('Hồ sơ đang giải quyết đã quá hạn', overdue, facts.knownAt),
    dossierTable(
      kind === 'daily' ? 'Hồ sơ đến hạn trả kết quả trong 02 ngày tới' : 'Hồ sơ đến hạn trả kết quả trong 07 ngày tới',
      dueSoon,
      facts.knownAt,
    ),
  ]
  // The dossiers stand before the last sentence, which ends the paper.
  const at = printed.blocks.findLastIndex(({ kind: block }) => block === 'paragraph')
  return { ...printed, blocks: printed.blocks.toSpliced(at, 0, ...tables.flatMap((table) => (table ? [table] : []))) }
}

function subjectOf(kind: PaperKind, { current, knownAt }: Facts): string {
  if (kind === 'daily') {
    const [clock] = writeInstant(knownAt).split(' ')
    const isThatDay = dayOf(knownAt) === current.to
    return `Tình hình tiếp nhận, giải quyết thủ tục hành chính ngày ${writeDate(current.to)}${isThatDay ? `\n(số liệu đến ${clock?.replace(':', ' giờ ')})` : ''}`
  }
  return `Tiến độ giải quyết thủ tục hành chính tuần từ ngày ${writeDate(current.from)} đến ngày ${writeDate(current.to)}`
}

const passage = (recipe: string, marker?: '-'): Omit<Extract<Block, { kind: 'passage' }>, 'id'> => ({
  kind: 'passage',
  recipe,
  ...(marker && { marker }),
})
const heading = (text: string): Omit<Extract<Block, { kind: 'heading' }>, 'id'> => ({ kind: 'heading', level: 2, text })

const fieldTable = {
  kind: 'table' as const,
  caption: 'Kết quả theo lĩnh vực',
  source: {
    by: 'field' as const,
    figures: ['carried', 'received', 'resolved', 'resolved-late', 'open', 'open-overdue'] satisfies Extract<
      Block,
      { kind: 'table' }
    >['source']['figures'],
  },
}

const numbered = (blocks: readonly Omit<Block, 'id'>[]): ReportBody => ({
  template: 'periodic',
  blocks: blocks.map((block, index) => ({ ...block, id: `p${index + 1}` }) as Block),
  annexes: [],
})

const bodies: Record<PaperKind, () => ReportBody> = {
  daily: () =>
    numbered([
      heading('Tiếp nhận'),
      passage('received'),
      passage('received-by-field', '-'),
      heading('Giải quyết'),
      passage('resolved'),
      passage('late'),
      passage('otherwise'),
      passage('open'),
      fieldTable,
      passage('closing-routine'),
    ]),
  weekly: () =>
    numbered([
      heading('Kết quả trong tuần'),
      passage('received'),
      passage('balance'),
      passage('resolved'),
      passage('late'),
      passage('otherwise'),
      passage('open'),
      heading('Tiến độ theo lĩnh vực, bộ phận'),
      fieldTable,
      { ...fieldTable, caption: 'Kết quả theo bộ phận', source: { ...fieldTable.source, by: 'unit' as const } } as Omit<
        Block,
        'id'
      >,
      heading('Hồ sơ cần tập trung giải quyết'),
      passage('focus'),
      passage('closing-routine'),
    ]),
}

function dossierTable(caption: string, { dossiers, all }: DossierList, now: Instant): PrintedTable | null {
  if (all === 0) return null
  const head = ['TT', 'Mã hồ sơ', 'Thủ tục hành chính', 'Ngày tiếp nhận', 'Hẹn trả kết quả', 'Thời gian']
  const shown =
    dossiers.length < all ? `Bảng ghi ${dossiers.length} hồ sơ có hạn sớm nhất trong số ${all} hồ sơ.` : null
  return {
    kind: 'table',
    caption,
    head: [head.map((text) => ({ text, align: 'center', bold: true }))],
    rows: dossiers.map((dossier, index) => [
      { text: String(index + 1), align: 'center' },
      { text: dossier.code, isHeader: true },
      { text: dossier.procedureName },
      { text: dossier.receivedOn ? writeDate(dossier.receivedOn) : '', align: 'center' },
      { text: dossier.dueAt ? writeInstant(dossier.dueAt) : '', align: 'center' },
      { text: dossier.dueAt ? timeLeft(dossier.dueAt, now) : '', align: 'center' },
    ]),
    widths: [5, 20, 34, 13, 15, 13],
    small: true,
    ...(shown && { legend: shown }),
  }
}

/** `quá 3 ngày`, `còn 2 ngày`, `trong ngày` */
function timeLeft(dueAt: Instant, now: Instant): string {
  const days = daysBetween(dayOf(now), dayOf(dueAt))
  if (dueAt < now) return days === 0 ? 'quá trong ngày' : `quá ${-days} ngày`
  return days === 0 ? 'trong ngày' : `còn ${days} ngày`
}
