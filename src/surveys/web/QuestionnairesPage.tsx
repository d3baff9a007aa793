import './surveys.css'
import {
  type Column,
  DataTable,
  LinkButton,
  PageHeader,
  ProblemAlert,
  Section,
  useApi,
  useFormat,
  useMe,
} from '../../platform/web/index.ts'
import type { QuestionnaireItem, QuestionnairesReply } from '../contract.ts'
import { useSay, useSurveyText, useWebText } from './use-words.ts'

/** Own questionnaires and the templates to begin with. */
export function QuestionnairesPage() {
  const text = useWebText()
  const words = useSurveyText()
  const format = useFormat()
  const say = useSay()
  const me = useMe()
  const answer = useApi<QuestionnairesReply>('/api/surveys/questionnaires')
  const columns: Column<QuestionnaireItem>[] = [
    {
      key: 'title',
      head: text.editor.title,
      cell: ({ definition }) => say(definition.title),
      main: true,
      grow: 1,
      wrap: true,
    },
    {
      key: 'questions',
      head: text.editor.questions,
      width: '8rem',
      cell: ({ definition }) => text.editor.questionsCount(definition.questions.length),
    },
    { key: 'version', head: '', width: '8rem', cell: ({ version }) => text.editor.version(version) },
    { key: 'changed', head: text.editor.changed, width: '11rem', cell: ({ changedAt }) => format.instant(changedAt) },
  ]
  return (
    <>
      <PageHeader
        title={text.questionnairesTitle}
        note={text.editor.note}
        back={{ to: '/khao-sat', label: text.back }}
      />
      <ProblemAlert problem={answer.problem} onRetry={answer.reload} />
      <Section title={text.editor.own}>
        <DataTable
          label={text.editor.own}
          rows={answer.data?.items}
          columns={columns}
          rowKey={({ questionnaireId }) => questionnaireId}
          rowTo={({ agencyId, questionnaireId }) => `/phieu-hoi-khao-sat/${agencyId}/${questionnaireId}`}
          empty={<p className="k-dimmed">{text.editor.none}</p>}
        />
      </Section>
      <Section title={text.editor.templates}>
        <ul className="sv-kiosks">
          {(answer.data?.templates ?? []).map(({ key, definition }) => (
            <li key={key}>
              <span>
                <strong>{words.templates[key] ?? say(definition.title)}</strong>{' '}
                <span className="k-dimmed">{text.editor.questionsCount(definition.questions.length)}</span>
              </span>
              <LinkButton
                to={`/phieu-hoi-khao-sat/${me.agency.agencyId}/moi?mau=${key}`}
                variant="default"
                size="compact-sm"
              >
                {text.editor.use}
              </LinkButton>
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}
