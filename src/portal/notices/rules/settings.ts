import type { NoticeChannel } from '../contract.ts'
import { eventOf, type NoticeEvent } from './notice-events.ts'

/** A gateway for short messages, out of those that the installation allows. */
export type GatewaySetting = {
  /** Empty: none. */
  url: string
  /** The name or number under which it sends. */
  sender: string
  perMinute: number
}

/** What an authority decides about its messages. */
export type NoticeSettings = {
  /** In the order in which they are tried. */
  channels: readonly NoticeChannel[]
  /** Minutes of the day between which nobody is disturbed; equal means never quiet. */
  quiet: { from: number; to: number }
  /** Kinds of messages that are not sent; those that belong to the handling cannot be here. */
  silent: readonly NoticeEvent[]
  /** SMS without accents: shorter, cheaper, readable on every telephone. */
  plainSms: boolean
  sms: GatewaySetting
  zalo: GatewaySetting
}

export const usualSettings: NoticeSettings = {
  channels: ['email', 'zalo', 'sms'],
  quiet: { from: 21 * 60, to: 7 * 60 },
  silent: [],
  plainSms: true,
  sms: { url: '', sender: '', perMinute: 60 },
  zalo: { url: '', sender: '', perMinute: 60 },
}

export type SettingsRefusal =
  | { code: 'binding-message'; name: NoticeEvent }
  | { code: 'unknown-gateway'; url: string }
  | { code: 'secret-needed'; channel: 'sms' | 'zalo' }
  | { code: 'channel-twice' }

export function faultsOfSettings(
  settings: NoticeSettings,
  { gateways, secrets }: { gateways: readonly string[]; secrets: { sms: boolean; zalo: boolean } },
): SettingsRefusal[] {
  const faults: SettingsRefusal[] = settings.silent
    .filter((name) => eventOf(name).binding === true)
    .map((name) => ({ code: 'binding-message', name }))
  for (const channel of ['sms', 'zalo'] as const) {
    const { url } = settings[channel]
    if (url !== '' && !gateways.includes(url)) faults.push({ code: 'unknown-gateway', url })
    if (url !== '' && !secrets[channel]) faults.push({ code: 'secret-needed', channel })
  }
  if (new Set(settings.channels).size !== settings.channels.length) faults.push({ code: 'channel-twice' })
  return faults
}
