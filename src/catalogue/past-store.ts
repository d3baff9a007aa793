import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import { checkVersion } from './check.ts'
import { mayPublish } from './rules/findings.ts'
import { listFields } from './field-store.ts'
import type { CatalogueTables } from './tables.ts'
import { searchedWords, versionsChanged } from './version-store.ts'
import type { ProcedureVersion } from './contract.ts'
import type { Db } from '../platform/db.ts'

/**
 * Brings in versions of a time that is over, e.g. with the dossiers of that time. They end by themselves and change
 * nothing that stands: where a procedure has a version in those days already, that one stays and this is left out.
 * Returns how many were added; doing it again adds nothing.
 */
export async function recordPastVersions(db: Db<CatalogueTables>, candidates: readonly unknown[]): Promise<number> {
  const fields = (await listFields(db)).map(({ key }) => key)
  const versions = candidates.map((candidate) => {
    const { version, findings } = checkVersion(candidate, { fields })
    if (!version || !mayPublish(findings)) throw new Error(`catalogue: not valid: ${JSON.stringify(findings[0])}`)
    if (version.validTo === null) throw new Error(`catalogue: ${version.code} of ${version.validFrom} has no end`)
    return version as ProcedureVersion & { validTo: Day }
  })
  const lines = versions.map((version) => ({
    code: version.code,
    valid_from: version.validFrom,
    valid_to: version.validTo,
    name: version.name,
    short_name: version.shortName,
    field: version.field,
    keywords: searchedWords(version),
    content: version,
  }))
  const { rows } = await sql<{ code: string }>`
    with line as (select * from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      as x(code text, valid_from date, valid_to date, name text, short_name text, field text, keywords text, content jsonb)),
    known as (insert into catalogue.procedure (code) select distinct code from line order by code on conflict do nothing),
    added as (insert into catalogue.procedure_version (code, valid_from, valid_to, name, short_name, field, keywords, content)
      select l.code, l.valid_from, l.valid_to, l.name, l.short_name, l.field, l.keywords, l.content from line l
      where not exists (select from catalogue.procedure_version v
        where v.code = l.code and daterange(v.valid_from, v.valid_to, '[]') && daterange(l.valid_from, l.valid_to, '[]'))
      returning code, version_id)
    insert into catalogue.change (what, code, details)
      select 'version-published', code, jsonb_build_object('versionId', version_id, 'past', true) from added
      returning code`.execute(db)
  versionsChanged(db)
  return rows.length
}
