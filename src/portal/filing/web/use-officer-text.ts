import { useText } from '../../../platform/web/index.ts'
import { en } from '../officer-text.en.ts'
import { vi, type OfficerText } from '../officer-text.vi.ts'

export const useOfficerText = (): OfficerText => useText<OfficerText>({ vi, en })
