/** Where something stands: a line (paragraph number in Word files), a page of a PDF, a sheet and cell of a workbook. */
export type Location = { line?: number; page?: number; sheet?: string; cell?: string; endLine?: number }

/** A paragraph or heading. `marks` say where each further line of it begins, when it was put together from several. */
export type TextBlock = {
  kind: 'paragraph' | 'heading'
  text: string
  at: Location
  marks?: readonly { offset: number; at: Location }[]
}

/** A cell of a table; a merged cell stands in each place that it covers. `number` is known when the file holds one. */
export type Cell = { text: string; at: Location; number?: { value: number; decimals: number; percent: boolean } }

/** A table as a grid: every row has the same number of places, `null` where nothing stands. */
export type TableBlock = { kind: 'table'; rows: readonly (readonly (Cell | null)[])[]; at: Location }

export type Block = TextBlock | TableBlock

/** What a reader made of a file; the checker knows nothing else of it. */
export type ReportDocument = { blocks: readonly Block[] }

/** What kind of relation does not hold, see the README. */
export type Kind = 'SUM' | 'PERCENT' | 'ROUNDING' | 'SUBSET' | 'ROW' | 'COUNT' | 'DATE' | 'DUPLICATE' | 'REPEATED'

/** Which rule spoke; the words for people hang on it (text.vi.ts). */
export type Reason =
  | 'parts-and-total'
  | 'received-resolved-open'
  | 'carried-and-new'
  | 'early-on-time-late'
  | 'sub-parts-and-part'
  | 'columns-and-total'
  | 'rows-and-total'
  | 'form-sum'
  | 'ratio'
  | 'cut-off-instead-of-rounded'
  | 'mean-outside-its-parts'
  | 'nothing-to-divide'
  | 'form-ratio'
  | 'percent-column'
  | 'part-above-whole'
  | 'not-a-percentage'
  | 'row-left-empty'
  | 'row-needs-answer'
  | 'not-an-allowed-answer'
  | 'number-missing'
  | 'items-counted'
  | 'none-although-online'
  | 'all-simplified'
  | 'none-although-published'
  | 'same-fact'
  | 'change'
  | 'difference'
  | 'after-the-report'
  | 'not-a-day'
  | 'weekday'
  | 'number-order'
  | 'year-beside'
  | 'plan-of-last-year'
  | 'period-beside-title'
  | 'plan-before-its-year'
  | 'same-document'
  | 'period-backwards'
  | 'passage'

/** A number, a word, or nothing where a row was left empty. */
export type Stated = number | string | null

export type Finding = {
  kind: Kind
  severity: 'error' | 'warning'
  reason: Reason
  location: Location
  /** Further places that take part; for a repeated passage the place of the repetition. */
  also?: Location[]
  quote: string
  stated: Stated
  computed: Stated
  /** The sum that proves it, in figures. */
  proof: string
}

/** A relation that was tested and holds. */
export type Consistent = Omit<Finding, 'severity'>

/** One tested relation. */
export type Outcome = { ok: true; found: Consistent } | { ok: false; found: Finding }

/** Where the character at this offset of a block stands. */
export function locate(block: TextBlock, offset: number): Location {
  const mark = block.marks?.findLast((one) => one.offset <= offset)
  return mark?.at ?? block.at
}

/** A quote around a span, cut at words, at most about 240 characters. */
export function quoteOf(text: string, start: number, end: number): string {
  const most = 240
  let from = start
  let to = end
  const stops = /[.;:!?](?=\s|$)|\n/gu
  const before = [...text.slice(0, start).matchAll(stops)].at(-1)
  from = before ? before.index + before[0].length : 0
  stops.lastIndex = 0
  const after = /[.;!?](?=\s|$)|\n/u.exec(text.slice(end))
  to = after ? end + after.index + 1 : text.length
  if (to - from > most) {
    const room = Math.max(0, most - (end - start))
    if (start - from > room / 2) from = nextWord(text, start - Math.floor(room / 2))
    if (to - end > room / 2) to = text.lastIndexOf(' ', end + Math.floor(room / 2))
    if (to < end) to = end
    from = Math.min(from, start)
  }
  return text.slice(from, to).replace(/\s+/gu, ' ').trim()
}

function nextWord(text: string, at: number): number {
  const space = text.indexOf(' ', at)
  return space === -1 ? at : space + 1
}
