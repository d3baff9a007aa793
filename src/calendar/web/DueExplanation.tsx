import './calendar.css'
import { Button } from '@mantine/core'
import { useRef } from 'react'
import { Icon, useLanguage, useText } from '../../platform/web/index.ts'
import { explainInDetail } from '../explain.ts'
import type { Explanation } from '../rules/explanation.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

type DueExplanationProps = {
  explanation: Explanation
  opened?: boolean
  /** Stands above it on paper: the code of the dossier, the procedure. */
  title?: string
}

/** "Vì sao là ngày này?": opens to the days that counted and did not, with the law; prints alone. */
export function DueExplanation({ explanation, opened = false, title: heading = '' }: DueExplanationProps) {
  const text = useText({ vi, en }).web
  const { language } = useLanguage()
  const box = useRef<HTMLDetailsElement>(null)
  const { summary, parts, due, warnings } = explainInDetail(explanation, language)
  return (
    <details ref={box} className="calendar-why" open={opened}>
      <summary>{text.whyThisDay}</summary>
      {summary.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {parts.map(({ title, lines }) => (
        <div key={title + lines[0]?.when} className="calendar-why-part">
          <table aria-label={title || text.whyThisDay}>
            {title && <caption>{title}</caption>}
            <thead>
              <tr>
                <th scope="col">{text.day}</th>
                <th scope="col">{text.counts}</th>
                <th scope="col">{text.why}</th>
                <th scope="col">{text.law}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ when, counted, amount, why, law }) => (
                <tr key={when + why} data-counted={counted ? '' : undefined}>
                  <th scope="row">{when}</th>
                  <td>
                    {counted ? <Icon name="check" size={14} /> : null}{' '}
                    {counted ? amount || text.countsYes : text.countsNo}
                  </td>
                  <td>{why}</td>
                  <td className="calendar-why-law">{law}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ))}
      <p className="calendar-why-due">{due}</p>
      {warnings.map((sentence) => (
        <p key={sentence} className="calendar-warning">
          <Icon name="warning" size={16} /> {sentence}
        </p>
      ))}
      <Button
        className="calendar-why-print"
        size="xs"
        variant="default"
        leftSection={<Icon name="print" />}
        onClick={() => printAlone(box.current, heading || text.whyThisDay)}
      >
        {text.printWhy}
      </Button>
    </details>
  )
}

/** Prints a copy of one part of the page; calendar.css leaves the rest out. */
function printAlone(element: HTMLDetailsElement | null, title: string): void {
  if (!element) return
  const paper = document.createElement('div')
  const heading = document.createElement('h1')
  const copy = element.cloneNode(true) as HTMLDetailsElement
  heading.textContent = title
  copy.open = true
  paper.className = 'calendar-why-paper'
  paper.append(heading, copy)
  document.body.append(paper)
  document.documentElement.toggleAttribute('data-print-part', true)
  const tidy = () => {
    document.documentElement.toggleAttribute('data-print-part', false)
    paper.remove()
  }
  window.addEventListener('afterprint', tidy, { once: true })
  window.print()
}
