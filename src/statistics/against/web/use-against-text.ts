import { useText } from '../../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { type AgainstText, vi } from '../text.vi.ts'

export const useAgainstText = (): AgainstText => useText<AgainstText>({ vi, en })
