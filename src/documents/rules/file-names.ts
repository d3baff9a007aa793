// Names of uploaded files are shown and given back at download; nothing is ever stored under them.

const LONGEST = 120

/** A name without path, controls and tricks, ending as its content asks: 'đơn.exe' with a PDF in it becomes 'đơn.exe.pdf'. */
export function cleanFileName(given: string, extensions: readonly string[]): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s.]+|[\s.]+$/gu, '')
  const [extension = 'bin'] = extensions
  const ending = extensions.find((one) => plain.toLowerCase().endsWith(`.${one}`))
  const stem = (ending ? plain.slice(0, -ending.length - 1) : plain).replace(/[\s.]+$/u, '')
  const short = Array.from(/^(con|prn|aux|nul|com\d|lpt\d)$/i.test(stem) ? `_${stem}` : stem)
    .slice(0, LONGEST)
    .join('')
    .trim()
  return `${short || 'tep'}.${ending ?? extension}`
}

/** Header value that makes a browser save the file under its name. RFC 6266, RFC 8187. */
export function contentDisposition(kind: 'attachment' | 'inline', name: string): string {
  const ascii = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, (letter) => (letter === 'đ' ? 'd' : 'D'))
    .replace(/[^\x20-\x7E]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
