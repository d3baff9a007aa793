import { useText } from '../../../platform/web/index.ts'
import { en as figuresEn } from '../../figures/text.en.ts'
import { type FiguresText, vi as figuresVi } from '../../figures/text.vi.ts'
import { en } from './page-text.en.ts'
import { type ReportsText, vi } from './page-text.vi.ts'

export const useReportsText = (): ReportsText => useText<ReportsText>({ vi, en })
export const useFigureWords = (): FiguresText => useText<FiguresText>({ vi: figuresVi, en: figuresEn })
