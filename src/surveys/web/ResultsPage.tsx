import './surveys.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import {
  Choice,
  EmptyState,
  Icon,
  PageHeader,
  ProblemAlert,
  Section,
  SideSheet,
  Toolbar,
  useApi,
  useFilters,
  useFormat,
  useParameter,
  withQuery,
} from '../../platform/web/index.ts'
import type { CampaignReply, OpenedReply, QuestionResult, Results, ResultsReply } from '../contract.ts'
import { apiPath } from './campaign-view.ts'
import { differenceOf, findingOf, readGroup } from './results-view.ts'
import { useSay, useWebText } from './use-words.ts'

type Opened = { question: string; option?: string; blank?: boolean; label: string }

/** What people said, with both percentages; each number opens the answers behind it. */
export function ResultsPage() {
  const text = useWebText()
  const format = useFormat()
  const place = { agencyId: useParameter('agencyId'), campaignId: useParameter('campaignId') }
  const [filters, setFilters] = useFilters({ nhom: '' })
  const [opened, setOpened] = useState<Opened | null>(null)
  const campaign = useApi<CampaignReply>(apiPath(place))
  const group = readGroup(filters.nhom)
  const answer = useApi<ResultsReply>(withQuery(`${apiPath(place)}/results`, group ?? {}))
  const reply = answer.data
  const results = reply?.results
  const options = [
    { value: '', label: text.results.whole },
    ...(reply?.groups ?? []).flatMap(({ by, items }) =>
      items.map((item) => ({
        value: `${by}:${item.key}`,
        label: item.name,
        note:
          item.ballots === null
            ? `${text.results.by[by]} · ${text.results.fewer(reply?.least ?? 5)}`
            : `${text.results.by[by]} · ${text.results.ballots(format.number(item.ballots))}`,
        disabled: item.ballots === null,
      })),
    ),
  ]
  return (
    <>
      <PageHeader
        title={text.results.title}
        back={{
          to: `/khao-sat/${place.agencyId}/${place.campaignId}`,
          label: campaign.data?.name ?? text.backToCampaign,
        }}
        note={reply && text.results.note(reply.least)}
        actions={
          <>
            <Button
              component="a"
              href={`${apiPath(place)}/results.xlsx`}
              variant="default"
              leftSection={<Icon name="download" />}
            >
              {text.results.excel}
            </Button>
            <Button
              component="a"
              href={`${apiPath(place)}/results.pdf`}
              target="_blank"
              variant="default"
              leftSection={<Icon name="print" />}
            >
              {text.results.pdf}
            </Button>
          </>
        }
      />
      <ProblemAlert problem={answer.problem} onRetry={answer.reload} />
      {reply && reply.groups.length > 0 && (
        <Toolbar label={text.results.group}>
          <Choice
            label={text.results.group}
            value={filters.nhom}
            options={options}
            width="24rem"
            onChange={(value) => setFilters({ nhom: value ?? '' })}
          />
        </Toolbar>
      )}
      {reply?.source === 'totals' && <p className="k-note">{text.results.totalsNote}</p>}
      {reply && !results && (
        <EmptyState
          title={reply.tooFew ? text.results.tooFewTitle(reply.least) : text.results.noneTitle}
          hint={reply.tooFew ? text.results.tooFewHint : text.results.noneHint(reply.inUrn)}
        />
      )}
      {results && (
        <>
          <Summary results={results} before={group ? null : reply.before} />
          {results.factors.length > 0 && <Factors results={results} before={group ? null : reply.before} />}
          <Section title={text.results.questions}>
            <div className="sv-questions">
              {results.questions
                .filter(({ kind }) => kind !== 'text')
                .map((question, index) => (
                  <Question
                    key={question.key}
                    number={index + 1}
                    question={question}
                    least={reply.least}
                    onOpen={reply.source === 'totals' ? null : setOpened}
                  />
                ))}
            </div>
          </Section>
          {!group && <Groups reply={reply} onChoose={(value) => setFilters({ nhom: value })} />}
          {!group && reply.source === 'ballots' && campaign.data && <Remarks reply={reply} campaign={campaign.data} />}
        </>
      )}
      <SideSheet
        opened={opened !== null}
        onClose={() => setOpened(null)}
        title={opened ? text.results.openedTitle(opened.label) : ''}
      >
        {opened && campaign.data && (
          <OpenedBallots
            path={withQuery(`${apiPath(place)}/opened`, {
              question: opened.question,
              option: opened.option,
              blank: opened.blank ? 'true' : undefined,
              ...group,
            })}
            campaign={campaign.data}
            part={group !== null}
          />
        )}
      </SideSheet>
    </>
  )
}

function Summary({ results, before }: { results: Results; before: ResultsReply['before'] }) {
  const text = useWebText().results
  const format = useFormat()
  const than = (now: number | null, then: number | null | undefined): string | null => {
    const difference = differenceOf(now, then ?? null)
    if (difference === null || !before) return null
    const value = format.number(Math.abs(difference))
    const words = { up: text.up(value), down: text.down(value), same: text.same }
    let key: keyof typeof words = 'same'
    if (difference !== 0) key = difference > 0 ? 'up' : 'down'
    return `${words[key]} ${text.than(before.name)}`
  }
  return (
    <dl className="sv-summary">
      <div>
        <dt>{text.count}</dt>
        <dd>{format.number(results.ballots)}</dd>
      </div>
      {results.overall && results.overall.satisfied !== null && (
        <div>
          <dt>{text.overall}</dt>
          <dd>{format.percent(results.overall.satisfied, 2)}</dd>
          <dd className="k-dimmed">
            {text.ofBallots(format.number(results.overall.positive), format.number(results.overall.valid))}
          </dd>
          {than(results.overall.satisfied, before?.results.overall?.satisfied) && (
            <dd className="k-dimmed">{than(results.overall.satisfied, before?.results.overall?.satisfied)}</dd>
          )}
        </div>
      )}
      {results.index !== null && (
        <div>
          <dt>{text.index}</dt>
          <dd>{format.percent(results.index, 2)}</dd>
          <dd className="k-dimmed">
            {text.ofAnswers(format.number(results.indexPositive), format.number(results.indexValid))}
          </dd>
          {than(results.index, before?.results.index) && (
            <dd className="k-dimmed">{than(results.index, before?.results.index)}</dd>
          )}
        </div>
      )}
    </dl>
  )
}

function Factors({ results, before }: { results: Results; before: ResultsReply['before'] }) {
  const text = useWebText().results
  const format = useFormat()
  const say = useSay()
  const ordered = results.factors.toSorted((one, other) => (other.satisfied ?? 0) - (one.satisfied ?? 0))
  const [best] = ordered
  const worst = ordered.at(-1)
  return (
    <Section title={text.factors}>
      {best && worst && best.key !== worst.key && (
        <p className="sv-finding">{text.factorFinding(say(best.name), say(worst.name))}</p>
      )}
      <ul className="sv-bars" aria-label={text.factors}>
        {results.factors.map((factor) => {
          const then = before?.results.factors.find(({ key }) => key === factor.key)
          return (
            <li key={factor.key}>
              <span>{say(factor.name)}</span>
              <span className="sv-track" aria-hidden="true">
                <span style={{ width: `${factor.satisfied ?? 0}%` }} data-positive="" />
              </span>
              <span className="sv-value">
                <strong>{format.percent(factor.satisfied ?? 0, 2)}</strong>
                {factor.mean !== null && <span className="k-dimmed"> · {text.mean(format.number(factor.mean))}</span>}
                {then && then.satisfied !== null && (
                  <span className="k-dimmed">
                    {' '}
                    · {text.before} {format.percent(then.satisfied, 2)}
                  </span>
                )}
              </span>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

function Question({
  number,
  question,
  least,
  onOpen,
}: {
  number: number
  question: QuestionResult
  least: number
  onOpen: ((opened: Opened) => void) | null
}) {
  const text = useWebText().results
  const format = useFormat()
  const say = useSay()
  const finding = findingOf(question)
  const percent = (value: number | null) => (value === null ? '–' : format.percent(value, 2))
  const count = (value: number, opened: Opened) =>
    onOpen && value > 0 ? (
      <button type="button" className="sv-number" onClick={() => onOpen(opened)}>
        {format.number(value)}
      </button>
    ) : (
      format.number(value)
    )
  return (
    <article className="sv-question-result">
      <h3>
        {number}. {say(question.text)}
      </h3>
      {question.hidden ? (
        <p className="k-note">{text.hidden(least)}</p>
      ) : (
        <>
          <p className="k-note">
            {finding && <strong>{text.finding(say(finding.text), percent(finding.ofValid))}</strong>}
            {question.satisfied !== null && ` · ${text.satisfied(percent(question.satisfied))}`}
            {question.mean !== null && ` · ${text.mean(format.number(question.mean))}`}
            {` · ${text.asked(format.number(question.asked), format.number(question.valid))}`}
            {question.personal && ` · ${text.personal}`}
          </p>
          <table className="sv-table">
            <thead>
              <tr>
                <th scope="col">{text.option}</th>
                <th scope="col" className="sv-bar-head">
                  <span className="sv-said">{text.ofAll}</span>
                </th>
                <th scope="col" data-number="">
                  {text.count}
                </th>
                <th scope="col" data-number="">
                  {text.ofAll}
                </th>
                <th scope="col" data-number="">
                  {text.ofValid}
                </th>
              </tr>
            </thead>
            <tbody>
              {question.options.map((option) => (
                <tr key={option.key}>
                  <th scope="row">{say(option.text)}</th>
                  <td className="sv-bar-cell" aria-hidden="true">
                    <span className="sv-track">
                      <span
                        style={{ width: `${option.ofAll ?? 0}%` }}
                        data-positive={option.positive ? '' : undefined}
                      />
                    </span>
                  </td>
                  <td data-number="">
                    {count(option.count, { question: question.key, option: option.key, label: say(option.text) })}
                  </td>
                  <td data-number="">{percent(option.ofAll)}</td>
                  <td data-number="">{percent(option.ofValid)}</td>
                </tr>
              ))}
              {question.blank > 0 && (
                <tr className="sv-blank">
                  <th scope="row">{text.blank}</th>
                  <td className="sv-bar-cell" aria-hidden="true">
                    <span className="sv-track">
                      <span style={{ width: `${question.blankOfAll ?? 0}%` }} data-blank="" />
                    </span>
                  </td>
                  <td data-number="">
                    {question.personal
                      ? format.number(question.blank)
                      : count(question.blank, { question: question.key, blank: true, label: text.blank })}
                  </td>
                  <td data-number="">{percent(question.blankOfAll)}</td>
                  <td data-number="">–</td>
                </tr>
              )}
            </tbody>
          </table>
        </>
      )}
    </article>
  )
}

function Groups({ reply, onChoose }: { reply: ResultsReply; onChoose: (value: string) => void }) {
  const text = useWebText().results
  const format = useFormat()
  const percent = (value: number | null) => (value === null ? '–' : format.percent(value, 2))
  if (reply.groups.length === 0) return null
  return (
    <Section title={text.groups}>
      {reply.groups.map(({ by, items }) => (
        <table key={by} className="sv-table" aria-label={text.by[by]}>
          <thead>
            <tr>
              <th scope="col">{text.by[by]}</th>
              <th scope="col" data-number="">
                {text.groupHeads.ballots}
              </th>
              <th scope="col" data-number="">
                {text.groupHeads.index}
              </th>
              <th scope="col" data-number="">
                {text.groupHeads.overall}
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.key}>
                <th scope="row">
                  {item.ballots === null ? (
                    item.name
                  ) : (
                    <button type="button" className="sv-number" onClick={() => onChoose(`${by}:${item.key}`)}>
                      {item.name}
                    </button>
                  )}
                </th>
                <td data-number="">
                  {item.ballots === null ? (
                    <span className="k-dimmed">{text.fewer(reply.least)}</span>
                  ) : (
                    format.number(item.ballots)
                  )}
                </td>
                <td data-number="">{percent(item.index)}</td>
                <td data-number="">{percent(item.overall)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </Section>
  )
}

const FIRST = 10

function Remarks({ reply, campaign }: { reply: ResultsReply; campaign: CampaignReply }) {
  const text = useWebText().results
  const say = useSay()
  const [all, setAll] = useState(false)
  if (!campaign.definition.questions.some(({ kind }) => kind === 'text')) return null
  return (
    <Section title={text.remarks}>
      <p className="k-note">{reply.remarks.length === 0 ? text.noRemarks : text.remarksNote}</p>
      {reply.remarks.map(({ question, words }) => {
        const asked = campaign.definition.questions.find(({ key }) => key === question)
        return (
          <div key={question}>
            {reply.remarks.length > 1 && asked && <h3 className="sv-small-head">{say(asked.text)}</h3>}
            <ul className="sv-remarks">
              {words.slice(0, all ? words.length : FIRST).map((each, index) => (
                // Two people may say the same.
                <li key={`${String(index)}-${each.slice(0, 20)}`}>{each}</li>
              ))}
            </ul>
            {!all && words.length > FIRST && (
              <Button variant="subtle" onClick={() => setAll(true)}>
                {text.more(words.length - FIRST)}
              </Button>
            )}
          </div>
        )
      })}
    </Section>
  )
}

function OpenedBallots({ path, campaign, part }: { path: string; campaign: CampaignReply; part: boolean }) {
  const text = useWebText().results
  const format = useFormat()
  const say = useSay()
  const answer = useApi<OpenedReply>(path)
  const reply = answer.data
  const words = new Map(campaign.definition.questions.map(({ key, text: asked }) => [key, asked]))
  return (
    <>
      <ProblemAlert problem={answer.problem} onRetry={answer.reload} />
      {reply && (
        <>
          <p>{say(reply.question)}</p>
          <p className="k-note">
            {text.openedCount(format.number(reply.count))}{' '}
            {reply.count > reply.ballots.length && text.openedFirst(reply.ballots.length)} {part && text.openedPart}
          </p>
          <ol className="sv-ballots">
            {reply.ballots.map((ballot, index) => (
              // Ballots have no names, on purpose.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={index}>
                <h3>{text.ballot(index + 1)}</h3>
                <dl>
                  {ballot.map(({ question, answers }) => {
                    const asked = words.get(question)
                    return (
                      <div key={question}>
                        <dt>{asked && say(asked)}</dt>
                        <dd>{answers.length === 0 ? <em>{text.blank}</em> : answers.map(say).join('; ')}</dd>
                      </div>
                    )
                  })}
                </dl>
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  )
}
