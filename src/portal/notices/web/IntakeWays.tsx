import './notices.css'
import { Checkbox } from '@mantine/core'
import { type SlotFacts, useApi, useText, withQuery } from '../../../platform/web/index.ts'
import type { NoticeChannel, OpenWays } from '../contract.ts'
import { waysTo } from '../rules/choice.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

type Facts = {
  agencyId: number
  /** Whom notices go to, as far as it is typed. */
  to: { email: string; phone: string }
  chosen: readonly NoticeChannel[]
  onChange: (ways: NoticeChannel[]) => void
}

/** At the intake: by which ways the person asks to be told; drawn where there is something to choose. */
export function IntakeWays({ facts }: { facts: SlotFacts }) {
  const { intake: text, channels } = useText({ vi, en })
  const { agencyId, to, chosen, onChange } = facts as Facts
  const { data } = useApi<OpenWays>(withQuery('/api/notices/ways', { agencyId }))
  const open = waysTo(data?.ways ?? [], to)
  if (open.length < 2) return null
  return (
    <Checkbox.Group
      className="notices-intake"
      label={text.ways}
      description={text.waysHint}
      value={[...chosen]}
      onChange={onChange}
    >
      <div className="notices-ways">
        {open.map(({ channel, address }) => (
          <Checkbox key={channel} value={channel} label={`${channels[channel]} (${address})`} />
        ))}
      </div>
    </Checkbox.Group>
  )
}
