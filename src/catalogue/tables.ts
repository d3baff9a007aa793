import type { Generated, JSONColumnType } from 'kysely'
import type { Day, Instant } from '../platform/day.ts'
import type { Db } from '../platform/db.ts'
import type { ProcedureVersion } from './contract.ts'

export type CatalogueTables = {
  'catalogue.field': { field: string; name: string; name_en: string; position: number }
  'catalogue.procedure': { code: string; created_at: Generated<Instant> }
  'catalogue.procedure_version': {
    version_id: Generated<number>
    code: string
    valid_from: Day
    valid_to: Day | null
    name: string
    short_name: string
    field: string
    keywords: string
    content: JSONColumnType<ProcedureVersion>
    published_at: Generated<Instant>
    published_by: number | null
  }
  'catalogue.offering': { agency_id: number; code: string; valid_from: Day; valid_to: Day | null }
  'catalogue.fee_amount': {
    agency_id: number
    code: string
    fee_key: string
    valid_from: Day
    valid_to: Day | null
    amount: number
    basis: string
  }
  'catalogue.change': {
    change_id: Generated<number>
    changed_at: Generated<Instant>
    changed_by: number | null
    what: string
    code: string | null
    details: JSONColumnType<object>
  }
}

export type CatalogueDb = Db<CatalogueTables>
