import { FILE_LIMIT, type FileRefusal } from './rules/file-types.ts'

type Words<Key extends string> = Record<Key, string>
export type DocumentText = {
  refusals: Words<FileRefusal['code'] | 'dossier-not-writable'>
  purposes: Words<'component' | 'result' | 'opinion' | 'form' | 'other'>
}

const accepted =
  'Hệ thống nhận tệp PDF, ảnh (JPEG, PNG, WebP, TIFF, HEIC), Word (docx, doc), Excel (xlsx, xls), ODT, XML và chữ thường.'

export const vi: DocumentText = {
  refusals: {
    'file-missing': 'Chưa có tệp nào được gửi lên. Hãy chọn tệp rồi gửi lại.',
    'file-empty': 'Tệp trống, không có nội dung. Hãy kiểm tra lại tệp rồi gửi lại.',
    'file-too-large': `Tệp lớn quá mức cho phép (tối đa ${FILE_LIMIT / 1024 / 1024} MB, tệp XML và chữ thường 10 MB). Hãy giảm dung lượng hoặc chia tệp.`,
    'file-type-refused': `Loại tệp này không được nhận. ${accepted} Tệp đặt mật khẩu phải được bỏ mật khẩu trước.`,
    'file-disguised':
      'Tệp mang nhiều loại nội dung chồng lên nhau nên không được nhận. Hãy quét hoặc xuất lại thành PDF mới.',
    'file-executable': `Tệp này là chương trình, không được nhận. ${accepted}`,
    'file-archive': 'Tệp nén không được nhận. Hãy giải nén và gửi từng giấy tờ.',
    'file-active': `Tệp có mã lệnh (macro, HTML, SVG hoặc tương tự) nên không được nhận. Hãy lưu lại thành PDF. ${accepted}`,
    'file-encrypted': 'Tệp PDF đặt mật khẩu nên không xem được. Hãy bỏ mật khẩu rồi gửi lại.',
    'file-carries-files': 'Tệp PDF có đính kèm tệp khác bên trong nên không được nhận. Hãy gửi từng tệp riêng.',
    'file-bomb': 'Tệp này khi mở ra lớn bất thường nên không được nhận. Hãy chụp hoặc quét lại giấy tờ.',
    'upload-broken': 'Việc gửi tệp bị ngắt giữa chừng, chưa có gì được lưu. Hãy gửi lại.',
    'dossier-not-writable': 'Bạn không được thêm hoặc bỏ tệp của hồ sơ này ở bước hiện tại.',
  },
  purposes: {
    component: 'Thành phần hồ sơ',
    result: 'Kết quả giải quyết',
    opinion: 'Ý kiến của cơ quan được hỏi',
    form: 'Phiếu, giấy đã lập',
    other: 'Tài liệu khác',
  },
}
