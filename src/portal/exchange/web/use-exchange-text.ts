import { useText } from '../../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { type ExchangeText, vi } from '../text.vi.ts'

export const useExchangeText = (): ExchangeText => useText<ExchangeText>({ vi, en })
