import { Button, Drawer, Modal } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { createContext, type ReactNode, use, useCallback, useEffect, useRef, useState } from 'react'
import { en } from './text.en.ts'
import { useKitText } from './text.tsx'
import { vi } from './text.vi.ts'

/**
 * Mantine gives the focus back when a window is closed, not when it is taken away with what it was drawn by, as a window
 * that holds what is being typed always is.
 */
function useFocusBack(opened: boolean): void {
  useEffect(() => {
    if (!opened) return undefined
    const before = document.activeElement
    return () => {
      setTimeout(() => {
        const isLost = document.activeElement === null || document.activeElement === document.body
        if (isLost && before instanceof HTMLElement) before.focus({ preventScroll: true })
      })
    }
  }, [opened])
}

/** A window over the page for one short task; Esc closes it and the focus returns. */
export function Dialog({
  opened,
  onClose,
  title,
  children,
  actions,
  size = 'md',
  above = false,
}: {
  opened: boolean
  onClose: () => void
  title: string
  children: ReactNode
  /** Buttons at the foot: the one of consequence last. */
  actions?: ReactNode
  size?: 'sm' | 'md' | 'lg' | 'xl'
  /** Stands over other windows: a question asked from within one. */
  above?: boolean
}) {
  const text = useKitText()
  useFocusBack(opened)
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      zIndex={above ? 300 : 200}
      closeButtonProps={{ 'aria-label': text.close }}
    >
      {children}
      {actions && <div className="k-dialog-actions">{actions}</div>}
    </Modal>
  )
}

/** A sheet at the right side: the records behind a figure, a form beside its list. */
export function SideSheet({
  opened,
  onClose,
  title,
  children,
}: {
  opened: boolean
  onClose: () => void
  title: string
  children: ReactNode
}) {
  const text = useKitText()
  useFocusBack(opened)
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={title}
      position="right"
      size="lg"
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': text.close }}
    >
      {children}
    </Drawer>
  )
}

type Question = {
  question: string
  /** What will happen, and whether it can be undone. */
  consequence?: ReactNode
  /** The verb on the button: "Rút hồ sơ", never "OK". */
  action: string
}

const ConfirmContext = createContext<(question: Question) => Promise<boolean>>(() => Promise.resolve(false))

/** Asks a plain question before what cannot be undone: `if (await confirm({ question, action })) …` */
export const useConfirm = () => use(ConfirmContext)

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const text = useKitText()
  const [asked, setAsked] = useState<Question | null>(null)
  const [opened, setOpened] = useState(false)
  const answer = useRef<((yes: boolean) => void) | null>(null)

  const confirm = useCallback((question: Question) => {
    answer.current?.(false)
    setAsked(question)
    setOpened(true)
    return new Promise<boolean>((resolve) => {
      answer.current = resolve
    })
  }, [])

  const close = (yes: boolean) => {
    answer.current?.(yes)
    answer.current = null
    setOpened(false)
  }

  return (
    <ConfirmContext value={confirm}>
      {children}
      <Dialog
        above
        opened={opened}
        onClose={() => close(false)}
        title={asked?.question ?? ''}
        actions={
          <>
            <Button variant="default" data-autofocus onClick={() => close(false)}>
              {text.confirm.cancel}
            </Button>
            <Button onClick={() => close(true)}>{asked?.action}</Button>
          </>
        }
      >
        {asked?.consequence}
      </Dialog>
    </ConfirmContext>
  )
}

/** Says that something was done, in one sentence; `undo` where it can be taken back. */
export function announce(message: string, { undo }: { undo?: { label: string; onClick: () => void } } = {}): void {
  const id = notifications.show({
    message: undo ? (
      <span className="k-notice">
        {message}
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            notifications.hide(id)
            undo.onClick()
          }}
        >
          {undo.label}
        </Button>
      </span>
    ) : (
      message
    ),
    closeButtonProps: { 'aria-label': (document.documentElement.lang === 'en' ? en : vi).close },
    withBorder: true,
    color: 'gray',
    autoClose: undo ? 10_000 : 5_000,
  })
}
