import { judgeAcross } from './across.ts'
import { findBreakdowns, judgeBreakdown } from './breakdowns.ts'
import { judgeListed } from './counts.ts'
import { judgeDates } from './dates.ts'
import type { Block, Consistent, Finding, Location, Outcome, ReportDocument } from './document.ts'
import { judgeLevels, judgeScope, readScopes, type Scope } from './dossier-facts.ts'
import { describeRepetition, findRepetitions, type Repetition } from './duplicates.ts'
import { breakdownsOfNotes } from './footnotes.ts'
import { joinForms, judgeForm, readForm, type FormColumn } from './forms.ts'
import { readFrame } from './frame.ts'
import { readGrid, textOf } from './grid.ts'
import { readPassages, type Passage } from './passages.ts'
import { findShares, judgeAnswers, judgeFractions, judgeShare, type Share } from './percents.ts'
import { judgeTable } from './tables.ts'

/** What the checker says of a report: what is wrong, how many relations were tested, and which hold. */
export type CheckReport = { findings: Finding[]; checked: number; consistent: Consistent[] }

/** Tests each relation that a report asserts. Pure: the same document gives the same findings. */
export function checkBlocks({ blocks }: ReportDocument): CheckReport {
  const all = readPassages([...blocks, ...wordsInCells(blocks)])
  const repetitions = findRepetitions(all)
  const again = new Set(repetitions.flatMap((one) => one.again))
  const passages = all.filter((passage) => !again.has(passage))
  const frame = readFrame(passages)
  const breakdowns = [...passages.flatMap(findBreakdowns), ...breakdownsOfNotes(passages)]
  const scopes = passages.flatMap(readScopes)
  const shares = passages.flatMap((passage) =>
    findShares(
      passage,
      breakdowns.filter((one) => one.passage === passage),
      scopes.filter((one) => one.passage === passage),
    ),
  )
  const { forms, outcomes: inTables } = readTables(blocks)
  const outcomes = [
    ...breakdowns.flatMap(judgeBreakdown),
    ...judgeTexts(passages, scopes, shares),
    ...inTables,
    ...judgeAcross({ passages, forms, breakdowns, frame }),
    ...judgeDates(passages, frame),
    ...judgeNumber(passages),
    ...repetitions.map(describeRepetition),
  ]
  return collect(outcomes, repetitions)
}

function judgeTexts(passages: readonly Passage[], scopes: readonly Scope[], shares: readonly Share[]): Outcome[] {
  return [
    ...judgeLevels(scopes, shares),
    ...scopes.flatMap(judgeScope),
    ...shares.flatMap(judgeShare),
    ...passages.flatMap(judgeFractions),
    ...passages.flatMap(judgeAnswers),
    ...passages.flatMap(judgeListed),
  ]
}

/** Long texts in cells are read as paragraphs too. */
const wordsInCells = (blocks: readonly Block[]): Block[] =>
  blocks.flatMap((block) =>
    block.kind === 'table'
      ? [...new Set(block.rows.flat())].flatMap((cell): Block[] =>
          cell && cell.text.length > 60 && /\d/u.test(cell.text)
            ? [{ kind: 'paragraph', text: textOf(cell), at: cell.at }]
            : [],
        )
      : [],
  )

function readTables(blocks: readonly Block[]): { forms: FormColumn[]; outcomes: Outcome[] } {
  const forms: FormColumn[] = []
  const outcomes: Outcome[] = []
  let last: { forms: FormColumn[]; end: string } | undefined
  for (const block of blocks) {
    if (block.kind !== 'table') {
      if (/biểu (?:mẫu|số)|phụ lục/iu.test(block.text)) last = undefined
      continue
    }
    const grid = readGrid(block)
    if (!grid) continue
    const columns = readForm(grid)
    if (columns.length === 0) {
      outcomes.push(...judgeTable(grid))
      continue
    }
    const first = columns[0]?.rows[0]?.code ?? ''
    // Under a repeated heading, with codes that go on, the form goes on.
    if (last && last.forms.length === columns.length && isAfter(last.end, first)) {
      for (const [at, column] of columns.entries()) {
        const before = last.forms[at]
        if (!before) continue
        const joined = joinForms([before, column])
        forms[forms.indexOf(before)] = joined
        last.forms[at] = joined
      }
    } else {
      forms.push(...columns)
      last = { forms: [...columns], end: '' }
    }
    last.end = columns[0]?.rows.at(-1)?.code ?? ''
  }
  return { forms, outcomes: [...outcomes, ...forms.flatMap(judgeForm)] }
}

function isAfter(one: string, two: string): boolean {
  const [a, b] = [one.split('.').map(Number), two.split('.').map(Number)]
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (b[at] ?? 0) - (a[at] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return false
}

/** "Số: /BC-UBND": issued without its number. */
function judgeNumber(passages: readonly Passage[]): Outcome[] {
  const places = passages.flatMap((passage) => {
    const match = /(?:^|\s)(?:Số|Báo cáo số)\s*:?\s*[….]*\s*\/\s*(BC-\p{Lu}[\p{L}-]*)/u.exec(passage.text)
    return match ? [{ passage, match }] : []
  })
  const [first, ...more] = places
  if (!first || !/^\s*Số/u.test(first.passage.text)) return []
  return [
    {
      ok: false,
      found: {
        kind: 'ROW',
        severity: 'warning',
        reason: 'number-missing',
        location: first.passage.block.at,
        ...(more.length > 0 ? { also: more.map(({ passage }) => passage.block.at) } : {}),
        quote: first.passage.text.trim().slice(0, 200),
        stated: null,
        computed: null,
        proof: first.match[0].trim(),
      },
    },
  ]
}

/** Puts findings in the order of the text, each once, and names the second place of what stands in a repeated passage. */
function collect(outcomes: readonly Outcome[], repetitions: readonly Repetition[]): CheckReport {
  const seen = new Map<string, Outcome>()
  for (const outcome of outcomes) {
    const { kind, location, stated, computed, proof } = outcome.found
    // On a page written in one line the quote tells two rows apart.
    const row = /^(?:form|row|rows|columns|percent|nothing|not|cut)-/u.test(outcome.found.reason)
      ? outcome.found.quote
      : ''
    const numbers = kind === 'SUM' ? (proof.match(/\d[\d.,]*/gu) ?? []).toSorted().join('+') : proof
    const key = `${placeOf(location)} ${row} ${kind === 'SUM' || kind === 'SUBSET' ? numbers : `${kind === 'ROUNDING' ? 'PERCENT' : kind} ${String(stated)} ${String(computed)} ${proof}`}`
    if (!seen.has(key)) seen.set(key, outcome)
  }
  const unique = [...seen.values()]
    .map((outcome) => withRepetition(outcome, repetitions))
    .toSorted((a, b) => comparePlaces(a.found.location, b.found.location))
  const findings = unique.flatMap((one) => (one.ok ? [] : [one.found]))
  const consistent = unique.flatMap((one) => (one.ok ? [one.found] : []))
  return { findings, checked: unique.length, consistent }
}

function withRepetition(outcome: Outcome, repetitions: readonly Repetition[]): Outcome {
  const { found } = outcome
  if (found.kind === 'DUPLICATE') return outcome
  const key = placeOf(found.location)
  const places = repetitions.flatMap(({ first, again }) =>
    first.flatMap((passage, at) => (placeOf(passage.block.at) === key && again[at] ? [again[at].block.at] : [])),
  )
  if (places.length === 0) return outcome
  const also = [...(found.also ?? []), ...places]
  return outcome.ok ? { ok: true, found: { ...outcome.found, also } } : { ok: false, found: { ...outcome.found, also } }
}

const placeOf = ({ page, line, sheet, cell }: Location): string => [page, line, sheet, cell].join('/')

function comparePlaces(a: Location, b: Location): number {
  return (
    (a.page ?? 0) - (b.page ?? 0) ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.sheet ?? '').localeCompare(b.sheet ?? '') ||
    rowOf(a.cell) - rowOf(b.cell)
  )
}

const rowOf = (cell: string | undefined): number => Number(/\d+$/u.exec(cell ?? '')?.[0] ?? 0)
