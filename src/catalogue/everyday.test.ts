import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import { readCatalogueData } from './data.ts'
import { meaningsOf } from './rules/everyday.ts'
import { searchProcedures, seedCatalogue, type CatalogueTables } from './store.ts'

let database: TestDatabase<CatalogueTables>
before(async () => {
  database = await testDatabase<CatalogueTables>()
  await seedCatalogue(database.db, readCatalogueData())
})
after(() => database.close())

/** As people ask at the desk, and what must stand among the first three. */
const questions: readonly (readonly [question: string, code: string])[] = [
  ['làm giấy khai sinh cho con', '1.001193'],
  ['lam giay khai sinh cho con', '1.001193'],
  ['tôi muốn làm khai sinh cho cháu mới sinh', '1.001193'],
  ['vợ tôi mới đẻ thì cần làm giấy gì', '1.001193'],
  ['con tôi 2 tuổi chưa có giấy khai sinh', '1.001193'],
  ['con tôi chưa có giấy tờ gì', '1.001193'],
  ['con chua co giay to', '1.001193'],
  ['giấy khai sinh bị mất xin lại', '2.000635'],
  ['xin trích lục khai sinh', '2.000635'],
  ['đăng ký lại khai sinh', '1.004884'],
  ['đăng ký cưới', '1.000894'],
  ['làm giấy đăng ký kết hôn ở đâu', '1.000894'],
  ['dang ky ket hon', '1.000894'],
  ['xin giấy xác nhận độc thân', '1.004873'],
  ['giấy chứng nhận chưa vợ chưa chồng', '1.004873'],
  ['xac nhan tinh trang hon nhan de mua nha', '1.004873'],
  ['bố tôi mới mất', '1.000656'],
  ['làm giấy chứng tử', '1.000656'],
  ['bà tôi qua đời cần làm gì', '1.000656'],
  ['tiền mai táng cho người già', '1.014028'],
  ['sửa tên sai trong giấy khai sinh', '1.004859'],
  ['đổi họ cho con', '1.004859'],
  ['nhận con ngoài giá thú', '1.000689'],
  ['công chứng giấy tờ', '2.000815'],
  ['sao y bản chính', '2.000815'],
  ['photo công chứng căn cước', '2.000815'],
  ['xác nhận chữ ký sơ yếu lý lịch', '2.000884'],
  ['chứng thực hợp đồng mua bán xe', '2.001035'],
  ['lập di chúc', '2.001019'],
  ['phân chia di sản thừa kế', '2.001406'],
  ['làm sổ đỏ lần đầu', '1.013978'],
  ['xin cấp giấy chứng nhận quyền sử dụng đất', '1.013978'],
  ['hàng xóm lấn đất', '1.012812'],
  ['xin phép xây nhà', '1.013225'],
  ['giấy phép xây dựng nhà ở', '1.013225'],
  ['mở quán cà phê', '1.001612'],
  ['đăng ký kinh doanh bán hàng tạp hóa', '1.001612'],
  ['tạm nghỉ kinh doanh', '1.001570'],
  ['đóng cửa hộ kinh doanh', '1.001266'],
  ['mất giấy đăng ký hộ kinh doanh', '2.000575'],
  ['nhập hộ khẩu cho vợ', '1.004222'],
  ['đăng ký thường trú', '1.004222'],
  ['đăng ký tạm trú cho người thuê trọ', '1.004194'],
  ['tách khẩu', '1.010038'],
  ['xin giấy CT07', '1.010041'],
  ['xác nhận nơi cư trú', '1.010041'],
  ['trợ cấp cho người khuyết tật', '1.001776'],
  ['giấy khuyết tật', '1.001699'],
  ['tiền cho người 75 tuổi', '1.014027'],
  ['trợ cấp người cao tuổi', '1.014027'],
  ['công nhận hộ nghèo', '1.011607'],
  ['xin sổ hộ nghèo', '1.011607'],
  ['thờ cúng liệt sĩ', '1.010803'],
  ['sổ đỏ', '1.013978'],
  ['bản sao sổ đỏ', '2.000908'],
  ['xin bản sao sổ đỏ bị mất', '2.000908'],
  ['sao lục giấy chứng nhận quyền sử dụng đất', '2.000908'],
  ['ban sao giay chung nhan quyen su dung dat', '2.000908'],
  ['mở quán bán phở', '1.001612'],
  ['nhà tôi có người mất', '1.000656'],
  ['làm người giám hộ cho cháu mồ côi', '1.004837'],
]

test('everyday questions lead to their procedure among the first three', async () => {
  const missed: string[] = []
  for (const [words, code] of questions) {
    const { items } = await searchProcedures(database.db, { words, day: '2026-11-20' })
    const place = items.findIndex((item) => item.code === code)
    if (place < 0 || place > 2)
      missed.push(
        `${words} → ${place + 1}: ${items
          .slice(0, 3)
          .map((item) => item.shortName)
          .join(' | ')}`,
      )
  }
  assert.deepEqual(missed, [])
})

test('what is called so stands alone; what merely begins like it or mentions it is left out', async () => {
  const named = async (words: string) =>
    (await searchProcedures(database.db, { words, day: '2026-11-20' })).items.map(({ shortName }) => shortName)
  assert.deepEqual(await named('tạm trú'), ['Đăng ký tạm trú', 'Gia hạn tạm trú', 'Khai báo tạm vắng'])
  for (const [words, like] of [
    ['sổ đỏ', /Giấy chứng nhận/],
    ['hộ nghèo', /nghèo|Trợ cấp/],
    ['khai sinh', /khai sinh|cha, mẹ, con|hộ tịch/i],
  ] as const)
    for (const name of await named(words)) assert.match(name, like, words)
  // Still being typed.
  assert.equal((await named('đăng ký kết ho'))[0], 'Đăng ký kết hôn')
})

test('a question means something whatever is typed, and accents do not matter', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (question) => {
      const meanings = meaningsOf(question)
      assert.ok(meanings.every((meaning) => meaning.length > 0 && meaning.every((words) => words.length > 0)))
      assert.deepEqual(meaningsOf(question.normalize('NFD')), meanings)
    }),
  )
  assert.deepEqual(
    meaningsOf('làm thủ tục gì'),
    [['lam'], ['thu'], ['tuc'], ['gi']].map((words) => [words]),
  )
})
