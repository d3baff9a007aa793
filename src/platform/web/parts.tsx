import { Anchor, Box, Button, type ButtonProps, Kbd, Loader } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import type { WorkingTimes } from '../working-times.ts'
import { arrivedBack } from './arrival.ts'
import { type Due, type Tone, dueView } from './due-view.ts'
import { Icon, type IconName } from './Icon.tsx'
import { useFormat, useKitText, useLanguage } from './text.tsx'
import { useApi } from './use-api.ts'
import { useNow } from './use-now.ts'

/** The head of every page: names it in the window and takes the focus when one arrives; actions stand at the right. */
export function PageHeader({
  title,
  note,
  actions,
  back,
}: {
  title: string
  note?: ReactNode
  actions?: ReactNode
  back?: { to: string; label: string }
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} – Một Cửa`
  }, [title])
  useEffect(() => {
    // Whoever is already typing in the page, or came back to a row of a list, is left alone.
    const main = document.getElementById('main')
    if (!arrivedBack() && !main?.contains(document.activeElement)) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <header className="k-page-header">
      {back && (
        <PageLink to={back.to} className="k-back">
          <Icon name="left" /> {back.label}
        </PageLink>
      )}
      <div className="k-page-header-line">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {actions && <div className="k-actions">{actions}</div>}
      </div>
      {note && <p className="k-note">{note}</p>}
    </header>
  )
}

/** A link inside the officers' web: `to` is below `/can-bo` and may carry a query. */
export function PageLink({ to, children, className }: { to: string; children: ReactNode; className?: string }) {
  const { pathname, search } = splitAddress(to)
  return (
    <Anchor
      underline="always"
      {...(className === undefined ? {} : { className })}
      renderRoot={(props) => <Link {...props} to={pathname} search={search} />}
    >
      {children}
    </Anchor>
  )
}

/** A link that looks like a button, for the way to another page. */
export function LinkButton({ to, children, ...rest }: { to: string; children: ReactNode } & ButtonProps) {
  const { pathname, search } = splitAddress(to)
  return (
    <Button {...rest} renderRoot={(props) => <Link {...props} to={pathname} search={search} />}>
      {children}
    </Button>
  )
}

export function splitAddress(to: string): { pathname: string; search: Record<string, string> } {
  const [pathname = '/', query = ''] = to.split('?')
  return { pathname, search: Object.fromEntries(new URLSearchParams(query)) }
}

/** A part of a page under its own heading; never put one inside another. */
export function Section({
  title,
  actions,
  children,
  id,
}: {
  title: string
  actions?: ReactNode
  children: ReactNode
  /** Where a link within the page leads. */
  id?: string
}) {
  const heading = useId()
  return (
    <section className="k-section" aria-labelledby={heading} id={id}>
      <div className="k-section-line">
        <h2 id={heading}>{title}</h2>
        {actions && <div className="k-actions">{actions}</div>}
      </div>
      {children}
    </section>
  )
}

/** Names and values, e.g. of an applicant; an empty value is written as a dash. */
export function Facts({ items }: { items: readonly { name: string; value: ReactNode }[] }) {
  return (
    <dl className="k-facts">
      {items.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value === null || value === undefined || value === '' ? '–' : value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What will appear here and how to begin. */
export function EmptyState({ title, hint, action }: { title: string; hint?: ReactNode; action?: ReactNode }) {
  return (
    <div className="k-empty">
      <p className="k-empty-title">{title}</p>
      {hint && <p>{hint}</p>}
      {action}
    </div>
  )
}

const toneIcons: Record<Tone, IconName | null> = {
  late: 'late',
  today: 'clock',
  waiting: 'waiting',
  normal: null,
  done: 'check',
}

/** A state in words; its tone adds a colour and a sign, and is never the only sign. */
export function StatusBadge({ tone = 'normal', children }: { tone?: Tone; children?: ReactNode }) {
  const text = useKitText()
  const icon = toneIcons[tone]
  return (
    <span className="k-badge" data-tone={tone}>
      {icon && <Icon name={icon} size={14} />}
      {children ?? text.tones[tone]}
    </span>
  )
}

/** How much time is left, as the first column of a queue: `còn 3 giờ`, `trễ 2 ngày`; the promised moment in its title. */
export function DueCell({ withDate = false, ...due }: Due & { withDate?: boolean }) {
  const { language } = useLanguage()
  const format = useFormat()
  const { data: times } = useApi<WorkingTimes>('/api/calendar/working-times')
  const { tone, text } = dueView(due, useNow(), language, times)
  const icon = tone === 'done' ? null : toneIcons[tone]
  return (
    <span className="k-due" data-tone={tone} title={due.dueAt ? format.instant(due.dueAt) : undefined}>
      {icon && <Icon name={icon} size={14} />}
      {text}
      {withDate && due.dueAt && <span className="k-due-date">{format.instant(due.dueAt)}</span>}
    </span>
  )
}

/** The keys of a shortcut, e.g. `keys={['Ctrl', 'K']}`. */
export function KeyHint({ keys }: { keys: readonly string[] }) {
  return (
    <span className="k-keys">
      {keys.map((key) => (
        <Kbd key={key} size="xs">
          {key}
        </Kbd>
      ))}
    </span>
  )
}

export type TimelineEntry = {
  key: string
  /** Already written for people: `15:00 14/03/2023`. */
  when: string
  title: ReactNode
  /** Who did it and in which post. */
  who?: ReactNode
  detail?: ReactNode
  tone?: Tone
}

/** The story of a dossier, newest or oldest first as the caller orders it. */
export function Timeline({ label, entries }: { label: string; entries: readonly TimelineEntry[] }) {
  return (
    <ol className="k-timeline" aria-label={label}>
      {entries.map((entry) => (
        <li key={entry.key} data-tone={entry.tone ?? 'normal'}>
          <div className="k-timeline-when">{entry.when}</div>
          <div className="k-timeline-what">
            <div className="k-timeline-title">{entry.title}</div>
            {entry.who && <div className="k-timeline-who">{entry.who}</div>}
            {entry.detail && <div className="k-timeline-detail">{entry.detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}

/** One number of the morning page; it always opens the records behind it. */
export function Figure({
  to,
  value,
  label,
  tone = 'normal',
}: {
  to: string
  value: number
  label: string
  tone?: Tone
}) {
  const format = useFormat()
  const icon = value > 0 ? toneIcons[tone] : null
  return (
    <PageLink to={to} className="k-figure">
      <span className="k-figure-value" data-tone={value > 0 ? tone : 'normal'}>
        {format.number(value)}
      </span>
      <span className="k-figure-label">
        {icon && <Icon name={icon} size={14} />}
        {label}
      </span>
    </PageLink>
  )
}

/** Prints a PDF of the server with one key: in a hidden frame where the browser can, otherwise in a new tab. */
export function PrintButton({
  path,
  children,
  ...rest
}: { path: string; children?: ReactNode; autoFocus?: boolean } & ButtonProps) {
  const text = useKitText()
  const [busy, setBusy] = useState(false)
  const print = () => {
    setBusy(true)
    printFile(path, () => setBusy(false))
  }
  return (
    <Button
      variant="default"
      leftSection={busy ? <Loader size={14} color="gray" aria-hidden="true" /> : <Icon name="print" />}
      aria-busy={busy}
      onClick={busy ? undefined : print}
      {...rest}
    >
      <span role="status">{busy ? text.preparing : (children ?? text.print)}</span>
    </Button>
  )
}

/** Fetches a paper and opens the printer for it; a register of a year takes some seconds, so `onReady` says when. */
export function printFile(path: string, onReady?: () => void): void {
  document.getElementById('k-print-frame')?.remove()
  const before = document.activeElement
  const frame = document.createElement('iframe')
  frame.id = 'k-print-frame'
  frame.title = 'PDF'
  frame.tabIndex = -1
  frame.setAttribute('aria-hidden', 'true')
  frame.addEventListener('load', () => {
    onReady?.()
    try {
      frame.contentWindow?.focus()
      frame.contentWindow?.print()
    } catch {
      window.open(path, '_blank', 'noopener')
    }
    // The keys of the page go on working.
    if (before instanceof HTMLElement) before.focus()
  })
  frame.src = path
  document.body.append(frame)
}

/** The fields of a form under each other, or side by side where there is room for `columns` of them. */
export function Fields({ columns = 1, children }: { columns?: 1 | 2 | 3; children: ReactNode }) {
  return (
    <div className="k-fields" data-columns={columns}>
      {children}
    </div>
  )
}

/** A row of controls above a list; wraps on a narrow screen. */
export function Toolbar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box role="group" aria-label={label} className="k-toolbar">
      {children}
    </Box>
  )
}
