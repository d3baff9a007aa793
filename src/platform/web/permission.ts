export type Session = { permissions: readonly string[] } | null

/** Whether to show something at all; whether it is allowed here and now, only the server decides. */
export const mayOpen = (permission: string, session: Session): boolean =>
  permission === 'public' ||
  (session !== null && (permission === 'session' || session.permissions.includes(permission)))
