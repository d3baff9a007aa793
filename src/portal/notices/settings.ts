import type { Context } from '../../platform/context.ts'
import { withScope } from '../../platform/db.ts'
import { usualSettings, type NoticeSettings } from './rules/settings.ts'
import { latestSettings, type NoticeTables } from './store.ts'

export type GatewaySecrets = { sms?: string; zalo?: string }

/** What an authority decided, with the keys of its gateways opened. */
export type OpenSettings = { version: number; body: NoticeSettings; secrets: GatewaySecrets }

/** The settings of each of these agencies; who decided nothing has the usual ones. */
export async function readSettings(
  { db, keys }: Pick<Context<NoticeTables>, 'db' | 'keys'>,
  agencies: readonly number[],
): Promise<Map<number, OpenSettings>> {
  const rows = await withScope(db, { agencies }, (tx) => latestSettings(tx, agencies))
  const written = new Map(
    rows.map((row): [number, OpenSettings] => [
      row.agency_id,
      {
        version: row.version,
        body: { ...usualSettings, ...(row.body as Partial<NoticeSettings>) },
        secrets: row.secret ? (JSON.parse(keys.decrypt(row.secret)) as GatewaySecrets) : {},
      },
    ]),
  )
  return new Map(agencies.map((id) => [id, written.get(id) ?? { version: 0, body: usualSettings, secrets: {} }]))
}
