import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { Dialog } from '../../../platform/web/index.ts'
import type { OutlineOptions, ReportBody } from '../contract.ts'
import { changeOptions, optionsOf } from '../rules/outline.ts'
import { useReportsText } from './use-reports-text.ts'

const names = ['initiatives', 'survey', 'papi', 'discipline'] as const

/** Which optional parts the report has, and whether later reports begin like this one. */
export function OutlineDialog({
  body,
  onChange,
  onKeep,
  onClose,
}: {
  body: ReportBody
  onChange: (body: ReportBody) => void
  onKeep: () => void
  onClose: () => void
}) {
  const { outline: text } = useReportsText()
  const [options, setOptions] = useState<OutlineOptions>(() => optionsOf(body))
  return (
    <Dialog
      opened
      onClose={onClose}
      title={text.title}
      actions={
        <>
          <Button variant="default" onClick={onKeep}>
            {text.keep}
          </Button>
          <Button
            onClick={() => {
              onChange(changeOptions(body, options))
              onClose()
            }}
          >
            {text.apply}
          </Button>
        </>
      }
    >
      <p className="k-note">{text.hint}</p>
      {body.template === 'periodic' &&
        names.map((name) => (
          <Checkbox
            key={name}
            my="sm"
            label={text.options[name]}
            checked={options[name]}
            onChange={(event) => setOptions({ ...options, [name]: event.currentTarget.checked })}
          />
        ))}
    </Dialog>
  )
}
