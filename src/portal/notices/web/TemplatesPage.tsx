import './notices.css'
import { Button, SegmentedControl, Textarea } from '@mantine/core'
import { type ReactNode, useRef, useState } from 'react'
import {
  announce,
  Choice,
  PageHeader,
  ProblemAlert,
  Section,
  TextField,
  Toolbar,
  useApi,
  useCommand,
  useFilters,
  useFormat,
  useMe,
  useText,
  withQuery,
} from '../../../platform/web/index.ts'
import type { NoticeChannel, NoticeLanguage, TemplateExample, TemplateList, WrittenTemplate } from '../contract.ts'
import { eventOf, exampleOf, isNoticeEvent, noticeEvents, type NoticeEvent } from '../rules/notice-events.ts'
import { countSms, smsText } from '../rules/sms.ts'
import { factsFor, faultsOf, fill, placeholdersOf, textFor, withNames, withWords } from '../rules/template.ts'
import { en as shippedEn } from '../template-text.en.ts'
import { vi as shippedVi } from '../template-text.vi.ts'
import { en } from '../text.en.ts'
import { refusalText, vi } from '../text.vi.ts'

/** The words of each kind of message, with a preview while one types. */
export function TemplatesPage() {
  const text = useText({ vi, en })
  const me = useMe()
  const [filters, setFilters] = useFilters({ event: 'dossier-received', channel: 'email', language: 'vi' })
  const list = useApi<TemplateList>(withQuery('/api/notices/templates', { agencyId: me.agency.agencyId }))
  const event: NoticeEvent = isNoticeEvent(filters.event) ? filters.event : 'dossier-received'
  const channel = filters.channel as NoticeChannel
  const language = filters.language as NoticeLanguage
  const written = list.data?.written.find(
    (each) => each.template === event && each.channel === channel && each.language === language,
  )
  return (
    <>
      <PageHeader title={text.templates.title} note={text.templates.lead} />
      <Toolbar label={text.templates.event}>
        <Choice
          label={text.templates.event}
          required
          width="20rem"
          value={event}
          onChange={(next) => next && setFilters({ event: next })}
          options={Object.keys(noticeEvents).map((value) => ({
            value,
            label: text.events[value as NoticeEvent],
            note: text.groups[eventOf(value as NoticeEvent).group],
          }))}
        />
        <SegmentedControl
          aria-label={text.page.channel}
          value={channel}
          onChange={(next) => setFilters({ channel: next })}
          data={Object.entries(text.channels).map(([value, label]) => ({ value, label }))}
        />
        <SegmentedControl
          aria-label={text.templates.language}
          value={language}
          onChange={(next) => setFilters({ language: next })}
          data={Object.entries(text.templates.languages).map(([value, label]) => ({ value, label }))}
        />
      </Toolbar>
      <ProblemAlert problem={list.problem} onRetry={list.reload} />
      {list.data && (
        <Editor
          key={`${event}/${channel}/${language}/${written?.version ?? 0}`}
          list={list.data}
          written={written}
          event={event}
          channel={channel}
          language={language}
        />
      )}
    </>
  )
}

type EditorProps = {
  list: TemplateList
  written: WrittenTemplate | undefined
  event: NoticeEvent
  channel: NoticeChannel
  language: NoticeLanguage
}

function Editor({ list, written, event, channel, language }: EditorProps) {
  const text = useText({ vi, en })
  const format = useFormat()
  const shipped = textFor((language === 'en' ? shippedEn : shippedVi)[event], channel)
  const isOwn = written !== undefined && written.body !== null
  const words: Readonly<Record<string, string>> = text.facts
  const [said, setSaid] = useState({
    subject: withWords(isOwn ? (written.subject ?? '') : shipped.subject, words),
    body: withWords(isOwn ? (written.body ?? '') : shipped.body, words),
  })
  const subject = withNames(said.subject, words)
  const body = withNames(said.body, words)
  const area = useRef<HTMLTextAreaElement>(null)
  const save = useCommand('/api/notices/templates', { method: 'PUT', forget: ['/api/notices/templates'] })
  const plain = channel === 'sms' && list.plainSms
  const facts = factsFor(exampleOf(event, language), { publicUrl: list.publicUrl, agency: list.agency })
  const faults = faultsOf({ subject, body }, { event, channel, facts, plain })
  const key = { agencyId: list.agencyId, template: event, channel, language, version: written?.version ?? 0 }
  const send = async (content: { subject: string | null; body: string | null }, said: string) => {
    if ((await save.run({ ...key, ...content })) !== undefined) announce(said)
  }
  const insert = (name: string) => {
    const at = area.current?.selectionStart ?? said.body.length
    const after = said.body.slice(area.current?.selectionEnd ?? at)
    setSaid({ ...said, body: `${said.body.slice(0, at)}{{${words[name] ?? name}}}${after}` })
    area.current?.focus()
  }
  return (
    <div className="notices-editor">
      <Section
        title={
          isOwn
            ? text.templates.own(written.version, written.writtenBy ?? '–', format.instant(written.writtenAt))
            : text.templates.shipped
        }
      >
        {eventOf(event).binding === true && <p>{text.templates.binding}</p>}
        {channel === 'email' && (
          <TextField
            label={text.templates.subject}
            value={said.subject}
            onChange={(typed) => setSaid({ ...said, subject: typed })}
            maxLength={200}
            required
          />
        )}
        <Textarea
          label={text.templates.body}
          description={text.templates.optional}
          value={said.body}
          onChange={(change) => setSaid({ ...said, body: change.currentTarget.value })}
          ref={area}
          mt="md"
          autosize
          minRows={channel === 'email' ? 12 : 4}
          maxLength={4000}
          error={faults[0] && refusalText(faults[0], text)}
        />
        <p className="notices-placeholders">
          <span>
            {text.templates.placeholders}. {text.templates.placeholdersHelp}
          </span>
          {placeholdersOf(event).map((name) => (
            <Button key={name} variant="default" size="compact-sm" onClick={() => insert(name)}>
              {words[name] ?? name}
            </Button>
          ))}
        </p>
        <ProblemAlert problem={save.problem} />
        <Button
          disabled={faults.length > 0}
          loading={save.busy}
          onClick={() => void send({ subject: channel === 'email' ? subject : null, body }, text.templates.saved)}
        >
          {text.templates.save}
        </Button>{' '}
        {isOwn && (
          <Button variant="default" onClick={() => void send({ subject: null, body: null }, text.templates.backDone)}>
            {text.templates.back}
          </Button>
        )}
      </Section>
      <Section title={text.templates.preview}>
        <PreviewWith list={list} event={event} example={facts}>
          {(shown) => (
            <Preview channel={channel} subject={fill(subject, shown)} body={fill(body, shown)} plain={plain} />
          )}
        </PreviewWith>
      </Section>
    </div>
  )
}

type Facts = Readonly<Record<string, string>>

/** With the facts of an example, or of what was really told last. */
function PreviewWith({
  list,
  event,
  example,
  children,
}: {
  list: TemplateList
  event: NoticeEvent
  example: Facts
  children: (facts: Facts) => ReactNode
}) {
  const text = useText({ vi, en }).templates
  const format = useFormat()
  const [chosen, setChosen] = useState('example')
  const isReal = chosen === 'real'
  const newest = useApi<TemplateExample>(
    isReal ? withQuery('/api/notices/templates/example', { agencyId: list.agencyId, template: event }) : null,
  )
  const real = isReal ? newest.data?.facts : null
  const { publicUrl, agency } = list
  const help =
    isReal && newest.data?.sentAt ? text.previewRealHelp(format.instant(newest.data.sentAt)) : text.previewHelp
  return (
    <>
      <SegmentedControl
        aria-label={text.previewOf}
        value={chosen}
        onChange={setChosen}
        data={[
          { value: 'example', label: text.previewExample },
          { value: 'real', label: text.previewReal },
        ]}
      />
      <ProblemAlert problem={newest.problem} onRetry={newest.reload} />
      <p className="k-dimmed">{isReal && newest.data && !real ? text.previewNone : help}</p>
      {children(real ? factsFor(real, { publicUrl, agency }) : example)}
    </>
  )
}

function Preview({
  channel,
  subject,
  body,
  plain,
}: {
  channel: NoticeChannel
  subject: string
  body: string
  plain: boolean
}) {
  const text = useText({ vi, en })
  return (
    <>
      <div className="notices-preview" data-channel={channel}>
        {channel === 'email' && <p className="notices-preview-subject">{subject}</p>}
        <p className="notices-preview-body">{channel === 'sms' ? smsText(body, { plain }) : body}</p>
      </div>
      {channel === 'sms' && <p>{text.templates.sms(countSms(body, { plain }))}</p>}
    </>
  )
}
