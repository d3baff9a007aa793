/** Where a person goes after signing in. Only pages of ours: `ve` comes from an address that anybody may have written. */
export function wayBack(asked: unknown, otherwise = '/tai-khoan'): string {
  if (typeof asked !== 'string' || asked.length > 500) return otherwise
  // One slash, then no second and no backslash (browsers read both as another site); nothing that a browser would drop.
  if (!/^\/(?![/\\])[\u0021-\u007e]*$/.test(asked) || asked.includes('\\')) return otherwise
  const { origin, pathname, search } = new URL(asked, 'http://here.invalid')
  if (origin !== 'http://here.invalid' || pathname.startsWith('//')) return otherwise
  // Neither back into signing in or out, nor to a program's address.
  if (/^\/(dang-nhap|dang-ky|dang-xuat|quen-mat-khau|api|can-bo)(\/|$)/.test(pathname)) return otherwise
  return pathname + search
}
