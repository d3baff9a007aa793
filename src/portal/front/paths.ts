/** Addresses of the public pages, in unaccented Vietnamese. */
export const paths = {
  start: '/',
  procedures: '/thu-tuc',
  field: (field: string) => `/thu-tuc/linh-vuc/${encodeURIComponent(field)}`,
  fieldPoster: (field: string) => `/thu-tuc/linh-vuc/${encodeURIComponent(field)}/ma-qr.pdf`,
  procedure: (code: string, caseKey?: string) =>
    `/thu-tuc/${encodeURIComponent(code)}${caseKey === undefined ? '' : `?truong-hop=${encodeURIComponent(caseKey)}`}`,
  guide: (code: string, answers: readonly number[] = []) =>
    `/thu-tuc/${encodeURIComponent(code)}/hoi${answers.length === 0 ? '' : `?t=${answers.join('.')}`}`,
  lifeEvent: (key: string) => `/viec/${key}`,
  posting: (code: string) => `/thu-tuc/${encodeURIComponent(code)}/niem-yet.pdf`,
  poster: (code: string) => `/thu-tuc/${encodeURIComponent(code)}/ma-qr.pdf`,
  search: (words: string, after?: string) =>
    `/thu-tuc?${new URLSearchParams({ tu: words, ...(after ? { sau: after } : {}) }).toString()}`,
  tracking: '/tra-cuu',
  help: '/tro-giup',
} as const

export const NATIONAL_PORTAL = 'https://dichvucong.gov.vn'
