// Which parts exclude each other, and which together are all there is: only then may a sum be judged.

type Axis = {
  members: readonly RegExp[]
  /** Members that together exhaust a total whose own words fit. */
  closed?: { all: readonly number[]; total?: RegExp }
}

const axes: readonly Axis[] = [
  {
    members: [/trực tuyến|online|qua mạng/u, /trực tiếp/u, /bưu chính|bcci/u, /kỳ trước|chuyển (?:sang|qua)|tồn/u],
    closed: { all: [0, 1] },
  },
  {
    members: [/mới tiếp nhận|tiếp nhận mới|trong kỳ|phát sinh mới/u, /kỳ trước|năm trước|chuyển (?:sang|qua)|tồn/u],
    closed: { all: [0, 1] },
  },
  {
    members: [
      /đang (?:được )?(?:giải quyết|xử lý|trong|thực hiện)|chưa (?:giải quyết|xử lý|đến hạn)|^[\s,]*còn|còn lại|chuyển (?:kỳ|tháng|quý|năm) sau/u,
      /giải quyết|xử lý|trả kết quả|hoàn thành/u,
      /rút|trả lại|từ chối|dừng|hủy/u,
    ],
    closed: { all: [0, 1], total: /tiếp nhận|tổng|giao|phải/u },
  },
  {
    members: [
      /quá hạn|trễ hạn|chậm/u,
      /(?:trước|sớm)[^;]{0,14}đúng hạn|đúng[^;]{0,8}(?:trước|sớm) hạn|đúng hạn/u,
      /trước hạn|sớm hạn/u,
    ],
    closed: { all: [0, 1], total: /giải quyết|trả kết quả|xử lý|hoàn thành/u },
  },
  { members: [/mức độ 3|một phần/u, /mức độ 4|toàn trình/u], closed: { all: [0, 1] } },
  { members: [/giữ nguyên/u, /đơn giản|sửa đổi|bãi bỏ|thay thế|cắt giảm/u], closed: { all: [0, 1] } },
  { members: [/không (?:đạt|đủ)|chưa (?:đạt|đủ)/u, /đạt|đủ/u], closed: { all: [0, 1] } },
  { members: [/(?<!\p{L})nam(?!\p{L})/u, /(?<!\p{L})nữ(?!\p{L})/u], closed: { all: [0, 1] } },
  { members: [/đã (?:được )?số h/u, /chưa (?:được )?số h/u], closed: { all: [0, 1] } },
  {
    members: [
      /không hài lòng|chưa hài lòng/u,
      /rất hài lòng/u,
      /bình thường|chấp nhận/u,
      /hài lòng/u,
      /blank|không trả lời|bỏ trống/u,
    ],
  },
  {
    members: [
      /rất (?:tốt|nhanh|gọn|thuận)/u,
      /trung bình|bình thường/u,
      /kém|chậm|không/u,
      /tốt|nhanh|gọn|thuận/u,
      /blank/u,
    ],
  },
  { members: [/cấp tỉnh|sở, ban/u, /cấp huyện/u, /cấp xã|các xã|xã, (?:phường|thị trấn)/u] },
]

const field =
  /lĩnh vực|hộ tịch|chứng thực|tư pháp|đất đai|địa chính|đc-xd|xây dựng|đô thị|bảo trợ|tbxh|lđtb|thương binh|người có công|chính sách|nông nghiệp|môi trường|văn hóa|thể thao|giáo dục|y tế|kinh doanh|tài chính|thi đua|tôn giáo|nội vụ|công thương|giao thông|quốc phòng|công an/u

export type Partition = 'complete' | 'disjoint' | 'open'

/** Whether parts with these words leave nothing over of the total (complete), at least exclude each other, or may overlap. */
export function partitionOf(total: string, parts: readonly string[]): Partition {
  const whole = total.toLowerCase()
  const labels = parts.map((label) => label.toLowerCase())
  for (const { members, closed } of axes) {
    const used = labels.map((label) => members.findIndex((member) => member.test(label)))
    if (used.includes(-1) || new Set(used).size !== used.length) continue
    const exhausts =
      closed && closed.all.every((member) => used.includes(member)) && (closed.total?.test(whole) ?? true)
    return exhausts ? 'complete' : 'disjoint'
  }
  if (composes(whole, labels)) return 'complete'
  return labels.length >= 2 && labels.every((label) => field.test(label)) ? 'disjoint' : 'open'
}

/** "18 cán bộ công chức: 10 cán bộ, 09 công chức": the parts are the words of the total. */
function composes(whole: string, labels: readonly string[]): boolean {
  const kinds = ['cán bộ', 'công chức', 'viên chức'].filter((kind) => whole.includes(kind))
  if (kinds.length < 2 || labels.length !== kinds.length) return false
  return kinds.every(
    (kind) =>
      labels.filter((label) => label.includes(kind) && !kinds.some((other) => other !== kind && label.includes(other)))
        .length === 1,
  )
}

/** Whether the words name a field of procedures (hộ tịch, đất đai …). */
export const isField = (label: string): boolean => field.test(label.toLowerCase())
