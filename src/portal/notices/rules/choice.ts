// Mẫu số 01 (TT 03/2025/TT-VPCP), mục “Đăng ký nhận thông báo qua”: who files may say how to be told of the dossier.
import type { NoticeChannel } from '../contract.ts'
import { addressFor } from './address.ts'
import { eventOf, type NoticeEvent } from './notice-events.ts'

type To = Parameters<typeof addressFor>[1]
type Way = { channel: NoticeChannel; address: string }

/** Ways that lead to somebody, in the order given. */
export const waysTo = (channels: readonly NoticeChannel[], to: To): Way[] =>
  channels.flatMap((channel) => {
    const address = addressFor(channel, to)
    return address === undefined ? [] : [{ channel, address }]
  })

/**
 * The ways of a message about a dossier, in the order in which they are tried: those that were chosen, as far as the
 * authority sends by them. What belongs to the handling goes by the others too where the chosen ones fail; and where none
 * of the chosen leads anywhere, messages go as if nothing had been chosen, since silence is not what anybody asked for.
 */
export function chosenWays(
  usual: readonly NoticeChannel[],
  { chosen, to, template }: { chosen: readonly NoticeChannel[] | null; to: To; template: NoticeEvent },
): Way[] {
  const all = waysTo(usual, to)
  const { group, binding } = eventOf(template)
  if (chosen === null || group === 'officer') return all
  const wanted = all.filter(({ channel }) => chosen.includes(channel))
  if (wanted.length === 0) return all
  return binding === true ? [...wanted, ...all.filter((way) => !wanted.includes(way))] : wanted
}
