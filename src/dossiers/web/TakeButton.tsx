import { Button } from '@mantine/core'
import { useState } from 'react'
import { announce, api, Icon, toProblem, useCommand, useForget, useMe } from '../../platform/web/index.ts'
import type { CommandReply, DossierView, QueueItem } from '../contract.ts'
import { useDossierText } from './use-dossier-text.ts'

/** Takes a step for oneself from the list. The dossier is read first, so that nobody takes what another has taken. */
export function TakeButton({ item }: { item: Pick<QueueItem, 'dossierId' | 'key' | 'code'> }) {
  const text = useDossierText().queue
  const { officerId } = useMe()
  const forget = useForget()
  const [reading, setReading] = useState(false)
  const path = `/api/dossiers/${item.dossierId}`
  const command = useCommand<CommandReply>(`${path}/commands`, { forget: ['/api/queue', path] })

  const take = async () => {
    setReading(true)
    try {
      const view = await api.get<DossierView>(path)
      const step = view.open.find(({ key }) => key === item.key)
      const free = step && (step.officerId === null || step.officerId === officerId)
      const done =
        free && (await command.run({ version: view.version, command: { type: 'assign', key: item.key, officerId } }))
      announce(done ? text.taken(item.code) : text.takenByOther(item.code))
      if (!done) await forget('/api/queue')
    } catch (error) {
      announce(toProblem(error).detail || text.takenByOther(item.code))
    } finally {
      setReading(false)
    }
  }

  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<Icon name="hand" />}
      aria-label={text.takeOf(item.code)}
      loading={reading || command.busy}
      onClick={() => void take()}
    >
      {text.take}
    </Button>
  )
}
