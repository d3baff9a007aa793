import { useMemo } from 'react'
import { useApi, useLanguage } from '../../../platform/web/index.ts'
import type { FigureTable } from '../contract.ts'

/** A table of figures with its lines called as the officer's language calls them. */
export function useFigures(path: string | null) {
  const { language } = useLanguage()
  const answer = useApi<FigureTable>(path)
  const data = useMemo(
    () =>
      answer.data && {
        ...answer.data,
        lines: answer.data.lines.map((line) => ({
          ...line,
          label: language === 'en' && line.labelEn ? line.labelEn : line.label,
        })),
      },
    [answer.data, language],
  )
  return { ...answer, data }
}
