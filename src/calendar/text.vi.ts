import { clockOfMinute, type Day, dayOf, type Instant, minuteOf, weekdayOf, writeDay } from '../platform/day.ts'
import type { CalendarRefusal } from './rules/changes.ts'
import type { DayFacts, PauseReason, RuleId } from './rules/explanation.ts'
import type { TimeLimitPart } from './rules/time-limit.ts'
import type { DayKind, DayStatus, Reading } from './rules/working-calendar.ts'

const weekdays = ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ nhật']
const longDay = (day: Day): string => `${weekdays[weekdayOf(day) - 1]}, ${writeDay(day)}`
const instant = (at: Instant): string => `${clockOfMinute(minuteOf(at))} ${longDay(dayOf(at))}`
const provisional = ({ status }: DayFacts) => (status === 'provisional' ? ' (dự kiến)' : '')

const units: Record<TimeLimitPart['unit'], (amount: number) => string> = {
  workingHour: (amount) => `${amount} giờ làm việc`,
  workingDay: (amount) => `${amount} ngày làm việc`,
  calendarDay: (amount) => `${amount} ngày`,
  month: (amount) => `${amount} tháng`,
  atOnce: () => 'trả ngay trong ngày',
}

const kinds: Record<DayKind, string> = {
  holiday: 'Nghỉ lễ, tết',
  substitute: 'Nghỉ bù',
  'swap-off': 'Nghỉ hoán đổi',
  'swap-work': 'Làm bù',
  closure: 'Cơ quan nghỉ',
}

const statuses: Record<DayStatus, string> = { official: 'Chính thức', provisional: 'Dự kiến' }

const readings: Record<Reading, string> = {
  days: 'Theo ngày: hết giờ làm việc của ngày cuối',
  hours: 'Theo giờ: đúng giờ tiếp nhận của ngày cuối',
}

const pauses: Record<PauseReason, string> = {
  supplement: 'Chờ bổ sung hồ sơ, không tính',
  opinion: 'Chờ ý kiến của cơ quan khác, không tính',
  finance: 'Chờ thực hiện nghĩa vụ tài chính, không tính',
  other: 'Tạm dừng, không tính',
}

/** Why each line of an explanation counted or did not. */
const why = {
  'working-hours': 'Trong giờ làm việc',
  'working-day': (ordinal: number) => `Ngày làm việc thứ ${ordinal}`,
  'swap-work': (facts: DayFacts) => `${facts.name}, tính là ngày làm việc${provisional(facts)}`,
  'calendar-day': 'Tính liên tục, kể cả ngày nghỉ',
  month: 'Tính theo tháng dương lịch',
  'same-day': 'Trả kết quả trong ngày làm việc này',
  'receipt-day': 'Ngày nhận đủ hồ sơ, chưa tính',
  'before-opening': 'Trước giờ làm việc, chưa tính',
  'midday-break': 'Giờ nghỉ trưa, chưa tính',
  'after-closing': 'Sau giờ làm việc, tính từ ngày làm việc tiếp theo',
  'after-15': 'Nhận hồ sơ sau 15:00, chuyển sang ngày làm việc tiếp theo',
  'weekly-rest': 'Nghỉ hằng tuần, không tính',
  'saturday-session': 'Buổi thứ Bảy: tiếp nhận hồ sơ, không tính vào thời hạn',
  'moved-to': 'Ngày cuối không phải ngày làm việc nên hạn chuyển sang ngày này',
  holiday: (facts: DayFacts) => `Nghỉ lễ, không tính: ${facts.name}${provisional(facts)}`,
  substitute: (facts: DayFacts) => `${facts.name}, không tính${provisional(facts)}`,
  'swap-off': (facts: DayFacts) => `${facts.name}, không tính${provisional(facts)}`,
  closure: (facts: DayFacts) => `Cơ quan nghỉ, không tính: ${facts.name}${provisional(facts)}`,
  paused: (reason: PauseReason) => pauses[reason],
}

/** The law behind each line; days set by a notice name the notice instead. */
const laws: Record<RuleId, string> = {
  'hour-clock': 'Bộ luật Dân sự 2015, Điều 147 khoản 1',
  'day-clock': 'Bộ luật Dân sự 2015, Điều 147 khoản 2',
  'calendar-clock': 'Bộ luật Dân sự 2015, Điều 147, Điều 148',
  'at-once': 'Thời hạn của thủ tục',
  'receipt-day-not-counted': 'Bộ luật Dân sự 2015, Điều 147 khoản 2',
  'office-hours': 'Giờ làm việc của cơ quan',
  'weekly-rest': 'Quyết định 188/1999/QĐ-TTg',
  'public-holiday': 'Bộ luật Lao động 2019, Điều 112',
  'substitute-rest': 'Bộ luật Lao động 2019, Điều 111 khoản 3',
  'swapped-day': 'Thông báo hoán đổi ngày làm việc',
  closure: 'Quyết định của cơ quan',
  'saturday-session': 'Lịch làm việc của cơ quan',
  'next-day-after-15': 'Thời hạn của thủ tục',
  'rest-day-at-the-end': 'Bộ luật Dân sự 2015, Điều 148 khoản 5',
  pause: 'Quy định về tạm dừng thời hạn của thủ tục',
}

const refusals: { [Code in CalendarRefusal['code']]: (refusal: Extract<CalendarRefusal, { code: Code }>) => string } = {
  'day-impossible': ({ day }) => `Không có ngày ${day}. Hãy nhập một ngày có thật từ năm 2000 đến năm 2099.`,
  'day-name-missing': () => 'Ngày phải có tên, ví dụ "Tết Dương lịch".',
  'day-notice-missing': () => 'Ngày chính thức phải ghi văn bản quy định. Nếu chưa có văn bản, hãy chọn "Dự kiến".',
  'day-worked-anyway': ({ day }) => `${longDay(day)} vốn là ngày làm việc, không thể là ngày làm bù.`,
  'day-off-anyway': ({ day }) => `${longDay(day)} vốn là ngày nghỉ, không cần cho nghỉ thêm.`,
  'hours-missing': () => 'Phải có ít nhất một khoảng giờ làm việc trong ngày.',
  'hours-out-of-order': () =>
    'Các khoảng giờ phải theo thứ tự trong ngày, giờ bắt đầu trước giờ kết thúc và không chồng lên nhau.',
  'weekdays-missing': () => 'Phải có ít nhất một ngày làm việc trong tuần.',
  'session-on-a-working-saturday': () =>
    'Thứ Bảy đã là ngày làm việc thì không thể có buổi thứ Bảy không tính thời hạn.',
}

export const vi = {
  weekdays,
  shortWeekdays: ['T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN'],
  month: (month: number) => `Tháng ${month}`,
  day: writeDay,
  longDay,
  instant,
  units,
  kinds,
  statuses,
  readings,
  why,
  laws,
  refusals,
  minutes: (minutes: number): string => {
    const hours = Math.floor(minutes / 60)
    const rest = minutes % 60
    return [hours > 0 ? `${hours} giờ` : '', rest > 0 || hours === 0 ? `${rest} phút` : ''].filter(Boolean).join(' ')
  },
  explanation: {
    summary: ({ limit, start }: { limit: string; start: string }) =>
      `Thời hạn ${limit}, tính từ lúc nhận đủ hồ sơ: ${start}.`,
    restarted: (first: string) =>
      `Thời hạn tính lại từ đầu sau khi nhận đủ hồ sơ bổ sung (Nghị định 118/2025/NĐ-CP, Điều 19 khoản 5); tiếp nhận lần đầu: ${first}.`,
    part: (ordinal: number, limit: string) => `Phần ${ordinal}: ${limit}`,
    due: (at: string) => `Hạn trả kết quả: ${at}.`,
    provisional: 'Cách tính có ngày nghỉ còn là dự kiến; hạn trả có thể thay đổi khi có thông báo chính thức.',
    unknownYear: (year: number) => `Chưa có lịch nghỉ năm ${year}: mới chỉ trừ các ngày nghỉ hằng tuần.`,
  },
  web: {
    title: 'Lịch làm việc',
    navigation: 'Lịch làm việc',
    note: ({ year, workingDays }: { year: number; workingDays: number }) =>
      `Năm ${year} có ${workingDays} ngày làm việc.`,
    unknown: (year: number) =>
      `Chưa nhập ngày nghỉ lễ nào của năm ${year}. Hạn trả tính sang năm này mới chỉ trừ các ngày nghỉ hằng tuần.`,
    controls: 'Chọn năm và phạm vi',
    year: 'Năm',
    previousYear: 'Trước',
    nextYear: 'Sau',
    scope: 'Phạm vi',
    country: 'Cả nước',
    months: (year: number) => `Mười hai tháng của năm ${year}`,
    monthsHint: 'Dùng phím mũi tên để đi giữa các ngày, Enter để sửa.',
    legend: 'Ký hiệu',
    working: 'Ngày làm việc',
    rest: 'Nghỉ hằng tuần',
    today: 'hôm nay',
    days: 'Ngày nghỉ và ngày làm bù',
    noDays: (year: number) => `Chưa có ngày nghỉ hay ngày làm bù nào của năm ${year}`,
    noDaysHint: 'Khi có thông báo lịch nghỉ, nhập từng ngày kèm số văn bản tại đây.',
    addDay: 'Thêm ngày',
    editDay: (day: string) => `Sửa ${day}`,
    day: 'Ngày',
    kind: 'Loại',
    name: 'Tên',
    namePlaceholder: 'Ví dụ: Tết Nguyên đán',
    notice: 'Văn bản quy định',
    wouldMove: (count: number) =>
      count === 0
        ? 'Hạn trả của các hồ sơ đang mở không đổi.'
        : `Hạn trả của ${count} hồ sơ đang mở sẽ đổi; sau khi ghi ngày, hãy tính lại hạn.`,
    didMove: (count: number) => `Lịch đã đổi: hạn trả của ${count} hồ sơ đang mở chưa khớp với lịch.`,
    toRecompute: 'Xem và tính lại hạn',
    noticeHint: 'Số, ký hiệu, ngày của văn bản. Bắt buộc khi ngày đã chính thức.',
    status: 'Tình trạng',
    enteredFor: 'Phạm vi',
    changed: 'Cập nhật',
    changedBy: 'Người cập nhật',
    change: 'Thay đổi',
    byRelease: 'theo bản phát hành',
    appliesTo: (who: string) => `Áp dụng cho: ${who}`,
    andBelow: (agency: string) => `${agency} và các cơ quan trực thuộc`,
    replaces: ({ name, scope }: { name: string; scope: string }) =>
      `Ngày này đang là "${name}" (${scope}). Mục nhập ở đây sẽ thay thế cho cơ quan.`,
    save: 'Lưu',
    cancel: 'Hủy',
    remove: 'Xóa ngày này',
    removeQuestion: (day: string) => `Xóa mục của ${day}?`,
    removeConsequence:
      'Ngày này trở lại như trong tuần, hoặc theo lịch của cấp trên. Hạn trả của hồ sơ tính từ nay sẽ theo lịch mới; lịch sử thay đổi vẫn được giữ.',
    removeAction: 'Xóa ngày',
    saved: (day: string) => `Đã lưu ${day}.`,
    removed: (day: string) => `Đã xóa mục của ${day}.`,
    hours: 'Giờ làm việc',
    usualHours: 'Giờ thông dụng, vì cơ quan và cấp trên chưa đặt giờ riêng',
    hoursOf: (agency: string) => `Do ${agency} đặt`,
    from: 'Áp dụng từ ngày',
    since: (day: string) => `Từ ${day}`,
    always: 'Từ trước đến nay',
    daily: 'Giờ trong ngày',
    weekly: 'Ngày trong tuần',
    session: 'Buổi thứ Bảy (tiếp nhận, không tính thời hạn)',
    noSession: 'Không có',
    reading: 'Cách tính "ngày làm việc"',
    setHours: 'Đặt giờ làm việc',
    editHours: 'Sửa giờ làm việc',
    intervalsHint: 'Các khoảng giờ cách nhau bằng dấu phẩy, ví dụ 07:00-11:30, 13:30-17:00',
    intervalsWrong: 'Viết giờ dạng 07:00-11:30, cách nhau bằng dấu phẩy.',
    hoursSaved: 'Đã lưu giờ làm việc.',
    removeHours: 'Xóa giờ này',
    removeHoursQuestion: (day: string) => `Xóa giờ làm việc áp dụng từ ${day}?`,
    removeHoursConsequence: 'Giờ của giai đoạn trước, của cấp trên hoặc giờ thông dụng sẽ áp dụng thay thế.',
    removeHoursAction: 'Xóa giờ làm việc',
    hoursRemoved: 'Đã xóa giờ làm việc.',
    history: 'Lịch sử thay đổi',
    noHistory: 'Chưa có thay đổi nào',
    noHistoryHint: 'Mỗi lần sửa ngày hoặc giờ làm việc sẽ được ghi lại ở đây: ai, lúc nào, trước và sau.',
    entered: 'Nhập',
    edited: 'Sửa',
    removedWord: 'Xóa',
    dayWord: 'ngày',
    hoursWord: 'giờ làm việc từ',
    tryTitle: 'Thử tính hạn trả',
    tryHint: 'Xem một hạn trả hình thành thế nào theo lịch này.',
    start: 'Nhận đủ hồ sơ ngày',
    startClock: 'Lúc',
    amount: 'Số lượng',
    unit: 'Đơn vị',
    unitNames: {
      workingHour: 'giờ làm việc',
      workingDay: 'ngày làm việc',
      calendarDay: 'ngày',
      month: 'tháng',
      atOnce: 'trả ngay trong ngày',
    } as Record<TimeLimitPart['unit'], string>,
    after15: 'Nhận sau 15:00 thì trả vào ngày làm việc tiếp theo',
    readingAsSet: 'Theo cách của cơ quan',
    whyThisDay: 'Vì sao là ngày này?',
    printWhy: 'In lời giải thích',
    counts: 'Tính',
    countsYes: 'Có',
    countsNo: 'Không',
    why: 'Lý do',
    law: 'Căn cứ',
  },
  limitImpossible: 'Thời hạn không hợp lệ: mỗi phần là một số nguyên từ 1, riêng "trả ngay" không có số lượng.',
  momentImpossible: 'Thời điểm không hợp lệ hoặc ngoài khoảng từ năm 2000 đến năm 2099.',
  pauseImpossible: 'Mỗi lần tạm dừng phải bắt đầu trước khi kết thúc, theo thứ tự thời gian.',
}

export type CalendarText = typeof vi

/** Why the law or the calendar says no, in this language. */
export function wordRefusal<Code extends CalendarRefusal['code']>(
  refusal: Extract<CalendarRefusal, { code: Code }>,
  text: CalendarText,
): string {
  const words: { [Each in Code]: (refusal: Extract<CalendarRefusal, { code: Each }>) => string } = text.refusals
  return words[refusal.code](refusal)
}
