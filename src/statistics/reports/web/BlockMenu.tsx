import { ActionIcon, Menu } from '@mantine/core'
import { Icon } from '../../../platform/web/index.ts'
import { useReportsText } from './use-reports-text.ts'

export type BlockAction = 'add-below' | 'add-heading' | 'add-break' | 'redraft' | 'up' | 'down' | 'remove'

/** What can be done with a part of the report besides writing in it. */
export function BlockMenu({
  what,
  actions,
  onAct,
}: {
  what: string
  actions: readonly BlockAction[]
  onAct: (action: BlockAction) => void
}) {
  const { block: text } = useReportsText()
  const words: Record<BlockAction, string> = {
    'add-below': text.addBelow,
    'add-heading': text.addHeading,
    'add-break': text.addBreak,
    redraft: text.redraft,
    up: text.up,
    down: text.down,
    remove: text.remove,
  }
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon size="sm" variant="default" aria-label={text.options(what)}>
          <Icon name="more" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map((action) => (
          <Menu.Item key={action} onClick={() => onAct(action)}>
            {words[action]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
