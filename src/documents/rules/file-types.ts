// What may be attached to a dossier. NĐ 30/2020/NĐ-CP, Phụ lục I, III (bản số hóa: PDF); NĐ 45/2020/NĐ-CP, Điều 12
// (thành phần hồ sơ điện tử); everything else is refused, as it either runs, hides something or cannot be kept.

/** Why a file was not taken. Codes are stable; the words stand in text.vi.ts. */
export type FileRefusal = {
  code:
    | 'file-missing'
    | 'file-empty'
    | 'file-too-large'
    | 'file-type-refused'
    | 'file-disguised'
    | 'file-executable'
    | 'file-archive'
    | 'file-active'
    | 'file-encrypted'
    | 'file-carries-files'
    | 'file-bomb'
    | 'upload-broken'
}

const MEGABYTE = 1024 * 1024

/** The largest file of a dossier. */
export const FILE_LIMIT = 50 * MEGABYTE

export type FileType = {
  mediaType: string
  /** The first one is put after names that have none of these. */
  extensions: readonly string[]
  maxBytes: number
  /** Whether a browser may show it in the page; everything else is only downloaded. */
  preview: boolean
  why: string
}

const whole = FILE_LIMIT
const text = 10 * MEGABYTE
const office = 'application/vnd.openxmlformats-officedocument'

export const fileTypes: readonly FileType[] = [
  {
    mediaType: 'application/pdf',
    extensions: ['pdf'],
    maxBytes: whole,
    preview: true,
    why: 'bản số hóa và văn bản điện tử theo NĐ 30/2020/NĐ-CP',
  },
  {
    mediaType: 'image/jpeg',
    extensions: ['jpg', 'jpeg'],
    maxBytes: whole,
    preview: true,
    why: 'ảnh chụp giấy tờ, ảnh chân dung',
  },
  { mediaType: 'image/png', extensions: ['png'], maxBytes: whole, preview: true, why: 'ảnh chụp màn hình, bản quét' },
  {
    mediaType: 'image/webp',
    extensions: ['webp'],
    maxBytes: whole,
    preview: true,
    why: 'ảnh do điện thoại và trình duyệt lưu lại',
  },
  {
    mediaType: 'image/tiff',
    extensions: ['tif', 'tiff'],
    maxBytes: whole,
    preview: false,
    why: 'máy quét lưu nhiều trang',
  },
  {
    mediaType: 'image/heic',
    extensions: ['heic', 'heif'],
    maxBytes: whole,
    preview: false,
    why: 'ảnh chụp bằng điện thoại iPhone',
  },
  {
    mediaType: 'image/heif',
    extensions: ['heif', 'heic'],
    maxBytes: whole,
    preview: false,
    why: 'ảnh chụp bằng điện thoại',
  },
  {
    mediaType: `${office}.wordprocessingml.document`,
    extensions: ['docx'],
    maxBytes: whole,
    preview: false,
    why: 'đơn, tờ khai soạn bằng Word',
  },
  {
    mediaType: `${office}.spreadsheetml.sheet`,
    extensions: ['xlsx'],
    maxBytes: whole,
    preview: false,
    why: 'bảng kê, danh sách',
  },
  {
    mediaType: 'application/vnd.oasis.opendocument.text',
    extensions: ['odt'],
    maxBytes: whole,
    preview: false,
    why: 'đơn, tờ khai soạn bằng phần mềm mở',
  },
  {
    mediaType: 'application/msword',
    extensions: ['doc'],
    maxBytes: whole,
    preview: false,
    why: 'biểu mẫu cũ còn lưu hành; không nhận tệp có macro',
  },
  {
    mediaType: 'application/vnd.ms-excel',
    extensions: ['xls'],
    maxBytes: whole,
    preview: false,
    why: 'bảng kê cũ còn lưu hành; không nhận tệp có macro',
  },
  {
    mediaType: 'application/xml',
    extensions: ['xml'],
    maxBytes: text,
    preview: false,
    why: 'tờ khai, kết quả ký số dạng XML',
  },
  { mediaType: 'text/plain', extensions: ['txt'], maxBytes: text, preview: false, why: 'ghi chú dạng chữ thường' },
]

export const fileTypeOf = (mediaType: string): FileType | undefined =>
  fileTypes.find((type) => type.mediaType === mediaType)

/** What the detected type of a refused file is called, so that the answer says what to do. */
export function refusalOf(mediaType: string): FileRefusal {
  if (/macroenabled|svg|html|rtf|swf|flash|x-shockwave/i.test(mediaType)) return { code: 'file-active' }
  if (
    /msdownload|x-elf|mach-binary|java|executable|x-msi|wasm|x-deb|x-rpm|android|shellscript|x-ms-shortcut/i.test(
      mediaType,
    )
  )
    return { code: 'file-executable' }
  if (/zip|rar|7z|tar|gzip|bzip|xz|compress|lz|zstd|iso9660|cab|arj|x-ar/i.test(mediaType))
    return { code: 'file-archive' }
  return { code: 'file-type-refused' }
}

/** Whether text without a signature of its own is plain text or XML, or something that runs. */
export function judgeText(content: string): { mediaType: string } | FileRefusal {
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000B\u000E-\u001F\u007F]/.test(content)) return { code: 'file-type-refused' }
  if (/%PDF-\d/.test(content.slice(0, 4096))) return { code: 'file-disguised' }
  if (/^(#!|@echo\b|MZ)/i.test(content)) return { code: 'file-executable' }
  const start = content.replace(/^(\uFEFF|\s|<!--[\s\S]*?-->|<\?(?!xml-stylesheet)[\s\S]*?\?>)+/u, '')
  if (!start.startsWith('<')) return /<script\b/i.test(content) ? { code: 'file-active' } : { mediaType: 'text/plain' }
  const root = /^<([\w.-]+:)?([\w.-]+)/.exec(start)?.[2]?.toLowerCase()
  if (root === undefined || !/>\s*$/.test(content)) return { code: 'file-active' }
  return runs.has(root) ||
    /<!DOCTYPE|<!ENTITY|<\?xml-stylesheet|<script\b/i.test(content) ||
    activeNamespace.test(content)
    ? { code: 'file-active' }
    : { mediaType: 'application/xml' }
}

const runs = new Set([
  'html',
  'head',
  'body',
  'script',
  'svg',
  'iframe',
  'object',
  'embed',
  'stylesheet',
  'transform',
  'math',
])
const activeNamespace = /www\.w3\.org\/(1999\/xhtml|2000\/svg|1999\/XSL\/Transform)/i
