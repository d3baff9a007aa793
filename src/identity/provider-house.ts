import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto'
import type { Provider } from 'oidc-provider'

export type House = {
  provider: Provider
  /** Remembers what is true of a person from now on; returns under what name. */
  settle: (person: { sub: string; [claim: string]: unknown }) => string
}

/** At most so many persons are remembered. */
const MOST = 2000
const claims = ['name', 'birthdate', 'gender', 'so_dinh_danh', 'preferred_username', 'email', 'email_verified', 'loa']

/**
 * A real provider of OpenID Connect (the program `oidc-provider`), which keeps everything in memory: for tests, and for a
 * demonstration. It is loaded when it is wanted; an installation for work comes without the program.
 */
export async function openHouse({
  issuer,
  clientId,
  clientSecret,
  redirectUris,
  interactionPath,
}: {
  issuer: string
  clientId: string
  clientSecret: string
  redirectUris: string[]
  interactionPath: (uid: string) => string
}): Promise<House> {
  const { Provider } = await import('oidc-provider')
  const people = new Map<string, Record<string, unknown>>()
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = privateKey.export({ format: 'jwk' })
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: redirectUris,
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    jwks: { keys: [{ ...jwk, kty: 'RSA', use: 'sig', alg: 'RS256', kid: thumb(jwk.n ?? '') }] },
    acrValues: ['loa1', 'loa2', 'loa3'],
    claims: { openid: ['sub', 'acr', ...claims] },
    conformIdTokenClaims: false,
    cookies: { keys: [randomBytes(16).toString('hex')] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    findAccount: (_context, accountId) => ({
      accountId,
      claims: () => ({ ...people.get(accountId), sub: accountId }),
    }),
    interactions: { url: (_context, interaction) => interactionPath(interaction.uid) },
    /** Whoever signs in here has agreed. */
    async loadExistingGrant({ oidc }) {
      const grant = new provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      })
      grant.addOIDCScope(String(oidc.params?.['scope']))
      await grant.save()
      return grant
    },
    renderError(context, { error }) {
      context.type = 'text/plain'
      context.body = `Yêu cầu đăng nhập không đúng: ${error}`
    },
    ttl: { Session: 600, Interaction: 600, Grant: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
  })
  return {
    provider,
    settle({ sub, ...person }) {
      if (people.size >= MOST) people.clear()
      people.set(sub, person)
      return sub
    },
  }
}

const thumb = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 16)
