import type { AccountText } from './text.vi.ts'

export const en: AccountText = {
  notSignedIn: 'You are not signed in, or your session has ended.',
}
