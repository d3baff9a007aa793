import { Button, Checkbox, Stack, Textarea, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { api, ProblemAlert, SideSheet, useApi, useCommand } from '../../platform/web/index.ts'
import type { CommandReply, Finding, PetitionView, Redaction } from '../contract.ts'
import { redact } from '../rules/redact.ts'
import { useFeedbackText, useRefusal } from './use-feedback-text.ts'

type Words = { title: string; story: string; place: string; answer: string }
type Part = keyof Words
const parts: readonly Part[] = ['title', 'story', 'place', 'answer']
/** These are hidden whatever somebody thinks of them. */
const strict: ReadonlySet<Finding['kind']> = new Set(['phone', 'email', 'number', 'account'])

/** Words for everybody: proposed with personal data hidden, read over by an officer, confirmed, shown as they will look. */
export function PublishForm({
  view,
  onClose,
  onDone,
}: {
  view: PetitionView
  onClose: () => void
  onDone: () => void
}) {
  const text = useFeedbackText()
  const url = `/api/petitions/${view.petitionId}`
  const { data, problem } = useApi<Redaction>(`${url}/redaction`)
  return (
    <SideSheet opened onClose={onClose} title={text.publish.title}>
      <ProblemAlert problem={problem} />
      {data && <ReadOver proposal={data} view={view} url={url} onClose={onClose} onDone={onDone} />}
    </SideSheet>
  )
}

function ReadOver({
  proposal,
  view,
  url,
  onClose,
  onDone,
}: {
  proposal: Redaction
  view: PetitionView
  url: string
  onClose: () => void
  onDone: () => void
}) {
  const text = useFeedbackText()
  const own = text.publish
  const [words, setWords] = useState<Words>(proposal)
  const [sender, setSender] = useState(proposal.sender)
  const [files, setFiles] = useState<string[]>([])
  const [letStand, setLetStand] = useState<string[]>([])
  const [sure, setSure] = useState(false)
  const [found, setFound] = useState(proposal.findings)
  const worded = useRefusal()
  const command = useCommand<CommandReply>(`${url}/commands`, { forget: ['/api/petitions'] })
  useEffect(() => {
    const stop = new AbortController()
    const timer = setTimeout(() => {
      const { title, story, place, answer } = words
      api
        .post<Redaction['findings']>(`${url}/redaction`, { title, story, place, answer }, { signal: stop.signal })
        .then(setFound)
        // The server judges once more when it is published.
        .catch(() => undefined)
    }, 300)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [words, url])
  const left = parts.flatMap((part) =>
    found[part].filter(({ text: piece }) => !letStand.includes(piece)).map((finding) => ({ part, finding })),
  )
  const images = view.files.filter(({ mediaType }) => mediaType.startsWith('image/'))
  const publish = async () => {
    const { title, story, place, answer } = words
    const input = { type: 'publish', title, story, place, answer, sender, files, letStand }
    if (await command.run({ version: view.version, command: input })) onDone()
  }
  const label: Record<Part, string> = { title: own.heading, story: own.story, place: own.place, answer: own.answer }
  return (
    <Stack>
      <p className="k-dimmed">{own.lead}</p>
      <ProblemAlert problem={worded(command.problem)} keeps />
      {parts.map((part) => {
        const change = (value: string) => {
          setWords({ ...words, [part]: value })
          setSure(false)
        }
        return (
          <div key={part}>
            {part === 'story' || part === 'answer' ? (
              <Textarea
                label={label[part]}
                value={words[part]}
                autosize
                minRows={3}
                maxRows={12}
                maxLength={8000}
                onChange={(event) => change(event.currentTarget.value)}
              />
            ) : (
              <TextInput
                label={label[part]}
                value={words[part]}
                maxLength={part === 'title' ? 200 : 300}
                onChange={(event) => change(event.currentTarget.value)}
              />
            )}
            <ul className="f-plain">
              {left
                .filter((each) => each.part === part)
                .map(({ finding }) => (
                  <li key={`${finding.from} ${finding.text}`}>
                    <strong>{finding.text}</strong> <span className="k-dimmed">({text.findings[finding.kind]})</span>{' '}
                    <Button size="compact-xs" variant="default" onClick={() => change(redact(words[part], [finding]))}>
                      {own.hide}
                    </Button>{' '}
                    {strict.has(finding.kind) ? (
                      <span className="k-dimmed">{own.mustHide}</span>
                    ) : (
                      <Button
                        size="compact-xs"
                        variant="subtle"
                        onClick={() => setLetStand([...letStand, finding.text])}
                      >
                        {own.letStand}
                      </Button>
                    )}
                  </li>
                ))}
            </ul>
          </div>
        )
      })}
      <TextInput
        label={own.sender}
        value={sender}
        maxLength={200}
        onChange={(event) => setSender(event.currentTarget.value)}
      />
      {images.length > 0 && (
        <Checkbox.Group label={own.files} description={own.filesHint} value={files} onChange={setFiles}>
          <div className="f-photos">
            {images.map((file) => (
              <div key={file.fileId}>
                <img src={`${url}/files/${file.fileId}`} alt={file.name} />
                <Checkbox value={file.fileId} label={file.name} />
              </div>
            ))}
          </div>
        </Checkbox.Group>
      )}
      <p role="status">{left.length === 0 ? own.none : `${own.found}: ${left.length}`}</p>
      <section aria-label={own.preview} className="f-quote">
        <p className="k-dimmed">{own.preview}</p>
        <strong>{words.title}</strong>
        <p className="f-words">{words.story}</p>
        <p className="f-words">
          <strong>{text.page.answer}:</strong> {words.answer}
        </p>
        <p className="k-dimmed">{[sender, words.place].filter(Boolean).join(' · ')}</p>
      </section>
      <Checkbox label={own.confirm} checked={sure} onChange={(event) => setSure(event.currentTarget.checked)} />
      <div className="f-actions">
        <Button onClick={() => void publish()} disabled={!sure || left.length > 0} loading={command.busy}>
          {own.action}
        </Button>
        <Button variant="default" onClick={onClose}>
          {text.forms.cancel}
        </Button>
      </div>
    </Stack>
  )
}
