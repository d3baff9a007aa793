// NQ 202/2025/QH15 và các nghị quyết của UBTVQH: từ 01/7/2025 còn 34 tỉnh, 3.321 xã, phường, đặc khu; kết thúc cấp huyện.
import { addDays, type Day } from '../../platform/day.ts'

/** The administrative units of two times and what became of the old ones, as the lists tell it. */
export type UnitList = {
  source: string
  oldProvinces: readonly (NamedUnit & { districts: readonly (NamedUnit & { communes: readonly NamedUnit[] })[] })[]
  newProvinces: readonly (NamedUnit & { nameEn: string; communes: readonly NewCommune[] })[]
}
export type NamedUnit = { code: string; name: string }
/** `from`: codes of the old communes (five digits) or of a district without communes (three digits). */
export type NewCommune = NamedUnit & { from: readonly { code: string; confirmed: boolean }[] }

/** First day of what the records do not date. */
export const EARLIEST: Day = '1900-01-01'
/** The day on which the three tiers became two. */
export const TWO_TIERS_FROM: Day = '2025-07-01'
/** The day on which Đồng Nai became a city under the central government and ten of its communes became wards. */
export const DONG_NAI_CITY_FROM: Day = '2026-04-30'
const DONG_NAI = '75'

export type SuccessionKind = 'merge' | 'split' | 'rename' | 'transfer'

export type PlannedAgency = {
  /** `province:31@2025-07-01`: a code may return with another meaning, so the key carries the day. */
  key: string
  kind: 'province' | 'district' | 'commune'
  validFrom: Day
  validTo: Day | null
  code: string
  names: { fullName: string; fullNameEn: string | null; validFrom: Day; validTo: Day | null }[]
  edges: { parentKey: string; validFrom: Day; validTo: Day | null }[]
}
export type PlannedSuccession = {
  oldKey: string
  newKey: string
  kind: SuccessionKind
  onDay: Day
  share: number | null
  answers: boolean
  confirmed: boolean
}
export type UnitPlan = { agencies: PlannedAgency[]; successions: PlannedSuccession[]; problems: string[] }

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu

/** A name for comparison: Hòa = Hoà, Phương Liên-Trung Tự = Phương Liên - Trung Tự. Accents that change the letter stay. */
export const foldName = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[-–,.\s]+/gu, ' ')
    .trim()
    .split(' ')
    .map((word) => {
      const parts = word.normalize('NFD')
      return parts.replaceAll(TONES, '').normalize('NFC') + (parts.match(TONES) ?? []).join('')
    })
    .join(' ')

export const sameName = (one: string, other: string): boolean => foldName(one) === foldName(other)

/** The agencies, their times, places and successors that follow from the list. Everything odd is named in `problems`. */
export function planUnits(list: UnitList): UnitPlan {
  const lastOldDay = addDays(TWO_TIERS_FROM, -1)
  const agencies = new Map<string, PlannedAgency>()
  const successions = new Map<string, PlannedSuccession>()
  const problems: string[] = []
  const succeed = (succession: PlannedSuccession) => {
    const key = `${succession.oldKey}>${succession.newKey}`
    if (!successions.has(key)) successions.set(key, succession)
  }
  const add = (agency: PlannedAgency) => {
    if (agencies.has(agency.key))
      problems.push(`Mã ${agency.code} xuất hiện hai lần: ${agency.names[0]?.fullName ?? ''}`)
    else agencies.set(agency.key, agency)
    return agency
  }
  const planned = (
    kind: PlannedAgency['kind'],
    unit: NamedUnit,
    validFrom: Day,
    validTo: Day | null,
    parentKey?: string,
  ): PlannedAgency => ({
    key: `${kind}:${unit.code}@${validFrom}`,
    kind,
    validFrom,
    validTo,
    code: unit.code,
    names: [{ fullName: unit.name, fullNameEn: null, validFrom, validTo }],
    edges: parentKey === undefined ? [] : [{ parentKey, validFrom, validTo }],
  })

  // The three tiers, all closed on the last day; what goes on unchanged is opened again below.
  const oldOf = new Map<string, PlannedAgency>()
  const districtOfCommune = new Map<string, PlannedAgency>()
  const provinceOfCommune = new Map<string, PlannedAgency>()
  for (const province of list.oldProvinces) {
    const top = add(planned('province', province, EARLIEST, lastOldDay))
    for (const district of province.districts) {
      const middle = add(planned('district', district, EARLIEST, lastOldDay, top.key))
      oldOf.set(district.code, middle)
      provinceOfCommune.set(district.code, top)
      for (const commune of district.communes) {
        oldOf.set(commune.code, add(planned('commune', commune, EARLIEST, lastOldDay, middle.key)))
        districtOfCommune.set(commune.code, middle)
        provinceOfCommune.set(commune.code, top)
      }
    }
  }

  const newOfOld = new Map<string, number>()
  for (const province of list.newProvinces)
    for (const commune of province.communes)
      for (const { code } of commune.from) newOfOld.set(code, (newOfOld.get(code) ?? 0) + 1)

  for (const province of list.newProvinces) {
    const predecessors = new Set(
      province.communes.flatMap(({ from }) => from.flatMap(({ code }) => provinceOfCommune.get(code) ?? [])),
    )
    const [only] = predecessors
    const goesOn = predecessors.size === 1 && only?.code === province.code
    let top: PlannedAgency
    if (goesOn && only) {
      top = only
      top.validTo = null
      for (const name of top.names) name.validTo = null
    } else {
      top = add(planned('province', province, TWO_TIERS_FROM, null))
      for (const old of predecessors)
        succeed({
          oldKey: old.key,
          newKey: top.key,
          kind: 'merge',
          onDay: TWO_TIERS_FROM,
          share: 1,
          answers: true,
          confirmed: true,
        })
      if (predecessors.size === 0) problems.push(`${province.name} (${province.code}): không rõ hình thành từ tỉnh nào`)
    }
    for (const name of top.names) name.fullNameEn = province.nameEn
    if (province.code === DONG_NAI && province.name.startsWith('Thành phố '))
      rename(top, province.name.replace('Thành phố ', 'Tỉnh '))

    for (const commune of province.communes) {
      const known = commune.from.filter(({ code }) => oldOf.has(code))
      for (const { code } of commune.from)
        if (!oldOf.has(code)) problems.push(`${commune.name} (${commune.code}): không có đơn vị cũ mang mã ${code}`)
      if (known.length === 0)
        problems.push(`${commune.name} (${commune.code}), ${province.name}: không rõ hình thành từ đơn vị nào`)
      const olds = known.flatMap(({ code, confirmed }) => {
        const old = oldOf.get(code)
        return old ? [{ old, confirmed, split: (newOfOld.get(code) ?? 0) > 1 }] : []
      })
      const [first] = olds
      const oldName = first?.old.names[0]?.fullName ?? ''
      const unchanged =
        olds.length === 1 &&
        first &&
        !first.split &&
        first.old.kind === 'commune' &&
        first.old.code === commune.code &&
        sameName(oldName, commune.name)
      if (unchanged) {
        first.old.validTo = null
        for (const name of first.old.names) name.validTo = null
        first.old.edges.push({ parentKey: top.key, validFrom: TWO_TIERS_FROM, validTo: null })
      } else {
        const made = add(planned('commune', commune, TWO_TIERS_FROM, null, top.key))
        // Wards made of no ward exist in Đồng Nai alone: the ten that became wards when it became a city.
        const raised =
          olds.length > 0 &&
          commune.name.startsWith('Phường ') &&
          !olds.some(({ old }) => old.names[0]?.fullName.startsWith('Phường '))
        if (province.code === DONG_NAI && raised) rename(made, commune.name.replace('Phường ', 'Xã '))
        for (const { old, split, confirmed } of olds) {
          const whole = olds.length > 1 ? 'merge' : 'rename'
          const kind = split ? 'split' : whole
          succeed({
            oldKey: old.key,
            newKey: made.key,
            kind,
            onDay: TWO_TIERS_FROM,
            share: split ? null : 1,
            answers: !split,
            confirmed,
          })
        }
      }
      // The commune took over tasks of the district; nobody answers for the whole of its dossiers.
      for (const { code, confirmed } of known) {
        const district = districtOfCommune.get(code)
        const target = unchanged ? first.old.key : `commune:${commune.code}@${TWO_TIERS_FROM}`
        if (district)
          succeed({
            oldKey: district.key,
            newKey: target,
            kind: 'transfer',
            onDay: TWO_TIERS_FROM,
            share: null,
            answers: false,
            confirmed,
          })
      }
    }
  }
  for (const [code, old] of oldOf)
    if (old.kind === 'commune' && !newOfOld.has(code))
      problems.push(`${old.names[0]?.fullName ?? ''} (${code}): không rõ nhập vào đơn vị nào`)
  return { agencies: [...agencies.values()], successions: [...successions.values()], problems }
}

function rename(agency: PlannedAgency, former: string): void {
  const [name] = agency.names
  if (!name) return
  agency.names = [
    { fullName: former, fullNameEn: null, validFrom: name.validFrom, validTo: addDays(DONG_NAI_CITY_FROM, -1) },
    { ...name, validFrom: DONG_NAI_CITY_FROM },
  ]
}

/** An address choice: a commune of today and the old ones that went into it. */
export type Place = {
  code: string
  name: string
  provinceCode: string
  provinceName: string
  formerly: readonly string[]
}

/** Every commune of today with the old names by which people still know it. */
export function placesOf(list: UnitList): Place[] {
  const old = new Map<string, string>()
  for (const province of list.oldProvinces)
    for (const district of province.districts) {
      old.set(district.code, `${district.name}, ${province.name}`)
      for (const commune of district.communes)
        old.set(commune.code, `${commune.name}, ${district.name}, ${province.name}`)
    }
  return list.newProvinces.flatMap((province) =>
    province.communes.map(({ code, name, from }) => ({
      code,
      name,
      provinceCode: province.code,
      provinceName: province.name,
      formerly: from.flatMap((one) => old.get(one.code) ?? []),
    })),
  )
}
