import type { Block, Field, ReportBody, Run } from '../contract.ts'
import { isUnwritten, paragraphsOf } from './document.ts'
import type { Facts } from './facts.ts'
import { UNKNOWN, valueOf } from './field.ts'
import { fieldChoices } from './field-choices.ts'
import { draft } from './narrative.ts'
import { skeleton } from './sentence.ts'

/** What an officer should look at before the report goes out. None of it stops anybody. */
export type TextFinding =
  /** Nothing is recorded here, and nobody wrote. */
  | { code: 'unwritten'; blockId: string; hint: string }
  /** The draft would read differently now: a sentence may have become untrue. */
  | { code: 'draft-moved'; blockId: string }
  /** A number was typed where a live one exists, or none fits. */
  | { code: 'typed-number'; blockId: string; words: string; fields: Field[] }
  /** A number of the text is not known. */
  | { code: 'unknown-number'; blockId: string }

export function findingsOf(body: ReportBody, facts: Facts): TextFinding[] {
  const found = body.blocks.flatMap((block) => (block.kind === 'passage' ? ofPassage(block, facts) : []))
  // What may be wrong stands before what is merely missing.
  return found.toSorted((a, b) => Number(a.code === 'unwritten') - Number(b.code === 'unwritten'))
}

function ofPassage(block: Extract<Block, { kind: 'passage' }>, facts: Facts): TextFinding[] {
  const blockId = block.id
  if (isUnwritten(block, facts)) return [{ code: 'unwritten', blockId, hint: block.hint ?? '' }]
  const found: TextFinding[] = []
  const paragraphs = paragraphsOf(block, facts)
  if (
    block.written &&
    block.recipe &&
    block.drafted !== undefined &&
    skeleton(draft(block.recipe, facts)) !== block.drafted
  )
    found.push({ code: 'draft-moved', blockId })
  if (block.written) found.push(...paragraphs.flatMap((runs) => typedNumbers(runs, blockId, facts)))
  const fields = paragraphs.flat().flatMap((run) => ('field' in run ? [run.field] : []))
  if (fields.some((field) => valueOf(field, facts).text === UNKNOWN)) found.push({ code: 'unknown-number', blockId })
  return found
}

// Numbers that our records know: of dossiers, and percentages. Others are the officer's own.
const counted = /(?<![\d./,-])(\d{1,3}(?:\.\d{3})+|\d+)\s+(?:hồ sơ|HS)(?![\p{L}])|(?<![\d./,-])(\d+(?:[.,]\d+)?)\s?%/gu

function typedNumbers(runs: readonly Run[], blockId: string, facts: Facts): TextFinding[] {
  const text = runs.map((run) => ('text' in run ? run.text : '\u0000')).join('')
  return Array.from(text.matchAll(counted), ([words, count, percent]) => {
    const value = count === undefined ? Number(percent?.replace(',', '.')) : Number(count.replaceAll('.', ''))
    const fields = fieldChoices(facts)
      .filter(({ field }) => (field.of === 'share') === (count === undefined) && fits(field, facts, value))
      .map(({ field }) => field)
    return { code: 'typed-number' as const, blockId, words, fields: fields.slice(0, 4) }
  }).filter(({ fields, words }) => fields.length > 0 || !words.startsWith('100'))
}

function fits(field: Field, facts: Facts, value: number): boolean {
  const known = valueOf(field, facts).value
  return known !== null && Math.abs(known - value) < (field.of === 'share' ? 0.05 : 0.5)
}
