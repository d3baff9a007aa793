/** Addresses of the public pages of petitions; other features link to them. */
export const petitionPaths = {
  start: '/phan-anh',
  send: '/phan-anh/gui',
  sent: '/phan-anh/da-gui',
  follow: '/phan-anh/theo-doi',
  published: '/phan-anh/cong-khai',
  one: (code: string): string => `/phan-anh/cong-khai/${encodeURIComponent(code)}`,
  draftFile: (sha256: string): string => `/phan-anh/gui/tep/${sha256}`,
  followFile: (code: string, fileId: string): string => `/phan-anh/theo-doi/tep/${code}/${fileId}`,
} as const
