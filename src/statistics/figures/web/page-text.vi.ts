type Write = { number: (value: number) => string; percent: (value: number) => string }
type Fraction = 'quarter' | 'third' | 'half' | 'two-thirds' | 'three-quarters'

const fractions: Record<Fraction, string> = {
  quarter: 'một phần tư',
  third: 'một phần ba',
  half: 'một nửa',
  'two-thirds': 'hai phần ba',
  'three-quarters': 'ba phần tư',
}
/** As people say it, where there is a fraction for it. */
const shareIn = (share: number, write: Write, said?: { fraction: Fraction; exact: boolean }): string =>
  said ? `${said.exact ? '' : 'khoảng '}${fractions[said.fraction]}` : write.percent(100 * share)

/** Two or three by their names; of more the first two, and how many besides. */
const someOf = (names: readonly string[], others: string): string => {
  if (names.length <= 1) return names.join('')
  if (names.length <= 3) return `${names.slice(0, -1).join('; ')} và ${names.at(-1) ?? ''}`
  return `${names.slice(0, 2).join('; ')} và ${names.length - 2} ${others}`
}

const lowerFirst = (words: string): string => words.slice(0, 1).toLowerCase() + words.slice(1)

const roman = ['', 'I', 'II', 'III', 'IV']

/** Sentences of the pages of figures; English in page-text.en.ts has the same keys. */
export const vi = {
  title: 'Thống kê',
  chartsTitle: 'Biểu đồ',
  toCharts: 'Xem biểu đồ',
  toFigures: 'Xem bảng số liệu',
  print: 'In trang này',
  asRead: (moment: string) => `Theo nhật ký đến ${moment}`,
  asKnown: (day: string) => `Như đã biết đến hết ngày ${day}`,
  opens: (figure: string, where: string | undefined) => `hồ sơ: ${figure}${where ? `, ${where}` : ''}`,
  ask: 'Phạm vi số liệu',
  period: {
    kind: 'Kỳ',
    which: 'Chọn kỳ',
    kinds: { month: 'Tháng', quarter: 'Quý', half: '6 tháng', nine: '9 tháng', year: 'Năm', days: 'Tự chọn' },
    names: {
      month: (number: number, year: number) => `Tháng ${number}/${year}`,
      quarter: (number: number, year: number) => `Quý ${roman[number] ?? ''}/${year}`,
      half: (number: number, year: number) => `6 tháng ${number === 1 ? 'đầu' : 'cuối'} năm ${year}`,
      nine: (_number: number, year: number) => `9 tháng năm ${year}`,
      year: (_number: number, year: number) => `Năm ${year}`,
    },
    before: 'Kỳ trước',
    after: 'Kỳ sau',
    cutoff: 'Chốt số liệu',
    cutoffs: {
      1: 'Theo tháng dương lịch',
      15: 'Ngày 15 (Nghị định 09/2019)',
      10: 'Ngày 10 (báo cáo CCHC)',
    },
    from: 'Từ ngày',
    to: 'Đến hết ngày',
    wrongWay: 'Ngày đầu phải trước ngày cuối.',
    show: 'Xem',
    span: (from: string, to: string) => `từ ${from} đến hết ${to}`,
  },
  agency: {
    label: 'Cơ quan',
    seeBelow: 'Xem cả các cơ quan trực thuộc',
    area: (name: string) => `${name} – cả địa bàn, gồm các đơn vị cũ`,
    old: (name: string, day: string) => `${name} – như đơn vị cũ, đến ${day}`,
    under: (name: string) => `${name} và các cơ quan trực thuộc`,
    none: 'Tài khoản chưa được xem thống kê của cơ quan nào',
    noneHint: 'Hãy liên hệ quản trị viên của cơ quan để được phân công.',
    notApportioned: (names: string) =>
      `Đơn vị cũ${names && ` (${names})`} đã chia cho nhiều nơi: không tách được phần thuộc địa bàn này nên không tính vào đây.`,
  },
  known: {
    label: 'Số liệu đã biết đến',
    hint: 'để trống: hiện nay',
    atEnd: 'Như ngày cuối kỳ',
    now: 'Về số liệu hiện nay',
    title: 'Khác với số liệu hiện nay',
    none: (day: string) => `Từ hết ngày ${day} đến nay không có gì làm thay đổi số liệu của kỳ này.`,
    what: (day: string) =>
      `Số liệu của kỳ như đã biết đến hết ngày ${day}, đặt cạnh số liệu hiện nay và nguyên nhân khác nhau.`,
    figure: 'Chỉ tiêu',
    then: 'Đã biết khi đó',
    today: 'Hiện nay',
    change: 'Chênh lệch',
    dossiers: 'Hồ sơ làm thay đổi',
    dossier: 'Hồ sơ',
    procedure: 'Thủ tục',
    recorded: (moment: string) => `ghi nhận ${moment}`,
    occurred: (moment: string) => `xảy ra ${moment}`,
    cause: 'Nguyên nhân',
    timePassed: 'Hạn đã qua mà chưa xong; không có ghi nhận mới',
    effect: 'Thay đổi',
  },
  filters: {
    title: 'Lọc số liệu',
    chips: 'Đang lọc theo',
    remove: (what: string) => `Bỏ lọc ${what}`,
    clear: 'Bỏ mọi lọc',
    any: 'Tất cả',
    field: 'Lĩnh vực',
    channel: 'Hình thức nộp',
    procedure: 'Thủ tục',
    unit: 'Đơn vị',
    officer: 'Người giải quyết',
  },
  balance: {
    title: 'Cân đối trong kỳ',
    holds: (sum: string) => `Cân đối: hai vế cùng là ${sum} hồ sơ.`,
    broken: (left: string, right: string) => `Không cân đối: vế trái ${left}, vế phải ${right} hồ sơ.`,
    equals: 'bằng',
    plus: 'cộng',
  },
  compare: {
    label: 'So sánh với',
    none: 'Không so sánh',
    previous: 'Kỳ trước liền kề',
    year: 'Cùng kỳ năm trước',
    was: (value: string) => `kỳ so sánh ${value}`,
    same: 'không đổi',
    /** `+12 (+20,0 %)` */
    change: (by: string, percent: string | null) => (percent === null ? by : `${by} (${percent})`),
    points: (by: string) => `${by} điểm`,
  },
  rates: {
    title: 'Tỷ lệ',
    of: 'trên',
    opens: (rate: string, where: string | undefined) => `${rate}${where ? `, ${where}` : ''}: xem cách tính`,
    convention: (words: string) => `Cách tính: ${words}`,
  },
  lines: {
    title: (by: string) => `Theo ${by.toLowerCase()}`,
    by: 'Phân tổ theo',
    view: 'Cột',
    views: { balance: 'Cân đối', course: 'Diễn biến', digital: 'Số hóa', rates: 'Tỷ lệ' },
    groups: {
      in: 'Tiếp nhận',
      resolved: 'Đã giải quyết',
      ended: 'Kết thúc khác',
      open: 'Đang giải quyết',
      intake: 'Tiếp nhận',
      time: 'Thời hạn',
      result: 'Kết quả',
      channel: 'Hình thức nộp',
      digital: 'Số hóa',
      way: 'Diễn biến trong kỳ',
    },
    total: 'Cộng',
    nothing: 'Trong kỳ này chưa có hồ sơ nào',
    nothingHint:
      'Số liệu có ngay khi hồ sơ đầu tiên được tiếp nhận. Có thể chọn kỳ khác, cơ quan khác hoặc bỏ bớt lọc.',
    only: (name: string) => `Chỉ xem ${name}`,
    sortBy: (name: string) => `Sắp xếp theo ${name}`,
    keys: 'Dùng phím mũi tên để chuyển giữa các số, Enter để mở danh sách hồ sơ.',
    more: (count: string) => `Xem đủ ${count} dòng`,
    counting: 'Đang tính…',
  },
  all: { title: 'Tất cả chỉ tiêu', figure: 'Chỉ tiêu', now: 'Kỳ này', change: 'Chênh lệch' },
  sheet: {
    count: (count: string) => `${count} hồ sơ`,
    one: '1 hồ sơ',
    code: 'Mã hồ sơ',
    procedure: 'Thủ tục',
    time: 'Thời hạn',
    received: 'tiếp nhận',
    due: 'hạn',
    finished: 'xong',
    empty: 'Không có hồ sơ nào',
    emptyHint: 'Số liệu vừa thay đổi. Đóng lại rồi tải lại trang để xem số mới.',
    list: 'Hồ sơ đứng sau con số',
    more: 'Xem thêm',
    differs: (number: string, list: string) => `Con số là ${number}, danh sách có ${list}.`,
  },
  charts: {
    withTable: 'Kèm bảng số liệu',
    nothing: 'Chưa có hồ sơ nào để vẽ trong kỳ này.',
    field: 'Lĩnh vực',
    mark: (where: string, what: string, value: string) => `${where}: ${what} ${value}`,
    trend: {
      step: 'Theo',
      steps: { day: 'Ngày', week: 'Tuần', month: 'Tháng' },
      series: { received: 'Tiếp nhận', resolved: 'Giải quyết' },
      what: {
        day: 'Hồ sơ tiếp nhận và giải quyết từng ngày',
        week: 'Hồ sơ tiếp nhận và giải quyết từng tuần',
        month: 'Hồ sơ tiếp nhận và giải quyết từng tháng',
      },
      month: (key: string) => `Tháng ${Number(key.slice(5))}/${key.slice(0, 4)}`,
      shortMonth: (key: string) => `${Number(key.slice(5))}/${key.slice(2, 4)}`,
      weekOf: (day: string) => `Tuần có ngày ${day}`,
      week: (from: string, to: string) => `Tuần ${from} – ${to}`,
      findings: (
        finding:
          | { kind: 'none' }
          | { kind: 'grown' | 'shrunk'; by: number; from: number; to: number }
          | { kind: 'same'; open: number },
        number: (value: number) => string,
      ): string => {
        if (finding.kind === 'none') return 'Chưa phát sinh hồ sơ'
        if (finding.kind === 'same') return `Hồ sơ đang giải quyết giữ ở mức ${number(finding.open)}`
        const [moved, to] = finding.kind === 'grown' ? ['tăng', 'lên'] : ['giảm', 'xuống']
        return `Hồ sơ đang giải quyết ${moved} ${number(finding.by)}, từ ${number(finding.from)} ${to} ${number(finding.to)}`
      },
    },
    share: {
      what: 'Hồ sơ mới tiếp nhận theo lĩnh vực',
      part: 'Phần',
      findings: (
        finding:
          | { kind: 'none' }
          | { kind: 'all'; label: string; count: number }
          | { kind: 'share'; label: string; share: number }
          | { kind: 'even'; lines: number; label: string; share: number },
        write: Write,
        fraction?: { fraction: Fraction; exact: boolean },
      ): string => {
        if (finding.kind === 'none') return 'Chưa phát sinh hồ sơ theo lĩnh vực'
        if (finding.kind === 'all') return `Tất cả hồ sơ thuộc lĩnh vực ${finding.label}`
        if (finding.kind === 'even')
          return `Hồ sơ trải đều ${write.number(finding.lines)} lĩnh vực, nhiều nhất là ${finding.label}: ${write.percent(100 * finding.share)}`
        return `${finding.label} chiếm ${shareIn(finding.share, write, fraction)} hồ sơ`
      },
    },
    onTime: {
      what: 'Tỷ lệ đúng hạn trên số đã giải quyết, theo lĩnh vực (Biểu mẫu 3, mục 3.3)',
      resolved: 'Đã giải quyết',
      late: 'Quá hạn',
      rate: 'Tỷ lệ đúng hạn',
      lateOf: 'quá hạn trên',
      findings: (
        finding:
          | { kind: 'none' }
          | { kind: 'all'; resolved: number }
          | { kind: 'only'; label: string; late: number }
          | { kind: 'lowest'; label: string; late: number; resolved: number; fields: number },
        write: Write,
      ): string => {
        if (finding.kind === 'none') return 'Chưa có hồ sơ giải quyết xong'
        if (finding.kind === 'all') return `Cả ${write.number(finding.resolved)} hồ sơ giải quyết xong đều đúng hạn`
        if (finding.kind === 'only')
          return `Chỉ lĩnh vực ${finding.label} có hồ sơ quá hạn (${write.number(finding.late)} hồ sơ)`
        const rate = write.percent((100 * (finding.resolved - finding.late)) / finding.resolved)
        return `${finding.label} đúng hạn thấp nhất: ${rate}`
      },
    },
    load: {
      what: 'Hồ sơ tiếp nhận theo giờ và thứ trong tuần',
      weekday: 'Thứ',
      hour: (hour: number) => `${hour} giờ`,
      findings: (
        finding:
          | { kind: 'none' }
          | { kind: 'busiest'; weekday: number; hour: number; count: number; morning: number; of: number },
        write: Write & { weekday: (weekday: number) => string },
        fraction?: { fraction: Fraction; exact: boolean },
      ): string =>
        finding.kind === 'none'
          ? 'Chưa tiếp nhận hồ sơ nào'
          : `Đông nhất lúc ${finding.hour} giờ ${lowerFirst(write.weekday(finding.weekday))}; buổi sáng nhận ${shareIn(finding.morning / finding.of, write, fraction)} hồ sơ`,
    },
    steps: {
      what: 'Giờ làm việc ở từng bước: trung vị, và mức mà chín phần mười số lượt không vượt quá',
      by: 'Thời gian theo',
      bys: { step: 'Bước', unit: 'Đơn vị', officer: 'Người' },
      median: 'Trung vị',
      p90: 'Chín phần mười trong',
      passed: 'Số lượt',
      late: 'Quá thời gian quy định',
      lateOf: (count: string) => `${count} lượt quá thời gian quy định`,
      within: (p90: string) => `90 % trong ${p90}`,
      times: 'lượt',
      stays: 'Các lượt qua bước',
      staysHint: 'Mỗi lượt là một lần hồ sơ ở lại một bước rồi đi tiếp trong kỳ; lâu nhất đứng trước.',
      took: 'Thời gian',
      other: (name: string, median: string, within: string) =>
        `Không tính vào thời gian của cơ quan: ${lowerFirst(name)}, trung vị ${median}; ${within}`,
      findings: (
        finding: { kind: 'none' } | { kind: 'lost'; names: readonly string[]; share: number },
        write: Write,
        by: 'step' | 'unit' | 'officer',
        fraction?: { fraction: Fraction; exact: boolean },
      ): string =>
        finding.kind === 'none'
          ? 'Chưa có bước nào hoàn thành'
          : `${someOf(finding.names, { step: 'bước khác', unit: 'đơn vị khác', officer: 'người khác' }[by])} chiếm ${shareIn(finding.share, write, fraction)} thời gian giải quyết`,
    },
  },
}

export type FiguresPageText = typeof vi
