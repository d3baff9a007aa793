import type { Unreadable } from './readers/unreadable.ts'
import type { Kind, Reason } from './rules/document.ts'

/** Every sentence of the checker for people. */
export type Words = {
  reasons: Record<Reason, string>
  kinds: Record<Kind, string>
  unreadable: Record<Unreadable['code'], string>
  place: { line: string; page: string; sheet: string; cell: string }
  severity: { error: string; warning: string }
  stated: string
  computed: string
  proof: string
  also: string
  nothing: string
  fileMissing: string
  web: {
    title: string
    note: string
    drop: string
    formats: string
    result: (name: string) => string
    summary: (errors: number, warnings: number, checked: number) => string
    clean: string
    errors: string
    warnings: string
    right: (count: number) => string
    rightNote: string
    print: string
    kind: string
    place: string
    quote: string
    proof: string
    privacy: string
    nothingChecked: string
  }
}

export const vi = {
  reasons: {
    'parts-and-total': 'Các phần cộng lại không bằng tổng số.',
    'received-resolved-open': 'Số tiếp nhận không bằng số đã giải quyết cộng số đang giải quyết.',
    'carried-and-new': 'Tổng số không bằng số kỳ trước chuyển sang cộng số mới tiếp nhận.',
    'early-on-time-late': 'Số đã giải quyết không bằng tổng số trước hạn, đúng hạn và quá hạn.',
    'sub-parts-and-part': 'Cộng theo từng mục không bằng con số chung đã nêu.',
    'columns-and-total': 'Dòng tổng cộng không bằng tổng các dòng của cột.',
    'rows-and-total': 'Cột tổng số không bằng tổng các cột thành phần trên cùng dòng.',
    'form-sum': 'Chỉ tiêu tổng không bằng tổng các chỉ tiêu thành phần của biểu mẫu.',
    ratio: 'Tỷ lệ phần trăm không khớp với tử số và mẫu số đã nêu.',
    'cut-off-instead-of-rounded': 'Tỷ lệ phần trăm làm tròn chưa đúng ở chữ số cuối.',
    'mean-outside-its-parts': 'Tỷ lệ chung phải nằm giữa các tỷ lệ thành phần của nó.',
    'nothing-to-divide': 'Không phát sinh (mẫu số bằng 0 hoặc để trống) thì không có tỷ lệ.',
    'form-ratio': 'Tỷ lệ trong biểu mẫu không khớp với hai chỉ tiêu thành phần.',
    'percent-column': 'Tỷ lệ trong bảng không khớp với các cột số liệu cùng dòng.',
    'part-above-whole': 'Phần lớn hơn tổng thể chứa nó.',
    'not-a-percentage': 'Chỉ tiêu tính bằng % nhưng giá trị vượt quá 100; có thể đã nhập lệch dòng.',
    'row-left-empty': 'Chỉ tiêu để trống trong khi các chỉ tiêu liên quan cho phép tính ra giá trị.',
    'row-needs-answer': 'Chỉ tiêu này cần có số liệu vì chỉ tiêu cha trả lời là có.',
    'not-an-allowed-answer': 'Giá trị không thuộc các lựa chọn mà biểu mẫu cho phép.',
    'number-missing': 'Văn bản chưa có số.',
    'items-counted': 'Số lượng nêu ra khác với số mục được liệt kê.',
    'none-although-online': 'Có hồ sơ trực tuyến thì ít nhất một thủ tục phải có phát sinh hồ sơ trực tuyến.',
    'all-simplified':
      'Toàn bộ thủ tục được ghi là đã phê duyệt đơn giản hóa trong khi kế hoạch rà soát mới ban hành; đề nghị xem lại.',
    'none-although-published':
      'Ghi không có thủ tục công bố mới nhưng trong kỳ có thông báo công bố danh mục; đề nghị xem lại.',
    'same-fact': 'Cùng một số liệu nhưng các chỗ ghi khác nhau.',
    change: 'Mức tăng, giảm không khớp với hai số liệu so sánh.',
    difference: 'Số còn thiếu không bằng hiệu của hai số liệu đã nêu.',
    'after-the-report': 'Văn bản được viện dẫn có ngày sau ngày của báo cáo.',
    'not-a-day': 'Ngày không có trong lịch.',
    weekday: 'Thứ trong tuần không khớp với ngày.',
    'number-order': 'Số và ngày văn bản không theo thứ tự: số lớn hơn phải có ngày không sớm hơn.',
    'year-beside': 'Ngày văn bản lệch năm so với văn bản liền số cùng ngày, tháng.',
    'plan-of-last-year': 'Viện dẫn kế hoạch của năm trước như nhiệm vụ trong kỳ.',
    'period-beside-title': 'Kỳ báo cáo trong câu này khác với kỳ ở tên báo cáo; có thể còn sót từ mẫu cũ.',
    'plan-before-its-year': 'Văn bản có ngày sớm hơn nhiều so với năm mà nó nói đến.',
    'same-document': 'Cùng một văn bản nhưng được ghi hai ngày khác nhau.',
    'period-backwards': 'Ngày bắt đầu sau ngày kết thúc.',
    passage: 'Đoạn này xuất hiện hai lần.',
  },
  kinds: {
    SUM: 'Tổng và thành phần',
    PERCENT: 'Tỷ lệ',
    ROUNDING: 'Làm tròn',
    SUBSET: 'Phần và tổng thể',
    ROW: 'Dòng biểu mẫu',
    COUNT: 'Số lượng',
    DATE: 'Ngày tháng, số văn bản',
    DUPLICATE: 'Lặp đoạn',
    REPEATED: 'Số liệu nêu nhiều chỗ',
  },
  unreadable: {
    'unknown-type': 'Chưa đọc được loại tệp này. Hãy dùng tệp .docx, .xlsx, .pdf, .html, .md hoặc .txt.',
    'wrong-content': 'Nội dung tệp không đúng với phần mở rộng của tên tệp. Hãy kiểm tra lại tệp.',
    'old-office':
      'Tệp Word, Excel đời cũ hoặc có mật khẩu. Hãy mở tệp và lưu lại thành .docx hoặc .xlsx không đặt mật khẩu.',
    encrypted: 'Tệp được bảo vệ bằng mật khẩu nên không đọc được. Hãy gửi bản không đặt mật khẩu.',
    'no-text-layer':
      'Tệp PDF là ảnh quét, không có lớp văn bản nên không thể kiểm tra. Hãy dùng tệp gốc (Word, Excel) hoặc bản đã nhận dạng chữ.',
    empty: 'Tệp không có nội dung.',
    'too-large': 'Tệp quá lớn (tối đa 20 MB; tệp văn bản thuần tối đa 8 MB).',
    'unpacks-too-large': 'Tệp nén bung ra quá lớn nên bị từ chối vì lý do an toàn.',
    'too-slow': 'Tệp quá phức tạp, không đọc xong trong một phút.',
    'too-heavy': 'Tệp quá phức tạp, vượt giới hạn bộ nhớ hoặc số trang cho phép.',
    damaged: 'Tệp bị hỏng nên không mở được. Hãy lưu lại tệp rồi thử lần nữa.',
    busy: 'Đang có nhiều tệp chờ kiểm tra. Hãy thử lại sau ít phút.',
  },
  place: { line: 'dòng', page: 'trang', sheet: 'trang tính', cell: 'ô' },
  severity: { error: 'Sai', warning: 'Lưu ý' },
  stated: 'Ghi',
  computed: 'Tính ra',
  proof: 'Phép tính',
  also: 'Xem thêm',
  nothing: 'để trống',
  fileMissing: 'Chưa có tệp nào được gửi lên. Hãy chọn tệp báo cáo.',
  web: {
    title: 'Kiểm tra số liệu báo cáo',
    note: 'Đọc một báo cáo bất kỳ và kiểm tra các con số trong đó có khớp với nhau không: tổng và thành phần, tỷ lệ, biểu mẫu, ngày tháng, đoạn lặp.',
    drop: 'Tệp báo cáo',
    formats: 'Word (.docx), Excel (.xlsx), PDF có lớp văn bản, trang web (.html), .md, .txt; tối đa 20 MB.',
    result: (name) => `Kết quả kiểm tra: ${name}`,
    summary: (errors, warnings, checked) =>
      `${errors} chỗ sai, ${warnings} chỗ cần lưu ý trong ${checked} quan hệ đã kiểm tra.`,
    clean: 'Không thấy chỗ nào sai trong các quan hệ đã kiểm tra.',
    errors: 'Chỗ sai',
    warnings: 'Chỗ cần lưu ý',
    right: (count) => `Đã kiểm tra và đúng (${count})`,
    rightNote: 'Những quan hệ giữa các con số mà báo cáo nêu và đã tính lại đúng.',
    print: 'In kết quả',
    kind: 'Loại',
    place: 'Vị trí',
    quote: 'Trích',
    proof: 'Phép tính',
    privacy: 'Tệp chỉ được đọc để kiểm tra, không lưu lại trên hệ thống.',
    nothingChecked: 'Không tìm thấy quan hệ nào giữa các con số để kiểm tra.',
  },
} satisfies Words
