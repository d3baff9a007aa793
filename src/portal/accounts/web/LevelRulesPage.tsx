import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import {
  announce,
  Choice,
  type Column,
  DataTable,
  EmptyState,
  Fields,
  PageHeader,
  ProblemAlert,
  Section,
  TextField,
  useApi,
  useCommand,
  useMe,
  useText,
  withQuery,
} from '../../../platform/web/index.ts'
import type { LevelRules } from '../contract.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

type Rule = LevelRules['rules'][number]

/** At what level people must sign in to file online: the authority's general rule, and those of single procedures. */
export function LevelRulesPage() {
  const text = useText({ vi, en }).levelRules
  const { posts } = useMe()
  const agencies = [...new Map(posts.map(({ agencyId, agencyName }) => [agencyId, agencyName]))].map(([id, label]) => ({
    value: String(id),
    label,
  }))
  const [agency, setAgency] = useState<string | null>(agencies[0]?.value ?? null)
  return (
    <>
      <PageHeader title={text.title} note={text.lead} />
      {agencies.length > 1 && (
        <Fields columns={2}>
          <Choice label={text.agency} required value={agency} onChange={setAgency} options={agencies} />
        </Fields>
      )}
      {agency && <Rules key={agency} agencyId={Number(agency)} />}
    </>
  )
}

function Rules({ agencyId }: { agencyId: number }) {
  const text = useText({ vi, en }).levelRules
  const { data, problem } = useApi<LevelRules>(withQuery('/api/portal/levels', { agencyId }))
  const save = useCommand('/api/portal/levels', {
    method: 'PUT',
    forget: ['/api/portal/levels'],
    onDone: () => announce(text.saved),
  })
  const [code, setCode] = useState('')
  const [level, setLevel] = useState<string | null>('substantial')
  const levels = Object.entries(text.names).map(([value, label]) => ({ value, label }))
  const add = async (event: FormEvent) => {
    event.preventDefault()
    if (!level || !code.trim()) return
    if ((await save.run({ agencyId, procedureCode: code.trim(), level })) !== undefined) setCode('')
  }
  const columns: Column<Rule>[] = [
    { key: 'code', head: text.procedure, main: true, width: '9rem', cell: (rule) => rule.procedureCode },
    { key: 'name', head: '', grow: true, wrap: true, cell: (rule) => rule.procedureName },
    { key: 'level', head: text.level, width: '16rem', cell: (rule) => text.names[rule.level] },
    {
      key: 'remove',
      head: '',
      width: '6rem',
      cell: (rule) => (
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={`${text.remove} ${rule.procedureCode}`}
          onClick={() => void save.run({ agencyId, procedureCode: rule.procedureCode, level: null })}
        >
          {text.remove}
        </Button>
      ),
    },
  ]
  return (
    <>
      <ProblemAlert problem={problem ?? save.problem} />
      <Fields columns={2}>
        <Choice
          label={text.general}
          required
          value={data?.general ?? null}
          onChange={(next) => next && void save.run({ agencyId, procedureCode: '*', level: next })}
          options={levels}
        />
      </Fields>
      <Section title={text.add}>
        <form onSubmit={(event) => void add(event)}>
          <Fields columns={2}>
            <TextField label={text.procedure} required maxLength={40} value={code} onChange={setCode} />
            <Choice label={text.level} required value={level} onChange={setLevel} options={levels} />
          </Fields>
          <div className="k-dialog-actions">
            <Button type="submit" loading={save.busy}>
              {text.add}
            </Button>
          </div>
        </form>
        <DataTable
          label={text.title}
          rows={data?.rules}
          columns={columns}
          rowKey={(rule) => rule.procedureCode}
          empty={<EmptyState title={text.empty} hint={text.emptyHint} />}
        />
      </Section>
    </>
  )
}
