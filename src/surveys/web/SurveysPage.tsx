import './surveys.css'
import {
  type Column,
  DataTable,
  EmptyState,
  Icon,
  LinkButton,
  PageHeader,
  PageLink,
  ProblemAlert,
  StatusBadge,
  useApi,
  useFormat,
  useMay,
} from '../../platform/web/index.ts'
import type { CampaignsReply, CampaignSummary } from '../contract.ts'
import { campaignPath, hasUninvited, toneOf } from './campaign-view.ts'
import { useSurveyText, useWebText } from './use-words.ts'

/** All surveys with their state and progress. */
export function SurveysPage() {
  const text = useWebText()
  const words = useSurveyText()
  const format = useFormat()
  const may = useMay()
  const answer = useApi<CampaignsReply>('/api/surveys/campaigns', { every: 30_000 })
  const rows = answer.data?.campaigns
  const several = new Set((rows ?? []).map(({ agencyId }) => agencyId)).size > 1
  const columns: Column<CampaignSummary>[] = [
    { key: 'name', head: text.list.name, cell: ({ name }) => name, main: true, grow: 3, wrap: true },
    {
      key: 'state',
      head: text.list.state,
      width: '9rem',
      cell: ({ state }) => <StatusBadge tone={toneOf(state)}>{words.states[state]}</StatusBadge>,
    },
    { key: 'kind', head: text.list.kind, width: '12rem', wideOnly: true, cell: ({ kind }) => words.kinds[kind] },
    {
      key: 'period',
      head: text.list.period,
      width: '13rem',
      cell: ({ firstDay, lastDay }) => `${format.day(firstDay)} – ${format.day(lastDay)}`,
    },
    ...(several
      ? [
          {
            key: 'agency',
            head: text.list.agency,
            cell: ({ agencyName }: CampaignSummary) => agencyName,
            grow: 2,
            wrap: true,
          },
        ]
      : []),
    {
      key: 'invited',
      head: text.list.invited,
      width: '6rem',
      align: 'right',
      wideOnly: true,
      cell: ({ progress, channels }) => (channels.includes('token') ? format.number(progress.invited) : '–'),
    },
    {
      key: 'ballots',
      head: text.list.ballots,
      width: '8rem',
      align: 'right',
      cell: ({ progress, target }) =>
        target > 0
          ? text.list.ofTarget(format.number(progress.received), format.number(target))
          : format.number(progress.received),
    },
  ]
  const rating = answer.data?.rating
  return (
    <>
      <PageHeader
        title={text.title}
        note={text.list.note}
        actions={
          may('survey.manage') && (
            <>
              <LinkButton to="/phieu-hoi-khao-sat" variant="default">
                {text.list.questionnaires}
              </LinkButton>
              <LinkButton to="/khao-sat/moi" leftSection={<Icon name="plus" />}>
                {text.list.add}
              </LinkButton>
            </>
          )
        }
      />
      {rating && rating.percent !== null && (
        <p className="sv-rating">
          {text.list.rating(
            format.percent(rating.percent, 2),
            format.number(rating.positive),
            format.number(rating.valid),
          )}{' '}
          <PageLink to={`${campaignPath(rating)}/ket-qua`}>{text.list.openRating}</PageLink>
        </p>
      )}
      <ProblemAlert problem={answer.problem} onRetry={answer.reload} />
      {!answer.problem && (
        <DataTable
          label={text.title}
          rows={rows}
          columns={columns}
          rowKey={({ campaignId }) => campaignId}
          rowTo={campaignPath}
          empty={<EmptyState title={text.list.emptyTitle} hint={text.list.emptyHint} />}
        />
      )}
      {rows?.some(hasUninvited) && <p className="k-note">{text.list.uninvited}</p>}
    </>
  )
}
