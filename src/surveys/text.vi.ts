import type { CampaignKind, CampaignState, Channel, QuestionKind } from './contract.ts'
import type { SurveyRefusal } from './rules/refusal.ts'
import type { QuestionnaireFault } from './rules/questionnaire.ts'

const faults: Record<QuestionnaireFault['code'], string> = {
  'key-twice': 'Có hai câu hoặc hai yếu tố cùng một mã.',
  'option-twice': 'Có hai lựa chọn cùng một mã.',
  'options-missing': 'Câu chọn cần ít nhất hai lựa chọn.',
  'options-not-here': 'Câu ý kiến tự do không có lựa chọn.',
  'factor-unknown': 'Yếu tố của câu chưa được khai báo.',
  'condition-unknown': 'Điều kiện hỏi nhắc tới một câu hoặc lựa chọn không có.',
  'condition-later': 'Điều kiện hỏi phải dựa vào một câu đứng trước.',
  'overall-unknown': 'Câu hài lòng chung không có trong phiếu.',
  'overall-unjudged': 'Câu hài lòng chung phải có lựa chọn được tính là hài lòng.',
  'personal-condition':
    'Câu về người trả lời và câu ý kiến tự do được giữ tách khỏi phiếu, nên không đặt được điều kiện.',
  'text-factor': 'Câu thuộc một yếu tố phải có lựa chọn được tính là hài lòng.',
}

const channels: Record<Channel, string> = {
  token: 'Lời mời riêng sau khi trả kết quả',
  link: 'Đường dẫn chung, mã QR',
  kiosk: 'Máy tại quầy',
  paper: 'Phiếu giấy',
  telephone: 'Điện thoại',
}
const states: Record<CampaignState, string> = { draft: 'Đang chuẩn bị', running: 'Đang diễn ra', closed: 'Đã kết thúc' }
const kinds: Record<CampaignKind, string> = {
  survey: 'Khảo sát',
  rating: 'Đánh giá sau từng hồ sơ',
  totals: 'Số tổng hợp đợt cũ',
}
const questionKinds: Record<QuestionKind, string> = {
  single: 'Chọn một',
  several: 'Chọn nhiều',
  scale: 'Thang 1–5',
  'yes-no': 'Có/Không',
  text: 'Ý kiến tự do',
}

export const vi = {
  faults,
  channels,
  states,
  kinds,
  questionKinds,
  templates: {
    commune: 'Phiếu 9 câu của xã (Thiện Hưng, 2023)',
    sipas: 'Phiếu SIPAS: 5 yếu tố, 22 tiêu chí',
    rating: 'Đánh giá nhanh sau từng hồ sơ',
  } as Record<string, string>,
  refusals: {
    'questionnaire-faulty': 'Phiếu hỏi còn lỗi, chưa lưu. Hãy sửa các câu được chỉ ra.',
    'questionnaire-unknown': 'Không tìm thấy phiếu hỏi hoặc mẫu này. Hãy chọn lại.',
    'changed-meanwhile': 'Có người khác vừa thay đổi. Hãy tải lại rồi làm lại; phần bạn vừa nhập chưa được lưu.',
    'days-reversed': 'Ngày kết thúc phải từ ngày bắt đầu trở đi.',
    'end-fixed': 'Ngày kết thúc không đặt vào ngày đã qua, và đợt đã hết hạn thì không kéo dài.',
    'agencies-not-yours': 'Có cơ quan không thuộc phạm vi của bạn.',
    'not-now': 'Việc này không thực hiện được khi đợt khảo sát ở trạng thái hiện tại.',
    'not-taking': 'Đợt khảo sát chưa mở hoặc đã kết thúc nên không nhận thêm phiếu.',
    'channel-closed': 'Đợt khảo sát không dùng kênh này.',
    'answers-faulty': 'Có câu trả lời không thuộc thang của câu hỏi. Chưa lưu gì.',
    'nothing-answered': 'Phiếu chưa có câu trả lời nào.',
    used: 'Phiếu này đã được gửi trước đó, không tính thêm.',
    'same-person': 'Bạn đã nhập phiếu này lần thứ nhất; lần thứ hai phải do người khác nhập.',
    'paper-settled': 'Phiếu số này đã được đối chiếu và tính rồi.',
    'answers-differ': 'Chỉ những câu hai lần nhập khác nhau mới được chọn lại.',
    'totals-faulty': 'Số nhập chưa khớp: có câu hoặc lựa chọn không có, hoặc tổng lớn hơn số phiếu.',
    'too-many': 'Đã gửi quá nhiều lần trong thời gian ngắn. Phiếu được giữ tại máy, hãy gửi lại sau.',
  } satisfies Record<SurveyRefusal['code'] | 'too-many', string>,
  fewerThan: (least: number) => `ít hơn ${least}`,
  print: {
    title: 'KẾT QUẢ KHẢO SÁT',
    subject: (name: string) => `Sự hài lòng của người dân, tổ chức\n${name}`,
    period: (from: string, to: string) => `Thời gian: từ ngày ${from} đến ngày ${to}.`,
    where: (names: string) => `Phạm vi: ${names}.`,
    ballots: (count: string) => `Tổng số phiếu thu được: ${count} phiếu.`,
    channels: (list: string) => `Hình thức: ${list}.`,
    bases:
      'Mỗi tỷ lệ ghi theo hai cách tính: trên tổng số phiếu và trên số trả lời hợp lệ (không tính phiếu bỏ trống). Tỷ lệ làm tròn đến hai chữ số thập phân, từ 5 trở lên thì làm tròn lên.',
    totals: (source: string) => `Số tổng hợp nhập theo: ${source}.`,
    tooFew: (least: number) => `Có ít hơn ${least} phiếu nên kết quả không được hiện.`,
    overall: 'Hài lòng chung',
    index: 'Chỉ số hài lòng chung (SIPAS)',
    factors: 'Kết quả theo yếu tố',
    questions: 'Kết quả từng câu',
    groups: 'Kết quả theo nhóm',
    remarks: 'Ý kiến của người dân (đã che thông tin cá nhân)',
    before: 'So với đợt trước',
    heads: {
      question: 'Câu hỏi',
      option: 'Trả lời',
      count: 'Số phiếu',
      ofAll: '% trên tổng số phiếu',
      ofValid: '% trên số hợp lệ',
      satisfied: 'Tỷ lệ hài lòng (%)',
      mean: 'Điểm trung bình',
      factor: 'Yếu tố',
      criteria: 'Số tiêu chí',
      group: 'Nhóm',
      ballots: 'Số phiếu',
      index: 'Chỉ số (%)',
      words: 'Ý kiến',
      now: 'Kỳ này',
      then: 'Kỳ trước',
      change: 'Tăng, giảm',
    },
    ballot: {
      title: 'PHIẾU KHẢO SÁT',
      how: 'Đánh dấu X vào ô của câu trả lời bạn chọn; câu nào không muốn trả lời thì để trống. Không ghi tên.',
      onlyIf: (number: number, options: string) => `chỉ trả lời nếu câu ${number} chọn: ${options}`,
      thanks: 'Trân trọng cảm ơn!',
    },
    blank: 'Bỏ trống',
    hidden: (least: number) => `Ít hơn ${least} trả lời, không hiện`,
    groupBy: { agency: 'Cơ quan', unit: 'Bộ phận', field: 'Lĩnh vực', month: 'Tháng trả kết quả' },
    sheets: { results: 'Kết quả', factors: 'Yếu tố', groups: 'Nhóm', ballots: 'Phiếu', remarks: 'Ý kiến' },
    anonymous: 'Phiếu khuyết danh, thứ tự ngẫu nhiên',
    demo: 'Bản dùng thử – dữ liệu hư cấu, không có giá trị pháp lý',
  },
}
export type SurveyText = typeof vi
