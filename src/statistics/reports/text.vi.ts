import type { TextRefusal } from './reports.ts'

const refusals: { [Code in TextRefusal['code']]: (refusal: Extract<TextRefusal, { code: Code }>) => string } = {
  'text-closed': ({ state }) =>
    state === 'locked'
      ? 'Báo cáo đã chốt, lời văn không sửa được nữa. Hãy lập bản đính chính nếu cần sửa.'
      : 'Báo cáo đã gửi: chỉ còn sửa được phần ký, số và ngày của văn bản. Hãy rút lại báo cáo nếu cần sửa lời văn.',
  'text-changed-meanwhile': () =>
    'Người khác vừa lưu báo cáo này. Phần bạn viết vẫn còn trên màn hình; hãy chép lại, tải lại trang rồi sửa tiếp.',
}

export const wordRefusal = (refusal: TextRefusal): string =>
  refusal.code === 'text-closed' ? refusals[refusal.code](refusal) : refusals[refusal.code](refusal)
