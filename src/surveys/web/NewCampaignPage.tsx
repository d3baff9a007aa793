import './surveys.css'
import { Button } from '@mantine/core'
import { dayOf } from '../../platform/day.ts'
import {
  announce,
  Choice,
  Fields,
  type Option,
  PageHeader,
  ProblemAlert,
  Section,
  serverNow,
  useApi,
  useCommand,
  useDraft,
  useGo,
  useMe,
} from '../../platform/web/index.ts'
import type { CampaignEntry, CampaignKind, CampaignsReply, QuestionnairesReply } from '../contract.ts'
import { CampaignFields } from './CampaignFields.tsx'
import { campaignPath, newForm, planOf } from './campaign-view.ts'
import { useSurveyText, useWebText } from './use-words.ts'

/** A new campaign, from a template or an own questionnaire. */
export function NewCampaignPage() {
  const text = useWebText()
  const words = useSurveyText()
  const me = useMe()
  const go = useGo()
  const [form, setForm, draft] = useDraft('survey-campaign', newForm(dayOf(serverNow())))
  const change = (part: Partial<typeof form>) => setForm({ ...form, ...part })
  const list = useApi<CampaignsReply>('/api/surveys/campaigns')
  const questionnaires = useApi<QuestionnairesReply>('/api/surveys/questionnaires')
  const fields = useApi<{ key: string; name: string }[]>('/api/procedure-fields')
  const agencies = list.data?.agencies ?? []
  const agencyId = agencies.find((agency) => agency.agencyId === me.agency.agencyId)?.agencyId ?? agencies[0]?.agencyId
  const create = useCommand<{ campaignId: string }, Omit<CampaignEntry, 'commandId'>>('/api/surveys/campaigns', {
    forget: ['/api/surveys'],
    onDone: ({ campaignId }) => {
      draft.clear()
      announce(text.form.created)
      if (agencyId) void go(campaignPath({ agencyId, campaignId }))
    },
  })
  const choices: Option[] = [
    ...(questionnaires.data?.templates ?? []).map(({ key }) => ({
      value: `template:${key}`,
      label: text.form.template(words.templates[key] ?? key),
    })),
    ...(questionnaires.data?.items ?? [])
      .filter((item) => item.agencyId === agencyId)
      .map(({ questionnaireId, title, version }) => ({
        value: questionnaireId,
        label: title,
        note: text.editor.version(version),
      })),
  ]
  const plan = planOf(form)
  const asked = {
    own: agencyId === undefined ? [] : [agencyId],
    below: agencies.map((agency) => agency.agencyId),
    some: form.agencies,
  }[form.reach]
  const ready = form.name.trim() !== '' && form.firstDay && form.lastDay && plan && asked.length > 0
  const send = () => {
    if (!ready || !plan || !form.firstDay || !form.lastDay || agencyId === undefined) return
    void create.run({
      agencyId,
      name: form.name.trim(),
      kind: form.kind,
      firstDay: form.firstDay,
      lastDay: form.lastDay,
      agencies: asked,
      channels: form.kind === 'totals' ? [] : form.channels,
      plan,
      ...(form.questionnaire.startsWith('template:')
        ? { template: form.questionnaire.slice('template:'.length) }
        : { questionnaireId: form.questionnaire }),
    })
  }
  return (
    <>
      <PageHeader title={text.newTitle} back={{ to: '/khao-sat', label: text.back }} />
      <ProblemAlert problem={list.problem ?? questionnaires.problem} onRetry={list.reload} />
      <Section title={text.form.questionnaire}>
        <Fields columns={2}>
          <Choice
            label={text.form.questionnaire}
            required
            value={form.questionnaire}
            options={choices}
            onChange={(value) =>
              value &&
              change({
                questionnaire: value,
                ...(value === 'template:rating'
                  ? { kind: 'rating', channels: ['token', 'kiosk'], restMonths: '0' }
                  : {}),
              })
            }
          />
          <Choice
            label={text.form.kind}
            required
            value={form.kind}
            options={Object.entries(words.kinds).map(([value, label]) => ({ value, label }))}
            onChange={(value) => value && change({ kind: value as CampaignKind })}
          />
        </Fields>
      </Section>
      <CampaignFields
        form={form}
        onChange={change}
        agencies={agencies}
        fields={(fields.data ?? []).map(({ key, name }) => ({ value: key, label: name }))}
        units={[]}
      />
      <ProblemAlert problem={create.problem} keeps />
      <div className="k-actions sv-send">
        <Button onClick={send} disabled={!ready} loading={create.busy}>
          {text.form.create}
        </Button>
      </div>
    </>
  )
}
