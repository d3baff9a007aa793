import type { Context } from '../platform/context.ts'
import type { Http } from '../platform/http/route.ts'
import type { Tables } from './tables.ts'

/** Hooks and routes of all features, in the order of the folders: identity's hooks stand before everybody's routes. */
const features: readonly ((http: Http, context: Context<Tables>) => void | Promise<void>)[] = []

export async function addRoutes(http: Http, context: Context<Tables>): Promise<void> {
  for (const addFeature of features) await addFeature(http, context)
}
