import './feedback.css'
import { Alert, Anchor, Button, Menu } from '@mantine/core'
import { useState } from 'react'
import {
  announce,
  DueCell,
  Facts,
  FileDrop,
  Icon,
  PageHeader,
  PageLink,
  PrintButton,
  ProblemAlert,
  Section,
  Timeline,
  uploadFile,
  useApi,
  useFormat,
  useMay,
  useParameter,
  type Format,
} from '../../platform/web/index.ts'
import type { PetitionFile, PetitionView, StoryEntry } from '../contract.ts'
import { placePicture } from '../rules/place-picture.ts'
import type { FeedbackText } from '../text.vi.ts'
import { CommandForm } from './CommandForm.tsx'
import { PublishForm } from './PublishForm.tsx'
import { SenderCard } from './SenderCard.tsx'
import { useFeedbackText } from './use-feedback-text.ts'

/** One petition: its story at the left, at the right its present and what can be done now. */
export function PetitionPage() {
  const petitionId = useParameter('petitionId')
  const { data, problem, reload } = useApi<PetitionView>(`/api/petitions/${petitionId}`)
  const text = useFeedbackText()
  const view = data?.petitionId === petitionId ? data : undefined
  return (
    <>
      <PageHeader
        title={view ? `${view.code} – ${text.statuses[view.status]}` : text.queue.title}
        back={{ to: '/phan-anh', label: text.page.back }}
        {...(view ? { note: view.agencyName } : {})}
      />
      {!view && <ProblemAlert problem={problem} onRetry={reload} />}
      {view && <OpenPetition key={petitionId} view={view} reload={reload} />}
    </>
  )
}

function OpenPetition({ view, reload }: { view: PetitionView; reload: () => void }) {
  const text = useFeedbackText()
  const [open, setOpen] = useState<string | null>(null)
  const close = () => setOpen(null)
  const done = (what: string) => {
    setOpen(null)
    announce(what)
    reload()
  }
  const label = (command: string) => text.commands[command as keyof typeof text.commands]
  return (
    <div className="f-petition">
      <div>
        <StorySection view={view} />
        <FileSection view={view} reload={reload} />
        <Section title={text.page.log}>
          <Timeline label={text.page.log} entries={entriesOf(view, text, useFormat())} />
        </Section>
      </div>
      <div className="f-present">
        {view.restricted && (
          <Alert color="gray" icon={<Icon name="lock" />} mb="md">
            {text.page.restrictedNote}
          </Alert>
        )}
        <Present view={view} onOpen={setOpen} />
      </div>
      {open === 'publish' ? (
        <PublishForm view={view} onClose={close} onDone={() => done(label('publish'))} />
      ) : (
        open !== null && (
          <CommandForm type={open} view={view} onClose={close} onDone={() => done(label(open))} reload={reload} />
        )
      )}
    </div>
  )
}

function StorySection({ view }: { view: PetitionView }) {
  const text = useFeedbackText()
  const format = useFormat()
  const { story } = view
  const { coordinates } = story
  const may = useMay()
  return (
    <Section title={text.page.story}>
      <p className="f-words">{story.happened}</p>
      <Facts
        items={[
          { name: text.page.wish, value: story.wish && <span className="f-words">{story.wish}</span> },
          { name: text.page.place, value: [story.placeDetail, story.placeName].filter(Boolean).join(', ') },
          { name: text.page.on, value: story.happenedOn && format.day(story.happenedOn) },
          { name: text.page.about, value: text.page.abouts[story.about] },
          { name: text.page.concerns, value: story.concerns },
          ...(view.dossier
            ? [
                {
                  name: text.page.dossier,
                  value:
                    view.dossier.dossierId && may('dossier.read') ? (
                      <PageLink to={`/ho-so/${view.dossier.dossierId}`}>{view.dossier.code}</PageLink>
                    ) : (
                      view.dossier.code
                    ),
                },
              ]
            : []),
          ...(story.procedureName ? [{ name: text.page.procedure, value: story.procedureName }] : []),
          ...(coordinates
            ? [
                {
                  name: text.page.map,
                  value: (
                    // The picture is made of numbers and our own words.
                    // oxlint-disable-next-line react/no-danger
                    <span dangerouslySetInnerHTML={{ __html: pictureOf(coordinates, text) }} />
                  ),
                },
              ]
            : []),
        ]}
      />
    </Section>
  )
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const pictureOf = (coordinates: NonNullable<PetitionView['story']['coordinates']>, text: FeedbackText): string =>
  placePicture(coordinates, {
    label: `${text.page.coordinates} ${coordinates.latitude}; ${coordinates.longitude}`,
    cell: '250 m',
    north: 'B',
    write: (words) => words.replaceAll(/[&<>"]/g, (sign) => escapes[sign] ?? sign),
  })

function FileSection({ view, reload }: { view: PetitionView; reload: () => void }) {
  const text = useFeedbackText()
  const format = useFormat()
  const url = (file: PetitionFile) => `/api/petitions/${view.petitionId}/files/${file.fileId}`
  const images = view.files.filter(({ mediaType }) => mediaType.startsWith('image/'))
  const others = view.files.filter(({ mediaType }) => !mediaType.startsWith('image/'))
  const mayAdd = view.endedAt === null
  if (view.files.length === 0 && !mayAdd) return null
  return (
    <Section title={text.page.files}>
      {images.length > 0 && (
        <div className="f-photos">
          {images.map((file) => (
            <a key={file.fileId} href={url(file)} target="_blank" rel="noreferrer" title={file.name}>
              <img src={url(file)} alt={`${file.name} (${text.page.fileOrigin[file.origin]})`} loading="lazy" />
            </a>
          ))}
        </div>
      )}
      <ul className="f-plain">
        {others.map((file) => (
          <li key={file.fileId}>
            <Anchor href={url(file)} target="_blank" rel="noreferrer">
              {file.name}
            </Anchor>{' '}
            <span className="k-dimmed">
              {format.fileSize(file.size)} · {text.page.fileOrigin[file.origin]}
            </span>
          </li>
        ))}
      </ul>
      {mayAdd && (
        <FileDrop<PetitionFile>
          label={text.page.addFile}
          hint={text.register.scanHint}
          accept="image/jpeg,image/png,image/webp,application/pdf"
          maxBytes={10 * 1024 * 1024}
          send={(file, options) =>
            uploadFile(`/api/petitions/${view.petitionId}/files?origin=scan`, { file, ...options })
          }
          onSent={reload}
        />
      )}
    </Section>
  )
}

function Present({ view, onOpen }: { view: PetitionView; onOpen: (command: string) => void }) {
  const text = useFeedbackText()
  const words = text.page
  const format = useFormat()
  const label = (command: string) => text.commands[command as keyof typeof text.commands]
  const [first, ...rest] = view.commands
  // Where the office has nothing to do but wait, nothing calls for being pressed.
  const next = first !== undefined && leading.has(first) ? first : undefined
  const others = next ? rest : view.commands
  const hasLetter = view.mayReveal && view.entries.some(({ type }) => lettered.has(type))
  return (
    <>
      <Section title={words.present}>
        {view.proposal && view.answer === null && (
          <>
            <p className="k-dimmed">{words.proposal}</p>
            <p className="f-words f-quote">{view.proposal}</p>
          </>
        )}
        {view.answer && (
          <>
            <p className="k-dimmed">{words.answer}</p>
            <p className="f-words f-quote">{view.answer}</p>
          </>
        )}
        <div className="f-actions">
          {next && <Button onClick={() => onOpen(next)}>{label(next)}</Button>}
          {others.slice(0, 2).map((command) => (
            <Button key={command} variant="default" onClick={() => onOpen(command)}>
              {label(command)}
            </Button>
          ))}
          {others.length > 2 && (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="default" rightSection={<Icon name="down" />}>
                  {words.more}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {others.slice(2).map((command) => (
                  <Menu.Item key={command} onClick={() => onOpen(command)}>
                    {label(command)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          )}
          {hasLetter && <PrintButton path={`/api/petitions/${view.petitionId}/letter.pdf`}>{words.letter}</PrintButton>}
        </div>
        {view.commands.length === 0 && view.endedAt && <p className="k-dimmed">{words.ended}</p>}
        {view.refused.length > 0 && (
          <ul className="f-plain k-dimmed">
            {view.refused.map(({ command, why }) => (
              <li key={command}>
                {label(command)}: {why}
              </li>
            ))}
          </ul>
        )}
        <Facts
          items={[
            { name: words.kind, value: kindWords(view, text) },
            {
              name: words.holder,
              value: [view.unitName, view.officerName].filter(Boolean).join(', ') || words.nobody,
            },
            { name: words.channel, value: text.channels[view.channel] },
            ...(view.reference ? [{ name: words.reference, value: view.reference }] : []),
            { name: words.received, value: format.instant(view.receivedAt) },
            ...(view.rating ? [{ name: words.rating, value: text.ratings[view.rating] }] : []),
            ...(view.origin ? [{ name: words.origin, value: `${view.origin.agencyName}, ${view.origin.code}` }] : []),
            ...(view.next ? [{ name: words.next, value: `${view.next.agencyName}, ${view.next.code}` }] : []),
            ...(view.publicPath
              ? [
                  {
                    name: text.statuses.published,
                    value: (
                      <Anchor href={view.publicPath} target="_blank" rel="noreferrer">
                        {words.publicPage}
                      </Anchor>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Section>
      <SenderCard view={view} />
      {view.deadlines.length > 0 && (
        <Section title={words.deadlines}>
          <dl className="f-deadlines">
            {view.deadlines.map((deadline) => (
              <div key={deadline.what}>
                <dt>{text.deadlines[deadline.what]}</dt>
                <dd>
                  {format.instant(deadline.dueAt)}{' '}
                  {deadline.what === 'reopen' ? null : <DueCell dueAt={deadline.dueAt} finishedAt={deadline.doneAt} />}
                  <details>
                    <summary>{words.explain}</summary>
                    <ul>
                      <li>{deadline.law}</li>
                      {deadline.sentences.map((sentence) => (
                        <li key={sentence}>{sentence}</li>
                      ))}
                    </ul>
                  </details>
                </dd>
              </div>
            ))}
          </dl>
        </Section>
      )}
      {view.same.length > 0 && (
        <Section title={words.same}>
          <ul className="f-plain">
            {view.same.map((other) => (
              <li key={other.petitionId}>
                <PageLink to={`/phan-anh/${other.petitionId}`}>{other.code}</PageLink>{' '}
                <span className="k-dimmed">
                  {format.instant(other.receivedAt)} · {text.statuses[other.status]}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

/** What moves a petition on; the rest are ways aside. */
const leading = new Set(['accept', 'answer', 'propose', 'publish', 'supplement', 'close'])
const lettered = new Set(['answered', 'guided', 'refused', 'supplementRequested'])

function kindWords(view: PetitionView, text: FeedbackText): string {
  if (view.referral) return text.referrals[view.referral]
  return view.kind ? text.kinds[view.kind] : text.page.unclassified
}

const entriesOf = ({ entries }: PetitionView, text: FeedbackText, format: Format) =>
  entries.map((entry: StoryEntry) => ({
    key: String(entry.version),
    when: format.instant(entry.at),
    title: text.events[entry.type as keyof typeof text.events],
    who: [entry.by, ...entry.facts].filter(Boolean).join(' · '),
    detail: entry.text && <span className="f-words">{entry.text}</span>,
  }))
