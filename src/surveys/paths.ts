/** Addresses of the public pages; papers and messages carry them, so they stay as they are. */
export const paths = {
  survey: '/danh-gia',
  link: '/danh-gia/mo',
  kiosk: '/danh-gia/quay',
}
export const surveyPath = (token: string): string => `${paths.survey}/${token}`
export const linkPath = (key: string): string => `${paths.link}/${key}`
export const kioskPath = (key: string): string => `${paths.kiosk}/${key}`
