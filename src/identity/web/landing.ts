/** The page to open after signing in: below `/can-bo` and of this house only, whatever the address says. */
export function landingPath(next: unknown, demand: string | null): string {
  if (demand !== null) return '/tai-khoan'
  if (typeof next !== 'string' || !/^\/(?![/\\])/.test(next)) return '/'
  const path = next.replace(/^\/can-bo(?=\/|$)/, '') || '/'
  return /^\/(?![/\\])/.test(path) && !path.startsWith('/dang-nhap') ? path : '/'
}
