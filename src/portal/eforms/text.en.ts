import type { vi } from './text.vi.ts'

export const en: Pick<typeof vi, 'none'> = {
  none: {
    title: 'This procedure has no electronic declaration yet',
    detail: 'Please ask at the desk, or use the paper form of the procedure.',
    back: 'See the procedure',
  },
}
