import './checker.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { FileDrop, Icon, PageHeader, Section, uploadFile, useText } from '../../../platform/web/index.ts'
import type { CheckAnswer } from '../contract.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { Findings } from './Findings.tsx'
import { HeldRelations } from './HeldRelations.tsx'

const formats = '.docx,.xlsx,.pdf,.html,.htm,.md,.txt'

/** Takes a report of anybody and shows what in it does not agree, beside the words it stands in. */
export function CheckPage() {
  const { web: text } = useText({ vi, en })
  const [checked, setChecked] = useState<{ name: string; answer: CheckAnswer } | null>(null)

  const summaryOf = ({ findings, checked: count }: CheckAnswer) => {
    const errors = findings.filter(({ severity }) => severity === 'error').length
    if (count === 0) return text.nothingChecked
    return findings.length === 0 ? text.clean : text.summary(errors, findings.length - errors, count)
  }

  return (
    <>
      <PageHeader title={text.title} note={text.note} />
      <div className="checker-drop">
        <FileDrop<CheckAnswer>
          label={text.drop}
          hint={`${text.formats} ${text.privacy}`}
          accept={formats}
          maxBytes={20_000_000}
          multiple={false}
          send={(file, options) => uploadFile('/api/reports/check', { file, ...options })}
          onSent={(answer, file) => setChecked({ name: file.name, answer })}
        />
      </div>
      {checked && (
        <Section
          title={text.result(checked.name)}
          actions={
            <Button variant="default" leftSection={<Icon name="print" />} onClick={() => window.print()}>
              {text.print}
            </Button>
          }
        >
          <p className="checker-summary" role="status">
            {summaryOf(checked.answer)}
          </p>
          <Findings findings={checked.answer.findings} />
          <HeldRelations relations={checked.answer.consistent} />
        </Section>
      )}
    </>
  )
}
