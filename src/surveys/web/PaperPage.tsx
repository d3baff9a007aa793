import './surveys.css'
import { Button, NumberInput, Radio, Textarea } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import { dayOf } from '../../platform/day.ts'
import {
  announce,
  Choice,
  Dialog,
  newCommandId,
  PageHeader,
  ProblemAlert,
  Section,
  serverNow,
  TextField,
  useApi,
  useCommand,
  useFilters,
  useFormat,
  useParameter,
} from '../../platform/web/index.ts'
import type { Answer, Answers, CampaignReply, PaperEntry, PaperOutcome, PapersReply, Question } from '../contract.ts'
import { isAsked, optionsOf } from '../rules/questionnaire.ts'
import { apiPath, campaignPath } from './campaign-view.ts'
import { answerByKey, readMonth, withAnswer, writeMonth } from './paper-view.ts'
import { useSay, useWebText } from './use-words.ts'

/** Ballots on paper, typed by two people with the keys of numbers; or what is said on the telephone. */
export function PaperPage() {
  const text = useWebText()
  const place = { agencyId: useParameter('agencyId'), campaignId: useParameter('campaignId') }
  const [filters] = useFilters({ kenh: '' })
  const isTelephone = filters.kenh === 'telephone'
  const campaign = useApi<CampaignReply>(apiPath(place))
  const papers = useApi<PapersReply>(isTelephone ? null : `${apiPath(place)}/papers`)
  const [settled, setSettled] = useState<number | null>(null)
  const [typed, setTyped] = useState<{ number: number; turn: number } | null>(null)
  const title = isTelephone ? text.paper.telephoneTitle : text.paper.title
  const ready = campaign.data && (isTelephone || papers.data)
  return (
    <>
      <PageHeader
        title={title}
        note={isTelephone ? text.paper.telephoneNote : text.paper.note}
        back={{
          to: campaignPath({ agencyId: Number(place.agencyId), campaignId: place.campaignId }),
          label: campaign.data?.name ?? text.backToCampaign,
        }}
      />
      <ProblemAlert problem={campaign.problem ?? papers.problem} onRetry={campaign.reload} />
      {ready && campaign.data && (
        <div className="sv-paper">
          <Ballot
            key={typed ? `${typed.number}-${typed.turn}` : 'next'}
            campaign={campaign.data}
            telephone={isTelephone}
            first={typed?.number ?? papers.data?.next ?? 1}
            onSaved={() => {
              papers.reload()
              setTyped(null)
            }}
          />
          {!isTelephone && papers.data && (
            <Waiting
              papers={papers.data}
              onType={(number) => setTyped({ number, turn: (typed?.turn ?? 0) + 1 })}
              onSettle={setSettled}
            />
          )}
        </div>
      )}
      <Dialog
        opened={settled !== null}
        onClose={() => setSettled(null)}
        title={settled === null ? '' : text.paper.settleTitle(settled)}
        size="lg"
      >
        {settled !== null && campaign.data && (
          <Settle
            key={settled}
            campaign={campaign.data}
            number={settled}
            onDone={() => {
              setSettled(null)
              papers.reload()
            }}
          />
        )}
      </Dialog>
    </>
  )
}

function Ballot({
  campaign,
  telephone,
  first,
  onSaved,
}: {
  campaign: CampaignReply
  telephone: boolean
  first: number
  onSaved: () => void
}) {
  const text = useWebText().paper
  const today = dayOf(serverNow())
  const [number, setNumber] = useState(first)
  const [month, setMonth] = useState(writeMonth(today.slice(0, 7)))
  const [unit, setUnit] = useState<string | null>(null)
  const [field, setField] = useState<string | null>(null)
  const [answers, setAnswers] = useState<Answers>({})
  const [at, setAt] = useState(0)
  const list = useRef<HTMLOListElement>(null)
  const asked = campaign.definition.questions.filter((question) => isAsked(question, answers))
  const paper = useCommand<PaperOutcome, Omit<PaperEntry, 'commandId'>>(`${apiPath(campaign)}/papers`, {
    forget: ['/api/surveys'],
    onDone: (outcome) => {
      const { state, number: done, differences } = outcome
      if (state === 'once') announce(text.savedOnce(done))
      if (state === 'settled') announce(text.savedTwice(done))
      if (state === 'differs') announce(text.savedDiffers(done, differences.length))
      clear()
      setNumber(done + 1)
      onSaved()
    },
  })
  const telephoned = useCommand<unknown, { answers: Answers }>(`${apiPath(campaign)}/telephone`, {
    forget: ['/api/surveys'],
    onDone: () => {
      announce(text.savedTelephone)
      clear()
    },
  })
  const clear = () => {
    setAnswers({})
    focus(0)
  }
  const focus = (next: number) => {
    setAt(next)
    list.current?.querySelector<HTMLElement>(`[data-at="${next}"]`)?.focus()
  }
  const readableMonth = readMonth(month)
  const save = () => {
    if (telephone) return void telephoned.run({ answers })
    if (readableMonth === undefined) return
    void paper.run({
      number,
      month: readableMonth,
      answers,
      unitId: unit === null ? null : Number(unit),
      field,
    })
  }
  const set = (question: Question, answer: Answer | undefined) => setAnswers(withAnswer(answers, question.key, answer))
  const onKeyDown = (event: KeyboardEvent, question: Question, index: number) => {
    if (event.target instanceof HTMLTextAreaElement) {
      if (event.key === 'Enter' && event.ctrlKey) save()
      return
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      return save()
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      return focus(Math.max(0, Math.min(asked.length - 1, index + (event.key === 'ArrowDown' ? 1 : -1))))
    }
    const done = answerByKey(question, answers[question.key], event.key)
    if (!done) return
    event.preventDefault()
    set(question, done.answer)
    // On the last question the keys stay; several answers need more than one key.
    if (question.kind !== 'several' || done.answer === undefined) focus(Math.min(asked.length - 1, index + 1))
  }
  const busy = paper.busy || telephoned.busy
  return (
    <section aria-label={telephone ? text.telephoneTitle : text.number}>
      {!telephone && (
        <div className="sv-quota">
          <NumberInput
            label={text.number}
            value={number}
            onChange={(value) => setNumber(Number(value) || 1)}
            min={1}
            max={99_999}
            hideControls
            w="7rem"
          />
          <TextField label={text.month} hint={text.monthHint} value={month} onChange={setMonth} width="9rem" />
          {campaign.units.length > 0 && (
            <Choice
              label={text.unit}
              value={unit}
              onChange={setUnit}
              options={campaign.units.map((each) => ({ value: String(each.unitId), label: each.name }))}
            />
          )}
          <Choice
            label={text.field}
            value={field}
            onChange={setField}
            options={campaign.fields.map(({ key, name }) => ({ value: key, label: name }))}
          />
        </div>
      )}
      <ol className="sv-typing" ref={list}>
        {asked.map((question, index) => (
          <TypedQuestion
            key={question.key}
            question={question}
            index={index}
            current={index === at}
            given={answers[question.key]}
            onFocus={() => setAt(index)}
            onKeyDown={(event) => onKeyDown(event, question, index)}
            onSet={(answer) => set(question, answer)}
          />
        ))}
      </ol>
      <ProblemAlert problem={paper.problem ?? telephoned.problem} keeps />
      <div className="k-actions sv-send">
        <Button onClick={save} loading={busy} disabled={!telephone && readableMonth === undefined}>
          {text.save}
        </Button>
      </div>
    </section>
  )
}

function TypedQuestion({
  question,
  index,
  current,
  given,
  onFocus,
  onKeyDown,
  onSet,
}: {
  question: Question
  index: number
  current: boolean
  given: Answer | undefined
  onFocus: () => void
  onKeyDown: (event: KeyboardEvent) => void
  onSet: (answer: Answer | undefined) => void
}) {
  const text = useWebText().paper
  const say = useSay()
  const isChosen = (key: string) => (Array.isArray(given) ? given.includes(key) : given === key)
  const label = `${index + 1}. ${say(question.text)}`
  if (question.kind === 'text')
    return (
      <li data-current={current ? '' : undefined}>
        <Textarea
          label={label}
          data-at={index}
          value={typeof given === 'string' ? given : ''}
          maxLength={1000}
          rows={2}
          onFocus={onFocus}
          onKeyDown={onKeyDown}
          onChange={(event) => onSet(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
        />
      </li>
    )
  const options = optionsOf(question)
  // One stop for Tab a question: the answer that stands, else the first.
  const stop = given === undefined ? options.length : options.findIndex(({ key }) => isChosen(key))
  const button = (place: number) => ({
    type: 'button' as const,
    tabIndex: place === stop ? 0 : -1,
    ...(place === stop ? { 'data-at': index } : {}),
    onFocus,
    onKeyDown,
  })
  return (
    <li data-current={current ? '' : undefined}>
      <div role="group" aria-label={label}>
        <p className="sv-typing-text">{label}</p>
        <div className="sv-typing-options">
          {options.map((option, place) => (
            <button
              key={option.key}
              {...button(place)}
              aria-pressed={isChosen(option.key)}
              data-chosen={isChosen(option.key) ? '' : undefined}
              onClick={() => onSet(answerByKey(question, given, String(place + 1))?.answer)}
            >
              <kbd>{place + 1}</kbd> {say(option.text)}
            </button>
          ))}
          <button
            {...button(options.length)}
            aria-pressed={given === undefined}
            data-chosen={given === undefined ? '' : undefined}
            data-blank=""
            onClick={() => onSet(undefined)}
          >
            <kbd>0</kbd> {text.blank}
          </button>
        </div>
      </div>
    </li>
  )
}

function Waiting({
  papers,
  onType,
  onSettle,
}: {
  papers: PapersReply
  onType: (number: number) => void
  onSettle: (number: number) => void
}) {
  const text = useWebText().paper
  const format = useFormat()
  const differs = papers.items.filter(({ state }) => state === 'differs')
  const once = papers.items.filter(({ state }) => state === 'once')
  return (
    <Section title={text.waiting}>
      <p className="k-note">{text.settledCount(format.number(papers.settled))}</p>
      {papers.items.length === 0 && <p className="k-dimmed">{text.nothingWaits}</p>}
      {differs.length > 0 && (
        <>
          <h3 className="sv-small-head">{text.differs}</h3>
          <ul className="sv-kiosks">
            {differs.map(({ number }) => (
              <li key={number}>
                <span>{number}</span>
                <Button size="compact-sm" variant="default" onClick={() => onSettle(number)}>
                  {text.settle}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      {once.length > 0 && (
        <>
          <h3 className="sv-small-head">{text.once}</h3>
          <ul className="sv-kiosks">
            {once.map(({ number, mine }) => (
              <li key={number}>
                <span>{number}</span>
                {mine ? (
                  <span className="k-dimmed">{text.mine}</span>
                ) : (
                  <Button size="compact-sm" variant="default" onClick={() => onType(number)}>
                    {text.type}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}

type Differing = {
  number: number
  first: Answers
  differences: { question: string; first: Answer | null; second: Answer | null }[]
}

function Settle({ campaign, number, onDone }: { campaign: CampaignReply; number: number; onDone: () => void }) {
  const text = useWebText().paper
  const say = useSay()
  const [command] = useState(newCommandId)
  const answer = useApi<Differing>(`${apiPath(campaign)}/papers/${number}?v=${command}`)
  const [chosen, setChosen] = useState<Record<string, 'first' | 'second'>>({})
  const save = useCommand<PaperOutcome, { answers: Answers }>(`${apiPath(campaign)}/papers/${number}/settle`, {
    forget: ['/api/surveys'],
    onDone: () => {
      announce(text.savedTwice(number))
      onDone()
    },
  })
  const { data } = answer
  const written = (question: Question, given: Answer | null): string => {
    if (given === null) return text.blank
    if (question.kind === 'text') return String(given)
    const keys = Array.isArray(given) ? given : [given]
    return optionsOf(question)
      .filter(({ key }) => keys.includes(key))
      .map((option) => say(option.text))
      .join('; ')
  }
  const send = () => {
    if (!data) return
    let answers = data.first
    for (const { question, first, second } of data.differences)
      answers = withAnswer(answers, question, (chosen[question] === 'second' ? second : first) ?? undefined)
    void save.run({ answers })
  }
  return (
    <>
      <p className="k-note">{text.settleHint}</p>
      <ProblemAlert problem={answer.problem} onRetry={answer.reload} />
      {data?.differences.map(({ question: key, first, second }) => {
        const question = campaign.definition.questions.find((each) => each.key === key)
        if (!question) return null
        return (
          <Radio.Group
            key={key}
            label={say(question.text)}
            value={chosen[key] ?? ''}
            onChange={(value) => setChosen({ ...chosen, [key]: value === 'second' ? 'second' : 'first' })}
          >
            <div className="sv-lines">
              <Radio value="first" label={`${text.first}: ${written(question, first)}`} />
              <Radio value="second" label={`${text.second}: ${written(question, second)}`} />
            </div>
          </Radio.Group>
        )
      })}
      <ProblemAlert problem={save.problem} keeps />
      <div className="k-dialog-actions">
        <Button
          onClick={send}
          loading={save.busy}
          disabled={!data || data.differences.some(({ question }) => !chosen[question])}
        >
          {text.settleSave}
        </Button>
      </div>
    </>
  )
}
