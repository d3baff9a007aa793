import type { SandboxText } from './sandbox-text.vi.ts'

export const en: SandboxText = {
  title: 'Sandbox identity',
  lead: 'This is the invented provider of identity of the demonstration; it speaks OpenID Connect as it should be spoken. A real one (VNeID, say) would ask for a password or a face; here you only choose who you are.',
  who: 'Who are you?',
  other: 'Somebody else, whom you invent',
  name: 'Full name',
  number: 'Identity number (12 digits)',
  level: 'How surely does this place know you?',
  levels: { loa1: 'Basic: password only', loa2: 'Identity verified', loa3: 'High' },
  go: 'Sign in',
  cancel: 'Stop, do not sign in',
  wrong: 'Give a full name and an identity number of 12 digits.',
  over: 'This sign-in has run out. Please begin again at the page of signing in.',
  again: 'To the page of signing in',
}
