import { type Column, DataTable, useText } from '../../../platform/web/index.ts'
import type { CheckedRelation } from '../contract.ts'
import { writePlace } from '../rules/written.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

/** What was tested and holds, behind a fold. */
export function HeldRelations({ relations }: { relations: readonly CheckedRelation[] }) {
  const { web: text, kinds, place } = useText({ vi, en })
  if (relations.length === 0) return null
  const columns: Column<CheckedRelation>[] = [
    { key: 'quote', head: text.quote, cell: ({ quote }) => quote, main: true, grow: true, wrap: true },
    { key: 'proof', head: text.proof, cell: ({ proof }) => proof, wrap: true, width: '22rem' },
    { key: 'place', head: text.place, cell: ({ location }) => writePlace(location, place), width: '10rem' },
    { key: 'kind', head: text.kind, cell: ({ kind }) => kinds[kind], width: '11rem', wideOnly: true },
  ]
  return (
    <details className="checker-held">
      <summary>{text.right(relations.length)}</summary>
      <p>{text.rightNote}</p>
      <DataTable
        label={text.right(relations.length)}
        rows={relations}
        columns={columns}
        rowKey={({ location, kind, proof, quote }) => `${JSON.stringify(location)} ${kind} ${proof} ${quote}`}
      />
    </details>
  )
}
