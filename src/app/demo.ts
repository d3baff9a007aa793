import * as demo from '../../demo/index.ts'
import type { Context } from '../platform/context.ts'
import type { Tables } from './tables.ts'

/** An account of the demo, shown at each start. */
export type DemoAccount = demo.DemoAccount

/** Fills an empty, migrated database with the demo authorities. Runs once; a cut-short run starts over on a cleared database. */
export async function loadDemo(context: Context<Tables>, say: (line: string) => void = () => undefined): Promise<void> {
  await demo.loadDemo(context, (line) => say(`  ${line}`))
}

/** The accounts of the demo with their passwords, which were made when it was loaded. */
export const demoAccounts = (context: Context<Tables>): Promise<readonly DemoAccount[]> => demo.demoAccounts(context)
