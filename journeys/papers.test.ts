import assert from 'node:assert/strict'
import exceljs from 'exceljs'
import { ask, dossierOf } from './officer.ts'
import { assertArchivable, missingTools, qrOf, showPaper, textOf } from './papers.ts'
import { startWorld, story } from './world.ts'

const world = startWorld()

/** One dossier for everything that ever happened to one, in the commune of then and in the commune of today. */
async function examples(): Promise<{ dossierId: string; edition: string }[]> {
  const { rows } = await world.database.ownerPool.query<{ dossierId: string; edition: string }>(
    `select distinct on (agency_id, e.type) e.dossier_id as "dossierId",
       case when d.lodged_at < '2025-07-01' then '2018' else '2025' end as edition
     from dossiers.event e join dossiers.dossier d using (agency_id, dossier_id)
     order by agency_id, e.type, e.dossier_id`,
  )
  return [...new Map(rows.map((row) => [row.dossierId, row])).values()]
}

story('every paper that the demo can print is PDF/A-1b, names its dossier and leads to it', async (context) => {
  if (missingTools() !== undefined) {
    assert.notEqual(process.env['CI'], 'true', `cannot be tested without ${missingTools()}`)
    return context.skip(`SKIPPED: no ${missingTools()}`)
  }
  const leader = await world.visit({ as: 'chutich.thang' })
  const papers = new Map<string, Buffer>()
  const codes = new Map<string, string>()
  for (const { dossierId, edition } of await examples()) {
    const view = await dossierOf(leader, dossierId)
    for (const { form, url } of view.forms) {
      const name = `${edition}-${form.replace(/-\d+$/, '')}`
      if (papers.has(name)) continue
      papers.set(name, await world.fetch(leader, url))
      codes.set(name, view.code)
    }
  }
  const expected = ['2018-control', '2018-receipt']
  const today = ['apology', 'control', 'explanation', 'receipt', 'refusal', 'stop', 'supplement']
  for (const name of [...expected, ...today.map((form) => `2025-${form}`)])
    assert.ok(papers.has(name), `no ${name} among ${[...papers.keys()].toSorted().join(', ')}`)

  for (const [name, bytes] of papers) {
    showPaper(name, bytes)
    assert.ok((await textOf(bytes)).replace(/\s/g, '').includes(codes.get(name) ?? '?'), `${name} names its dossier`)
    if (!name.endsWith('explanation')) assert.ok((await qrOf(bytes)).startsWith(`${world.url}/`), name)
  }
  papers.set('posting', await world.fetch(leader, '/thu-tuc/1.001193/niem-yet.pdf'))
  papers.set('poster', await world.fetch(leader, '/thu-tuc/1.001193/ma-qr.pdf'))
  papers.set('field-poster', await world.fetch(leader, '/thu-tuc/linh-vuc/civil-status/ma-qr.pdf'))
  const { home } = await ask<{ home: number }>(leader, '/api/desk?for=register')
  const period = `agencyId=${home}&from=2026-09-01&to=2026-10-14`
  papers.set('register', await world.fetch(leader, `/api/register/pdf?${period}`))
  for (const name of ['posting', 'poster', 'field-poster', 'register']) showPaper(name, papers.get(name) ?? Buffer.of())
  await assertArchivable(papers)
  context.diagnostic(`${papers.size} papers: ${[...papers.keys()].join(', ')}`)
})

story('the register opens as a workbook with as many lines as the screen says', async () => {
  const leader = await world.visit({ as: 'chutich.thang' })
  await leader.goto('/can-bo/so')
  const total = Number(/[\d.]+/.exec(await leader.getByText(/^[\d.]+ hồ sơ$/).innerText())?.[0].replaceAll('.', ''))
  const [download] = await Promise.all([
    leader.waitForEvent('download'),
    leader.getByRole('link', { name: 'Tải Excel' }).click(),
  ])
  assert.match(download.suggestedFilename(), /\.xlsx$/)
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.readFile(await download.path())
  const [sheet] = workbook.worksheets
  let lines = 0
  sheet?.eachRow((row) => {
    if (JSON.stringify(row.values).includes('H24.34.21-')) lines++
  })
  assert.equal(lines, total)
})
