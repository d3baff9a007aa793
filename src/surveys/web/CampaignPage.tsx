import './surveys.css'
import { Button, NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import {
  announce,
  Choice,
  Dialog,
  Facts,
  Fields,
  Icon,
  LinkButton,
  PageHeader,
  ProblemAlert,
  Section,
  StatusBadge,
  TextField,
  useApi,
  useCommand,
  useConfirm,
  useFormat,
  useMay,
  useParameter,
} from '../../platform/web/index.ts'
import type { CampaignEdit, CampaignReply } from '../contract.ts'
import { optionsOf } from '../rules/questionnaire.ts'
import { CampaignFields } from './CampaignFields.tsx'
import { apiPath, campaignPath, type CampaignForm, hasUninvited, planOf, toneOf } from './campaign-view.ts'
import { Preview } from './Preview.tsx'
import { useSay, useSurveyText, useWebText } from './use-words.ts'

/** One campaign: how far it is, how it is done, and what can be done now. */
export function CampaignPage() {
  const text = useWebText()
  const words = useSurveyText()
  const format = useFormat()
  const may = useMay()
  const say = useSay()
  const place = { agencyId: useParameter('agencyId'), campaignId: useParameter('campaignId') }
  const answer = useApi<CampaignReply>(apiPath(place), { every: 30_000 })
  const [edited, setEdited] = useState(false)
  const [turn, setTurn] = useState(0)
  const campaign = answer.data
  if (!campaign)
    return (
      <>
        <PageHeader title={text.backToCampaign} back={{ to: '/khao-sat', label: text.back }} />
        <ProblemAlert problem={answer.problem} onRetry={answer.reload} />
      </>
    )
  const { progress, plan } = campaign
  const here = campaignPath(campaign)
  const isTotals = campaign.kind === 'totals'
  return (
    <>
      <PageHeader
        title={campaign.name}
        back={{ to: '/khao-sat', label: text.back }}
        note={
          <>
            <StatusBadge tone={toneOf(campaign.state)}>{words.states[campaign.state]}</StatusBadge>{' '}
            {words.kinds[campaign.kind]} · {format.day(campaign.firstDay)} – {format.day(campaign.lastDay)} ·{' '}
            {campaign.agencyName}
          </>
        }
        actions={
          <>
            {campaign.mayManage && campaign.state !== 'closed' && (
              <Button
                variant="default"
                leftSection={<Icon name="edit" />}
                onClick={() => {
                  setTurn(turn + 1)
                  setEdited(true)
                }}
              >
                {text.campaign.edit}
              </Button>
            )}
            {campaign.mayEnter && campaign.channels.includes('telephone') && (
              <LinkButton to={`${here}/nhap-phieu?kenh=telephone`} variant="default">
                {text.campaign.telephone}
              </LinkButton>
            )}
            {campaign.mayEnter && campaign.channels.includes('paper') && (
              <LinkButton to={`${here}/nhap-phieu`} variant="default" leftSection={<Icon name="keyboard" />}>
                {text.campaign.paper}
              </LinkButton>
            )}
            {campaign.mayManage && !isTotals && <Steps campaign={campaign} />}
            {may('survey.read') && campaign.state !== 'draft' && (
              <LinkButton to={`${here}/ket-qua`} variant={campaign.state === 'closed' ? 'filled' : 'default'}>
                {text.campaign.results}
              </LinkButton>
            )}
          </>
        }
      />
      <ProblemAlert problem={answer.problem} onRetry={answer.reload} />
      {!may('survey.read') && campaign.state !== 'draft' && <p className="k-note">{text.campaign.resultsNotYours}</p>}
      {!isTotals && (
        <Section title={text.campaign.progress}>
          <Facts
            items={[
              {
                name: text.campaign.received,
                value: (
                  <Bar value={progress.received} of={campaign.target}>
                    {campaign.target > 0
                      ? text.list.ofTarget(format.number(progress.received), format.number(campaign.target))
                      : format.number(progress.received)}
                  </Bar>
                ),
              },
              ...(campaign.channels.includes('token')
                ? [
                    {
                      name: text.campaign.invited,
                      value: (
                        <>
                          {format.number(progress.invited)}{' '}
                          {hasUninvited(campaign) && <span className="k-dimmed">{text.list.uninvited}</span>}
                        </>
                      ),
                    },
                  ]
                : []),
              ...(progress.channels.length > 0
                ? [
                    {
                      name: text.campaign.byChannel,
                      value: progress.channels
                        .map(({ channel, count }) => `${words.channels[channel]}: ${format.number(count)}`)
                        .join('; '),
                    },
                  ]
                : []),
              {
                name: text.campaign.inUrn,
                value: (
                  <>
                    {format.number(progress.inUrn)}{' '}
                    <span className="k-dimmed">{text.campaign.inUrnHint(plan.least)}</span>
                  </>
                ),
              },
              ...(progress.papersOpen > 0
                ? [{ name: text.campaign.papersOpen, value: format.number(progress.papersOpen) }]
                : []),
            ]}
          />
          {campaign.quotas.length > 0 && <Quotas campaign={campaign} />}
        </Section>
      )}
      {isTotals && <Totals key={campaign.revision} campaign={campaign} />}
      <Section title={text.campaign.plan}>
        <Facts
          items={[
            {
              name: text.campaign.where,
              value:
                campaign.agencyNames
                  .slice(0, 12)
                  .map(({ name }) => name)
                  .join('; ') + (campaign.agencyNames.length > 12 ? `; … (${campaign.agencyNames.length})` : ''),
            },
            ...(isTotals
              ? []
              : [
                  {
                    name: text.campaign.channels,
                    value: campaign.channels.map((channel) => words.channels[channel]).join('; '),
                  },
                  { name: text.campaign.draw, value: text.campaign.drawn(plan.percent, plan.seed) },
                  { name: text.campaign.rest, value: text.campaign.months(plan.restMonths) },
                  { name: text.campaign.days, value: text.campaign.daysValue(plan.answerDays) },
                  { name: text.campaign.least, value: text.campaign.leastValue(plan.least) },
                ]),
          ]}
        />
      </Section>
      {campaign.linkPath && campaign.mayManage && <Link campaign={campaign} path={campaign.linkPath} />}
      {campaign.channels.includes('kiosk') && campaign.mayManage && <Kiosks campaign={campaign} />}
      <Section
        title={text.campaign.questions}
        actions={
          <Button
            variant="default"
            component="a"
            href={`${apiPath(campaign)}/ballot.pdf`}
            target="_blank"
            leftSection={<Icon name="print" />}
          >
            {text.campaign.ballot}
          </Button>
        }
      >
        <p className="k-note">{say(campaign.definition.title)}</p>
        <Preview questionnaire={campaign.definition} />
      </Section>
      <Dialog opened={edited} onClose={() => setEdited(false)} title={text.campaign.edit} size="xl">
        <Edit key={turn} campaign={campaign} onClose={() => setEdited(false)} />
      </Dialog>
    </>
  )
}

function Bar({ value, of, children }: { value: number; of: number; children: React.ReactNode }) {
  if (of <= 0) return children
  return (
    <span className="sv-progress">
      <span className="sv-progress-track" aria-hidden="true">
        <span style={{ width: `${Math.min(100, (100 * value) / of)}%` }} />
      </span>
      {children}
    </span>
  )
}

function Steps({ campaign }: { campaign: CampaignReply }) {
  const text = useWebText().campaign
  const confirm = useConfirm()
  const step = useCommand(`${apiPath(campaign)}/step`, { forget: ['/api/surveys'] })
  const ask = async (which: 'open' | 'close') => {
    const words =
      which === 'open'
        ? { question: text.openQuestion, consequence: text.openConsequence, action: text.open }
        : { question: text.closeQuestion, consequence: text.closeConsequence, action: text.close }
    if (!(await confirm(words))) return
    const done = await step.run({ step: which, revision: campaign.revision })
    if (done) announce(which === 'open' ? text.opened : text.closed)
  }
  return (
    <>
      {campaign.state === 'draft' && (
        <Button onClick={() => void ask('open')} loading={step.busy}>
          {text.open}
        </Button>
      )}
      {campaign.state === 'running' && (
        <Button variant="default" onClick={() => void ask('close')} loading={step.busy}>
          {text.close}
        </Button>
      )}
      <ProblemAlert problem={step.problem} />
    </>
  )
}

function Quotas({ campaign }: { campaign: CampaignReply }) {
  const text = useWebText().campaign
  const format = useFormat()
  return (
    <table className="sv-table" aria-label={text.quotas}>
      <thead>
        <tr>
          <th scope="col">{text.quotaHeads.group}</th>
          <th scope="col" data-number="">
            {text.quotaHeads.invited}
          </th>
          <th scope="col" data-number="">
            {text.quotaHeads.most}
          </th>
        </tr>
      </thead>
      <tbody>
        {campaign.quotas.map(({ by, key, name, invited, most }) => (
          <tr key={`${by}-${key}`}>
            <th scope="row">{name}</th>
            <td data-number="">
              <Bar value={invited} of={most}>
                {format.number(invited)}
              </Bar>
            </td>
            <td data-number="">{format.number(most)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Edit({ campaign, onClose }: { campaign: CampaignReply; onClose: () => void }) {
  const text = useWebText()
  const { plan } = campaign
  const [form, setForm] = useState<CampaignForm>({
    name: campaign.name,
    kind: campaign.kind,
    questionnaire: '',
    firstDay: campaign.firstDay,
    lastDay: campaign.lastDay,
    reach: 'some',
    agencies: campaign.agencies,
    channels: campaign.channels,
    percent: String(plan.percent),
    seed: plan.seed,
    restMonths: String(plan.restMonths),
    answerDays: String(plan.answerDays),
    least: String(plan.least),
    target: String(plan.target),
    quotas: plan.quotas,
  })
  const save = useCommand<unknown, Omit<CampaignEdit, 'commandId'>>(apiPath(campaign), {
    method: 'PUT',
    forget: ['/api/surveys'],
    onDone: () => {
      announce(text.form.saved)
      onClose()
    },
  })
  const next = planOf(form)
  const send = () => {
    if (!next || !form.firstDay || !form.lastDay) return
    const { name, firstDay, lastDay, agencies, channels } = form
    void save.run({ name, firstDay, lastDay, agencies, channels, plan: next, revision: campaign.revision })
  }
  const fields = campaign.fields.map(({ key, name }) => ({ value: key, label: name }))
  const units = campaign.units.map(({ unitId, name }) => ({ value: String(unitId), label: name }))
  return (
    <>
      <CampaignFields
        form={form}
        onChange={(part) => setForm({ ...form, ...part })}
        running={campaign.state === 'running'}
        agencies={campaign.agencyNames}
        fields={fields}
        units={units}
      />
      <ProblemAlert problem={save.problem} keeps />
      <div className="k-dialog-actions">
        <Button onClick={send} disabled={!next || form.name.trim() === ''} loading={save.busy}>
          {text.form.save}
        </Button>
      </div>
    </>
  )
}

function Link({ campaign, path }: { campaign: CampaignReply; path: string }) {
  const text = useWebText().campaign
  const address = `${location.origin}${path}`
  const copy = () => void navigator.clipboard.writeText(address).then(() => announce(text.copied))
  return (
    <Section
      title={text.link}
      actions={
        <Button
          variant="default"
          component="a"
          href={`${apiPath(campaign)}/link.pdf`}
          target="_blank"
          leftSection={<Icon name="print" />}
        >
          {text.poster}
        </Button>
      }
    >
      <div className="sv-address">
        <TextInput aria-label={text.link} readOnly value={address} onFocus={(event) => event.currentTarget.select()} />
        <Button variant="default" leftSection={<Icon name="copy" />} onClick={copy}>
          {text.copy}
        </Button>
      </div>
      <p className="k-note">{text.linkHint}</p>
    </Section>
  )
}

function Kiosks({ campaign }: { campaign: CampaignReply }) {
  const text = useWebText().campaign
  const format = useFormat()
  const confirm = useConfirm()
  const [name, setName] = useState('')
  const [unit, setUnit] = useState<string | null>(null)
  const open = useCommand<{ path: string }, { name: string; of: number; unitId: number | null }>(
    `${apiPath(campaign)}/kiosks`,
    { forget: ['/api/surveys'], onDone: () => setName('') },
  )
  const [shut, setShut] = useState('')
  const close = useCommand(`${apiPath(campaign)}/kiosks/${shut}`, { method: 'DELETE', forget: ['/api/surveys'] })
  const ask = async (kioskId: string) => {
    setShut(kioskId)
    if (await confirm({ question: text.shutQuestion, consequence: text.shutConsequence, action: text.shutKiosk }))
      await close.run({})
  }
  const [first] = campaign.agencies
  return (
    <Section title={text.kiosks}>
      {campaign.kiosks.length > 0 && (
        <ul className="sv-kiosks">
          {campaign.kiosks.map((kiosk) => (
            <li key={kiosk.kioskId}>
              <strong>{kiosk.name}</strong>{' '}
              <span className="k-dimmed">
                {kiosk.closedAt
                  ? text.kioskClosed(format.instant(kiosk.closedAt))
                  : text.kioskOpened(format.instant(kiosk.openedAt))}
              </span>
              {!kiosk.closedAt && (
                <Button size="compact-sm" variant="default" onClick={() => void ask(kiosk.kioskId)}>
                  {text.shutKiosk}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {open.reply && (
        <div className="sv-key" role="status">
          <p>{text.kioskKey}</p>
          <TextInput
            aria-label={text.kiosks}
            readOnly
            value={`${location.origin}${open.reply.path}`}
            onFocus={(event) => event.currentTarget.select()}
          />
        </div>
      )}
      {campaign.state !== 'closed' && first !== undefined && (
        <div className="sv-quota">
          <TextField label={text.kioskName} value={name} onChange={setName} maxLength={100} />
          {campaign.units.length > 0 && (
            <Choice
              label={text.kioskUnit}
              value={unit}
              onChange={setUnit}
              options={campaign.units.map((each) => ({ value: String(each.unitId), label: each.name }))}
            />
          )}
          <Button
            variant="default"
            leftSection={<Icon name="plus" />}
            disabled={name.trim() === ''}
            loading={open.busy}
            onClick={() => void open.run({ name, of: first, unitId: unit === null ? null : Number(unit) })}
          >
            {text.addKiosk}
          </Button>
        </div>
      )}
      <ProblemAlert problem={open.problem ?? close.problem} keeps />
    </Section>
  )
}

/** Published sums, question by question; what is missing to the number of ballots was left blank. */
function Totals({ campaign }: { campaign: CampaignReply }) {
  const text = useWebText().campaign
  const say = useSay()
  const given = campaign.totals
  const [ballots, setBallots] = useState(given?.ballots ?? 0)
  const [source, setSource] = useState(given?.source ?? '')
  const [counts, setCounts] = useState<Record<string, Record<string, number>>>(given?.counts ?? {})
  const save = useCommand(`${apiPath(campaign)}/totals`, {
    forget: ['/api/surveys'],
    onDone: () => announce(text.totalsSaved),
  })
  const questions = campaign.definition.questions.filter(({ kind }) => kind !== 'text')
  return (
    <Section title={text.totals}>
      <p className="k-note">{text.totalsHint}</p>
      <Fields columns={2}>
        <NumberInput
          label={text.totalsBallots}
          value={ballots}
          onChange={(value) => setBallots(Number(value) || 0)}
          min={0}
          hideControls
          readOnly={!campaign.mayManage}
        />
        <TextField label={text.totalsSource} hint={text.totalsSourceHint} value={source} onChange={setSource} />
      </Fields>
      {questions.map((question, index) => {
        const own = counts[question.key] ?? {}
        const sum = Object.values(own).reduce((all, count) => all + count, 0)
        return (
          <fieldset key={question.key} className="sv-totals">
            <legend>
              {index + 1}. {say(question.text)}
            </legend>
            {optionsOf(question).map((option) => (
              <NumberInput
                key={option.key}
                label={say(option.text)}
                value={own[option.key] ?? ''}
                min={0}
                hideControls
                readOnly={!campaign.mayManage}
                w="9rem"
                onChange={(value) =>
                  setCounts({ ...counts, [question.key]: { ...own, [option.key]: Number(value) || 0 } })
                }
              />
            ))}
            {question.kind !== 'several' && (
              <p className="k-note" data-wrong={sum > ballots ? '' : undefined}>
                {text.totalsBlank(ballots - sum)}
              </p>
            )}
          </fieldset>
        )
      })}
      <ProblemAlert problem={save.problem} keeps />
      {campaign.mayManage && (
        <Button
          onClick={() => void save.run({ ballots, counts, source })}
          disabled={ballots < 1 || source.trim() === ''}
          loading={save.busy}
        >
          {text.enterTotals}
        </Button>
      )}
    </Section>
  )
}
