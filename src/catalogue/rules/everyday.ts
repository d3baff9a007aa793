import { searchWords } from './search-key.ts'

/** One thing that a person asked for: any of these ways to say it, each a list of words. */
export type Meaning = readonly (readonly string[])[]

/** Words that say nothing of what somebody wants, as `searchWords` writes them. */
const empty = new Set(
  `ai anh ba bac ban bang bao bi biet bo boi bua cac cach cai can cau chac chang chau chi chien cho chu chua chung co con cua
  da dang dau day de den di dieu do duoc em ghe gi gia giay giup ha hang hay he hien het ho hoi la lai lam lan len luon ma mang may minh mot
  muon nao nay nen ngay nha nhe nhieu nhu nhung nhung no noi o oi phai ra roi sao sap se ta tai the thi tho thoi thu ti toi tren tu tuc tui
  va vay ve vi voi vua vui xem xin y`
    .split(/\s+/)
    .filter(Boolean),
)

/**
 * What people say, and what the procedures call it. Both sides as typed; the left side must be met in this order. A
 * meaning of several words stands before its parts.
 */
const sayings: readonly (readonly [said: string, ...meant: string[]])[] = [
  ['sinh con', 'khai sinh'],
  ['sinh em bé', 'khai sinh'],
  ['đẻ con', 'khai sinh'],
  ['mới đẻ', 'khai sinh'],
  ['mới sinh', 'khai sinh'],
  ['em bé', 'khai sinh'],
  ['con chưa có giấy tờ', 'khai sinh'],
  ['con tôi chưa có giấy tờ', 'khai sinh'],
  ['con em chưa có giấy tờ', 'khai sinh'],
  ['con mình chưa có giấy tờ', 'khai sinh'],
  ['con tôi không có giấy tờ', 'khai sinh'],
  ['cháu chưa có giấy tờ', 'khai sinh'],
  ['bé chưa có giấy tờ', 'khai sinh'],
  ['trẻ chưa có giấy tờ', 'khai sinh'],
  ['con ngoài giá thú', 'nhận cha mẹ con'],
  ['nhận con ngoài giá thú', 'nhận cha mẹ con'],
  ['nhận con', 'nhận cha mẹ con'],
  ['nhận cha', 'nhận cha mẹ con'],
  ['cưới', 'kết hôn'],
  ['lấy vợ', 'kết hôn'],
  ['lấy chồng', 'kết hôn'],
  ['hôn thú', 'kết hôn'],
  ['độc thân', 'tình trạng hôn nhân'],
  ['chưa vợ', 'tình trạng hôn nhân'],
  ['chưa chồng', 'tình trạng hôn nhân'],
  ['chưa kết hôn', 'tình trạng hôn nhân'],
  ['qua đời', 'khai tử', 'từ trần', 'mai táng'],
  ['mới mất', 'khai tử'],
  ['người mất', 'khai tử'],
  ['người nhà mất', 'khai tử'],
  ['báo tử', 'khai tử'],
  ['chứng tử', 'khai tử'],
  ['chết', 'khai tử'],
  ['đám tang', 'mai táng'],
  ['tiền mai táng', 'mai táng'],
  ['trích lục', 'trích lục'],
  ['xin lại giấy khai sinh', 'trích lục', 'đăng ký lại khai sinh'],
  ['khai sinh bị mất', 'trích lục', 'đăng ký lại khai sinh'],
  ['giấy khai sinh bị mất', 'trích lục', 'đăng ký lại khai sinh'],
  ['mất giấy khai sinh', 'trích lục', 'đăng ký lại khai sinh'],
  ['sai tên', 'cải chính'],
  ['đổi họ', 'thay đổi cải chính'],
  ['đổi tên', 'thay đổi cải chính'],
  ['sửa tên', 'cải chính'],
  ['sai ngày sinh', 'cải chính'],
  ['sửa giấy khai sinh', 'cải chính'],
  ['công chứng', 'chứng thực'],
  ['sao y', 'chứng thực bản sao'],
  ['photo', 'chứng thực bản sao'],
  ['phô tô', 'chứng thực bản sao'],
  ['xác nhận chữ ký', 'chứng thực chữ ký'],
  ['giấy ủy quyền', 'chứng thực chữ ký'],
  ['bán xe', 'chứng thực giao dịch', 'chứng thực chữ ký'],
  ['mua bán', 'giao dịch'],
  ['hợp đồng', 'giao dịch'],
  ['thừa kế', 'di sản'],
  ['chia tài sản', 'phân chia di sản'],
  ['bản sao sổ đỏ', 'sổ gốc'],
  ['sao lục', 'sổ gốc'],
  ['sao lục sổ đỏ', 'sổ gốc'],
  ['bản sao giấy chứng nhận quyền sử dụng đất', 'sổ gốc'],
  ['sao lục giấy chứng nhận quyền sử dụng đất', 'sổ gốc'],
  ['sổ đỏ', 'giấy chứng nhận đất'],
  ['sổ hồng', 'giấy chứng nhận đất'],
  ['bìa đỏ', 'giấy chứng nhận đất'],
  ['quyền sử dụng đất', 'giấy chứng nhận đất'],
  ['tranh chấp ranh giới', 'tranh chấp đất đai'],
  ['hàng xóm lấn đất', 'tranh chấp đất đai'],
  ['lấn đất', 'tranh chấp đất đai'],
  ['xây nhà', 'giấy phép xây dựng'],
  ['cất nhà', 'giấy phép xây dựng'],
  ['làm nhà', 'giấy phép xây dựng'],
  ['sửa nhà', 'giấy phép xây dựng'],
  ['mở quán', 'đăng ký hộ kinh doanh'],
  ['mở cửa hàng', 'đăng ký hộ kinh doanh'],
  ['mở tiệm', 'đăng ký hộ kinh doanh'],
  ['bán hàng', 'đăng ký hộ kinh doanh'],
  ['buôn bán', 'đăng ký hộ kinh doanh'],
  ['giấy phép kinh doanh', 'đăng ký hộ kinh doanh'],
  ['đăng ký kinh doanh', 'đăng ký hộ kinh doanh'],
  ['đóng cửa quán', 'chấm dứt hộ kinh doanh', 'tạm ngừng hộ kinh doanh'],
  ['nghỉ bán', 'chấm dứt hộ kinh doanh', 'tạm ngừng hộ kinh doanh'],
  ['nhập khẩu', 'thường trú'],
  ['hộ khẩu', 'thường trú', 'thông tin cư trú'],
  ['nhập hộ khẩu', 'thường trú'],
  ['chuyển khẩu', 'thường trú'],
  ['chuyển nhà', 'thường trú'],
  ['thuê trọ', 'tạm trú'],
  ['ở trọ', 'tạm trú'],
  ['nhà trọ', 'tạm trú'],
  ['đi xa', 'tạm vắng'],
  ['giấy cư trú', 'thông tin cư trú'],
  ['xác nhận cư trú', 'thông tin cư trú'],
  ['ct07', 'thông tin cư trú'],
  ['người già', 'hưu trí xã hội', 'trợ cấp xã hội'],
  ['cao tuổi', 'hưu trí xã hội', 'trợ cấp xã hội'],
  ['80 tuổi', 'hưu trí xã hội'],
  ['75 tuổi', 'hưu trí xã hội'],
  ['tuổi già', 'hưu trí xã hội'],
  ['tàn tật', 'khuyết tật'],
  ['khuyết tật', 'khuyết tật'],
  ['trợ cấp người khuyết tật', 'trợ cấp xã hội'],
  ['trẻ mồ côi', 'trợ cấp xã hội', 'giám hộ'],
  ['mồ côi', 'trợ cấp xã hội', 'giám hộ'],
  ['nghèo', 'hộ nghèo'],
  ['sổ hộ nghèo', 'hộ nghèo'],
  ['thương binh', 'người có công'],
  ['liệt sĩ', 'liệt sĩ'],
  ['cúng liệt sĩ', 'thờ cúng liệt sĩ'],
  ['trông cháu', 'giám hộ'],
  ['người giám hộ', 'giám hộ'],
]

const table = sayings
  .map(([said, ...meant]) => ({ said: searchWords(said), meant: meant.map(searchWords) }))
  .toSorted((a, b) => b.said.length - a.said.length)

/**
 * What an everyday question asks for: sayings put into the words of the catalogue, empty words left out. A question of
 * empty words only gives them back as they are, so that nothing typed is without an answer.
 */
export function meaningsOf(question: string): Meaning[] {
  const words = searchWords(question).slice(0, 30)
  const found: Meaning[] = []
  let left = words
  while (left.length > 0) {
    const saying = table.find(({ said }) => said.every((word, place) => left[place] === word))
    if (saying) {
      found.push([saying.said, ...saying.meant])
      left = left.slice(saying.said.length)
      continue
    }
    const [word = '', ...rest] = left
    if (word.length > 1 && !empty.has(word)) found.push([[word]])
    left = rest
  }
  return found.length > 0 ? found : words.map((word) => [[word]])
}
