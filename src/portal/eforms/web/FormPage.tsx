import './eforms.css'
import { Button, Group, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { ProcedureVersion } from '../../../catalogue/contract.ts'
import {
  announce,
  Dialog,
  Facts,
  LinkButton,
  PageHeader,
  PrintButton,
  ProblemAlert,
  Section,
  StatusBadge,
  Timeline,
  useApi,
  useCommand,
  useFormat,
  useLanguage,
  useParameter,
  useText,
} from '../../../platform/web/index.ts'
import type { EForm, FormItem } from '../contract.ts'
import { say } from '../rules/describe.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { Preview } from './Preview.tsx'

/** One form: its versions, whether somebody compared it, and how citizens see it. */
export function FormPage() {
  const { web: text } = useText({ vi, en })
  const { language } = useLanguage()
  const format = useFormat()
  const key = useParameter('key')
  const { data, problem, reload } = useApi<{ items: FormItem[]; mayManage: boolean }>(
    `/api/eforms?key=${encodeURIComponent(key)}`,
  )
  const newest = data?.items[0]
  const { data: form } = useApi<EForm>(newest ? `/api/eforms/${newest.formId}` : null)
  const { data: stored } = useApi<{ version: ProcedureVersion }>(
    newest ? `/api/procedures/${encodeURIComponent(newest.procedureCode)}` : null,
  )
  const [partKey, setPartKey] = useState('')
  const title = newest ? say(newest.title, language) : key
  const cases = stored?.version.cases ?? []
  const compared = newest?.comparedWithOfficial
  return (
    <>
      <PageHeader
        title={title}
        back={{ to: '/bieu-mau-dien-tu', label: text.back }}
        actions={
          newest && (
            <>
              <PrintButton path={blankPath(newest)}>{text.blank}</PrintButton>
              {data?.mayManage && <LinkButton to={`/bieu-mau-dien-tu/${key}/sua`}>{text.edit}</LinkButton>}
            </>
          )
        }
      />
      <ProblemAlert problem={problem} onRetry={reload} />
      {newest && form && (
        <Facts
          items={[
            { name: text.procedure, value: `${newest.procedureName} (${newest.procedureCode})` },
            {
              name: text.cases,
              value:
                newest.caseKeys.length === 0
                  ? text.allCases
                  : newest.caseKeys.map((one) => cases.find((each) => each.key === one)?.name ?? one).join('; '),
            },
            { name: text.source, value: `${form.source.document}. ${form.source.note}` },
            {
              name: text.comparison,
              value: compared ? (
                `${text.comparedOn(format.day(compared.on))} – ${text.comparedBy(compared.by, compared.note)}`
              ) : (
                <StatusBadge tone="today">{text.notCompared}</StatusBadge>
              ),
            },
          ]}
        />
      )}
      {newest && data?.mayManage && <CompareButtons item={newest} onDone={reload} />}
      {form && (
        <Section title={text.preview}>
          <Preview form={form} partKey={partKey} onPart={setPartKey} cases={cases} />
        </Section>
      )}
      {data && (
        <Section title={text.versions}>
          <Timeline
            label={text.versions}
            entries={data.items.map((item) => ({
              key: String(item.version),
              when: validityOf(item, text, format.day),
              title: `${text.version} ${item.version}`,
              who: item.changedBy === '' ? text.shipped : text.by(item.changedBy),
              detail: item.reason,
            }))}
          />
        </Section>
      )}
    </>
  )
}

/** A form for one case only is found by that case. */
const blankPath = ({ procedureCode, caseKeys: [caseKey] }: FormItem): string =>
  `/to-khai/${procedureCode}.pdf${caseKey === undefined ? '' : `?truong-hop=${caseKey}`}`

function validityOf({ validFrom, validTo }: FormItem, text: typeof vi.web, day: (day: string) => string): string {
  if (validTo === null) return text.since(day(validFrom))
  return validTo < validFrom ? text.replacedSameDay : text.fromTo(day(validFrom), day(validTo))
}

function CompareButtons({ item, onDone }: { item: FormItem; onDone: () => void }) {
  const { web: text } = useText({ vi, en })
  const [isOpen, setOpen] = useState(false)
  const [note, setNote] = useState('')
  const compare = useCommand<EForm, { compared: boolean; note: string }>(`/api/eforms/${item.formId}/comparison`, {
    forget: ['/api/eforms'],
    onDone: () => {
      setOpen(false)
      setNote('')
      announce(text.saved)
      onDone()
    },
  })
  return (
    <Group my={12}>
      {item.comparedWithOfficial ? (
        <Button
          variant="default"
          loading={compare.busy}
          onClick={() => void compare.run({ compared: false, note: '' })}
        >
          {text.unmark}
        </Button>
      ) : (
        <Button variant="default" onClick={() => setOpen(true)}>
          {text.markCompared}
        </Button>
      )}
      <Dialog
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={text.compareTitle}
        actions={
          <>
            <Button variant="default" onClick={() => setOpen(false)}>
              {text.cancel}
            </Button>
            <Button
              loading={compare.busy}
              disabled={note.trim().length < 5}
              onClick={() => void compare.run({ compared: true, note })}
            >
              {text.save}
            </Button>
          </>
        }
      >
        <ProblemAlert problem={compare.problem} keeps />
        <p>{text.compareWhat}</p>
        <Textarea
          label={text.compareNote}
          autosize
          minRows={3}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </Dialog>
    </Group>
  )
}
