/** Sentences of the pages; English in web-text.en.ts has the same keys. */
export const web = {
  title: 'Báo cáo',
}

export type WebText = typeof web
