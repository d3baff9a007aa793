import { Icon, useText } from '../../platform/web/index.ts'
import type { FindingWords } from '../contract.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { findingWords, pointerWords } from './version-view.ts'

/** What is wrong with the part below, in words; far from the part also where it is. */
export function FindingList({
  findings,
  withPlace = false,
}: {
  findings: readonly FindingWords[]
  withPlace?: boolean
}) {
  const { web: text, findings: say } = useText({ vi, en })
  if (findings.length === 0) return null
  return (
    <ul className="catalogue-findings">
      {findings.map((finding) => (
        <li
          key={finding.pointer + finding.code}
          className={finding.severity === 'error' ? 'catalogue-error' : 'catalogue-warning'}
        >
          <Icon name={finding.severity === 'error' ? 'warning' : 'info'} size={14} />{' '}
          {withPlace && finding.pointer !== '' && `${pointerWords(finding.pointer, text)}: `}
          {findingWords(finding, say)}
        </li>
      ))}
    </ul>
  )
}
