import { Button, Group, SegmentedControl } from '@mantine/core'
import { useCallback, useEffect, useRef, useState } from 'react'
import { dayOf } from '../../../platform/day.ts'
import publicStyle from '../../../platform/http/public.css?inline'
import { Choice, serverNow, useText } from '../../../platform/web/index.ts'
import type { Answers, FormDefinition } from '../contract.ts'
import { checkAnswers } from '../rules/check.ts'
import { say, type Language } from '../rules/describe.ts'
import { partsOf, visible } from '../rules/layout.ts'
import { ADD, answersFromPost, REMOVE } from '../rules/post.ts'
import { renderFindings, renderPart } from '../rules/render.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

type Props = {
  form: FormDefinition
  partKey: string
  onPart: (key: string) => void
  cases: readonly { key: string; name: string }[]
}

// The public pages' own style, kept apart from that of the officers' web.
const style = publicStyle.replaceAll(':root', ':host').replaceAll(/(^|\n)body \{/g, '$1.page {')

/** A part as citizens see it, drawn by the same program; answers may be tried and conditions work. */
export function Preview({ form, partKey, onPart, cases }: Props) {
  const { web: text } = useText({ vi, en })
  const [language, setLanguage] = useState<Language>('vi')
  const [caseKey, setCaseKey] = useState<string | null>(null)
  const [answers, setAnswers] = useState<Answers>({})
  const [isChecked, setChecked] = useState(false)
  const host = useRef<HTMLDivElement>(null)
  const page = useRef<HTMLElement | null>(null)
  const part = form.layout.parts.find(({ key }) => key === partKey) ?? form.layout.parts[0]
  const isAsked = part !== undefined && partsOf(form, answers, { caseKey }).includes(part)
  const current = part?.key ?? ''
  const today = dayOf(serverNow())

  useEffect(() => {
    if (!host.current || page.current) return
    const root = host.current.attachShadow({ mode: 'open' })
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(style)
    root.adoptedStyleSheets = [sheet]
    page.current = document.createElement('div')
    page.current.className = 'page'
    page.current.style.minHeight = '0'
    root.append(page.current)
  }, [])

  useEffect(() => {
    if (!page.current) return
    const findings = isChecked ? checkAnswers(form, answers, { today, partKey: current, caseKey }) : []
    const drawn = isAsked
      ? renderFindings(findings, language).html +
        renderPart(form, current, {
          answers,
          language,
          findings,
          caseKey,
          ...(isChecked ? { today } : {}),
        }).html
      : ''
    page.current.innerHTML = drawn
  }, [form, current, language, answers, caseKey, isChecked, isAsked, today])

  const read = useCallback(
    (extra: Record<string, string> = {}): Answers => {
      const fields: Record<string, string | string[]> = { ...extra }
      for (const control of page.current?.querySelectorAll<HTMLInputElement>('[name]:not(button)') ?? []) {
        if ((control.type === 'radio' || control.type === 'checkbox') && !control.checked) continue
        const earlier = fields[control.name]
        fields[control.name] = earlier === undefined ? control.value : [earlier, control.value].flat()
      }
      return answersFromPost(form, fields, { partKey: current, previous: answers, caseKey })
    },
    [form, current, answers, caseKey],
  )

  useEffect(() => {
    const shown = page.current
    if (!shown) return
    const asked = (given: Answers) =>
      visible(form, given, { caseKey })
        .places.map(({ path }) => path)
        .join()
    const onChange = () => {
      const next = read()
      // Drawn anew only where something appears or goes: otherwise the place of the cursor would be lost.
      if (asked(next) !== asked(answers)) setAnswers(next)
    }
    const onClick = (event: Event) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null
      if (!button) return
      event.preventDefault()
      if (button.name === ADD || button.name === REMOVE) setAnswers(read({ [button.name]: button.value }))
    }
    shown.addEventListener('change', onChange)
    shown.addEventListener('click', onClick)
    return () => {
      shown.removeEventListener('change', onChange)
      shown.removeEventListener('click', onClick)
    }
  }, [form, answers, caseKey, read])

  return (
    <div className="eform-preview">
      <p className="eform-preview-note">{text.previewNote}</p>
      <Choice
        label={text.previewPart}
        value={current}
        onChange={(key) => {
          if (key === null) return
          setAnswers(read())
          setChecked(false)
          onPart(key)
        }}
        options={form.layout.parts.map(({ key, title }) => ({ value: key, label: say(title, 'vi') || text.unnamed }))}
      />
      {cases.length > 1 && (
        <Choice
          label={text.previewCase}
          value={caseKey}
          onChange={setCaseKey}
          options={cases.map(({ key, name }) => ({ value: key, label: name }))}
        />
      )}
      <Group mt={8} gap="xs">
        <SegmentedControl
          size="xs"
          aria-label={text.previewLanguage}
          value={language}
          onChange={(value) => setLanguage(value === 'en' ? 'en' : 'vi')}
          data={[
            { value: 'vi', label: text.vietnamese },
            { value: 'en', label: text.english },
          ]}
        />
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            setAnswers(read())
            setChecked(true)
          }}
        >
          {text.tryCheck}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          onClick={() => {
            setAnswers({})
            setChecked(false)
          }}
        >
          {text.clear}
        </Button>
      </Group>
      {!isAsked && <p className="eform-preview-note">{text.hiddenPart}</p>}
      <div ref={host} className="eform-preview-page" lang={language} />
    </div>
  )
}
