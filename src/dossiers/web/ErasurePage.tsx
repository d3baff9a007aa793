import './dossiers.css'
import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import {
  announce,
  ApiProblem,
  api,
  Choice,
  type Column,
  DataTable,
  Fields,
  Icon,
  PageHeader,
  ProblemAlert,
  Section,
  TextField,
  useConfirm,
  worded,
} from '../../platform/web/index.ts'
import type { ErasurePreview, ErasureReply } from '../contract.ts'
import { StatusMark } from './StatusMark.tsx'
import { useAnswer } from './use-answer.ts'
import { useDossierText, wordOf } from './use-dossier-text.ts'
import { useOwnAgencies } from './use-own-agencies.ts'

type Item = ErasurePreview['items'][number]
type Question = { agencyId: number; identityNumber: string }

/** A person's data leave the dossiers that have ended; the number that the person gives finds them. */
export function ErasurePage() {
  const all = useDossierText()
  const text = all.erasure
  const confirm = useConfirm()
  const agencies = useOwnAgencies()
  const [agency, setAgency] = useState<string | null>(agencies[0]?.value ?? null)
  const [number, setNumber] = useState('')
  const [basis, setBasis] = useState('')
  const [asked, setAsked] = useState<Question | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const found = useAnswer<ErasurePreview>('/api/persons/erasure/preview', asked)
  const items = found.data?.items
  const count = items?.filter(({ ended }) => ended).length ?? 0
  const columns: Column<Item>[] = [
    { key: 'code', head: text.code, main: true, width: '11rem', cell: (row) => row.code },
    { key: 'procedure', head: text.procedure, grow: 3, wrap: true, cell: (row) => row.procedureName },
    {
      key: 'role',
      head: text.role,
      grow: 2,
      wrap: true,
      cell: (row) => row.roles.map((role) => wordOf(all.roles, role)).join(', '),
    },
    { key: 'status', head: text.status, grow: 2, wrap: true, cell: (row) => <StatusMark status={row.status} /> },
    {
      key: 'fate',
      head: text.fate,
      grow: 2,
      wrap: true,
      cell: (row) => (row.ended ? <strong>{text.willErase}</strong> : <span className="k-dimmed">{text.keeps}</span>),
    },
  ]
  const search = (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    if (agency && number.trim().length >= 6) setAsked({ agencyId: Number(agency), identityNumber: number.trim() })
  }
  const run = async () => {
    if (!asked) return
    const isSure = await confirm({ question: text.question(count), consequence: text.consequence, action: text.run })
    if (!isSure) return
    try {
      const done = await api.post<ErasureReply>('/api/persons/erasure', { ...asked, basis: basis.trim() })
      announce(text.done(done.erased, done.kept))
      setAsked(null)
      setNumber('')
      setBasis('')
      setProblem(null)
    } catch (fault) {
      if (!(fault instanceof ApiProblem)) throw fault
      setProblem(worded(fault, text.refusals))
    }
  }
  return (
    <>
      <PageHeader title={text.title} note={text.note} />
      <form onSubmit={search}>
        <Fields columns={2}>
          <Choice
            label={text.agency}
            required
            value={agency}
            onChange={(next) => {
              setAgency(next)
              setAsked(null)
            }}
            options={agencies}
          />
          <TextField
            label={text.number}
            hint={text.numberHint}
            required
            maxLength={30}
            value={number}
            onChange={(next) => {
              setNumber(next)
              setAsked(null)
            }}
          />
        </Fields>
        <div className="d-actions">
          <Button
            type="submit"
            variant="default"
            leftSection={<Icon name="lookup" />}
            disabled={number.trim().length < 6}
            loading={found.busy}
          >
            {text.find}
          </Button>
        </div>
      </form>
      <ProblemAlert problem={found.problem ?? problem} />
      {items && (
        <Section title={text.table}>
          <DataTable
            label={text.table}
            rows={items}
            columns={columns}
            rowKey={(row) => row.personId}
            empty={<p className="k-dimmed">{text.none}</p>}
          />
        </Section>
      )}
      {count > 0 && (
        <>
          <Fields>
            <TextField
              label={text.basis}
              hint={text.basisHint}
              required
              maxLength={300}
              value={basis}
              onChange={setBasis}
            />
          </Fields>
          <div className="d-actions">
            <Button leftSection={<Icon name="remove" />} disabled={basis.trim().length < 5} onClick={() => void run()}>
              {text.run}
            </Button>
          </div>
        </>
      )}
    </>
  )
}
