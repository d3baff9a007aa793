import { searchWords } from '../../catalogue/index.ts'
import type { Day } from '../../platform/day.ts'
import type { PublicLanguage } from '../../platform/http/public-page.ts'

type Said = Readonly<Record<PublicLanguage, string>>

/** An everyday matter that people ask the commune for and that another office handles. */
export type Elsewhere = {
  key: string
  /** How people say it, in either language. */
  sayings: readonly string[]
  matter: Said
  /** Who handles it. */
  office: Said
  /** What to do, or what the commune has to do with it. */
  advice: Said
  /** The national portal takes it too. */
  online: boolean
  source: string
  /** How sure it is: what the text says, or what is only known from practice. Read again on `checkedOn`. */
  confidence: 'high' | 'medium'
  checkedOn: Day
}

const checkedOn = '2026-11-22'

/** The commune answers for none of these; what it does handle stands in the catalogue. */
export const elsewhere: readonly Elsewhere[] = [
  {
    key: 'can-cuoc',
    sayings: [
      'căn cước',
      'căn cước công dân',
      'cccd',
      'chứng minh nhân dân',
      'cmnd',
      'chứng minh thư',
      'chứng minh thơ',
      'identity card',
      'id card',
    ],
    matter: { vi: 'Thẻ căn cước', en: 'Identity card' },
    office: { vi: 'Cơ quan quản lý căn cước của Công an', en: 'The police (identity office)' },
    advice: {
      vi: 'Hỏi Công an xã để biết điểm thu nhận gần nhất. Ủy ban nhân dân không cấp thẻ căn cước.',
      en: 'Ask the commune police for the nearest place. The people’s committee does not issue identity cards.',
    },
    online: true,
    source: 'Luật Căn cước số 26/2023/QH15, Điều 27; điểm thu nhận theo phân công của Công an cấp tỉnh',
    confidence: 'medium',
    checkedOn,
  },
  {
    key: 'dinh-danh-dien-tu',
    sayings: ['vneid', 'định danh điện tử', 'định danh mức 2', 'tài khoản định danh', 'electronic identity'],
    matter: { vi: 'Tài khoản định danh điện tử (VNeID)', en: 'Electronic identity (VNeID)' },
    office: { vi: 'Công an xã hoặc nơi làm thẻ căn cước', en: 'The commune police or where identity cards are made' },
    advice: {
      vi: 'Mang theo thẻ căn cước và số điện thoại đang dùng.',
      en: 'Bring your identity card and the telephone number you use.',
    },
    online: false,
    source: 'Nghị định số 69/2024/NĐ-CP về định danh và xác thực điện tử',
    confidence: 'medium',
    checkedOn,
  },
  {
    key: 'ho-chieu',
    sayings: ['hộ chiếu', 'passport', 'visa', 'thị thực'],
    matter: { vi: 'Hộ chiếu', en: 'Passport' },
    office: {
      vi: 'Cơ quan quản lý xuất nhập cảnh của Công an cấp tỉnh',
      en: 'The immigration office of the provincial police',
    },
    advice: { vi: 'Nộp trực tiếp ở đó hoặc nộp trực tuyến.', en: 'Apply there or online.' },
    online: true,
    source: 'Luật Xuất cảnh, nhập cảnh của công dân Việt Nam số 49/2019/QH14, Điều 15',
    confidence: 'high',
    checkedOn,
  },
  {
    key: 'giay-phep-lai-xe',
    sayings: [
      'giấy phép lái xe',
      'bằng lái',
      'bằng lái xe',
      'bằng xe máy',
      'bằng ô tô',
      'gplx',
      'driving licence',
      'driving license',
    ],
    matter: { vi: 'Giấy phép lái xe', en: 'Driving licence' },
    office: { vi: 'Cảnh sát giao thông của Công an cấp tỉnh', en: 'The traffic police of the province' },
    advice: {
      vi: 'Cấp, đổi, cấp lại đều ở đây; đổi và cấp lại còn nộp được trực tuyến.',
      en: 'Issued, changed and replaced there; a change or replacement can also be asked for online.',
    },
    online: true,
    source: 'Luật Trật tự, an toàn giao thông đường bộ số 36/2024/QH15; Thông tư số 12/2025/TT-BCA',
    confidence: 'high',
    checkedOn,
  },
  {
    key: 'dang-ky-xe',
    sayings: [
      'đăng ký xe',
      'đăng ký xe máy',
      'đăng ký ô tô',
      'biển số xe',
      'biển số',
      'cà vẹt xe',
      'sang tên xe',
      'sang tên xe máy',
      'vehicle registration',
    ],
    matter: { vi: 'Đăng ký xe, biển số xe', en: 'Registration of vehicles' },
    office: { vi: 'Công an xã hoặc Cảnh sát giao thông', en: 'The commune police or the traffic police' },
    advice: {
      vi: 'Hỏi Công an xã xem ở xã có nhận đăng ký xe không. Giấy bán xe thì chứng thực được tại nơi tiếp nhận hồ sơ của xã.',
      en: 'Ask the commune police whether they register vehicles. The deed of sale can be certified at the one-stop desk.',
    },
    online: true,
    source: 'Thông tư số 79/2024/TT-BCA về đăng ký xe',
    confidence: 'medium',
    checkedOn,
  },
  {
    key: 'ly-lich-tu-phap',
    sayings: ['lý lịch tư pháp', 'phiếu lý lịch tư pháp', 'án tích', 'criminal record'],
    matter: { vi: 'Phiếu lý lịch tư pháp', en: 'Criminal record certificate' },
    office: { vi: 'Công an cấp tỉnh', en: 'The provincial police' },
    advice: {
      vi: 'Nộp trực tuyến trên VNeID hoặc Cổng Dịch vụ công quốc gia. Sơ yếu lý lịch thì chứng thực chữ ký tại nơi tiếp nhận hồ sơ của xã.',
      en: 'Apply on VNeID or the national portal. A signature on a personal history is certified at the one-stop desk.',
    },
    online: true,
    source: 'Luật Lý lịch tư pháp số 28/2009/QH12; nhiệm vụ của Bộ Công an theo Nghị định số 02/2025/NĐ-CP',
    confidence: 'medium',
    checkedOn,
  },
  {
    key: 'ly-hon',
    sayings: ['ly hôn', 'li hôn', 'ly dị', 'li dị', 'bỏ vợ', 'bỏ chồng', 'đơn ly hôn', 'divorce'],
    matter: { vi: 'Ly hôn', en: 'Divorce' },
    office: { vi: 'Tòa án nhân dân khu vực', en: 'The regional people’s court' },
    advice: {
      vi: 'Nộp đơn tại tòa án nơi hai người cư trú hoặc nơi người kia cư trú. Sau khi ly hôn, xác nhận tình trạng hôn nhân làm tại Ủy ban nhân dân xã.',
      en: 'File at the court where both live, or where the other lives. After it, the commune certifies the marital status.',
    },
    online: false,
    source:
      'Luật Hôn nhân và gia đình số 52/2014/QH13, Điều 51; Bộ luật Tố tụng dân sự số 92/2015/QH13, Điều 28, 29, 35 và 39 (sửa đổi bởi Luật số 85/2025/QH15)',
    confidence: 'high',
    checkedOn,
  },
  {
    key: 'kien-dan-su',
    sayings: ['khởi kiện', 'kiện', 'kiện dân sự', 'đơn kiện', 'đòi nợ', 'kiện đòi nợ', 'lawsuit'],
    matter: { vi: 'Khởi kiện dân sự', en: 'Civil suits' },
    office: { vi: 'Tòa án nhân dân khu vực', en: 'The regional people’s court' },
    advice: {
      vi: 'Tranh chấp đất đai phải hòa giải tại Ủy ban nhân dân xã trước.',
      en: 'A dispute over land is first conciliated by the commune.',
    },
    online: false,
    source:
      'Bộ luật Tố tụng dân sự số 92/2015/QH13, Điều 26, 35 (sửa đổi bởi Luật số 85/2025/QH15); Luật Đất đai số 31/2024/QH15, Điều 235',
    confidence: 'high',
    checkedOn,
  },
  {
    key: 'bao-hiem',
    sayings: [
      'bảo hiểm y tế',
      'thẻ bảo hiểm y tế',
      'bhyt',
      'bảo hiểm xã hội',
      'bhxh',
      'sổ bảo hiểm',
      'health insurance',
      'social insurance',
    ],
    matter: { vi: 'Bảo hiểm y tế, bảo hiểm xã hội', en: 'Health and social insurance' },
    office: { vi: 'Cơ quan bảo hiểm xã hội', en: 'The social insurance office' },
    advice: {
      vi: 'Thẻ của trẻ dưới 6 tuổi làm được cùng lúc với khai sinh.',
      en: 'The card of a child under six can be had together with the registration of the birth.',
    },
    online: true,
    source:
      'Luật Bảo hiểm y tế số 25/2008/QH12 (sửa đổi); Luật Bảo hiểm xã hội số 41/2024/QH15; Nghị định số 63/2024/NĐ-CP (liên thông khai sinh)',
    confidence: 'high',
    checkedOn,
  },
  {
    key: 'that-nghiep',
    sayings: ['thất nghiệp', 'trợ cấp thất nghiệp', 'bảo hiểm thất nghiệp', 'unemployment'],
    matter: { vi: 'Trợ cấp thất nghiệp', en: 'Unemployment benefit' },
    office: { vi: 'Trung tâm dịch vụ việc làm', en: 'The employment service centre' },
    advice: {
      vi: 'Nộp trong 3 tháng kể từ ngày nghỉ việc.',
      en: 'Apply within three months of leaving the job.',
    },
    online: true,
    source: 'Luật Việc làm (số 74/2025/QH15, trước đó số 38/2013/QH13)',
    confidence: 'medium',
    checkedOn,
  },
  {
    key: 'thue',
    sayings: ['thuế', 'nộp thuế', 'mã số thuế', 'kê khai thuế', 'thuế đất', 'tax', 'tax code'],
    matter: { vi: 'Thuế', en: 'Taxes' },
    office: { vi: 'Cơ quan thuế quản lý trên địa bàn', en: 'The tax office of the area' },
    advice: {
      vi: 'Hộ kinh doanh đăng ký tại Ủy ban nhân dân xã thì mã số thuế được cấp cùng lúc.',
      en: 'A household business registered at the commune is given its tax code with it.',
    },
    online: true,
    source:
      'Luật Quản lý thuế số 38/2019/QH14 (sửa đổi); Nghị định số 168/2025/NĐ-CP về đăng ký doanh nghiệp, hộ kinh doanh',
    confidence: 'medium',
    checkedOn,
  },
  {
    key: 'doanh-nghiep',
    sayings: [
      'thành lập công ty',
      'mở công ty',
      'đăng ký doanh nghiệp',
      'thành lập doanh nghiệp',
      'doanh nghiệp',
      'công ty',
      'company',
    ],
    matter: { vi: 'Công ty, doanh nghiệp', en: 'Companies' },
    office: { vi: 'Cơ quan đăng ký kinh doanh cấp tỉnh', en: 'The business registry of the province' },
    advice: {
      vi: 'Ủy ban nhân dân xã chỉ nhận đăng ký hộ kinh doanh.',
      en: 'The commune registers household businesses only.',
    },
    online: true,
    source: 'Luật Doanh nghiệp số 59/2020/QH14 (sửa đổi); Nghị định số 168/2025/NĐ-CP',
    confidence: 'high',
    checkedOn,
  },
  {
    key: 'sang-ten-dat',
    sayings: [
      'sang tên sổ đỏ',
      'sang tên',
      'sang tên đất',
      'tách thửa',
      'tách sổ đỏ',
      'chuyển mục đích đất',
      'land transfer',
    ],
    matter: { vi: 'Sang tên, tách thửa đất', en: 'Transfer and division of land' },
    office: { vi: 'Chi nhánh Văn phòng đăng ký đất đai', en: 'The branch of the land registration office' },
    advice: {
      vi: 'Hợp đồng mua bán, tặng cho thì công chứng hoặc chứng thực trước; nơi tiếp nhận hồ sơ của xã có chuyển hồ sơ hay không, hãy hỏi tại quầy.',
      en: 'The contract is notarised or certified first. Ask at the one-stop desk whether it passes dossiers on.',
    },
    online: true,
    source: 'Luật Đất đai số 31/2024/QH15, Điều 133; Nghị định số 101/2024/NĐ-CP và số 151/2025/NĐ-CP',
    confidence: 'medium',
    checkedOn,
  },
  {
    key: 'nghia-vu-quan-su',
    sayings: ['nghĩa vụ quân sự', 'khám nghĩa vụ', 'tạm hoãn nghĩa vụ', 'nvqs', 'military service'],
    matter: { vi: 'Nghĩa vụ quân sự', en: 'Military service' },
    office: { vi: 'Ban Chỉ huy quân sự xã', en: 'The military command of the commune' },
    advice: {
      vi: 'Đến trực tiếp Ban Chỉ huy quân sự của xã nơi bạn cư trú.',
      en: 'Go to the military command of the commune where you live.',
    },
    online: false,
    source: 'Luật Nghĩa vụ quân sự số 78/2015/QH13, Điều 13 đến 18 (sửa đổi bởi Luật số 98/2025/QH15)',
    confidence: 'high',
    checkedOn,
  },
]

/** Words beside the matter that do not make it another one. */
const beside = new Set(
  searchWords(
    `làm xin cấp đổi mới mất hỏng lại lần đầu gia hạn đăng ký nộp thủ tục giấy tờ hồ sơ thẻ gắn chíp chip công dân ở đâu online trực tuyến
    cho con tôi em mình muốn cần như thế nào gì bị hết hạn điện tử tiền đơn thuận tình đơn phương
    apply for a an the my new get renew replace lost where to how do i card`,
  ),
)

const table = elsewhere
  .flatMap((matter) => matter.sayings.map((saying) => ({ matter, words: searchWords(saying) })))
  .toSorted((a, b) => b.words.length - a.words.length)

/** The matter asked for, where the question asks for nothing else: "photo công chứng căn cước" asks for a copy. */
export function handledElsewhere(question: string): Elsewhere | undefined {
  const words = searchWords(question)
  return table.find(({ words: said }) => {
    const start = words.findIndex((_, place) => said.every((word, index) => words[place + index] === word))
    return (
      start >= 0 && words.every((word, place) => (place >= start && place < start + said.length) || beside.has(word))
    )
  })?.matter
}
