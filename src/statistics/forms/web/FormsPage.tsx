import './forms.css'
import { type Column, DataTable, PageHeader, ProblemAlert, useApi, useFormat } from '../../../platform/web/index.ts'
import { useFormText } from './use-form-text.ts'

type Item = {
  form: string
  version: number
  number: string
  title: string
  validFrom: string
  validTo: string | null
  legalBasis: string
  rows: number
  checks: number
}

/** The statutory forms that hold today. */
export function FormsPage() {
  const words = useFormText().web
  const format = useFormat()
  const { data, problem, reload } = useApi<{ forms: Item[]; mayManage: boolean }>('/api/report-forms')
  const columns: Column<Item>[] = [
    { key: 'number', head: words.number, main: true, width: '14rem', cell: ({ number }) => number },
    { key: 'title', head: words.formTitle, grow: true, wrap: true, cell: ({ title }) => title },
    { key: 'version', head: words.versionHead, width: '6rem', align: 'right', cell: ({ version }) => version },
    {
      key: 'valid',
      head: words.validity,
      width: '11rem',
      cell: ({ validFrom, validTo }) =>
        validTo ? words.fromTo(format.day(validFrom), format.day(validTo)) : words.since(format.day(validFrom)),
    },
    {
      key: 'size',
      head: words.size,
      width: '13rem',
      wideOnly: true,
      cell: ({ rows, checks }) => words.rowsAndChecks(rows, checks),
    },
  ]
  return (
    <>
      <PageHeader title={words.formsTitle} note={words.formsNote} />
      <ProblemAlert problem={problem} onRetry={reload} />
      <DataTable
        label={words.formsTitle}
        rows={data?.forms}
        columns={columns}
        rowKey={({ form }) => form}
        rowTo={({ form }) => `/bieu-mau/${form}`}
      />
    </>
  )
}
