import { documentWords, documentWordsEn } from '../../documents/index.ts'
import { dossierWords, dossierWordsEn } from '../../dossiers/index.ts'
import { html, type Html } from '../../platform/http/html.ts'
import type { FilingText } from './text.vi.ts'
import { en } from './text.en.ts'
import { vi } from './text.vi.ts'

type Facts = Readonly<Record<string, string | number>>

/** The words of a refusal, wherever it comes from; undefined for a code that nobody knows. */
export function refusalWords(language: 'vi' | 'en', code: string, facts: Facts = {}): string | undefined {
  const sources: Record<string, unknown>[] =
    language === 'en'
      ? [en.uploads, en.summary.refusals, documentWordsEn.refusals, dossierWordsEn.refusals]
      : [vi.uploads, vi.summary.refusals, documentWords.refusals, dossierWords.refusals]
  for (const source of sources) {
    const found = Object.hasOwn(source, code) ? source[code] : undefined
    if (typeof found === 'string') return found
    if (typeof found === 'function') return String((found as (given: Facts) => unknown)(facts))
  }
  return undefined
}

/** What is told above a screen after something happened. */
export function noticeWords(text: FilingText, code: string | undefined, part: string): Html[] {
  if (code === 'replaced') return [note(text.conflict.replaced(part))]
  if (code === 'older') return [note(text.conflict.older(part))]
  if (code === 'mat-mang') return [note(text.offline.sent)]
  return []
}

const note = (words: string): Html => html`<p class="note" role="status">${words}</p>`
