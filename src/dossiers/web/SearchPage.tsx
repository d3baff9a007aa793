import './register.css'
import { Button, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { dayOf } from '../../platform/day.ts'
import {
  type Column,
  DataTable,
  EmptyState,
  Icon,
  LinkButton,
  PageHeader,
  ProblemAlert,
  Section,
  useDraft,
  useFormat,
  useMay,
} from '../../platform/web/index.ts'
import type { DossierItem } from '../contract.ts'
import { TimelinessMark } from './TimelinessMark.tsx'
import { searchTextOf } from './search-view.ts'
import { StatusMark } from './StatusMark.tsx'
import { useAnswer } from './use-answer.ts'
import { useDossierText } from './use-dossier-text.ts'

const limit = 50

/** One field for everything that people know of a dossier. What is looked for stands in no address: it may be a number of a person. */
export function SearchPage() {
  const text = useDossierText().search
  // Kept in this tab only, so that "back" from a dossier finds the list again.
  const [asked, setAsked] = useDraft('search', '')
  const [typed, setTyped] = useState(asked)
  const field = useRef<HTMLInputElement>(null)
  const answer = useAnswer<{ items: DossierItem[] }>(
    '/api/search',
    { q: asked, limit: asked === '' ? 15 : limit },
    { keep: true },
  )
  const may = useMay()
  const columns = useColumns()
  const find = () => {
    const words = searchTextOf(typed)
    setTyped(words)
    setAsked(words)
  }
  // A pause in typing is enough; Enter does not wait.
  useEffect(() => {
    if (typed.trim() === asked || typed.includes('|')) return undefined
    const timer = setTimeout(() => setAsked(typed.trim()), 350)
    return () => clearTimeout(timer)
  }, [typed, asked, setAsked])
  const items = answer.stale ? undefined : answer.data?.items
  const title = () => {
    if (asked === '') return text.recent
    return (items?.length ?? 0) >= limit ? text.many(limit) : text.results(items?.length ?? 0)
  }
  return (
    <>
      <PageHeader title={text.title} />
      <form
        role="search"
        className="search-line"
        onSubmit={(event) => {
          event.preventDefault()
          find()
        }}
      >
        <TextInput
          ref={field}
          autoFocus
          type="search"
          size="md"
          label={text.label}
          description={text.hint}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" size="md" leftSection={<Icon name="lookup" />}>
          {text.run}
        </Button>
      </form>
      <ProblemAlert problem={answer.problem} />
      {!answer.problem && (
        <Section title={items || asked === '' ? title() : text.searching}>
          <span className="search-said" role="status">
            {items ? title() : ''}
          </span>
          <DataTable
            label={title()}
            rows={items}
            columns={columns}
            rowKey={(item) => item.dossierId}
            rowTo={(item) => `/ho-so/${item.dossierId}`}
            empty={
              asked === '' ? (
                <EmptyState
                  title={text.none}
                  hint={text.noneHint}
                  action={may('dossier.receive') && <LinkButton to="/tiep-nhan">{text.takeIn}</LinkButton>}
                />
              ) : (
                <EmptyState title={text.nothing(asked)} hint={text.nothingHint} />
              )
            }
          />
        </Section>
      )}
    </>
  )
}

function useColumns(): Column<DossierItem>[] {
  const text = useDossierText().register
  const format = useFormat()
  return [
    { key: 'code', head: text.code, width: '11rem', main: true, cell: (item) => item.code },
    { key: 'applicant', head: text.applicant, grow: 2, wrap: true, cell: (item) => item.applicantName ?? text.erased },
    { key: 'procedure', head: text.procedure, grow: 3, wrap: true, cell: (item) => item.procedureName },
    {
      key: 'received',
      head: text.received,
      width: '6.5rem',
      cell: (item) => format.day(dayOf(item.receivedAt ?? item.lodgedAt)),
    },
    { key: 'due', head: text.due, width: '6.5rem', cell: (item) => item.dueAt && format.day(dayOf(item.dueAt)) },
    { key: 'state', head: text.state, cell: (item) => <StatusMark status={item.status} /> },
    {
      key: 'time',
      head: text.result,
      width: '7.5rem',
      cell: (item) => <TimelinessMark timeliness={item.timeliness} />,
    },
  ]
}
