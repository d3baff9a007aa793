import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkBlocks } from './index.ts'
import { readPlainText } from './readers/text.ts'

// Two reports as other authorities write them, invented here, each with errors that were put in.

const check = (text: string) => {
  const { findings, consistent } = checkBlocks({ blocks: readPlainText(text) })
  return {
    found: findings.map(
      ({ kind, severity, stated, computed, proof }) =>
        `${severity} ${kind} ${String(stated)} → ${String(computed)}: ${proof}`,
    ),
    held: consistent.map(({ proof }) => proof),
  }
}

const province = `ỦY BAN NHÂN DÂN
TỈNH SÔNG LAM
Số: 215/BC-UBND
Sông Lam, ngày 18 tháng 9 năm 2024

BÁO CÁO
Tình hình, kết quả thực hiện công tác kiểm soát thủ tục hành chính, triển khai cơ chế một cửa quý III năm 2024
(Số liệu tính từ ngày 15/6/2024 đến ngày 14/9/2024)

Thực hiện Công văn số 1234/VPCP-KSTT ngày 06/3/2024 của Văn phòng Chính phủ, UBND tỉnh báo cáo tình hình quý III năm 2024, phương hướng quý IV năm 2024 như sau:

I. KẾT QUẢ

1. Lũy kế từ đầu năm, toàn tỉnh tiếp nhận 412.530 hồ sơ, tăng 5,2% so với cùng kỳ năm 2023 (392.139 hồ sơ). Trong quý III, các cơ quan tiếp nhận 138.420 hồ sơ; trong đó: tiếp nhận trực tuyến 110.736 hồ sơ, chiếm 80%; tiếp nhận trực tiếp và qua dịch vụ bưu chính công ích 27.684 hồ sơ, chiếm 20%.

2. Tổng số hồ sơ phải giải quyết trong kỳ là 141.170 hồ sơ, gồm: 2.750 hồ sơ kỳ trước chuyển sang và 138.420 hồ sơ mới tiếp nhận. Đã giải quyết 137.900 hồ sơ, trong đó: trước hạn 101.250 hồ sơ, đúng hạn 36.010 hồ sơ, quá hạn 640 hồ sơ; đang giải quyết 3.270 hồ sơ, trong đó quá hạn 45 hồ sơ. Tỷ lệ giải quyết trước và đúng hạn đạt 99,54%.

3. Về rà soát, đơn giản hóa: đã rà soát 58/60 thủ tục theo kế hoạch, đạt 96,67%; kiến nghị đơn giản hóa 12 thủ tục, cắt giảm từ 20% đến 35% chi phí tuân thủ.

4. Toàn tỉnh công bố 1.936 thủ tục hành chính, gồm: cấp tỉnh 1.476 thủ tục, cấp huyện 306 thủ tục, cấp xã 144 thủ tục. Cung cấp 1.520 dịch vụ công trực tuyến (trong đó: 912 dịch vụ công toàn trình, 608 dịch vụ công một phần), đạt 78,5% tổng số thủ tục.

5. Tiếp nhận 64 phản ánh, kiến nghị; đã xử lý 61 phản ánh, kiến nghị, đạt 95,3%; đang xử lý 03.

6. Số hóa thành phần hồ sơ: 98.765/110.736 hồ sơ, đạt tỷ lệ 98,19%. Thanh toán trực tuyến 45.210 giao dịch với tổng số tiền 12.345,6 triệu đồng.

7. Biên chế: toàn tỉnh được giao 2.145 biên chế công chức, hiện có 2.098 người; có 1.056 nữ, 1.890 đảng viên. Tổ chức 24 lớp tập huấn cho hơn 1.800 lượt cán bộ, công chức.

8. Chỉ số cải cách hành chính năm 2023 đạt 87,24 điểm, xếp thứ 18/63, tăng 4 bậc so với năm 2022 (xếp thứ 22/63).

9. UBND tỉnh ban hành Kế hoạch số 45/KH-UBND ngày 25/01/2024 về kiểm soát thủ tục hành chính năm 2024; Kế hoạch số 52/KH-UBND ngày 05/02/2024 về rà soát thủ tục hành chính năm 2024; Quyết định số 1890/QĐ-UBND ngày 30/10/2024 về công bố danh mục thủ tục hành chính.

II. BIỂU TỔNG HỢP

STT\tĐơn vị\tTổng số tiếp nhận\tTrực tuyến\tTrực tiếp\tTỷ lệ trực tuyến (%)
1\tSở, ban, ngành\t38.420\t34.578\t3.842\t90
2\tUBND cấp huyện\t30.000\t24.000\t6.000\t80
3\tUBND cấp xã\t70.000\t52.158\t17.842\t74,5
\tTổng cộng\t138.420\t110.736\t27.684\t80

III. PHƯƠNG HƯỚNG

Phấn đấu quý IV đạt trên 85% hồ sơ trực tuyến; số hóa đạt tối thiểu 95%; hoàn thành trước ngày 15/12/2024.`

test('a province reports its third quarter: three errors, the rest is right', () => {
  const { found, held } = check(province)
  assert.deepEqual(found, [
    'error SUM 1936 → 1926: 1.476 + 306 + 144 = 1.926 ≠ 1.936',
    'error PERCENT 98.19 → 89.19: 98.765 / 110.736 × 100 = 89,19% ≠ 98,19%',
    'warning DATE 30/10/2024 → 30/10/2023: 30/10/2024 > 18/09/2024',
  ])
  for (const right of [
    '(412.530 − 392.139) / 392.139 × 100 = 5,2%',
    '110.736 + 27.684 = 138.420',
    '110.736 / 138.420 × 100 = 80%',
    '2.750 + 138.420 = 141.170',
    '137.900 + 3.270 = 141.170',
    '101.250 + 36.010 + 640 = 137.900',
    '58 / 60 × 100 = 96,67%',
    '912 + 608 = 1.520',
    '61 / 64 × 100 = 95,3%',
    '38.420 + 30.000 + 70.000 = 138.420',
    '52.158 / 70.000 × 100 = 74,5%',
  ])
    assert.ok(held.includes(right), right)
})

const district = `UBND HUYỆN ĐÔNG HẢI
Số: 87/BC-UBND
Đông Hải, ngày 16 tháng 12 năm 2023

BÁO CÁO
Kết quả cải cách hành chính năm 2023

1. Trong năm, Bộ phận Một cửa huyện tiếp nhận 8.120 hồ sơ, giải quyết 8.004 hồ sơ, đạt 98,57%, còn 116 hồ sơ đang trong hạn. Bộ phận Một cửa các xã tiếp nhận 41.330 hồ sơ, giải quyết 41.200 hồ sơ, đạt 99,69%, còn 130 hồ sơ đang trong hạn.

2. Khảo sát 400 phiếu: rất hài lòng 212 phiếu (53%), hài lòng 170 phiếu (42,5%), bình thường 16 phiếu (4%), không hài lòng 02 phiếu (0,5%).

3. Huyện có 12 xã, thị trấn; 12/12 đơn vị đã kết nối, đạt 100%. Tổng số cán bộ, công chức cấp xã là 250 người, gồm 118 cán bộ và 131 công chức.

4. Kinh phí cải cách hành chính là 1.250 triệu đồng, gồm: tuyên truyền 320 triệu đồng; tập huấn 280 triệu đồng; thiết bị 650 triệu đồng.

5. Kết quả rà soát:
- Tổng số văn bản được rà soát: 48 văn bản, trong đó:
+ Còn hiệu lực: 35 văn bản;
+ Hết hiệu lực: 11 văn bản;
+ Cần sửa đổi: 02 văn bản.

6. Năm 2023 tiếp nhận 49.450 hồ sơ, tăng 3.450 hồ sơ so với năm 2022 là 46.000 hồ sơ; hồ sơ trực tuyến 32.142 hồ sơ, chiếm 65%.

7. Xử lý kỷ luật 03 trường hợp, trong đó 02 công chức, 02 viên chức.

Lĩnh vực\tTiếp nhận\t\t\tĐã giải quyết\t\t\t\tĐang giải quyết\t\t
\tTổng số\tMới\tKỳ trước\tTổng số\tTrước hạn\tĐúng hạn\tQuá hạn\tTổng số\tTrong hạn\tQuá hạn
Đất đai\t3.520\t3.400\t120\t3.430\t2.100\t1.300\t30\t90\t80\t10
Hộ tịch\t1.650\t1.640\t10\t1.648\t1.500\t148\t0\t3\t2\t0
Kinh doanh\t2.950\t2.945\t5\t2.926\t2.800\t126\t0\t24\t24\t0
Tổng cộng\t8.120\t7.985\t135\t8.004\t6.400\t1.574\t30\t116\t106\t10`

test('a district reports its year with a table of dossiers', () => {
  const { found, held } = check(district)
  assert.deepEqual(
    found.toSorted(),
    [
      'error SUM 250 → 249: 118 + 131 = 249 ≠ 250',
      'error SUM 3 → 2: 2 + 0 = 2 ≠ 3',
      'error SUM 1650 → 1651: 1.648 + 3 = 1.651 ≠ 1.650',
      'error SUM 116 → 117: 90 + 3 + 24 = 117 ≠ 116',
    ].toSorted(),
  )
  for (const right of [
    '8.004 / 8.120 × 100 = 98,57%',
    '41.200 / 41.330 × 100 = 99,69%',
    '41.200 + 130 = 41.330',
    '212 + 170 + 16 + 2 = 400',
    '212 / 400 × 100 = 53%',
    '320.000.000 + 280.000.000 + 650.000.000 = 1.250.000.000',
    '35 + 11 + 2 = 48',
    '49.450 − 46.000 = 3.450',
    '32.142 / 49.450 × 100 = 65%',
    '3.520 + 1.650 + 2.950 = 8.120',
  ])
    assert.ok(held.includes(right), right)
})
