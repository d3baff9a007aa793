import { Icon, useText } from '../../platform/web/index.ts'
import type { FindingWords } from '../contract.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { pointerWords } from './version-view.ts'

/** What is wrong with the part below, in words; far from the part also where it is. */
export function FindingList({
  findings,
  withPlace = false,
}: {
  findings: readonly FindingWords[]
  withPlace?: boolean
}) {
  const { web: text } = useText({ vi, en })
  if (findings.length === 0) return null
  return (
    <ul className="catalogue-findings">
      {findings.map(({ pointer, code, severity, words }) => (
        <li key={pointer + code} className={severity === 'error' ? 'catalogue-error' : 'catalogue-warning'}>
          <Icon name={severity === 'error' ? 'warning' : 'info'} size={14} />{' '}
          {withPlace && pointer !== '' && `${pointerWords(pointer, text)}: `}
          {words}
        </li>
      ))}
    </ul>
  )
}
