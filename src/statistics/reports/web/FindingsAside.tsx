import { Button } from '@mantine/core'
import type { Block, Field } from '../contract.ts'
import type { Facts } from '../rules/facts.ts'
import type { TextFinding } from '../rules/findings.ts'
import { nameOfField } from './field-names.ts'
import { useFigureWords, useReportsText } from './use-reports-text.ts'

/** What an officer should look at before the report goes out. */
export function FindingsAside({
  findings,
  facts,
  mayEdit,
  onGo,
  onReplace,
}: {
  findings: readonly TextFinding[]
  facts: Facts
  mayEdit: boolean
  onGo: (blockId: Block['id']) => void
  onReplace: (finding: Extract<TextFinding, { code: 'typed-number' }>, field: Field) => void
}) {
  const text = useReportsText()
  const { figures } = useFigureWords()
  const words = text.findings
  const say = (finding: TextFinding): string => {
    switch (finding.code) {
      case 'unwritten':
        return words.unwritten(finding.hint)
      case 'draft-moved':
        return words.moved
      case 'typed-number':
        return finding.fields.length > 0 ? words.typed(finding.words) : words.typedUnknown(finding.words)
      case 'unknown-number':
        return words.unknown
    }
  }
  return (
    <aside className="r-aside" aria-label={words.title}>
      <h2>
        {words.title} {findings.length > 0 && <small role="status">({words.count(findings.length)})</small>}
      </h2>
      {findings.length === 0 && <p className="k-note">{words.none}</p>}
      <ul>
        {findings.map((finding, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <li key={`${finding.blockId} ${finding.code} ${index}`}>
            {say(finding)}
            <div>
              {mayEdit &&
                finding.code === 'typed-number' &&
                finding.fields.slice(0, 2).map((field) => (
                  <Button
                    key={JSON.stringify(field)}
                    size="compact-xs"
                    variant="default"
                    className="r-replace"
                    onClick={() => onReplace(finding, field)}
                  >
                    {words.replace(nameOfField(field, facts, { text, figures }))}
                  </Button>
                ))}
              <Button size="compact-xs" variant="subtle" onClick={() => onGo(finding.blockId)}>
                {words.go}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </aside>
  )
}
