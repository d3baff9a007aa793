import {
  type Column,
  DataTable,
  EmptyState,
  LinkButton,
  PageHeader,
  ProblemAlert,
  StatusBadge,
  useApi,
  useFormat,
  useLanguage,
  useText,
} from '../../../platform/web/index.ts'
import type { FormItem } from '../contract.ts'
import { say } from '../rules/describe.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { newestOf } from './form-view.ts'

/** The newest version of each electronic form. */
export function FormsPage() {
  const { web: text } = useText({ vi, en })
  const { language } = useLanguage()
  const format = useFormat()
  const { data, problem, reload } = useApi<{ items: FormItem[]; mayManage: boolean }>('/api/eforms')
  const columns: Column<FormItem>[] = [
    {
      key: 'title',
      head: text.form,
      main: true,
      grow: true,
      wrap: true,
      cell: ({ title }) => say(title, language),
    },
    {
      key: 'procedure',
      head: text.procedure,
      grow: true,
      wrap: true,
      cell: ({ procedureName, procedureCode }) => `${procedureName} (${procedureCode})`,
    },
    {
      key: 'version',
      head: text.version,
      width: '7rem',
      align: 'right',
      wideOnly: true,
      cell: ({ version }) => version,
    },
    {
      key: 'valid',
      head: text.validity,
      width: '10rem',
      wideOnly: true,
      cell: ({ validFrom }) => text.since(format.day(validFrom)),
    },
    {
      key: 'compared',
      head: text.comparison,
      width: '13rem',
      cell: ({ comparedWithOfficial: compared }) =>
        compared ? (
          text.comparedOn(format.day(compared.on))
        ) : (
          <StatusBadge tone="today">{text.notCompared}</StatusBadge>
        ),
    },
  ]
  return (
    <>
      <PageHeader
        title={text.listTitle}
        note={text.listNote}
        actions={data?.mayManage && <LinkButton to="/bieu-mau-dien-tu-moi">{text.add}</LinkButton>}
      />
      <ProblemAlert problem={problem} onRetry={reload} />
      <DataTable
        label={text.listTitle}
        rows={data && newestOf(data.items)}
        columns={columns}
        rowKey={({ key }) => key}
        rowTo={({ key }) => `/bieu-mau-dien-tu/${key}`}
        empty={<EmptyState title={text.empty} />}
      />
    </>
  )
}
