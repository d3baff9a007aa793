import { pino, type Logger } from 'pino'
import type { Config } from './config.ts'

/** Structured log. Lines name what happened in kebab case and carry ids, never personal data. */
export type Log = Logger

export const openLog = (level: Config['logLevel']): Log =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  })
