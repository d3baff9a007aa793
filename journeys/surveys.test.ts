import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { followReturns, invitationPath, surveyFigures } from '../src/surveys/index.ts'
import { choose } from './officer.ts'
import { textOf } from './papers.ts'
import { assertFits, DESK, PHONE, settled, shoot, startWorld, story } from './world.ts'

const world = startWorld()

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first()

type Campaign = { agencyId: number; campaignId: string; address: string }

/** A campaign of nine questions with a quota, made and opened on its pages. */
async function openCampaign(page: Page): Promise<Campaign> {
  await page.goto('/can-bo/khao-sat/moi')
  await heading(page, 'Lập đợt khảo sát')
  await page.getByLabel('Tên đợt khảo sát').fill('Khảo sát tháng 10 tại Bộ phận Một cửa')
  for (const channel of ['Đường dẫn chung, mã QR', 'Máy tại quầy', 'Phiếu giấy'])
    await page.getByRole('checkbox', { name: channel }).check()
  await page.getByLabel('Số phiếu cần thu').fill('10')
  await page.getByLabel('Nhóm nhỏ nhất được hiện (phiếu)').fill('3')
  await page.getByRole('button', { name: 'Thêm chỉ tiêu' }).click()
  await choose(page, 'Nhóm', 'Hộ tịch')
  await page.getByLabel('Mời nhiều nhất').fill('2')
  await shoot(page, 'surveys-new')
  await button(page, 'Lập đợt khảo sát').click()
  await heading(page, /Khảo sát tháng 10/)
  await button(page, 'Mở đợt khảo sát').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Mở đợt khảo sát' }).click()
  await page.getByText('Đang diễn ra').first().waitFor()
  await settled(page)
  await assertFits(page, 'campaign')
  await shoot(page, 'surveys-campaign')
  const [, agencyId = '', campaignId = ''] = /khao-sat\/(\d+)\/([0-9a-f-]{36})/.exec(page.url()) ?? []
  const address = await page.getByRole('textbox', { name: /Đường dẫn chung/ }).inputValue()
  return { agencyId: Number(agencyId), campaignId, address: new URL(address).pathname }
}

/** Answers the first choice of each question, leaves the last one blank, looks through it and sends it. */
async function answer(page: Page, address: string, place = 0): Promise<void> {
  await page.goto(address)
  for (
    let question = 0;
    question < 40 && (await page.getByRole('button', { name: 'Gửi phiếu' }).count()) === 0;
    question++
  ) {
    const before = await page.locator('main').innerText()
    const choices = page.locator('main').getByRole('radio').or(page.locator('main').getByRole('checkbox'))
    const count = await choices.count()
    if (count > 0 && question % 4 !== 3) await choices.nth(Math.min(place, count - 1)).check()
    await page.getByRole('button', { name: count > 0 && question % 4 !== 3 ? 'Tiếp tục' : 'Bỏ qua câu này' }).click()
    await page.waitForFunction((was) => document.querySelector('main')?.innerText !== was, before)
  }
  await shoot(page, 'surveys-check')
  await page.getByRole('button', { name: 'Gửi phiếu' }).click()
  await heading(page, 'Cảm ơn bạn')
}

/** Types a paper ballot as clerks do: a number for each answer, Enter saves. */
async function typePaper(page: Page, { agencyId, campaignId }: Campaign, keys: string): Promise<void> {
  await page.goto(`/can-bo/khao-sat/${agencyId}/${campaignId}/nhap-phieu`)
  await settled(page)
  const again = page.getByRole('button', { name: 'Nhập lần hai' })
  if ((await again.count()) > 0) await again.first().click()
  await page.locator('.sv-typing [data-at="0"]').focus()
  await page.keyboard.type(keys)
  await page.keyboard.press('Enter')
}

story('a campaign: open link, kiosk, paper by two hands, results on both bases, figures of the report', async () => {
  const leader = await world.visit({ as: 'chutich.thang', size: DESK })
  const campaign = await openCampaign(leader)

  const citizen = await world.visit({ size: PHONE })
  for (const place of [0, 1, 0]) await answer(citizen, campaign.address, place)

  // The kiosk takes a touch a question and is ready for the next.
  await leader.getByLabel('Tên máy').fill('Máy cửa chính')
  await button(leader, 'Thêm máy').click()
  const kioskAddress = await leader.getByRole('textbox', { name: /Máy tại quầy/ }).inputValue()
  const kiosk = await world.visit({ size: DESK })
  await kiosk.goto(new URL(kioskAddress).pathname)
  await settled(kiosk)
  await shoot(kiosk, 'surveys-kiosk')
  for (let question = 0; question < 20 && (await kiosk.getByText('Cảm ơn').count()) === 0; question++) {
    const before = await kiosk.locator('main').innerText()
    await kiosk.locator('main button').first().click()
    await kiosk.waitForFunction((was) => document.querySelector('main')?.innerText !== was, before)
  }

  // Two officers type the same papers; one differs and is settled by a look at the paper.
  const one = await world.visit({ as: 'motcua.lan' })
  const other = await world.visit({ as: 'motcua.huong' })
  await typePaper(one, campaign, '11111')
  await one.getByText('Phiếu 1: đã nhập lần một', { exact: false }).first().waitFor()
  await typePaper(other, campaign, '11112')
  await other.getByText('Phiếu 1: 1 câu khác nhau, cần đối chiếu.').first().waitFor()
  await shoot(other, 'surveys-paper')
  await other.getByRole('button', { name: 'Đối chiếu' }).click()
  const sheet = other.getByRole('dialog', { name: 'Đối chiếu phiếu 1' })
  await sheet.getByRole('radio', { name: /^Lần một/ }).check()
  await shoot(other, 'surveys-settle')
  await sheet.getByRole('button', { name: 'Thống nhất' }).click()
  await other.getByText('1 phiếu đã khớp và được tính.').waitFor()

  // The urn is emptied when the campaign is closed; then the results show both bases, on paper too.
  await leader.goto(`/can-bo/khao-sat/${campaign.agencyId}/${campaign.campaignId}`)
  await leader.getByText('Đang trong hòm, chờ trộn').waitFor()
  await leader.getByRole('columnheader', { name: 'Nhiều nhất' }).waitFor()
  await shoot(leader, 'surveys-quota')
  await button(leader, 'Kết thúc').click()
  await leader.getByRole('dialog').getByRole('button', { name: 'Kết thúc' }).click()
  await leader.getByText('Đã kết thúc').first().waitFor()
  await leader.goto(`/can-bo/khao-sat/${campaign.agencyId}/${campaign.campaignId}/ket-qua`)
  await heading(leader, 'Kết quả khảo sát')
  await leader.getByRole('columnheader', { name: '% tổng số phiếu' }).first().waitFor()
  await leader.getByRole('columnheader', { name: '% hợp lệ' }).first().waitFor()
  await leader.getByText('Bỏ trống').first().waitFor()
  await settled(leader)
  await assertFits(leader, 'results')
  await shoot(leader, 'surveys-results')
  const pdf = await world.fetch(
    leader,
    `/api/surveys/campaigns/${campaign.agencyId}/${campaign.campaignId}/results.pdf`,
  )
  assert.match(await textOf(pdf), /% hợp lệ|hợp lệ/)

  // The report counts it: held, so many ballots, on paper and online.
  const figures = await surveyFigures(world.database.context.db, {
    agencies: [campaign.agencyId],
    from: '2026-10-01',
    to: '2026-12-31',
  })
  const counted = figures.campaigns.find(({ name }) => name.startsWith('Khảo sát tháng 10'))
  assert.ok(counted, JSON.stringify(figures.campaigns))
  assert.ok(figures.ballots >= 4, String(figures.ballots))
})

story('after a result there is one invitation; its token answers once', async () => {
  const context = { ...world.context, clock: world.now }
  await followReturns(context)
  const { rows } = await world.database.ownerPool.query<{ agencyId: number; dossierId: string }>(
    `select agency_id as "agencyId", dossier_id as "dossierId" from surveys.invitation where expires_on >= current_date - 60 order by invited_on desc`,
  )
  const paths = await Promise.all(rows.map((of) => invitationPath(context, of)))
  const address = paths.find((path) => path !== undefined)
  assert.ok(address, 'the demo invites after a result')
  const citizen = await world.visit({ size: PHONE, expects: [/410 GET/, /status of 410/] })
  await answer(citizen, address)
  await shoot(citizen, 'surveys-thanks')
  const again = await citizen.goto(address)
  assert.equal(again?.status(), 410)
  await citizen
    .getByText(/Phiếu này đã được gửi/)
    .first()
    .waitFor()
  await shoot(citizen, 'surveys-used')
})
