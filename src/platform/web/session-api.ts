import { api } from './api.ts'
import type { Me } from './session.tsx'
import { queryClient } from './use-api.ts'
import { forgetAllDrafts } from './use-draft.ts'

export const mePath = '/api/me'

/** Where the feature `identity` shows its sign-in, below `/can-bo`. */
export const signInPath = '/dang-nhap'

/** Where one sees and changes the own account: password, second factor. */
export const accountPath = '/tai-khoan'
/** The page that explains the work, which the application gives. */
export const helpPath = '/tro-giup'

export const getMe = () => api.get<Me>(mePath)
export const lockSession = () => api.post('/api/session/lock')
export const unlockSession = (password: string) => api.post('/api/session/unlock', { password })

/** Locks, and asks who works here: the answer raises the lock over the page. */
export function lockNow(): void {
  lockSession()
    .then(() => queryClient.invalidateQueries({ queryKey: ['api', mePath] }))
    .catch(() => undefined)
}

/** Known at once, before the server is asked again. */
export const noteUnlocked = (): void => {
  queryClient.setQueryData<Me>(['api', mePath], (me) => me && { ...me, locked: false })
}

/** Ends the session and leaves nothing of anybody in this browser tab. */
export async function signOut(): Promise<void> {
  forgetAllDrafts()
  try {
    await api.delete('/api/session')
  } finally {
    queryClient.clear()
    location.assign(`/can-bo${signInPath}`)
  }
}
