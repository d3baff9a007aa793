import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { TestEvent } from 'node:test/reporters'
import { inspect } from 'node:util'

/** What one run of tests came to. Written to the file that MOTCUA_TEST_COUNT names, for tools/test.ts. */
export type Count = { passed: number; failed: number; skipped: string[] }

/** One line a file; faults at once and in full, what was skipped by name. */
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const count: Count = { passed: 0, failed: 0, skipped: [] }
  for await (const { type, data } of events) {
    if (type === 'test:pass' && isSkipped(data.skip))
      count.skipped.push(`${short(data.file)} › ${data.name}${reason(data.skip)}`)
    if (type === 'test:fail' && !hasFailedInside(data.details.error)) {
      const { cause } = data.details.error
      yield `\n✘ ${short(data.file)}${data.line ? `:${data.line}` : ''} › ${data.name}\n${indent(inspect(cause ?? data.details.error))}\n\n`
    }
    if (type === 'test:stderr' || type === 'test:stdout') yield data.message
    if (type === 'test:summary' && data.file === undefined) {
      const { tests, passed, skipped, todo } = data.counts
      count.passed = passed
      count.failed = tests - passed - skipped - todo
    } else if (type === 'test:summary') {
      const { tests, skipped } = data.counts
      yield `${data.success ? '✔' : '✘'} ${short(data.file)} (${tests}${skipped > 0 ? `, ${skipped} skipped` : ''}, ${Math.round(data.duration_ms)} ms)\n`
    }
  }
  for (const name of count.skipped) yield `SKIPPED ${name}\n`
  const file = process.env['MOTCUA_TEST_COUNT']
  if (file) writeFileSync(file, JSON.stringify(count))
}

/** The fault is that of a test inside, which was told already. */
const hasFailedInside = (error: Error): boolean => 'failureType' in error && error.failureType === 'subtestsFailed'

const isSkipped = (skip: string | boolean | undefined): boolean => skip !== undefined && skip !== false

const reason = (skip: string | boolean | undefined): string =>
  typeof skip === 'string' && skip !== '' ? `: ${skip}` : ''

const short = (file: string | undefined): string => (file ? relative(process.cwd(), file) : '')

const indent = (text: string): string => text.replace(/^/gm, '    ')
