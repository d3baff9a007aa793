import { pino, type DestinationStream, type Logger } from 'pino'
import type { Config } from './config.ts'

/** Structured log. Lines name what happened in kebab case and carry ids, never personal data. */
export type Log = Logger

/** Writes to the output, or to the error stream (2) where the output belongs to a command. */
export const openLog = (level: Config['logLevel'], to: 1 | 2 | DestinationStream = 1): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // Under pino's own key it would repeat the message of the fault beside it.
      errorKey: 'fault',
      serializers: { err: describeFault, fault: describeFault },
    },
    typeof to === 'number' ? pino.destination({ dest: to, sync: true }) : to,
  )

/**
 * What a log may say of a fault. Messages and details of database errors quote stored values, so of these only the
 * kind and the place are told.
 */
export function describeFault(fault: unknown): unknown {
  if (!(fault instanceof Error)) return typeof fault
  const { name, message, stack = '', cause } = fault
  const { code, schema, table, constraint } = fault as Error &
    Record<'code' | 'schema' | 'table' | 'constraint', unknown>
  return {
    name,
    code,
    ...('severity' in fault ? { schema, table, constraint } : { message }),
    stack: stack.split('\n').filter((line) => line.startsWith('    at ')),
    ...(cause === undefined ? {} : { cause: describeFault(cause) }),
  }
}
