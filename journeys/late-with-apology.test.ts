import assert from 'node:assert/strict'
import { dossierOf, dossiersWhere, openDossier, perform } from './officer.ts'
import { showPaper, textOf } from './papers.ts'
import { shoot, startWorld, story } from './world.ts'

const world = startWorld()

story('a late dossier gets its apology: it stays late, and leaves the list of those without one', async () => {
  const [late] = await dossiersWhere(
    world,
    `status = 'processing' and due_current < '${world.now()}' and apologies = 0 and procedure_code = '1.004873'`,
  )
  assert.ok(late, 'the demo has a late dossier without an apology')
  const leader = await world.visit({ as: 'chutich.thang' })

  // It stands among the late ones that nobody apologised for.
  await leader.goto('/can-bo/so-qua-han?timeliness=late-without-apology')
  await leader.getByText(late.code).first().waitFor()
  await shoot(leader, 'late-without-apology')

  await openDossier(leader, late.dossierId)
  await leader
    .getByText(/trễ \d+ ngày/)
    .first()
    .waitFor()
  await perform(leader, 'Xin lỗi và hẹn lại ngày trả', async (sheet) => {
    await shoot(leader, 'sheet-apology-empty')
    await sheet.getByRole('textbox', { name: 'Ngày hẹn trả mới' }).fill('21/10/2026')
    await sheet.getByLabel('Nguyên nhân').fill('phối hợp')
    await leader.getByRole('option', { name: 'Do cơ quan phối hợp' }).click()
    await sheet.getByLabel('Lý do').fill('Chờ kết quả xác minh tình trạng hôn nhân tại nơi cư trú trước đây.')
    await shoot(leader, 'sheet-apology')
  })

  // The notice of the law, form 04, with both days.
  const view = await dossierOf(leader, late.dossierId)
  const paper = view.forms.find(({ form }) => form.startsWith('apology'))
  assert.ok(paper)
  const bytes = await world.fetch(leader, paper.url)
  showPaper('apology', bytes)
  const words = await textOf(bytes)
  assert.match(words, /VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT/)
  assert.ok(words.includes(late.code))
  assert.match(words, /hẹn lại 17 giờ 00 phút, ngày 21 tháng 10 năm 2026/)
  assert.match(words, /tại nơi cư trú trước đây\. Ủy ban/)

  // The law forgives nothing: late it stays, with its apology beside it.
  assert.equal(view.due.timeliness, 'open-late')
  await leader.goto('/can-bo/so-qua-han')
  const row = leader.getByRole('row').filter({ hasText: late.code })
  await row.getByText(/hẹn lại 21\/10\/2026/).waitFor()
  await shoot(leader, 'late-with-apology')
  await leader.goto('/can-bo/so-qua-han?timeliness=late-without-apology')
  await leader.getByRole('table').or(leader.getByText('Không có hồ sơ quá hạn')).first().waitFor()
  await leader.waitForLoadState('networkidle')
  assert.equal(await leader.getByText(late.code).count(), 0)

  // A second apology is refused with the reason, before anything is typed.
  await openDossier(leader, late.dossierId)
  await leader.getByText('Hồ sơ đã có văn bản xin lỗi và hẹn lại ngày trả.').waitFor()
})
