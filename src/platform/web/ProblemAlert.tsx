import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { type ApiProblem, toProblem } from './api.ts'
import { Icon } from './Icon.tsx'
import { useKitText } from './text.tsx'

/** What happened, what was kept, what to do. `keeps` says that typed things are still on the screen. */
export function ProblemAlert({
  problem,
  keeps = false,
  onRetry,
}: {
  problem: ApiProblem | Error | null | undefined
  keeps?: boolean
  onRetry?: () => void
}) {
  const text = useKitText()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (problem) box.current?.scrollIntoView({ block: 'nearest' })
  }, [problem])
  if (!problem) return null
  const said = toProblem(problem)
  // While the lock stands over the page, the page itself has nothing to say.
  if (said.kind === 'locked') return null
  const what = { network: text.problem.network, server: text.problem.server }[said.kind as string] ?? said.detail
  const next = {
    network: text.problem.networkNext,
    server: said.detail || text.problem.serverNext,
    changed: text.problem.changed,
  }[said.kind as string]
  return (
    <div ref={box} className="k-problem" role="alert">
      <Icon name="warning" size={20} />
      <div>
        <p className="k-problem-what">{what || text.problem.server}</p>
        {said.errors.length > 0 && (
          <ul aria-label={text.problem.fields}>
            {said.errors.map((error) => (
              <li key={error.pointer + error.detail}>{error.detail}</li>
            ))}
          </ul>
        )}
        {keeps && <p>{text.problem.kept}</p>}
        {next && <p>{next}</p>}
        {onRetry && (
          <Button variant="default" size="xs" mt={8} onClick={onRetry}>
            {said.kind === 'changed' ? text.problem.reload : text.problem.retry}
          </Button>
        )}
      </div>
    </div>
  )
}
