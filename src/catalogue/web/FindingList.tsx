import { Icon } from '../../platform/web/index.ts'
import type { FindingWords } from '../contract.ts'

/** What is wrong with the part below, in words. */
export function FindingList({ findings }: { findings: readonly FindingWords[] }) {
  if (findings.length === 0) return null
  return (
    <ul className="catalogue-findings">
      {findings.map(({ pointer, code, severity, words }) => (
        <li key={pointer + code} className={severity === 'error' ? 'catalogue-error' : 'catalogue-warning'}>
          <Icon name={severity === 'error' ? 'warning' : 'info'} size={14} /> {words}
        </li>
      ))}
    </ul>
  )
}
