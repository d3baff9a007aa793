import { isAbsolute, resolve } from 'node:path'
import { StartProblem } from './start-problem.ts'

/** Everything that can be set from outside, read once at start. The table in docs/configuration.md is made from this list. */
export type Config = {
  host: string
  port: number
  /** Address that people type and that QR codes carry, without a trailing slash. */
  publicUrl: string
  dataDir: string
  /** Encryption and sealing keys; never inside the database folder or its backups. */
  keyDir: string
  /** Uploaded and signed files, named by their content. */
  fileDir: string
  /** A PostgreSQL 15+ server; undefined means the embedded one in `dataDir`. */
  databaseUrl: string | undefined
  /** Connections to the database: a command holds one and looks up what it needs on another. */
  poolSize: number
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** Addresses of reverse proxies whose X-Forwarded-For is believed. */
  trustProxy: string[]
  /** Cookies get the Secure flag; on when publicUrl is https. */
  secureCookies: boolean
  /** The server that takes mail; undefined: mail waits, and administrators see it. */
  mail: MailServer | undefined
  /** Addresses of the gateways for SMS and Zalo that authorities may choose from. */
  noticeGateways: string[]
}

export type MailServer = {
  host: string
  port: number
  /** From the first byte, required after the greeting, or none (inside a machine or a closed network). */
  tls: 'implicit' | 'starttls' | 'none'
  user: string | undefined
  password: string | undefined
  /** The address that mail comes from. */
  from: string
  perMinute: number
}

export type Setting = { name: string; default: string; meaning: string }

/** The documented table of settings; docs/configuration.md is checked against it. */
export const settings: readonly Setting[] = [
  { name: 'HOST', default: '127.0.0.1', meaning: 'Address to listen on; 0.0.0.0 opens the system to the network.' },
  { name: 'PORT', default: '8080', meaning: 'Port to listen on.' },
  {
    name: 'PUBLIC_URL',
    default: 'http://HOST:PORT',
    meaning: 'Address that people use; it goes into QR codes. https turns on secure cookies.',
  },
  {
    name: 'DATA_DIR',
    default: './var',
    meaning: 'Folder of the embedded database (database/), files (files/) and keys (keys/).',
  },
  {
    name: 'KEY_DIR',
    default: 'DATA_DIR/keys',
    meaning: 'Folder of the encryption and sealing keys. Back it up apart from the database.',
  },
  { name: 'FILE_DIR', default: 'DATA_DIR/files', meaning: 'Folder of uploaded files, named by content.' },
  { name: 'DATABASE_URL', default: '(embedded)', meaning: 'PostgreSQL 15 or later instead of the embedded database.' },
  { name: 'POOL_SIZE', default: '16', meaning: 'Database connections of this process, at least 2.' },
  { name: 'LOG_LEVEL', default: 'info', meaning: 'debug, info, warn, error or silent.' },
  { name: 'TRUST_PROXY', default: '(none)', meaning: 'Comma-separated addresses of reverse proxies in front.' },
  {
    name: 'SMTP_URL',
    default: '(none)',
    meaning:
      'Server that takes mail: smtps://user:password@host:465, or smtp://host:587 (STARTTLS required, except on this machine or with ?tls=none).',
  },
  { name: 'MAIL_FROM', default: '(none)', meaning: 'Address that mail comes from; needed with SMTP_URL.' },
  { name: 'MAIL_PER_MINUTE', default: '60', meaning: 'Most messages a minute that the mail server is given.' },
  {
    name: 'NOTICE_GATEWAYS',
    default: '(none)',
    meaning: 'Comma-separated addresses of gateways for SMS and Zalo that authorities may choose from.',
  },
]

/** Reads and checks the environment. Throws a StartProblem that names the setting which cannot be used. */
export function readConfig(env: Readonly<Record<string, string | undefined>>, root: string): Config {
  const value = (name: string) => env[name]?.trim() || undefined
  const folder = (name: string, fallback: string) => {
    const given = value(name) ?? fallback
    return isAbsolute(given) ? given : resolve(root, given)
  }
  const wholeNumber = (name: string, fallback: number, { min = 0, max }: { min?: number; max: number }) => {
    const number = Number(value(name) ?? fallback)
    if (!Number.isInteger(number) || number < min || number > max)
      throw new StartProblem(
        `${name} phải là số nguyên từ ${min} đến ${max} (must be a whole number), nhận được: ${value(name)}`,
      )
    return number
  }
  const host = value('HOST') ?? '127.0.0.1'
  const port = wholeNumber('PORT', 8080, { max: 65_535 })
  const publicUrl = (value('PUBLIC_URL') ?? `http://${host === '0.0.0.0' ? 'localhost' : host}:${port}`).replace(
    /\/+$/,
    '',
  )
  if (!URL.canParse(publicUrl)) throw new StartProblem(`PUBLIC_URL không phải địa chỉ (is not a URL): ${publicUrl}`)
  const logLevel = value('LOG_LEVEL') ?? 'info'
  const levels = ['debug', 'info', 'warn', 'error', 'silent'] as const
  const level = levels.find((name) => name === logLevel)
  if (!level) throw new StartProblem(`LOG_LEVEL phải là một trong (must be one of) ${levels.join(', ')}: ${logLevel}`)
  const dataDir = folder('DATA_DIR', './var')
  return {
    host,
    port,
    publicUrl,
    dataDir,
    keyDir: folder('KEY_DIR', `${dataDir}/keys`),
    fileDir: folder('FILE_DIR', `${dataDir}/files`),
    databaseUrl: value('DATABASE_URL'),
    poolSize: wholeNumber('POOL_SIZE', 16, { min: 2, max: 500 }),
    logLevel: level,
    trustProxy: (value('TRUST_PROXY') ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
    secureCookies: publicUrl.startsWith('https:'),
    mail: readMailServer(
      value('SMTP_URL'),
      value('MAIL_FROM'),
      wholeNumber('MAIL_PER_MINUTE', 60, { min: 1, max: 100_000 }),
    ),
    noticeGateways: readGateways(value('NOTICE_GATEWAYS')),
  }
}

function readMailServer(
  given: string | undefined,
  from: string | undefined,
  perMinute: number,
): MailServer | undefined {
  if (given === undefined) return undefined
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (!url?.hostname || !['smtp:', 'smtps:'].includes(url.protocol))
    throw new StartProblem('SMTP_URL không phải địa chỉ máy chủ thư (is not smtp:// or smtps://host)')
  if (from === undefined || !/^[^\s@<>,;]+@[^\s@<>,;]+$/.test(from))
    throw new StartProblem('MAIL_FROM phải là một địa chỉ thư (must be an e-mail address) khi có SMTP_URL')
  const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  const implicit = url.protocol === 'smtps:'
  const open = url.searchParams.get('tls') === 'none' || isHere
  const safe = implicit ? 'implicit' : 'starttls'
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (implicit ? 465 : 587)),
    tls: !implicit && open ? 'none' : safe,
    user: url.username === '' ? undefined : decodeURIComponent(url.username),
    password: url.password === '' ? undefined : decodeURIComponent(url.password),
    from,
    perMinute,
  }
}

function readGateways(given: string | undefined): string[] {
  const gateways = (given ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
  const bad = gateways.find((each) => !URL.canParse(each) || !/^https?:\/\//.test(each))
  if (bad !== undefined) throw new StartProblem(`NOTICE_GATEWAYS: không phải địa chỉ (is not a URL): ${bad}`)
  return gateways
}

/** The settings of this process. */
export const configOfProcess = (root: string): Config => readConfig(process.env, root)

/** Whether we were started by npm or by the launcher, and should end when that vanishes. */
export const isLaunched = (): boolean =>
  process.env['MOTCUA_LAUNCHER'] !== undefined || process.env['npm_lifecycle_event'] === 'start'

/** Where the person who typed the command stands; npm changes the folder before it runs a script. */
export const typedIn = (): string => process.env['INIT_CWD'] ?? process.cwd()

/** The server that a test run provides; without one each test file starts its own. */
export const testServerUrl = (): string | undefined => process.env['TEST_DATABASE_URL'] || undefined
