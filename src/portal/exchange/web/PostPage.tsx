import './exchange.css'
import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import {
  announce,
  Choice,
  EmptyState,
  Fields,
  PageHeader,
  ProblemAlert,
  Section,
  TextField,
  useApi,
  useCommand,
  useFilters,
} from '../../../platform/web/index.ts'
import type { PostSettings } from '../contract.ts'
import { useExchangeText } from './use-exchange-text.ts'

type Setting = PostSettings['settings'][number]

/** By which carrier, and in whose name, an agency sends results. */
export function PostPage() {
  const text = useExchangeText().post
  const { data, problem, reload } = useApi<PostSettings>('/api/exchange/post/settings')
  const [filters, setFilters] = useFilters({ agency: '' })
  const agency = data?.agencies.find(({ agencyId }) => String(agencyId) === filters.agency) ?? data?.agencies[0]
  const kept = data?.settings.find(({ agencyId }) => agencyId === agency?.agencyId)
  return (
    <>
      <PageHeader title={text.title} note={text.note} />
      <ProblemAlert problem={problem} onRetry={reload} />
      {data && data.agencies.length > 1 && (
        <div className="ex-chooser">
          <Choice
            label={text.agency}
            value={agency ? String(agency.agencyId) : null}
            onChange={(chosen) => setFilters({ agency: chosen ?? '' })}
            options={data.agencies.map(({ agencyId, name }) => ({ value: String(agencyId), label: name }))}
          />
        </div>
      )}
      {data && data.carriers.length === 0 && <EmptyState title={text.noCarriers} />}
      {data && agency && (
        <PostForm
          key={`${agency.agencyId} ${JSON.stringify(kept)}`}
          data={data}
          agency={agency}
          kept={kept}
          onSaved={reload}
        />
      )}
    </>
  )
}

function PostForm({
  data,
  agency,
  kept,
  onSaved,
}: {
  data: PostSettings
  agency: PostSettings['agencies'][number]
  kept: Setting | undefined
  onSaved: () => void
}) {
  const text = useExchangeText().post
  const [form, setForm] = useState<Setting>(
    kept ?? {
      agencyId: agency.agencyId,
      partnerId: null,
      senderName: agency.name,
      senderAddress: '',
      senderPhone: '',
      returnByItself: false,
    },
  )
  const command = useCommand('/api/exchange/post/settings', { method: 'PUT' })
  const change = (part: Partial<Setting>) => setForm({ ...form, ...part })
  const error = (field: string) => command.problem?.fieldError(`/${field}`)
  const save = async () => {
    if (!(await command.run({ ...form }))) return
    announce(text.saved)
    onSaved()
  }
  return (
    <Section title={agency.name}>
      <div className="ex-form">
        <Choice
          label={text.carrier}
          value={form.partnerId ?? ''}
          onChange={(partnerId) => change({ partnerId: partnerId || null })}
          options={[
            { value: '', label: text.noCarrier },
            ...data.carriers.map(({ partnerId, name }) => ({ value: partnerId, label: name })),
          ]}
        />
        <Fields columns={2}>
          <TextField
            label={text.senderName}
            value={form.senderName}
            onChange={(senderName) => change({ senderName })}
            error={error('senderName')}
          />
          <TextField
            label={text.senderPhone}
            value={form.senderPhone}
            onChange={(senderPhone) => change({ senderPhone })}
            error={error('senderPhone')}
          />
        </Fields>
        <TextField
          label={text.senderAddress}
          value={form.senderAddress}
          onChange={(senderAddress) => change({ senderAddress })}
          error={error('senderAddress')}
        />
        <Checkbox
          label={text.returnByItself}
          description={text.returnByItselfHint}
          checked={form.returnByItself}
          onChange={(event) => change({ returnByItself: event.currentTarget.checked })}
        />
        <ProblemAlert problem={command.problem} keeps />
        <div>
          <Button onClick={() => void save()} loading={command.busy}>
            {text.save}
          </Button>
        </div>
      </div>
    </Section>
  )
}
