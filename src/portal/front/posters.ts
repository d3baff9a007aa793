import {
  catalogueVi,
  channelsOf,
  timeLimitFor,
  type Field,
  type ProcedureItem,
  type ProcedureVersion,
} from '../../catalogue/index.ts'
import { instantAt, type Day } from '../../platform/day.ts'
import { writeDong } from '../../platform/money.ts'
import type { Letterhead, PostingSheet, QrPoster } from '../../documents/index.ts'
import type { Place } from './facts.ts'
import { paths } from './paths.ts'
import { vi } from './text.vi.ts'

type Facts = {
  version: ProcedureVersion
  field: Field | undefined
  places: readonly Place[]
  publicUrl: string
  day: Day
}

/** The head of the only authority that takes it in, or of the one that the procedure names. */
function headOf(places: readonly Place[], fallback: string, day: Day): Letterhead {
  const only = places.length === 1 ? places[0] : undefined
  return {
    parentAgency: null,
    agency: only?.name ?? fallback,
    number: null,
    place: only?.agency.fullName.replace(/^(Xã|Phường|Đặc khu|Thị trấn) /u, '') ?? '',
    // The same sheet on the same day is the same file.
    issuedAt: instantAt(day, 0),
  }
}

/** Niêm yết công khai thủ tục: NĐ 63/2010/NĐ-CP, Điều 15. */
export function postingOf({ version, field, places, publicUrl, day }: Facts): PostingSheet {
  const only = places.length === 1 ? places[0] : undefined
  const several = version.cases.length > 1
  return {
    head: headOf(places, version.executingAgency, day),
    code: version.code,
    name: version.name,
    field: field?.name ?? version.field,
    decision: version.decision,
    url: publicUrl + paths.procedure(version.code),
    subjects: version.subjects,
    sequence: version.sequence,
    cases: casesOf(version),
    sets: version.sets,
    ways: version.cases.flatMap(({ key, name }) => waysOf(version, key, several ? name : null)),
    place: [
      only
        ? [only.name, ...only.points.map(({ name, address }) => [name, address].filter(Boolean).join(', '))].join('; ')
        : version.receivingPlace,
      ...version.channelNotes
        .filter(({ note }) => note !== '')
        .map(({ channel, note }) => `${catalogueVi.channels[channel]}: ${note}`),
    ].join('\n'),
    officeHours: only ? vi.hours(only.hours.workingWeekdays, only.hours.intervals) : null,
    handlingAgency: version.competentAgency,
    results: version.results.map(({ name }) => name),
    conditions: version.conditions.trim() || null,
    legalBasis: version.legalBasis.map(({ number, name }) => (name.includes(number) ? name : `${name} số ${number}`)),
    feedback: 'Phản ánh, kiến nghị về quy định hành chính: tại nơi tiếp nhận hoặc trên Cổng Dịch vụ công quốc gia.',
  }
}

/** Cases that ask for the same papers share one list. */
function casesOf({ cases }: ProcedureVersion): PostingSheet['cases'] {
  const lists = cases.map(({ name, components }) => ({
    name,
    papers: components.map((component) => ({
      name: component.name,
      form: component.form,
      originals: component.originals,
      copies: component.copies,
      note: [component.need === 'shown' ? 'Xuất trình' : null, component.condition].filter(Boolean).join('. ') || null,
    })),
  }))
  const same = [...Map.groupBy(lists, ({ papers }) => JSON.stringify(papers)).values()]
  return same.map((group) => ({
    name: cases.length > 1 ? group.map(({ name }) => name).join('; ') : null,
    papers: group[0]?.papers ?? [],
  }))
}

/** Channels with the same time and cost share one line. */
function waysOf(version: ProcedureVersion, caseKey: string, caseName: string | null): PostingSheet['ways'] {
  const ways = channelsOf(version, caseKey).map((channel) => ({
    channel,
    time: timeOf(version, caseKey, channel),
    fee: feeWords(version, caseKey, channel),
  }))
  return [...Map.groupBy(ways, ({ time, fee }) => `${time}\0${fee}`).values()].map((group) => ({
    channel: [caseName, group.map(({ channel }) => catalogueVi.channels[channel]).join(', ')]
      .filter(Boolean)
      .join(': '),
    time: group[0]?.time ?? '',
    fee: group[0]?.fee ?? '',
    note: null,
  }))
}

function timeOf(version: ProcedureVersion, caseKey: string, channel: 'counter' | 'online' | 'post'): string {
  const rule = timeLimitFor(version, caseKey, channel)
  if (!rule) return ''
  return `${catalogueVi.timeLimit(rule.parts)}${rule.nextDayAfter15 ? '; nhận sau 15 giờ thì trả vào ngày làm việc tiếp theo' : ''}`
}

function feeWords(version: ProcedureVersion, caseKey: string, channel: 'counter' | 'online' | 'post'): string {
  const rules =
    version.cases.find(({ key }) => key === caseKey)?.fees.filter(({ channels }) => channels.includes(channel)) ?? []
  const words = rules.map(({ name, amount, per, setBy, fromUnit }) => {
    if (setBy === 'province' && amount === 0) return `${name}: theo quy định của Hội đồng nhân dân cấp tỉnh`
    const unit = catalogueVi.per[per]
    return `${name}: ${writeDong(amount)}${per === 'dossier' || amount === 0 ? '' : `/${unit}`}${fromUnit > 1 ? ` từ ${unit} thứ ${fromUnit}` : ''}`
  })
  return words.join('; ') || 'Không'
}

export const posterOf = ({ version, field, places, publicUrl, day }: Facts): QrPoster => ({
  head: headOf(places, version.executingAgency, day),
  kind: 'procedure',
  title: version.shortName,
  code: version.code,
  url: publicUrl + paths.procedure(version.code),
  lines: [field ? `Lĩnh vực: ${field.name}` : ''].filter(Boolean),
})

/** One code for a whole field, with the names of its procedures below. */
export const fieldPosterOf = ({
  field,
  items,
  places,
  publicUrl,
  day,
}: {
  field: Field
  items: readonly ProcedureItem[]
  places: readonly Place[]
  publicUrl: string
  day: Day
}): QrPoster => ({
  head: headOf(places, 'Trung tâm Phục vụ hành chính công', day),
  kind: 'field',
  title: field.name,
  code: null,
  url: publicUrl + paths.field(field.key),
  lines: items.map(({ shortName }) => shortName),
})
