/**
 * Words as people type them: without accents, with the tone mark anywhere, in any order. The database writes its
 * search columns the same way (`platform.search_text`).
 */

/** `'Hoà giải, Đất đai'` → `['hoa', 'giai', 'dat', 'dai']`, in the order of the text. */
export function searchWords(text: string): string[] {
  const plain = text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
  return plain.split(/[^a-z0-9]+/).filter((word) => word !== '')
}

/** One key for all ways to write the same words: each word once, in the order of the alphabet. */
export const searchKey = (text: string): string => [...new Set(searchWords(text))].toSorted().join(' ')
