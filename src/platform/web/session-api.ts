import { api } from './api.ts'
import type { Me } from './session.tsx'
import { queryClient } from './use-api.ts'
import { forgetAllDrafts } from './use-draft.ts'

export const mePath = '/api/me'

/** Where the feature `identity` shows its sign-in, below `/can-bo`. */
export const signInPath = '/dang-nhap'

export const getMe = () => api.get<Me>(mePath)
export const lockSession = () => api.post('/api/session/lock')
export const unlockSession = (password: string) => api.post('/api/session/unlock', { password })

/** Locks, and asks once, so that the answer raises the lock over the page. */
export function lockNow(): void {
  lockSession()
    .then(getMe)
    .catch(() => undefined)
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
