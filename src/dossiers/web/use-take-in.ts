import { useState } from 'react'
import { type ApiProblem, command, newCommandId, toProblem, useDraft, useForget } from '../../platform/web/index.ts'
import type { CommandReply } from '../contract.ts'
import type { IntakeContent } from './intake-view.ts'

/**
 * Sends an intake. The same content keeps its command id while nobody knows whether the server has it, also over a lock
 * or a reload of the page, so that one dossier is taken in once.
 */
export function useTakeIn() {
  const [open, setOpen, draft] = useDraft<{ commandId: string; content: string } | null>('intake-sent', null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const forget = useForget()

  const run = async (intake: IntakeContent): Promise<{ value?: CommandReply; refusal?: ApiProblem }> => {
    const content = JSON.stringify(intake)
    const commandId = open?.content === content ? open.commandId : newCommandId()
    setOpen({ commandId, content })
    setBusy(true)
    setProblem(null)
    try {
      const value = await command<CommandReply>('/api/dossiers', intake, { commandId })
      draft.clear(null)
      await forget(
        '/api/queue',
        '/api/dossiers',
        '/api/morning',
        '/api/search',
        '/api/persons',
        '/api/intake/procedures',
      )
      return { value }
    } catch (error) {
      const refusal = toProblem(error)
      // Refused for certain: whatever is sent next is a new intent.
      if (refusal.kind === 'refused') draft.clear(null)
      setProblem(refusal)
      return { refusal }
    } finally {
      setBusy(false)
    }
  }
  return { run, busy, problem, reset: () => setProblem(null) }
}
