import { pino, type Logger } from 'pino'
import type { Config } from './config.ts'

/** Structured log. Lines name what happened in kebab case and carry ids, never personal data. */
export type Log = Logger

/** Writes to the output, or to the error stream (2) where the output belongs to a command. */
export const openLog = (level: Config['logLevel'], stream: 1 | 2 = 1): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ dest: stream, sync: true }),
  )
