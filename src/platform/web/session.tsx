import { createContext, use } from 'react'
import { mayOpen } from './permission.ts'

/** Who is signed in, as GET /api/me says. */
export type Me = {
  officerId: number
  name: string
  /** The agency of the post in which this officer works now. */
  agency: { agencyId: number; name: string }
  posts: readonly {
    postId: number
    agencyId: number
    agencyName: string
    unitId: number
    unitName: string
    role: string
    title: string
    onBehalfOf: { name: string } | null
  }[]
  /** Actions that at least one post allows somewhere; the server judges where. */
  permissions: readonly string[]
  /** This installation runs on invented data. */
  demo: boolean
  /** After so many minutes without a key or a click the screen is locked. */
  idleMinutes: number
  /** The screen is locked: the server answers nothing else before the password was given. */
  locked: boolean
  /** What has to be done on the page of the own account before the server answers anything else. */
  demand: string | null
}

const SessionContext = createContext<Me | null>(null)

export const SessionProvider = SessionContext.Provider

/** Who works here. Only inside pages that need a session. */
export function useMe(): Me {
  const me = use(SessionContext)
  if (!me) throw new Error('useMe outside of a session')
  return me
}

/** Whether to show something at all; whether it is allowed here and now, only the server decides. */
export function useMay(): (permission: string) => boolean {
  const me = use(SessionContext)
  return (permission) => mayOpen(permission, me)
}
