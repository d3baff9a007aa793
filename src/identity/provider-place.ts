import type { Config } from '../platform/config.ts'

/** Where a demonstration answers as a provider of identity itself. */
export const SANDBOX_PATH = '/dinh-danh-thu'

/** The issuer of a provider; one that is this path is this installation, wherever it is reached. No administrator can set it. */
export const issuerOf = ({ publicUrl }: Pick<Config, 'publicUrl'>, issuer: string): string =>
  issuer === SANDBOX_PATH ? publicUrl + SANDBOX_PATH : issuer
