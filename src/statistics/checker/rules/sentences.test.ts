import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPlainText } from '../readers/text.ts'
import { checkBlocks } from './check.ts'
import type { Kind } from './document.ts'

const check = (text: string) => checkBlocks({ blocks: readPlainText(text) })
const told = (text: string) => check(text).findings.map(({ kind, proof }) => `${kind} ${proof}`)

// Two numbers that may not be related: overlapping parts, other wholes, plans, ranks, approximations, part lists.
const silent: readonly string[] = [
  'Tiếp nhận 120 hồ sơ, trong đó 90 hồ sơ trực tuyến.',
  'Tiếp nhận 1.200 hồ sơ, trong đó chủ yếu: Hộ tịch 300, Chứng thực 500, Đất đai 100.',
  'Tiếp nhận 1.200 hồ sơ, trong đó một số lĩnh vực có nhiều hồ sơ: Hộ tịch 300 hồ sơ, Chứng thực 500 hồ sơ.',
  'Tổng số 25 cán bộ, trong đó 10 nữ, 20 đảng viên, 15 người có trình độ đại học.',
  'Tổ chức 12 lớp tập huấn, trong đó có 450 lượt người tham gia.',
  'Tiếp nhận 100 hồ sơ, giải quyết 105 hồ sơ (bao gồm cả hồ sơ kỳ trước).',
  'Đã giải quyết đúng hạn 1.180 hồ sơ trên tổng số 1.250 hồ sơ tiếp nhận, đạt tỷ lệ 99,8% hồ sơ đến hạn.',
  'Tiếp nhận 1.250 hồ sơ, đã giải quyết đúng hạn 1.180 hồ sơ, đạt tỷ lệ 99,8%.',
  'Thu ngân sách đạt 12,5 tỷ đồng, bằng 105% dự toán.',
  'Hoàn thành 120/100 chỉ tiêu, đạt 120%.',
  'Xếp hạng 11/12, giảm 1 bậc.',
  'Tỷ lệ hồ sơ trực tuyến đạt 65%, tăng 12% so với cùng kỳ năm 2022 (53%).',
  'Ban hành 14 văn bản, trong đó có 20 kiến nghị được xử lý.',
  'Phát trên 50 ngàn tờ gấp, trong đó 60 ngàn tờ về dịch vụ công.',
  'Khoảng 500 hồ sơ (gồm: trực tuyến 300 hồ sơ, trực tiếp 150 hồ sơ).',
  'Huyện có 10 xã, gồm 5 xã miền núi, 3 xã biên giới và các xã còn lại.',
  'Trong năm tiếp nhận 15 đơn, trong đó: khiếu nại 5 đơn, tố cáo 2 đơn, kiến nghị 3 đơn...',
  'Tiếp nhận 05 phản ánh, kiến nghị; đã xử lý 05, đạt 100%.',
  'Dịch vụ công mức độ 3, 4: 110 thủ tục; mức độ 3 là 66 thủ tục.',
  'Trong 3 tháng đầu năm, 12 công chức tiếp nhận 300 hồ sơ, bình quân 25 hồ sơ/người.',
  'Từ ngày 15/12/2022 đến ngày 14/6/2023, tiếp nhận 300 hồ sơ; điện thoại 0220 3 861 234; hotline 1022.',
  'Nghị định số 61/2018/NĐ-CP ngày 23/4/2018; Luật số 91/2025/QH15; Quyết định 766/QĐ-TTg.',
  'Cấp 12 giấy chứng nhận, gồm 5 giấy loại 1, 6 giấy loại 2.',
  'Số văn bản đến 170.538, đã ban hành 59.496 văn bản đi, chiếm tỉ lệ văn bản được ký số 2 lớp là 81,87%.',
  'Có 18 cán bộ, công chức; 100% đạt chuẩn.',
  'Đạt 98,5% (kế hoạch 95%).',
  'Chỉ số đạt 80,41/100 điểm, tăng 2,35 điểm.',
  'Tổng diện tích 125,5 ha, trong đó đất ở 20,3 ha, đất trồng lúa 80 ha.',
  'Có 4 hồ sơ trễ hạn, chiếm 0,5%.',
  'Tiếp nhận 523 hồ sơ, 495 hồ sơ trực tuyến (95%), 28 hồ sơ trực tiếp (5%).',
  'Hồ sơ trực tuyến: 495 (chiếm 94,6%); hồ sơ số hóa: 500 (đạt 95,6%) trên tổng số 523 hồ sơ.',
  'Quý I tiếp nhận 300 hồ sơ, quý II tiếp nhận 350 hồ sơ. Lũy kế 6 tháng 650 hồ sơ, đạt 52% kế hoạch năm.',
  'Tổng số phiếu phát ra 200 phiếu, thu về 174 phiếu, đạt 87%; hợp lệ 170 phiếu.',
  'Bố trí 02 máy tính, 01 máy in, 01 máy quét; kinh phí 150 triệu đồng, trong đó ngân sách xã 100 triệu đồng.',
  'Số hồ sơ quá hạn là 5/1.250 hồ sơ, đúng hạn đạt 99,6%.',
  'Kế hoạch số 12/KH-UBND ngày 10/01/2023 về cải cách hành chính năm 2023; Kế hoạch số 15/KH-UBND ngày 12/01/2023.',
  'Tại xã A tiếp nhận 200 hồ sơ, giải quyết 190 hồ sơ. Tại xã B tiếp nhận 100 hồ sơ, giải quyết 98 hồ sơ, còn 2 hồ sơ.',
  'Trong tháng tiếp nhận 100 hồ sơ mới, đã giải quyết 95 hồ sơ, còn 12 hồ sơ đang giải quyết.',
  'Đội ngũ công chức gồm 10 người, trong đó trình độ đại học 8 người, trung cấp 1 người.',
  'Giảm 25% thời gian giải quyết cho 45 thủ tục (từ 20 ngày xuống 15 ngày).',
  'Có 3/5 phòng đạt chuẩn; 2 phòng chưa đạt.',
  'Đạt 4,5/5 sao; 9/10 điểm.',
  'Thời gian giải quyết trung bình 2,5 ngày, nhanh nhất 0,5 ngày.',
  'Cập nhật 140/140 thủ tục (100%), công khai 140/140 (100%).',
  'Trên địa bàn có 1.234 hộ, gồm 5.678 nhân khẩu.',
  'Giải quyết trước hạn 450 hồ sơ (86%), đúng hạn 73 hồ sơ (14%).',
  'Tổng số 2.395 hồ sơ, giảm 105 hồ sơ so với năm 2022.',
  'Công tác văn thư: văn bản đến 1.520, văn bản đi 480, trong đó ký số 475 văn bản, đạt 98,96%.',
  'Số hóa 1.016 hồ sơ, đạt 81,28% trên tổng số 1.250 hồ sơ đã tiếp nhận.',
  'Tỷ lệ chung đạt 98,7%, trong đó lĩnh vực đất đai đạt 91,2%, lĩnh vực hộ tịch đạt 97%.',
]

for (const text of silent) test(`says nothing: ${text}`, () => assert.deepEqual(told(text), []))

// One relation each that does not hold.
const wrong: readonly (readonly [string, Kind])[] = [
  ['Tiếp nhận 523 hồ sơ (gồm: trực tuyến 495 hồ sơ, trực tiếp 38 hồ sơ).', 'SUM'],
  ['Tổng số 110 thủ tục, gồm 66 thủ tục mức độ 3 và 45 thủ tục mức độ 4.', 'SUM'],
  ['Có 26 hồ sơ/300 hồ sơ trễ hạn, chiếm 6,8%.', 'PERCENT'],
  ['Đã giải quyết 512/523 hồ sơ, đạt 97,89%.', 'ROUNDING'],
  ['Đã xử lý 45/43 phản ánh, kiến nghị.', 'SUBSET'],
  ['Tiếp nhận 431 hồ sơ, trong đó có 450 hồ sơ trực tuyến.', 'SUBSET'],
  ['Tổng số hồ sơ tiếp nhận 1.200 hồ sơ; đã giải quyết 1.150 hồ sơ; đang giải quyết 40 hồ sơ.', 'SUM'],
  ['Đã giải quyết 1.000 hồ sơ, trong đó trước và đúng hạn 985 hồ sơ, quá hạn 25 hồ sơ.', 'SUM'],
  ['Toàn huyện có 20 cán bộ, công chức (gồm 9 cán bộ, 10 công chức).', 'SUM'],
  ['Tổng kinh phí 750 triệu đồng, gồm: ngân sách huyện 500 triệu đồng, ngân sách xã 200 triệu đồng.', 'SUM'],
  ['Trong năm tiếp nhận 27.630 hồ sơ, đã giải quyết 27.282 hồ sơ, đạt 97,74%.', 'PERCENT'],
  ['Tiếp nhận 1.250 hồ sơ, tăng 6,2% so với cùng kỳ năm trước (1.188 hồ sơ).', 'PERCENT'],
  ['Chỉ số đạt 80,41 điểm (tăng 2,53 điểm so với năm 2022 là 78,06 điểm).', 'SUM'],
  ['Triển khai 5 nhiệm vụ (gồm: rà soát; công khai; số hóa; kiểm tra).', 'COUNT'],
  ['Biên chế được giao 20 người, hiện có mặt 18 người (thiếu 03 người).', 'SUM'],
  ['Ngày 31/02/2023 đã họp.', 'DATE'],
  ['Số liệu từ ngày 10/12/2023 đến ngày 09/3/2023.', 'DATE'],
  ['Thứ hai, ngày 03/4/2024.', 'DATE'],
  ['Tỷ lệ đạt 85% (340/410 hồ sơ).', 'PERCENT'],
  ['Số phiếu hài lòng 170 phiếu trên tổng số 174 phiếu, đạt 95%.', 'PERCENT'],
  ['Có 140 TTHC, trong đó: 100 TTHC cấp huyện và 50 TTHC cấp xã.', 'SUM'],
  ['Tiếp nhận 523 hồ sơ, gồm 495 hồ sơ trực tuyến (chiếm 94,65%) và 28 hồ sơ trực tiếp (chiếm 6,35%).', 'PERCENT'],
  ['Toàn xã hiện có 19 cán bộ, công chức, trong đó nam 10 đồng chí, nữ 8 đồng chí.', 'SUM'],
  [
    'Tổng số thủ tục được rà soát là 197 thủ tục, trong đó kiến nghị giữ nguyên 128 thủ tục, kiến nghị đơn giản hóa 79 thủ tục.',
    'SUM',
  ],
  [
    'Kế hoạch số 05/KH-UBND ngày 20/02/2023 về kiểm tra; Kế hoạch số 06/KH-UBND ngày 15/01/2023 về tuyên truyền; Kế hoạch số 07/KH-UBND ngày 22/02/2023.',
    'DATE',
  ],
  ['Tiếp nhận mới 444 hồ sơ; kỳ trước chuyển qua 01 hồ sơ; tổng số hồ sơ tiếp nhận 455 hồ sơ.', 'SUM'],
  [
    'Tổng số hồ sơ tiếp nhận: 1.000 hồ sơ (trực tuyến: 800 hồ sơ; trực tiếp: 150 hồ sơ; qua bưu chính: 40 hồ sơ).',
    'SUM',
  ],
]

for (const [text, kind] of wrong)
  test(`finds ${kind}: ${text}`, () => {
    const { findings } = check(text)
    assert.deepEqual(
      findings.map((finding) => finding.kind),
      [kind],
      JSON.stringify(findings),
    )
  })

// The same relations, right.
const right: readonly string[] = [
  'Tiếp nhận 523 hồ sơ (gồm: trực tuyến 495 hồ sơ, trực tiếp 28 hồ sơ).',
  'Tổng số hồ sơ tiếp nhận 1.200 hồ sơ; đã giải quyết 1.150 hồ sơ; đang giải quyết 50 hồ sơ.',
  'Tổng kinh phí 12,5 tỷ đồng, gồm: chi thường xuyên 10,2 tỷ đồng; chi đầu tư 2,3 tỷ đồng.',
  'Tổng kinh phí 1,2 tỷ đồng, gồm: ngân sách huyện 750 triệu đồng, ngân sách xã 450 triệu đồng.',
  'Tỷ lệ đạt 82,9% (340/410 hồ sơ).',
  'Toàn tỉnh có 1.890 TTHC, gồm 1.500 TTHC cấp tỉnh, 250 TTHC cấp huyện và 140 TTHC cấp xã.',
  'Tiếp nhận 125.430 hồ sơ, tăng 5,2% so với cùng kỳ năm 2023 (119.230 hồ sơ).',
  'Triển khai 5 nhiệm vụ (gồm: rà soát; công khai; số hóa; kiểm tra; tuyên truyền).',
]

for (const text of right)
  test(`tells that it holds: ${text}`, () => {
    const { findings, consistent, checked } = check(text)
    assert.deepEqual(findings, [])
    assert.ok(consistent.length > 0)
    assert.equal(checked, consistent.length)
  })

test('letters in two parts are read as one', () => {
  const [text] = wrong[0] ?? ['']
  assert.deepEqual(told(text.normalize('NFD')), told(text))
})
