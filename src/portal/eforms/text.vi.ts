/** Words of the electronic forms for paper, refusals and officers' pages. */
export const vi = {
  print: {
    author: 'Một Cửa',
    version: (version: number) => `biểu mẫu phiên bản ${version}`,
    source: (document: string) => `Các mục lấy theo: ${document}.`,
    notCompared: 'Chưa đối chiếu mẫu: chưa có người đối chiếu biểu mẫu này với mẫu chính thức.',
    compared: (day: string) => `Đã đối chiếu với mẫu chính thức ngày ${day}.`,
    masked: 'Số giấy tờ tùy thân được che bớt; xem đầy đủ cần quyền xem số định danh và được ghi lại.',
  },
  refusals: {
    'form-not-valid': 'Biểu mẫu còn chỗ chưa đúng nên chưa ban hành được. Hãy sửa những chỗ được nêu.',
    'changed-meanwhile': 'Người khác vừa ban hành phiên bản mới của biểu mẫu này. Hãy mở lại rồi sửa tiếp.',
    'procedure-unknown': 'Không có thủ tục với mã này trong ngày biểu mẫu có hiệu lực.',
    'reason-missing': 'Hãy ghi lý do của lần sửa này (ít nhất 5 ký tự).',
    'day-impossible': 'Ngày hiệu lực không có trong lịch.',
    'note-missing': 'Hãy ghi đã đối chiếu với văn bản nào (ít nhất 5 ký tự).',
  },
  none: {
    title: 'Thủ tục này chưa có tờ khai điện tử',
    detail: 'Hãy hỏi cán bộ tiếp nhận hoặc dùng mẫu giấy của thủ tục.',
    back: 'Xem thủ tục',
  },
}
