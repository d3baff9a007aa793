import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { testDatabase, type TestDatabase } from '../platform/testing.ts'
import { readCatalogueData } from './data.ts'
import { meaningsOf } from './rules/everyday.ts'
import { searchProcedures } from './search-store.ts'
import { seedCatalogue } from './seed.ts'
import type { CatalogueTables } from './tables.ts'

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

/** As people type them on a telephone: without accents, shortened, misspelt, in English. */
const typed: typeof questions = [
  ['lam gks cho con', '1.001193'],
  ['giay khai sinh', '1.001193'],
  ['dki khai sinh', '1.001193'],
  ['đk khai sinh cho bé', '1.001193'],
  ['lam khai sinh muon', '1.001193'],
  ['khai sinh qua han', '1.001193'],
  ['làm khai sinh cho con chưa đăng ký kết hôn', '1.000689'],
  ['khai sinh con ngoai gia thu', '1.000689'],
  ['nhận cha cho con', '1.001022'],
  ['giay xac nhan doc than', '1.004873'],
  ['xac nhan tthn', '1.004873'],
  ['xac nhan hon nhan', '1.004873'],
  ['giấy độc thân để vay ngân hàng', '1.004873'],
  ['xac nhan chua ket hon', '1.004873'],
  ['dkkh', '1.000894'],
  ['đk kết hôn', '1.000894'],
  ['cuoi vo', '1.000894'],
  ['ket hon voi nguoi khac xa', '1.000894'],
  ['lam lai giay ket hon', '1.004746'],
  ['mất giấy đăng ký kết hôn', '2.000635'],
  ['sao y', '2.000815'],
  ['sao y ban chinh', '2.000815'],
  ['cong chung bang cap', '2.000815'],
  ['photo cong chung', '2.000815'],
  ['chứng thực giấy tờ', '2.000815'],
  ['công chứng sổ hộ khẩu', '2.000815'],
  ['cong chung giay uy quyen', '2.000884'],
  ['xac nhan so yeu ly lich', '2.000884'],
  ['ly lich xin viec', '2.000884'],
  ['giấy ủy quyền', '2.000884'],
  ['dich thuat cong chung', '2.001008'],
  ['công chứng mua bán đất', '2.001035'],
  ['cho tang dat cho con', '2.001035'],
  ['hop dong thue nha', '2.001035'],
  ['ban xe may', '2.001035'],
  ['lam di chuc', '2.001019'],
  ['chia dat cho con', '2.001406'],
  ['khai nhan di san thua ke', '2.001406'],
  ['từ chối thừa kế', '2.001016'],
  ['ho kinh doanh', '1.001612'],
  ['dk kinh doanh', '1.001612'],
  ['dkkd', '1.001612'],
  ['hkd', '1.001612'],
  ['mo tiem toc', '1.001612'],
  ['gpkd', '1.001612'],
  ['doi ten quan', '2.000720'],
  ['them nganh nghe kinh doanh', '2.000720'],
  ['mat giay phep kinh doanh', '2.000575'],
  ['tra giay phep kinh doanh', '1.001266'],
  ['nghi ban hang', '1.001266'],
  ['tam ngung kinh doanh', '1.001570'],
  ['nhap ho khau', '1.004222'],
  ['nhap khau cho vo', '1.004222'],
  ['nhap khau cho con moi sinh', '1.004222'],
  ['chuyen khau', '1.004222'],
  ['tach so ho khau', '1.010038'],
  ['dang ki tam tru', '1.004194'],
  ['dk tam tru', '1.004194'],
  ['kt3', '1.004194'],
  ['gia han tam tru', '1.002755'],
  ['tạm vắng', '1.003677'],
  ['ct07', '1.010041'],
  ['xac nhan ho khau', '1.010041'],
  ['xác nhận nơi ở', '1.010041'],
  ['mat giay khai sinh', '2.000635'],
  ['lam lai giay khai sinh', '2.000635'],
  ['cap lai khai sinh', '2.000635'],
  ['trich luc khai sinh', '2.000635'],
  ['trích lục ghi chú kết hôn', '2.000635'],
  ['xin lai ban sao khai tu', '2.000635'],
  ['sai ten trong khai sinh', '1.004859'],
  ['doi ten cho con', '1.004859'],
  ['cai chinh ho tich', '1.004859'],
  ['đổi ngày tháng năm sinh', '1.004859'],
  ['doi dan toc', '1.004859'],
  ['khai tu', '1.000656'],
  ['bao tu', '1.000656'],
  ['giay chung tu', '1.000656'],
  ['ông nội mất', '1.000656'],
  ['nguoi nha qua doi', '1.000656'],
  ['mai tang phi', '1.014028'],
  ['tien tuat', '1.014028'],
  ['tro cap nguoi gia', '1.014027'],
  ['tien nguoi cao tuoi', '1.014027'],
  ['luong nguoi gia 75 tuoi', '1.014027'],
  ['trợ cấp 80 tuổi', '1.014027'],
  ['tro cap khuyet tat', '1.001776'],
  ['giay khuyet tat', '1.001699'],
  ['tro cap mo coi', '1.001776'],
  ['mẹ đơn thân', '1.001776'],
  ['vao vien duong lao', '2.000286'],
  ['ho ngheo', '1.011607'],
  ['can ngheo', '1.011607'],
  ['thoat ngheo', '1.011608'],
  ['con liệt sĩ', '1.010833'],
  ['thuong binh mat', '1.010824'],
  ['tho cung liet si', '1.010803'],
  ['so do', '1.013978'],
  ['lam so do', '1.013978'],
  ['cap so hong', '1.013978'],
  ['lam bia do', '1.013978'],
  ['sua ten so do', '1.012796'],
  ['sai so do', '1.012796'],
  ['tranh chap dat', '1.012812'],
  ['hang xom lan dat', '1.012812'],
  ['hoa giai dat dai', '1.012812'],
  ['xay nha', '1.013225'],
  ['gpxd', '1.013225'],
  ['xin phep xay dung', '1.013225'],
  ['gia han gpxd', '1.013227'],
  ['mat giay phep xay dung', '1.013228'],
  ['giam ho cho chau', '1.004837'],
  ['thoi giam ho', '1.004845'],
  ['hoi lang', '1.003622'],
  ['khai sih cho con', '1.001193'],
  ['ket hom', '1.000894'],
  ['chung thuc ban xao', '2.000815'],
  ['tạm chú', '1.004194'],
  ['hộ khẩu', '1.004222'],
  ['đăng kí kết hôn', '1.000894'],
  ['birth certificate', '1.001193'],
  ['register a birth', '1.001193'],
  ['marriage', '1.000894'],
  ['single certificate', '1.004873'],
  ['certified copy', '2.000815'],
  ['death', '1.000656'],
  ['temporary residence', '1.004194'],
  ['open a shop', '1.001612'],
  ['land certificate', '1.013978'],
  ['building permit', '1.013225'],
  ['signature', '2.000884'],
  ['allowance for the elderly', '1.014027'],
  ['will', '2.001019'],
  ['poor household', '1.011607'],
  ['con tôi mất giấy khai sinh phải làm sao', '2.000635'],
  ['lam giay ks cho be', '1.001193'],
  ['dk khai tu cho ong', '1.000656'],
  ['giay chung nhan ket hon bi mat', '2.000635'],
  ['sao ho tich', '2.000635'],
  ['gcnqsdd', '1.013978'],
  ['dang ky hktt', '1.004222'],
  ['xntthn', '1.004873'],
  ['chung that chu ky', '2.000884'],
  ['xao y ban chinh', '2.000815'],
  ['xo do', '1.013978'],
  ['chich luc khai sinh', '2.000635'],
  ['di truc', '2.001019'],
  ['ho tro nguoi khuyet tat', '1.001776'],
  ['tro cap xa hoi', '1.001776'],
  ['tro cap hang thang', '1.001776'],
  ['nuoi con mot minh ho ngheo', '1.001776'],
  ['xin vao ho ngheo', '1.011607'],
  ['so ho ngheo', '1.011607'],
  ['chuyen nhuong dat', '2.001035'],
  ['mua ban nha dat', '2.001035'],
  ['the chap dat', '2.001035'],
  ['huy hop dong da cong chung', '2.000913'],
  ['xac nhan noi cu tru de vay von', '1.010041'],
  ['lost birth certificate', '2.000635'],
  ['get married', '1.000894'],
  ['build a house', '1.013225'],
  ['change name', '1.004859'],
  ['funeral', '1.014028'],
  ['guardian for my nephew', '1.004837'],
  ['land dispute with neighbour', '1.012812'],
]

test('everyday questions lead to their procedure among the first three', async () => {
  const missed: string[] = []
  for (const [words, code] of [...questions, ...typed]) {
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

/** As it is said in the South, and what must stand first. */
const southern: typeof questions = [
  ['khai sanh', '1.001193'],
  ['giấy khai sanh', '1.001193'],
  ['giay khai sanh', '1.001193'],
  ['làm giấy khai sanh cho con', '1.001193'],
  ['làm khai sanh trễ', '1.001193'],
  ['vợ tôi mới sanh', '1.001193'],
  ['sanh con', '1.001193'],
  ['đứa nhỏ chưa có khai sanh', '1.001193'],
  ['sửa giấy khai sanh', '1.004859'],
  ['sai ngày sanh', '1.004859'],
  ['hôn thú', '1.000894'],
  ['làm giấy hôn thú', '1.000894'],
  ['cải chánh hộ tịch', '1.004859'],
  ['sao y bản chánh', '2.000815'],
  ['photo chứng minh thơ', '2.000815'],
  ['công chứng chứng minh thơ', '2.000815'],
  ['lập chúc ngôn', '2.001019'],
  ['chia gia tài', '2.001406'],
  ['bằng khoán đất', '1.013978'],
  ['mở sạp bán hàng', '1.001612'],
  ['hộ khẩu', '1.004222'],
]

test('what is said in the South finds its procedure first, and the same as the northern word', async () => {
  const found = async (words: string) =>
    (await searchProcedures(database.db, { words, day: '2026-11-20' })).items.map(({ code }) => code)
  const missed: string[] = []
  for (const [words, code] of southern) {
    const [first] = await found(words)
    if (first !== code) missed.push(`${words} → ${first ?? ''}`)
  }
  assert.deepEqual(missed, [])
  for (const words of ['giấy khai sinh', 'mất giấy khai sinh', 'xin lại giấy khai sinh', 'làm lại giấy khai sinh'])
    assert.deepEqual((await found(words.replace('sinh', 'sanh')))[0], (await found(words))[0], words)
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
