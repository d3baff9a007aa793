import { Button } from '@mantine/core'
import { useState } from 'react'
import { Dialog, Facts, Icon, ProblemAlert, Section, TextField, useCommand } from '../../platform/web/index.ts'
import type { PetitionView, RevealedSender } from '../contract.ts'
import { useFeedbackText } from './use-feedback-text.ts'

/** Who sent it: hidden until somebody says why it must be known. */
export function SenderCard({ view }: { view: PetitionView }) {
  const text = useFeedbackText()
  const words = text.page
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const [shown, setShown] = useState<RevealedSender | null>(null)
  const reveal = useCommand<RevealedSender>(`/api/petitions/${view.petitionId}/sender`)
  const show = async () => {
    const sender = await reveal.run({ reason })
    if (!sender) return
    setShown(sender)
    setAsking(false)
  }
  if (!view.sender) return <Section title={words.sender}>{words.noSender}</Section>
  return (
    <Section
      title={words.sender}
      actions={
        view.mayReveal &&
        shown === null && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<Icon name="show" />}
            onClick={() => setAsking(true)}
          >
            {words.reveal}
          </Button>
        )
      }
    >
      {shown ? (
        <Facts
          items={[
            { name: text.register.name, value: shown.name },
            { name: text.register.phone, value: shown.phone },
            { name: text.register.email, value: shown.email },
            { name: text.register.address, value: shown.address },
          ]}
        />
      ) : (
        <p className="f-words">{view.sender.masked}</p>
      )}
      {view.sender.hidesName && <p className="k-dimmed">{words.hidesName}</p>}
      <Dialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={words.reveal}
        actions={
          <Button onClick={() => void show()} loading={reveal.busy} disabled={reason.trim().length < 3}>
            {words.reveal}
          </Button>
        }
      >
        <ProblemAlert problem={reveal.problem} />
        <TextField
          label={words.revealWhy}
          hint={words.revealHint}
          value={reason}
          onChange={setReason}
          required
          autoFocus
        />
      </Dialog>
    </Section>
  )
}
