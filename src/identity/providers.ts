import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  ClientSecretPost,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  type Configuration,
} from 'openid-client'
import type { Context } from '../platform/context.ts'
import { addMinutes } from '../platform/day.ts'
import { accept, refuse, type Result } from '../platform/result.ts'
import type { ProviderOffer } from './contract.ts'
import { hashToken, makeToken } from './passwords.ts'
import { issuerOf, SANDBOX_PATH } from './provider-place.ts'
import {
  findProvider,
  insertAttempt,
  listProviders,
  takeAttempt,
  type Provider,
  type ProviderPurpose,
  type ProviderTables,
} from './provider-store.ts'
import type { Claims } from './rules/provider.ts'

export type ProviderContext = Context<ProviderTables>

/** Time to sign in at the provider. */
const ATTEMPT_MINUTES = 15
/** A provider that does not answer may not hold anybody up. */
const TIMEOUT_SECONDS = 5
/** What a provider says of itself is asked again after a while; one that is away is left alone for a moment. */
const FRESH_MS = 60 * 60_000
const AWAY_MS = 10_000

export type ProviderRefusal =
  /** Switched off, or not for these people. */
  | { code: 'provider-off' }
  | { code: 'provider-away' }
  /** The person turned back there. */
  | { code: 'provider-cancelled' }
  /** Not the answer to a question of this browser, or not the provider's. */
  | { code: 'provider-answer-worthless' }

type Remembered = { key: string; at: number; asked: Promise<Configuration>; away: boolean }
const memory = new WeakMap<object, Map<number, Remembered>>()

/** Asks the provider about itself at the first sign-in, never at the start; the answer is kept. */
async function configurationOf({ db, keys, config }: ProviderContext, provider: Provider): Promise<Configuration> {
  const known = memory.get(db) ?? new Map<number, Remembered>()
  memory.set(db, known)
  const issuer = issuerOf(config, provider.issuer)
  const key = `${issuer} ${provider.clientId} ${provider.changedAt}`
  const found = known.get(provider.providerId)
  if (found?.key === key && performance.now() - found.at < (found.away ? AWAY_MS : FRESH_MS)) return found.asked
  const { clientId, clientSecret, settings } = provider
  const secret = clientSecret && keys.decrypt(clientSecret)
  const prove = settings.clientAuth === 'post' ? ClientSecretPost : ClientSecretBasic
  // Nothing leaves the machine.
  const isHere = isLoopback(issuer) || provider.issuer === SANDBOX_PATH
  // Signatures are checked although the token comes straight from the provider.
  const execute = [enableNonRepudiationChecks, ...(isHere ? [allowInsecureRequests] : [])]
  const asked = discovery(new URL(issuer), clientId, undefined, secret ? prove(secret) : None(), {
    execute,
    timeout: TIMEOUT_SECONDS,
  })
  const remembered: Remembered = { key, at: performance.now(), asked, away: false }
  known.set(provider.providerId, remembered)
  asked.catch(() => (remembered.away = true))
  return asked
}

/** Without https a provider is believed on this machine only. */
export const isLoopback = (issuer: string): boolean =>
  /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/.test(issuer)

const isFor = (provider: Provider | undefined, purpose: ProviderPurpose): provider is Provider =>
  provider !== undefined && provider.enabled && (purpose === 'officer' ? provider.forOfficers : provider.forCitizens)

/** What the page of signing in offers; asks no provider anything. */
export async function offeredProviders({ db }: ProviderContext, purpose: ProviderPurpose): Promise<ProviderOffer[]> {
  return (await listProviders(db))
    .filter((provider) => isFor(provider, purpose))
    .map(({ providerId, name }) => ({ providerId, name }))
}

type AttemptSecret = { verifier: string; nonce: string; note: string }

/** Leads to the provider: the address there, and a secret for a cookie that ties the answer to this browser. */
export async function beginWithProvider(
  context: ProviderContext,
  {
    providerId,
    purpose,
    redirectUri,
    note,
    language,
  }: { providerId: number; purpose: ProviderPurpose; redirectUri: string; note: string; language: string },
): Promise<Result<{ url: string; browser: string }, ProviderRefusal>> {
  const { db, keys, log } = context
  const provider = await findProvider(db, providerId)
  if (!isFor(provider, purpose)) return refuse({ code: 'provider-off' })
  let configuration: Configuration
  try {
    configuration = await configurationOf(context, provider)
  } catch (fault) {
    log.warn({ what: 'provider-away', providerId, err: fault })
    return refuse({ code: 'provider-away' })
  }
  const now = context.clock()
  const state = makeToken()
  const browser = makeToken()
  const secret: AttemptSecret = { verifier: randomPKCECodeVerifier(), nonce: randomNonce(), note }
  await insertAttempt(db, {
    stateHash: state.tokenHash,
    browserHash: browser.tokenHash,
    providerId,
    purpose,
    secret: keys.encrypt(JSON.stringify(secret)),
    expiresAt: addMinutes(now, ATTEMPT_MINUTES),
  })
  const { scope, acrValues } = provider.settings
  const url = buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope,
    state: state.token,
    nonce: secret.nonce,
    code_challenge: await calculatePKCECodeChallenge(secret.verifier),
    code_challenge_method: 'S256',
    ui_locales: language,
    ...(acrValues ? { acr_values: acrValues } : {}),
  })
  return accept({ url: url.href, browser: browser.token })
}

export type ProviderAnswer = { provider: Provider; claims: Claims; note: string }

/** Judges the answer with which the provider sent the browser back. */
export async function finishWithProvider(
  context: ProviderContext,
  {
    providerId,
    purpose,
    redirectUri,
    search,
    browser,
  }: { providerId: number; purpose: ProviderPurpose; redirectUri: string; search: string; browser: string | undefined },
): Promise<Result<ProviderAnswer, ProviderRefusal>> {
  const { db, keys, log } = context
  const answer = new URL(redirectUri)
  answer.search = search
  const state = answer.searchParams.get('state')
  if (!state || !browser) return refuse({ code: 'provider-answer-worthless' })
  const provider = await findProvider(db, providerId)
  if (!isFor(provider, purpose)) return refuse({ code: 'provider-off' })
  const taken = await takeAttempt(db, {
    stateHash: hashToken(state),
    browserHash: hashToken(browser),
    providerId,
    purpose,
    now: context.clock(),
  })
  if (!taken) return refuse({ code: 'provider-answer-worthless' })
  const { verifier, nonce, note } = JSON.parse(keys.decrypt(taken)) as AttemptSecret
  try {
    const configuration = await configurationOf(context, provider)
    const tokens = await authorizationCodeGrant(configuration, answer, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    })
    const sworn = tokens.claims()
    if (!sworn) return refuse({ code: 'provider-answer-worthless' })
    const told = configuration.serverMetadata().userinfo_endpoint
      ? await fetchUserInfo(configuration, tokens.access_token, sworn.sub)
      : {}
    return accept({ provider, claims: { ...told, ...sworn }, note })
  } catch (fault) {
    const refusal = refusalOf(fault)
    log.warn({ what: refusal.code, providerId, err: fault })
    return refuse(refusal)
  }
}

/** Words of openid-client and of oauth4webapi: an answer of the provider that says no, no answer, or one that is not right. */
function refusalOf(fault: unknown): ProviderRefusal {
  const { code, error, cause } = fault as {
    code?: string
    error?: string
    cause?: { code?: string; name?: string }
  }
  if (error === 'access_denied' || error === 'login_required' || error === 'interaction_required')
    return { code: 'provider-cancelled' }
  if (error === 'server_error' || error === 'temporarily_unavailable') return { code: 'provider-away' }
  const away =
    code === 'OAUTH_TIMEOUT' ||
    (fault instanceof TypeError && fault.message === 'fetch failed') ||
    /^(ECONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|UND_ERR)/.test(code ?? cause?.code ?? '') ||
    cause?.name === 'TimeoutError'
  return { code: away ? 'provider-away' : 'provider-answer-worthless' }
}

/** Asks the provider about itself now, for the administrator who wants to know whether it works. */
export async function checkProvider(
  context: ProviderContext,
  providerId: number,
): Promise<{ answers: boolean; signs: boolean; pkce: boolean } | undefined> {
  const provider = await findProvider(context.db, providerId)
  if (!provider) return undefined
  memory.get(context.db)?.delete(providerId)
  try {
    const server = (await configurationOf(context, provider)).serverMetadata()
    return { answers: true, signs: Boolean(server.jwks_uri), pkce: server.supportsPKCE() }
  } catch (fault) {
    context.log.warn({ what: 'provider-away', providerId, err: fault })
    return { answers: false, signs: false, pkce: false }
  }
}
