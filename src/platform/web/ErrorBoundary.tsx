import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { EmptyState } from './parts.tsx'
import { useKitText } from './text.tsx'

/** What stands in place of a page that broke; the shell around it goes on working. */
export function PageCrashed({ error }: { error: unknown }) {
  const text = useKitText()
  // A chunk that is gone means that a newer version was put in place while this tab was open.
  const outdated =
    error instanceof Error && /dynamically imported module|importing a module|preload/i.test(error.message)
  useEffect(() => {
    // oxlint-disable-next-line no-console
    console.error(error)
  }, [error])
  return (
    <div role="alert">
      <EmptyState
        title={text.problem.crashed}
        hint={outdated ? text.problem.newVersion : text.problem.crashedDetail}
        action={<Button onClick={() => location.reload()}>{text.problem.reload}</Button>}
      />
    </div>
  )
}
