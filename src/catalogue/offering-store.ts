import { sql } from 'kysely'
import { addDays, type Day } from '../platform/day.ts'
import { accept, type Result } from '../platform/result.ts'
import type { ProcedureVersion } from './contract.ts'
import { fitVersion, type Validity } from './rules/validity.ts'
import { recordChange, type CatalogueRefusal } from './version-store.ts'
import type { CatalogueDb } from './tables.ts'

/** Agencies take these procedures in from a day on; what they offer already stays as it is. */
export async function offerProcedures(
  db: CatalogueDb,
  {
    agencyId,
    codes,
    validFrom,
    by = null,
  }: { agencyId: number; codes: readonly string[]; validFrom: Day; by?: number | null },
): Promise<number> {
  if (codes.length === 0) return 0
  const { rows } = await sql<{ code: string }>`
    insert into catalogue.offering (agency_id, code, valid_from)
    select ${agencyId}::int, code, ${validFrom}::date from catalogue.procedure
    where code = any (${codes}::text[]) and not exists (
      select from catalogue.offering o where o.agency_id = ${agencyId}::int and o.code = procedure.code and (o.valid_to is null or o.valid_to >= ${validFrom}::date))
    returning code`.execute(db)
  if (rows.length > 0)
    await recordChange(db, {
      by,
      what: 'offered',
      code: null,
      details: { agencyId, validFrom, codes: rows.map(({ code }) => code) },
    })
  return rows.length
}

/** The agency no longer takes these procedures in after the last day. */
export async function stopOffering(
  db: CatalogueDb,
  {
    agencyId,
    codes,
    lastDay,
    by = null,
  }: { agencyId: number; codes: readonly string[]; lastDay: Day; by?: number | null },
): Promise<number> {
  const { rows } = await sql<{ code: string }>`
    update catalogue.offering set valid_to = ${lastDay}::date
    where agency_id = ${agencyId}::int and code = any (${codes}::text[]) and valid_from <= ${lastDay}::date and valid_to is null
    returning code`.execute(db)
  if (rows.length > 0)
    await recordChange(db, {
      by,
      what: 'offering-ended',
      code: null,
      details: { agencyId, lastDay, codes: rows.map(({ code }) => code) },
    })
  return rows.length
}

/** Codes that an agency offers on a day. */
export async function offeredOn(db: CatalogueDb, agencyId: number, day: Day): Promise<string[]> {
  const rows = await db
    .selectFrom('catalogue.offering')
    .select('code')
    .where('agency_id', '=', agencyId)
    .where('valid_from', '<=', day)
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', day)]))
    .orderBy('code')
    .execute()
  return rows.map(({ code }) => code)
}

/** Agencies that offer a procedure on a day. */
export async function agenciesOffering(db: CatalogueDb, code: string, day: Day): Promise<number[]> {
  const rows = await db
    .selectFrom('catalogue.offering')
    .select('agency_id')
    .where('code', '=', code)
    .where('valid_from', '<=', day)
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', day)]))
    .orderBy('agency_id')
    .execute()
  return rows.map((row) => row.agency_id)
}

/** Agencies that offer anything at all on a day, at most so many. */
export async function listOfferingAgencies(db: CatalogueDb, day: Day, limit: number): Promise<number[]> {
  const { rows } = await sql<{ agency_id: number }>`
    select distinct agency_id from catalogue.offering
    where valid_from <= ${day} and (valid_to is null or valid_to >= ${day}) order by agency_id limit ${limit}`.execute(
    db,
  )
  return rows.map((row) => row.agency_id)
}

type AskedAmounts = { agencyIds: readonly number[]; code: string; day: Day }

/** An amount that a province or an agency has set, with the resolution that sets it. */
export type SetFee = { amount: number; basis: string; validFrom: Day }

/** Amounts by `feeKey` that hold at an agency; the agency named first wins, so give the nearest first, then its province. */
export async function setFeesOn(
  db: CatalogueDb,
  { agencyIds, code, day }: AskedAmounts,
): Promise<Record<string, SetFee>> {
  const { rows } = await sql<SetFee & { key: string }>`
    select distinct on (fee_key) fee_key as key, amount, basis, valid_from as "validFrom" from catalogue.fee_amount
    where code = ${code} and agency_id = any (${agencyIds}::int[]) and valid_from <= ${day} and (valid_to is null or valid_to >= ${day})
    order by fee_key, array_position(${agencyIds}::int[], agency_id), valid_from desc`.execute(db)
  return Object.fromEntries(rows.map(({ key, ...set }) => [key, set]))
}

/** The same without what sets them. */
export async function feeAmountsOn(db: CatalogueDb, asked: AskedAmounts): Promise<Record<string, number>> {
  const set = await setFeesOn(db, asked)
  return Object.fromEntries(Object.entries(set).map(([key, { amount }]) => [key, amount]))
}

/**
 * Sets an amount from a day on; the one before it ends on the day before. An amount from before the first that the agency
 * entered, by a resolution that was entered late, holds until that one.
 */
export async function setFeeAmount(
  db: CatalogueDb,
  amount: {
    agencyId: number
    code: string
    feeKey: string
    validFrom: Day
    amount: number
    basis: string
    by?: number | null
  },
): Promise<Result<true, CatalogueRefusal>> {
  return db.transaction().execute(async (tx) => {
    await tx.selectFrom('catalogue.procedure').select('code').where('code', '=', amount.code).forUpdate().execute()
    const known = await tx
      .selectFrom('catalogue.fee_amount')
      .select(['valid_from as validFrom', 'valid_to as validTo'])
      .where('agency_id', '=', amount.agencyId)
      .where('code', '=', amount.code)
      .where('fee_key', '=', amount.feeKey)
      .orderBy('valid_from')
      .execute()
    const first = known[0]
    const isBefore = first !== undefined && amount.validFrom < first.validFrom
    if (!isBefore) {
      const fit = fitVersion(known.at(-1), { validFrom: amount.validFrom, validTo: null }, { mayLeaveGap: true })
      if (!fit.ok) return fit
      await tx
        .updateTable('catalogue.fee_amount')
        .set({ valid_to: addDays(amount.validFrom, -1) })
        .where('agency_id', '=', amount.agencyId)
        .where('code', '=', amount.code)
        .where('fee_key', '=', amount.feeKey)
        .where('valid_from', '<', amount.validFrom)
        .where('valid_to', 'is', null)
        .execute()
    }
    await tx
      .insertInto('catalogue.fee_amount')
      .values({
        agency_id: amount.agencyId,
        code: amount.code,
        fee_key: amount.feeKey,
        valid_from: amount.validFrom,
        valid_to: isBefore ? addDays(first.validFrom, -1) : null,
        amount: amount.amount,
        basis: amount.basis,
      })
      .execute()
    const { by = null, ...details } = amount
    await recordChange(tx, { by, what: 'fee-amount-set', code: amount.code, details })
    return accept(true as const)
  })
}

/** A procedure that an agency takes in, with what its versions say in short; for counting. */
export type OfferedProcedure = {
  code: string
  offered: Validity[]
  versions: (Validity &
    Pick<ProcedureVersion, 'shortName' | 'levels' | 'serviceLevels' | 'linkages'> & {
      isOnline: boolean
      hasFees: boolean
    })[]
}

/** What an agency took in at some day of a span, with every version of it, also those before and after. */
export async function offeredDuring(
  db: CatalogueDb,
  agencyIds: readonly number[],
  { from, to }: { from: Day; to: Day },
): Promise<OfferedProcedure[]> {
  const { rows } = await sql<OfferedProcedure>`
    select o.code, o.offered, v.versions
    from (
      select code, jsonb_agg(jsonb_build_object('validFrom', valid_from, 'validTo', valid_to) order by valid_from) as offered
      from catalogue.offering
      where agency_id = any (${agencyIds}::int[]) and valid_from <= ${to} and (valid_to is null or valid_to >= ${from})
      group by code) o
    join lateral (
      select jsonb_agg(jsonb_build_object(
        'validFrom', valid_from, 'validTo', valid_to, 'shortName', short_name,
        'levels', content -> 'levels', 'serviceLevels', content -> 'serviceLevels', 'linkages', content -> 'linkages',
        'isOnline', jsonb_path_exists(content, '$.channelNotes[*] ? (@.channel == "online")'),
        'hasFees', jsonb_path_exists(content, '$.cases[*].fees[*]')) order by valid_from) as versions
      from catalogue.procedure_version where code = o.code) v on true
    where v.versions is not null
    order by o.code`.execute(db)
  return rows
}
