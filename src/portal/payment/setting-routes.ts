import type { FastifyReply } from 'fastify'
import { agenciesFor, may } from '../../identity/index.ts'
import { withScope } from '../../platform/db.ts'
import { sendNotFound } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import { listOfficerNames } from '../../staff/index.ts'
import type { PaymentContext } from './context.ts'
import { AccountBody, AgencyQuery, ProviderBody, type SettingsView } from './contract.ts'
import type { RefusedCounter } from './refused-notices.ts'
import { sendRefusal, tags } from './refused.ts'
import { addAccount, findProvider, listAccounts, listProviders, saveProvider } from './settings-store.ts'
import { isGoodPublicKey } from './signature.ts'
import { bankOf, banks, qrSvg, vietQr } from './vietqr.ts'

export function settingRoutes(http: Http, context: PaymentContext, refused: RefusedCounter): void {
  const config = { permission: 'payment.manage' }

  http.get(
    '/api/payments/settings',
    { config, schema: { tags, summary: 'Tài khoản thu và nơi gửi báo có', querystring: AgencyQuery } },
    async (request, reply): Promise<SettingsView | FastifyReply> => {
      const { agencyId } = request.query
      if (!may(request.actor, 'payment.manage', { agencyId })) return sendNotFound(reply)
      const [accounts, providers] = await withScope(context.db, { agencies: [agencyId] }, (tx) =>
        Promise.all([listAccounts(tx, agencyId), listProviders(tx, agencyId)]),
      )
      const names = await listOfficerNames(context.db, [...new Set(accounts.map(({ set_by: id }) => id))])
      const [current] = accounts
      return {
        accounts: accounts.map((row) => ({
          version: row.version,
          bankBin: row.bank_bin,
          bankName: bankOf(row.bank_bin)?.shortName ?? row.bank_bin,
          accountNumber: row.account_number,
          accountName: row.account_name,
          receiptSymbol: row.receipt_symbol,
          orderDays: row.order_days,
          setBy: names.get(row.set_by) ?? '',
          setAt: row.set_at,
        })),
        providers: providers.map((row) => ({
          provider: row.provider,
          kind: row.kind,
          name: row.name,
          method: row.method,
          publicKey: row.public_key ?? '',
          baseUrl: row.base_url,
          windowSeconds: row.window_seconds,
          enabled: row.enabled,
          hasSecret: row.secret !== null,
          noticeUrl: `${context.config.publicUrl}/api/payments/notices/${agencyId}-${row.provider}`,
          changedAt: row.changed_at,
          refused: refused.of(`${agencyId}-${row.provider}`),
        })),
        banks: banks.map(({ bin, shortName, name }) => ({ bin, shortName, name })),
        trialQr: current
          ? qrSvg(
              vietQr({
                bankBin: current.bank_bin,
                accountNumber: current.account_number,
                amount: 1000,
                purpose: 'Thu ma QR',
              }),
            )
          : null,
      }
    },
  )

  http.post(
    '/api/payments/settings/account',
    { config, schema: { tags, summary: 'Đặt tài khoản thu', body: AccountBody } },
    async (request, reply) => {
      const { agencyId, bankBin, accountNumber, accountName, receiptSymbol, orderDays } = request.body
      if (!may(request.actor, 'payment.manage', { agencyId })) return sendNotFound(reply)
      if (!bankOf(bankBin)) return sendRefusal(reply, { code: 'bank-unknown' })
      const row = await withScope(context.db, { agencies: [agencyId] }, (tx) =>
        addAccount(tx, {
          agency_id: agencyId,
          bank_bin: bankBin,
          account_number: accountNumber.toUpperCase(),
          account_name: accountName.trim(),
          receipt_symbol: receiptSymbol,
          order_days: orderDays,
          set_by: request.actor.officerId,
          set_at: context.clock(),
        }),
      )
      return { version: row.version }
    },
  )

  http.put(
    '/api/payments/settings/providers',
    { config, schema: { tags, summary: 'Đặt nơi gửi báo có', body: ProviderBody } },
    async (request, reply) => {
      const { agencyId, provider, kind, name, method, secret, publicKey, baseUrl, windowSeconds, enabled } =
        request.body
      if (!may(request.actor, 'payment.manage', { agencyId })) return sendNotFound(reply)
      const before = await withScope(context.db, { agencies: [agencyId] }, (tx) => findProvider(tx, agencyId, provider))
      const kept = before?.secret ?? null
      const sealed = secret ? context.keys.encrypt(secret) : kept
      if (method === 'hmac-sha256' ? sealed === null : !isGoodPublicKey(publicKey ?? ''))
        return sendRefusal(reply, { code: 'key-missing' })
      if (kind === 'gateway' && (baseUrl === null || sealed === null))
        return sendRefusal(reply, { code: 'base-url-missing' })
      await withScope(context.db, { agencies: [agencyId] }, (tx) =>
        saveProvider(tx, {
          agency_id: agencyId,
          provider,
          kind,
          name: name.trim(),
          method,
          secret: sealed,
          public_key: method === 'rsa-sha256' ? (publicKey ?? null) : null,
          base_url: baseUrl,
          window_seconds: windowSeconds,
          enabled,
          changed_by: request.actor.officerId,
          changed_at: context.clock(),
        }),
      )
      return { done: true }
    },
  )

  http.get(
    '/api/payments/agencies',
    { config: { permission: 'payment.read' }, schema: { tags, summary: 'Cơ quan được xem phí, lệ phí' } },
    (request) => ({ agencies: agenciesFor(request.actor, 'payment.read') }),
  )
}
