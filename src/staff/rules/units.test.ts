import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isValidOn } from './post.ts'
import { foldName, placesOf, planUnits, sameName, type UnitList } from './units.ts'

const commune = (code: string, name: string, ...from: string[]) => ({
  code,
  name,
  from: from.map((old) => ({ code: old, confirmed: true })),
})

/** A province of two districts: a merger, a split, a commune that goes on, one renamed, an island district. */
const list: UnitList = {
  source: 'thử nghiệm',
  oldProvinces: [
    {
      code: '30',
      name: 'Tỉnh Hải Dương',
      districts: [
        {
          code: '300',
          name: 'Huyện Thanh Miện',
          communes: [
            { code: '11263', name: 'Xã Đoàn Kết' },
            { code: '11257', name: 'Xã Tân Trào' },
            { code: '11248', name: 'Xã Ngô Quyền' },
          ],
        },
        {
          code: '301',
          name: 'Huyện Bình Giang',
          communes: [
            { code: '11100', name: 'Xã Tân Hồng' },
            { code: '11101', name: 'Xã Thuý Sơn' },
            { code: '11102', name: 'Xã Cũ' },
          ],
        },
      ],
    },
    { code: '31', name: 'Thành phố Hải Phòng', districts: [{ code: '318', name: 'Huyện Bạch Long Vĩ', communes: [] }] },
  ],
  newProvinces: [
    {
      code: '31',
      name: 'Thành phố Hải Phòng',
      nameEn: 'Hai Phong City',
      communes: [
        commune('11257', 'Xã Hải Hưng', '11263', '11257', '11248'),
        commune('11110', 'Xã Đường An', '11100'),
        commune('11111', 'Xã Thượng Hồng', '11100'),
        commune('11101', 'Xã Thúy Sơn', '11101'),
        commune('11102', 'Xã Mới', '11102'),
        commune('11948', 'Đặc khu Bạch Long Vĩ', '318'),
      ],
    },
  ],
}

describe('the plan of units', () => {
  const plan = planUnits(list)
  const on = (day: string, kind: string) =>
    plan.agencies
      .filter((agency) => agency.kind === kind && isValidOn(agency, day))
      .map((agency) => agency.names.at(-1)?.fullName)
  const between = (oldKey: string, newKey: string) =>
    plan.successions.find((one) => one.oldKey === oldKey && one.newKey === newKey)

  test('three tiers until 30/6/2025, two from the next day', () => {
    assert.deepEqual(plan.problems, [])
    assert.deepEqual(on('2025-06-30', 'province'), ['Tỉnh Hải Dương', 'Thành phố Hải Phòng'])
    assert.equal(on('2025-06-30', 'district').length, 3)
    assert.equal(on('2025-06-30', 'commune').length, 6)
    assert.deepEqual(on('2025-07-01', 'province'), ['Thành phố Hải Phòng'])
    assert.deepEqual(on('2025-07-01', 'district'), [])
    assert.equal(on('2025-07-01', 'commune').length, 6)
  })

  test('a code comes back with another meaning: 11257 was Tân Trào and is Hải Hưng', () => {
    const meanings = plan.agencies.filter((agency) => agency.code === '11257')
    assert.deepEqual(
      meanings.map((agency) => [agency.names[0]?.fullName, agency.validTo]),
      [
        ['Xã Tân Trào', '2025-06-30'],
        ['Xã Hải Hưng', null],
      ],
    )
  })

  test('a merged commune answers for all it was made of', () => {
    for (const old of ['11263', '11257', '11248']) {
      const succession = between(`commune:${old}@1900-01-01`, 'commune:11257@2025-07-01')
      assert.deepEqual([succession?.kind, succession?.share, succession?.answers], ['merge', 1, true])
    }
  })

  test('a split has no share, and nobody answers until somebody says who', () => {
    for (const next of ['11110', '11111']) {
      const succession = between('commune:11100@1900-01-01', `commune:${next}@2025-07-01`)
      assert.deepEqual([succession?.kind, succession?.share, succession?.answers], ['split', null, false])
    }
  })

  test('a commune alone, of the same code and name, goes on as the same agency, wherever the tone mark stands', () => {
    const same = plan.agencies.filter((agency) => agency.code === '11101')
    assert.equal(same.length, 1)
    assert.equal(same[0]?.validTo, null)
    assert.deepEqual(
      same[0]?.edges.map((edge) => edge.parentKey),
      ['district:301@1900-01-01', 'province:31@2025-07-01'],
    )
    assert.equal(between('commune:11102@1900-01-01', 'commune:11102@2025-07-01')?.kind, 'rename')
  })

  test('a district passes tasks on to its communes, and no dossier', () => {
    assert.deepEqual(
      plan.successions.filter((one) => one.oldKey === 'district:301@1900-01-01').map((one) => [one.kind, one.answers]),
      [
        ['transfer', false],
        ['transfer', false],
        ['transfer', false],
        ['transfer', false],
      ],
    )
    assert.equal(between('district:318@1900-01-01', 'commune:11948@2025-07-01')?.answers, true)
  })

  test('what cannot be placed is named', () => {
    const [province] = list.newProvinces
    assert.ok(province)
    const broken = planUnits({
      ...list,
      newProvinces: [{ ...province, communes: [commune('1', 'Xã Lạ', '99999'), ...province.communes.slice(1)] }],
    })
    assert.deepEqual(broken.problems, [
      'Xã Lạ (1): không có đơn vị cũ mang mã 99999',
      'Xã Lạ (1), Thành phố Hải Phòng: không rõ hình thành từ đơn vị nào',
      'Xã Đoàn Kết (11263): không rõ nhập vào đơn vị nào',
      'Xã Tân Trào (11257): không rõ nhập vào đơn vị nào',
      'Xã Ngô Quyền (11248): không rõ nhập vào đơn vị nào',
    ])
  })

  test('the ten wards of Đồng Nai were communes until it became a city', () => {
    const { agencies } = planUnits({
      source: '',
      oldProvinces: [
        {
          code: '70',
          name: 'Tỉnh Bình Phước',
          districts: [
            {
              code: '700',
              name: 'Huyện Lộc Ninh',
              communes: [
                { code: '1', name: 'Thị trấn Lộc Ninh' },
                { code: '2', name: 'Xã Lộc Thái' },
                { code: '3', name: 'Phường An Lộc' },
                { code: '4', name: 'Xã Thanh Lương' },
              ],
            },
          ],
        },
      ],
      newProvinces: [
        {
          code: '75',
          name: 'Thành phố Đồng Nai',
          nameEn: 'Dong Nai City',
          communes: [commune('25270', 'Phường Lộc Ninh', '1', '2'), commune('25326', 'Phường An Lộc', '3', '4')],
        },
      ],
    })
    const names = (code: string) =>
      agencies.find((agency) => agency.code === code)?.names.map((name) => [name.fullName, name.validFrom])
    assert.deepEqual(names('25270'), [
      ['Xã Lộc Ninh', '2025-07-01'],
      ['Phường Lộc Ninh', '2026-04-30'],
    ])
    assert.deepEqual(names('25326'), [['Phường An Lộc', '2025-07-01']])
    assert.deepEqual(names('75'), [
      ['Tỉnh Đồng Nai', '2025-07-01'],
      ['Thành phố Đồng Nai', '2026-04-30'],
    ])
  })

  test('address choices know the old names', () => {
    assert.deepEqual(placesOf(list)[0], {
      code: '11257',
      name: 'Xã Hải Hưng',
      provinceCode: '31',
      provinceName: 'Thành phố Hải Phòng',
      formerly: [
        'Xã Đoàn Kết, Huyện Thanh Miện, Tỉnh Hải Dương',
        'Xã Tân Trào, Huyện Thanh Miện, Tỉnh Hải Dương',
        'Xã Ngô Quyền, Huyện Thanh Miện, Tỉnh Hải Dương',
      ],
    })
  })
})

describe('names', () => {
  for (const [one, other, same] of [
    ['Xã Hòa Bình', 'Xã Hoà Bình', true],
    ['Phường Thủy Đường', 'Phường Thuỷ Đường', true],
    ['Phường Phương Liên-Trung Tự', 'Phường Phương Liên - Trung Tự', true],
    ["Xã Ea H'leo", "Xã Ea H'Leo", true],
    ['Xã Hòa Bình'.normalize('NFD'), 'Xã Hoà Bình', true],
    ['Xã Tân Hồng', 'Xã Tân Hóng', false],
    ['Xã Đak Ơ', 'Xã Đăk Ơ', false],
    ['Xã Lương Sơn', 'Xã Lượng Sơn', false],
  ] as const)
    test(`${one} ${same ? 'is' : 'is not'} ${other}`, () => assert.equal(sameName(one, other), same))

  test('folding twice changes nothing', () =>
    assert.equal(foldName(foldName('Xã Thuỷ – Nguyên')), foldName('Xã Thuỷ – Nguyên')))
})
