import { Button, TextInput } from '@mantine/core'
import { announce, Fields, Icon, useText } from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

/** A one-time link, shown once, to be handed over. */
export function LinkPanel({ link, onDone }: { link: string; onDone: () => void }) {
  const text = useText({ vi, en })
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link)
      announce(text.officers.copied)
    } catch {
      // Without https the clipboard is closed; the field is selected instead.
      document.querySelector<HTMLInputElement>('#staff-link')?.select()
    }
  }
  return (
    <Fields>
      <p>{text.officers.linkHint}</p>
      <TextInput
        id="staff-link"
        label={text.officers.link}
        readOnly
        data-autofocus
        value={link}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className="k-dialog-actions">
        <Button variant="default" leftSection={<Icon name="copy" />} onClick={() => void copy()}>
          {text.officers.copy}
        </Button>
        <Button onClick={onDone}>{text.officers.linkDone}</Button>
      </div>
    </Fields>
  )
}
