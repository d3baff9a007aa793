import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { QueuePage } from '../src/dossiers/contract.ts'
import { aNeighbour, ask, dossierOf, openDossier, perform, takeIn } from './officer.ts'
import { settled, shoot, startWorld, story } from './world.ts'

const world = startWorld()

const queueOf = async (page: Page): Promise<string[]> => {
  const found: string[] = []
  for (let next: string | null = ''; next !== null;) {
    const reply: QueuePage = await ask<QueuePage>(page, `/api/queue?whose=agency&cursor=${encodeURIComponent(next)}`)
    found.push(...reply.items.map(({ dossierId }) => dossierId))
    ;({ next } = reply)
  }
  return found
}

const notTheirs = [/404 GET .*\/api\/dossiers\//, /status of 404/]

story('a residence is registered by the commune police, who see what was handed to them and nothing else', async () => {
  const counter = await world.visit({ as: 'motcua.lan' })
  const { dossierId, code } = await takeIn(counter, {
    code: '1.004222',
    caseKey: 'family',
    applicant: aNeighbour({
      name: 'Phạm Văn Quảng',
      identityNumber: '030085006789',
      birthDay: '1985-11-20',
      sex: 'male',
    }),
  })

  // Before it is handed over it does not exist for the police.
  const police = await world.visit({ as: 'congan.cuong', expects: notTheirs })
  await police.goto(`/can-bo/ho-so/${dossierId}`)
  await police.getByRole('heading', { level: 1, name: 'Hồ sơ' }).waitFor()
  await police.getByText(/không thuộc phạm vi của bạn/).waitFor()
  await shoot(police, 'police-not-found')

  // The one-stop desk forwards, checks, and so hands it over.
  await openDossier(counter, dossierId)
  await perform(counter, 'Chuyển xử lý')
  await perform(counter, 'Hoàn thành bước', async (sheet) => {
    await sheet.getByLabel('Ý kiến xử lý').fill('Hồ sơ đủ, chuyển Công an xã.')
  })

  // It is in the queue of the police, with whose it is; all of the queue is theirs to open, and nothing else is there.
  await police.goto('/can-bo/ho-so?whose=agency')
  await police.getByRole('link', { name: 'Phạm Văn Quảng' }).waitFor()
  await police
    .getByText(/· Xã Hải Hưng/)
    .first()
    .waitFor()
  await shoot(police, 'police-queue')
  const theirs = await queueOf(police)
  assert.ok(theirs.includes(dossierId))
  const { rows } = await world.database.ownerPool.query<{ id: string; lies: boolean; came: boolean }>(
    `with police as (select agency_id from staff.agency where kind = 'police')
     select dossier_id as id,
       exists (select from dossiers.task t join police on police.agency_id = t.handling_agency_id
         where t.dossier_id = d.dossier_id) as lies,
       exists (select from dossiers.participant p join police on police.agency_id = p.participant_agency_id
         where p.dossier_id = d.dossier_id) as came
     from dossiers.dossier d`,
  )
  assert.deepEqual(
    new Set(theirs),
    new Set(rows.filter(({ lies }) => lies).map(({ id }) => id)),
    'the queue of the police is exactly what lies with them',
  )
  const request = police.context().request
  const some = [...rows.filter(({ came }) => came).slice(0, 10), ...rows.filter(({ came }) => !came).slice(0, 25)]
  assert.deepEqual(
    await Promise.all(some.map(async ({ id }) => (await request.get(`/api/dossiers/${id}`)).status())),
    some.map(({ came }) => (came ? 200 : 404)),
    'what never came to the police does not exist for them',
  )

  // They take it, settle it, their chief signs.
  await police.getByRole('link', { name: 'Phạm Văn Quảng' }).click()
  await police.getByRole('heading', { level: 1, name: /Phạm Văn Quảng/ }).waitFor()
  await police.getByRole('button', { name: 'Nhận việc' }).click()
  await police.getByText(/Đã thực hiện: Nhận việc/).waitFor()
  await perform(police, 'Hoàn thành bước', async (sheet) => {
    await sheet.getByLabel('Số văn bản').fill('118/TB-CAX')
  })
  const chief = await world.visit({ as: 'truongcongan.nghia' })
  await openDossier(chief, dossierId)
  await perform(chief, 'Ký kết quả', async () => undefined)
  await shoot(chief, 'police-signed')

  // Back to the commune: registered there and handed over at the counter, where everybody's part can be read.
  const clerk = await world.visit({ as: 'vanthu.mai' })
  await openDossier(clerk, dossierId)
  await perform(clerk, 'Hoàn thành bước', async (sheet) => {
    await sheet.getByLabel('Số văn bản').fill('118/TB-CAX')
  })
  await openDossier(counter, dossierId)
  if ((await dossierOf(counter, dossierId)).fee.due > 0)
    await perform(counter, 'Thu phí, lệ phí', async (sheet) => {
      await sheet.getByLabel('Số biên lai').fill('BL0001234')
    })
  await perform(counter, 'Trả kết quả', async () => undefined)
  await counter.getByText('Hồ sơ đã kết thúc.').waitFor()
  for (const who of ['Hoàng Mạnh Cường', 'Phan Trọng Nghĩa', 'Đỗ Thị Mai'])
    await counter.getByText(who).first().waitFor()
  assert.equal((await dossierOf(counter, dossierId)).status, 'returned')
  assert.ok(!(await queueOf(police)).includes(dossierId))
  await settled(counter)
  await shoot(counter, 'two-agencies-returned')
  assert.match(code, /^H24\.34\.21-/)
})
