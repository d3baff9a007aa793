import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Icon, useText } from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { movedUp, replaced } from './version-view.ts'

type ListEditorProps<Item> = {
  /** What one item is called: it heads each and names the button that adds one. */
  what: string
  items: readonly Item[]
  onChange: (items: Item[]) => void
  blank: () => Item
  children: (item: Item, change: (item: Item) => void, index: number) => ReactNode
  /** More than the number, to tell items apart. */
  titleOf?: (item: Item, index: number) => string
  level?: 3 | 4
}

/** A list whose items are added, changed, moved up and removed. */
export function ListEditor<Item>({
  what,
  items,
  onChange,
  blank,
  children,
  titleOf,
  level = 3,
}: ListEditorProps<Item>) {
  const { web: text } = useText({ vi, en })
  const Heading = `h${level}` as const
  return (
    <>
      <ol className="catalogue-items">
        {items.map((item, index) => (
          // Items have no name of their own while they are being written; their place is what they have.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} className="catalogue-item">
            <div className="catalogue-item-line">
              <Heading>
                {what} {index + 1}
                {titleOf && titleOf(item, index) !== '' && `: ${titleOf(item, index)}`}
              </Heading>
              <span>
                {index > 0 && (
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    aria-label={`${what}: ${text.up(index + 1)}`}
                    onClick={() => onChange(movedUp(items, index))}
                  >
                    {text.upShort}
                  </Button>
                )}
                <Button
                  size="compact-sm"
                  variant="subtle"
                  aria-label={`${what}: ${text.remove(index + 1)}`}
                  leftSection={<Icon name="remove" size={14} />}
                  onClick={() => onChange(items.filter((_, place) => place !== index))}
                >
                  {text.removeShort}
                </Button>
              </span>
            </div>
            {children(item, (next) => onChange(replaced(items, index, next)), index)}
          </li>
        ))}
      </ol>
      <Button
        variant="default"
        size="xs"
        mt={8}
        leftSection={<Icon name="plus" size={14} />}
        onClick={() => onChange([...items, blank()])}
      >
        {text.addItem(what)}
      </Button>
    </>
  )
}
