import { Button, Progress } from '@mantine/core'
import { type ReactNode, useId, useRef, useState } from 'react'
import { toProblem } from './api.ts'
import { Icon } from './Icon.tsx'
import { useFormat, useKitText } from './text.tsx'
import { useReportUnsent } from './unsent-files.tsx'

type Sending = {
  id: number
  file: File
  percent: number
  state: 'sending' | 'sent' | 'failed'
  /** Why it failed, in words. */
  why?: string
  stop: AbortController
}

type FileDropProps<Sent> = {
  label: string
  hint?: ReactNode
  /** As of `<input accept>`: `application/pdf,image/jpeg,image/png`. The server judges by content. */
  accept?: string
  maxBytes?: number
  multiple?: boolean
  disabled?: boolean
  /** Sends one file; mostly `(file, options) => uploadFile('/api/…', { file, ...options })`. */
  send: (file: File, options: { onProgress: (percent: number) => void; signal: AbortSignal }) => Promise<Sent>
  onSent: (sent: Sent, file: File) => void
}

/** Takes files by dropping, choosing or pasting, sends each with its progress, and lets a failed one be sent again. */
export function FileDrop<Sent>({
  label,
  hint,
  accept,
  maxBytes = 50_000_000,
  multiple = true,
  disabled = false,
  send,
  onSent,
}: FileDropProps<Sent>) {
  const text = useKitText()
  const format = useFormat()
  const labelId = useId()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [items, setItems] = useState<readonly Sending[]>([])
  const nextId = useRef(1)
  useReportUnsent(items.some(({ state }) => state !== 'sent'))

  const change = (id: number, part: Partial<Sending>) =>
    setItems((all) => all.map((item) => (item.id === id ? { ...item, ...part } : item)))

  const start = (item: Sending) => {
    if (item.file.size > maxBytes)
      return change(item.id, { state: 'failed', why: text.files.tooLarge(format.fileSize(maxBytes)) })
    change(item.id, { state: 'sending', percent: 0 })
    send(item.file, { onProgress: (percent) => change(item.id, { percent }), signal: item.stop.signal }).then(
      (sent) => {
        change(item.id, { state: 'sent', percent: 100 })
        onSent(sent, item.file)
      },
      (error: unknown) => {
        const problem = toProblem(error)
        const why = problem.kind === 'network' ? text.problem.network : problem.detail
        change(item.id, { state: 'failed', why: why || text.files.failed })
      },
    )
    return undefined
  }

  const take = (files: FileList | null) => {
    if (disabled || !files) return
    const fresh = Array.from(files)
      .slice(0, multiple ? undefined : 1)
      .map((file): Sending => ({
        id: nextId.current++,
        file,
        percent: 0,
        state: 'sending',
        stop: new AbortController(),
      }))
    setItems((all) => [...(multiple ? all : []), ...fresh])
    fresh.forEach(start)
  }

  return (
    <div className="k-files">
      {/* Dropping is a shorter way for a mouse; the button inside does the same for everybody. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        className="k-drop"
        role="group"
        aria-labelledby={labelId}
        data-over={over ? '' : undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer.files)
        }}
        onPaste={(event) => take(event.clipboardData.files)}
      >
        <span id={labelId} className="k-drop-label">
          {label}
        </span>
        <span className="k-drop-line">
          {text.files.drop}
          <Button
            variant="default"
            size="xs"
            leftSection={<Icon name="upload" />}
            disabled={disabled}
            onClick={() => input.current?.click()}
          >
            {text.files.choose}
          </Button>
        </span>
        <span className="k-dimmed">{hint ?? text.files.limit(format.fileSize(maxBytes))}</span>
        <input
          ref={input}
          type="file"
          hidden
          multiple={multiple}
          accept={accept}
          aria-label={label}
          onChange={(event) => {
            take(event.currentTarget.files)
            event.currentTarget.value = ''
          }}
        />
      </div>
      {items.length > 0 && (
        <ul className="k-file-list" aria-live="polite">
          {items.map((item) => (
            <li key={item.id} {...(item.state === 'sent' ? {} : { 'data-unsent': '', tabIndex: -1 })}>
              <Icon name={item.state === 'failed' ? 'warning' : 'file'} />
              <span className="k-file-name">{item.file.name}</span>
              <span className="k-dimmed">{format.fileSize(item.file.size)}</span>
              {item.state === 'sending' && (
                <>
                  <Progress
                    value={item.percent}
                    className="k-file-progress"
                    aria-label={text.files.sending(item.percent)}
                    transitionDuration={0}
                  />
                  <Button size="compact-sm" variant="subtle" onClick={() => item.stop.abort()}>
                    {text.files.cancel}
                  </Button>
                </>
              )}
              {item.state === 'sent' && (
                <span className="k-file-state">
                  <Icon name="check" size={14} /> {text.files.sent}
                </span>
              )}
              {item.state === 'failed' && (
                <>
                  <span className="k-file-why">{item.why}</span>
                  {item.file.size <= maxBytes && (
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      onClick={() => start({ ...item, stop: new AbortController() })}
                    >
                      {text.files.retry}
                    </Button>
                  )}
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    aria-label={text.files.remove(item.file.name)}
                    onClick={() => setItems((all) => all.filter((other) => other.id !== item.id))}
                  >
                    {text.files.removeShort}
                  </Button>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
