import type { AuthorityName } from './past-places.ts'

/**
 * What an agency took in: kinds of dossiers with how many, how many of them online, open at the end, late and not
 * digitised. Sums are those of the published reports; what a report does not split is split here by weights of our own.
 */
export type PastGroup = {
  kinds: readonly PastKind[]
  count: number
  online: number
  open: number
  late: number
  undigitised: number
  /** Of `count`: came in shortly before the period and was settled in it. */
  carried: number
}
export type PastKind = { code: string; caseKey: string; weight: number; book: string }

const kind = (code: string, caseKey: string, weight: number, book: string): PastKind => ({
  code,
  caseKey,
  weight,
  book,
})

const authentication = [
  kind('2.000815', 'standard', 76, 'SCT/BS'),
  kind('2.000815', 'large', 2, 'SCT/BS'),
  kind('2.000884', 'standard', 13, 'SCT/CK,ĐC'),
  kind('2.001035', 'standard', 9, 'SCT/HĐ,GD'),
]
const civilStatus = [
  kind('1.001193', 'on-time', 24, 'KS'),
  kind('1.001193', 'late', 3, 'KS'),
  kind('1.000894', 'standard', 9, 'KH'),
  kind('1.000656', 'on-time', 10, 'KT'),
  kind('1.004873', 'first', 20, 'XNHN'),
  kind('2.000635', 'standard', 34, 'TLBS'),
]
const social = [
  kind('1.001699', 'first', 24, 'GXN-KT'),
  kind('1.001776', 'allowance', 30, 'QĐ-TCXH'),
  kind('1.001731', 'standard', 14, 'QĐ-MTP'),
  kind('1.010833', 'standard', 14, 'GXN-NCC'),
  kind('1.010803', 'standard', 8, 'QĐ-TCLS'),
]
const land = [
  kind('1.003554', 'standard', 2, 'BB-HG'),
  kind('1.003003', 'standard', 14, 'ĐK-ĐĐ'),
  kind('1.004199', 'standard', 18, 'ĐK-ĐĐ'),
  kind('1.004203', 'standard', 15, 'ĐK-ĐĐ'),
  kind('2.000889', 'standard', 34, 'ĐK-ĐĐ'),
  kind('1.004227', 'standard', 9, 'ĐK-ĐĐ'),
  kind('1.009994', 'standard', 8, 'GPXD'),
]
const business = [
  kind('1.001612', 'standard', 46, 'ĐKKD'),
  kind('2.000720', 'standard', 28, 'ĐKKD'),
  kind('1.001570', 'standard', 6, 'ĐKKD'),
  kind('1.001266', 'standard', 16, 'ĐKKD'),
  kind('2.000575', 'standard', 4, 'ĐKKD'),
]
const districtLand = [
  kind('1.003003', 'standard', 14, 'ĐK-ĐĐ'),
  kind('1.004199', 'standard', 22, 'ĐK-ĐĐ'),
  kind('1.005194', 'standard', 4, 'ĐK-ĐĐ'),
  kind('1.004203', 'standard', 16, 'ĐK-ĐĐ'),
  kind('2.000889', 'standard', 34, 'ĐK-ĐĐ'),
  kind('1.004193', 'standard', 3, 'ĐK-ĐĐ'),
]
const districtCivil = [
  kind('2.000528', 'standard', 8, 'KS-NN'),
  kind('2.000806', 'standard', 18, 'KH-NN'),
  kind('2.000748', 'standard', 60, 'TĐCC'),
]
/** In 2019 only what the catalogue of that time has here. */
const only = (kinds: readonly PastKind[], codes: readonly string[]) => kinds.filter(({ code }) => codes.includes(code))
const LAND_2019 = ['1.004199', '1.004203', '2.000889', '1.004227']

const scaled = (kinds: readonly PastKind[], share: number): PastKind[] => {
  const sum = kinds.reduce((total, { weight }) => total + weight, 0)
  return kinds.map((each) => ({ ...each, weight: (each.weight * share) / sum }))
}
const nothing = { online: 0, open: 0, late: 0, undigitised: 0, carried: 0 }

/** Whole shares of a total by weights: largest remainder, the first of equals wins. */
export function share(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  const exact = weights.map((weight) => (total * weight) / sum)
  const parts = exact.map(Math.floor)
  const left = total - parts.reduce((all, part) => all + part, 0)
  const order = exact
    .map((value, index) => ({ rest: value - Math.floor(value), index }))
    .toSorted((one, other) => other.rest - one.rest || one.index - other.index)
  for (const { index } of order.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1
  return parts
}

/** The nine communes of Tân Hồng by our own weights: the report gives only their sum. */
const tanHongWeights = [17, 11, 13, 9, 10, 11, 9, 10, 10]
/** The twenty-one of Củ Chi, likewise. */
const cuChiWeights = [11, 2, 3, 4, 5, 5, 3, 6, 4, 5, 5, 4, 6, 5, 4, 4, 3, 7, 5, 6, 6]

/** Groups of each agency of an authority, in the order of its list. */
export function groupsOf(name: AuthorityName): PastGroup[][] {
  switch (name) {
    case 'thien-hung':
      return [
        [
          { ...nothing, kinds: land, count: 619, online: 148, late: 4, undigitised: 61 },
          { ...nothing, kinds: social, count: 81, online: 30, undigitised: 9 },
          { ...nothing, kinds: authentication, count: 1395, online: 402, undigitised: 110 },
          { ...nothing, kinds: civilStatus, count: 200, online: 118, undigitised: 8 },
        ],
      ]
    case 'bach-quang': {
      const kinds = [...scaled(authentication, 62), ...scaled(civilStatus, 30), ...scaled(social, 8)]
      const carried = { ...nothing, kinds: [kind('1.004873', 'standard', 1, 'XNHN')], count: 1, carried: 1 }
      return [[carried, { ...nothing, kinds, count: 444, online: 1, open: 14, undigitised: 260 }]]
    }
    case 'tan-hong': {
      const of = {
        count: share(24_378, tanHongWeights),
        online: share(
          15_121,
          tanHongWeights.map((weight, index) => weight + ((index * 7) % 5) / 10),
        ),
        open: share(286, tanHongWeights),
        undigitised: share(492, tanHongWeights),
      }
      const kinds = [
        ...scaled(authentication, 62),
        ...scaled(civilStatus, 27),
        ...scaled(social, 6),
        ...scaled(land, 5),
      ]
      const district = [
        ...scaled(business, 30),
        ...scaled(districtLand, 42),
        ...scaled(districtCivil, 16),
        kind('1.009994', 'standard', 5, 'GPXD'),
        kind('2.000843', 'standard', 7, 'SCT/BS'),
      ]
      return [
        [{ ...nothing, kinds: district, count: 3252, online: 2413, open: 62, undigitised: 90 }],
        ...tanHongWeights.map((_, index) => [
          {
            ...nothing,
            kinds,
            count: of.count[index] ?? 0,
            online: of.online[index] ?? 0,
            open: of.open[index] ?? 0,
            undigitised: of.undigitised[index] ?? 0,
          },
        ]),
      ]
    }
    case 'cu-chi': {
      const late = share(9, cuChiWeights)
      const online = share(22_148, cuChiWeights)
      const civil = share(37_813, cuChiWeights)
      const certified = share(417_983 - 37_813, cuChiWeights)
      const district2019 = [...scaled(business, 80), ...scaled(only(districtCivil, ['2.000748']), 20)]
      const rest = [...scaled(only(districtLand, LAND_2019), 85), kind('2.000843', 'standard', 15, 'SCT/BS')]
      return [
        [
          { ...nothing, kinds: district2019, count: 10_119, online: 3750, open: 120, undigitised: 10_119 - 3750 },
          { ...nothing, kinds: rest, count: 24_704 - 10_119, open: 612, undigitised: 24_704 - 10_119 },
        ],
        ...cuChiWeights.map((_, index) => {
          const standard = authentication.map((each) => ({ ...each, caseKey: 'standard' }))
          return [
            {
              ...nothing,
              kinds: civilStatus.map((each) => ({ ...each, caseKey: 'standard' })),
              count: civil[index] ?? 0,
              online: online[index] ?? 0,
              late: late[index] ?? 0,
              undigitised: (civil[index] ?? 0) - (online[index] ?? 0),
            },
            { ...nothing, kinds: standard, count: certified[index] ?? 0, undigitised: certified[index] ?? 0 },
          ]
        }),
      ]
    }
  }
}
