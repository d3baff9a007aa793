import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sameName, type NewCommune, type UnitList } from './rules/units.ts'

const SHIPPED = new URL('./data/units.json', import.meta.url)

/** What a reading brought, with one line for each row that could not be used. */
export type UnitReading = { list: UnitList; problems: string[] }

type OldProvince = {
  Code: string
  FullName: string
  District: { Code: string; FullName: string; Ward: { Code: string; FullName: string }[] | null }[]
}
type NewProvince = { Code: string; FullName: string; FullNameEn: string; Wards: { Code: string; FullName: string }[] }

/** Reads the two official lists and the mapping from old to new communes from a folder. */
export function readUnitFiles(dir: string): UnitReading {
  const problems: string[] = []
  const before = JSON.parse(readFileSync(join(dir, 'units-2025-03-three-tier.json'), 'utf8')) as OldProvince[]
  const after = JSON.parse(readFileSync(join(dir, 'units-2026-07.json'), 'utf8')) as NewProvince[]
  const oldProvinces = before.map(({ Code, FullName, District }) => ({
    code: Code,
    name: tidyName(FullName),
    districts: District.map((district) => ({
      code: district.Code,
      name: tidyName(district.FullName),
      communes: (district.Ward ?? []).map((ward) => ({ code: ward.Code, name: tidyName(ward.FullName) })),
    })),
  }))
  const newProvinces = after.map(({ Code, FullName, FullNameEn, Wards }) => ({
    code: Code,
    name: tidyName(FullName),
    nameEn: FullNameEn,
    communes: Wards.map((ward): NewCommune & { from: { code: string; confirmed: boolean }[] } => ({
      code: ward.Code,
      name: tidyName(ward.FullName),
      from: [],
    })),
  }))
  const newByCode = new Map(newProvinces.flatMap(({ communes }) => communes.map((commune) => [commune.code, commune])))
  const oldCodes = new Set(
    oldProvinces.flatMap(({ districts }) => districts.flatMap(({ communes }) => communes.map(({ code }) => code))),
  )

  const file = 'mapping-old-to-new.csv'
  const [head, ...rows] = parseCsv(readFileSync(join(dir, file), 'utf8'))
  const column = (name: string) => {
    const at = head?.indexOf(name) ?? -1
    if (at < 0) throw new Error(`${file}: thiếu cột ${name}`)
    return at
  }
  const at = {
    oldProvince: column('old_province'),
    oldDistrict: column('old_district'),
    oldCode: column('old_ward_code'),
    oldName: column('old_ward'),
    newCode: column('new_ward_code'),
    newName: column('new_ward'),
    confirmed: column('confirmed_by_nxb'),
  }
  for (const [index, row] of rows.entries()) {
    const place = `${file}, dòng ${index + 2}`
    const cell = (where: number) => row[where]?.trim() ?? ''
    const commune = newByCode.get(cell(at.newCode))
    if (!commune) {
      problems.push(`${place}: không có đơn vị mới mang mã “${cell(at.newCode)}” (${cell(at.newName)})`)
      continue
    }
    if (!sameName(cell(at.newName), commune.name))
      problems.push(`${place}: mã ${commune.code} là “${commune.name}” trong danh sách, bảng ghi “${cell(at.newName)}”`)
    const code =
      cell(at.oldCode) ||
      (cell(at.oldName) === '' ? districtWithoutCommunes(oldProvinces, cell(at.oldProvince), cell(at.oldDistrict)) : '')
    if (code === '')
      problems.push(
        `${place}: “${[cell(at.oldName), cell(at.oldDistrict), cell(at.oldProvince)].filter(Boolean).join(', ')}” không có mã; bỏ qua`,
      )
    else if (code.length === 5 && !oldCodes.has(code))
      problems.push(`${place}: danh sách ba cấp không có mã ${code} (${cell(at.oldName)}); bỏ qua`)
    else if (!commune.from.some((one) => one.code === code))
      commune.from.push({ code, confirmed: cell(at.confirmed) === 'yes' })
  }
  return {
    list: { source: `${dir}: units-2025-03-three-tier.json, units-2026-07.json, ${file}`, oldProvinces, newProvinces },
    problems,
  }
}

/** Two island districts and three others had no communes; they became special zones as a whole. */
function districtWithoutCommunes(provinces: UnitList['oldProvinces'], province: string, district: string): string {
  const found = provinces
    .find(({ name }) => sameName(name, province))
    ?.districts.find(({ name, communes }) => communes.length === 0 && sameName(name, district))
  return found?.code ?? ''
}

const tidyName = (name: string): string => {
  const tidy = name.normalize('NFC').replaceAll(/\s+/gu, ' ').trim()
  return tidy.charAt(0).toUpperCase() + tidy.slice(1)
}

/** RFC 4180: fields in quotes may hold commas, quotes and line ends. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  for (const [, separator = '', quoted, plain = ''] of text
    .replace(/^\uFEFF/u, '')
    .matchAll(/(^|,|\r?\n)(?:"((?:[^"]|"")*)"|([^,\r\n]*))/gu)) {
    if (separator !== ',') {
      row = []
      rows.push(row)
    }
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
  }
  return rows.filter((cells) => cells.some((cell) => cell !== ''))
}

/** The form in which the units travel with the system: a line a district or province, `code name` and `<old,old?`. */
type ShippedUnits = {
  source: string
  licence: string
  before: [code: string, name: string, districts: [code: string, name: string, communes: string][]][]
  after: [code: string, name: string, nameEn: string, communes: string][]
}

/** Writes the compact form. A question mark follows an old code that no second source confirms. */
export function writeShippedUnits({ oldProvinces, newProvinces }: UnitList): string {
  const lines = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).join(',\n')
  const before = oldProvinces.map(
    ({ code, name, districts }) =>
      `[${JSON.stringify(code)},${JSON.stringify(name)},[\n${lines(
        districts.map((district) => [
          district.code,
          district.name,
          district.communes.map((commune) => `${commune.code} ${commune.name}`).join(';'),
        ]),
      )}]]`,
  )
  const after = newProvinces.map(({ code, name, nameEn, communes }) => [
    code,
    name,
    nameEn,
    communes
      .map(
        (commune) =>
          `${commune.code} ${commune.name}<${commune.from.map((one) => one.code + (one.confirmed ? '' : '?')).join(',')}`,
      )
      .join(';'),
  ])
  const source =
    'Đơn vị hành chính ba cấp 3/2025 và hai cấp 7/2026: thanglequoc/vietnamese-provinces-database v2.4.1 và v4.2.0 (MIT). ' +
    'Chuyển đổi cũ - mới: suy ra từ dữ liệu hành chính của VietMap (ghi công VietMap) và danh mục của Tổng cục Thống kê.'
  const licence = 'MIT © thanglequoc; mapping: data © VietMap, attribution required'
  return `{"source":${JSON.stringify(source)},\n"licence":${JSON.stringify(licence)},\n"before":[\n${before.join(',\n')}],\n"after":[\n${lines(after)}]}\n`
}

/** The units that travel with the system. */
export function readShippedUnits(): UnitList {
  const { source, before, after } = JSON.parse(readFileSync(SHIPPED, 'utf8')) as ShippedUnits
  const split = (text: string) => text.split(';').filter(Boolean)
  const named = (text: string) => ({ code: text.slice(0, text.indexOf(' ')), name: text.slice(text.indexOf(' ') + 1) })
  return {
    source,
    oldProvinces: before.map(([code, name, districts]) => ({
      code,
      name,
      districts: districts.map(([districtCode, districtName, communes]) => ({
        code: districtCode,
        name: districtName,
        communes: split(communes).map(named),
      })),
    })),
    newProvinces: after.map(([code, name, nameEn, communes]) => ({
      code,
      name,
      nameEn,
      communes: split(communes).map((text) => {
        const [unit = '', from = ''] = text.split('<')
        const olds = from.split(',').filter(Boolean)
        return {
          ...named(unit),
          from: olds.map((old) => ({ code: old.replace('?', ''), confirmed: !old.endsWith('?') })),
        }
      }),
    })),
  }
}
