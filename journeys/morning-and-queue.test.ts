import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { aNeighbour, takeIn } from './officer.ts'
import { settled, shoot, startWorld, story } from './world.ts'

const world = startWorld()

const main = (page: Page) => page.getByRole('main')

/** Waits until the list of this page is as long as it should be; pages that follow are fetched. */
async function countRows(page: Page, wanted: number, what: string): Promise<void> {
  await page
    .waitForFunction(
      (count) => {
        const table = document.querySelector('main table.k-table')
        const rows = table?.querySelectorAll('tbody tr[data-opens]').length ?? 0
        const more = document.querySelector<HTMLButtonElement>('main .k-more-rows')
        if (rows < count && more) more.click()
        return table?.getAttribute('aria-busy') !== 'true' && rows === count && !more
      },
      wanted,
      { polling: 100 },
    )
    .catch(async (cause: unknown) => {
      const rows = await page.locator('main table.k-table tbody tr[data-opens]').count()
      throw new Error(`${what} says ${wanted}, the list behind it has ${rows}: ${page.url()}`, { cause })
    })
}

story('every number of the morning opens a list of that many', async (context) => {
  const leader = await world.visit({ as: 'chutich.thang' })
  await leader.goto('/can-bo/dau-ngay')
  await main(leader).getByRole('heading', { name: 'Ai đang giữ' }).waitFor()
  await shoot(leader, 'morning')
  const links = main(leader).getByRole('link', { name: /^[\d.]+ ?\D/ })
  const count = await links.count()
  assert.ok(count >= 10, `${count} numbers`)
  let sum = 0
  for (let index = 0; index < count; index++) {
    const link = links.nth(index)
    const said = (await link.innerText()).replace(/\s+/g, ' ')
    const number = Number(/^[\d.]+/.exec(said)?.[0].replaceAll('.', ''))
    await link.click()
    await leader.waitForURL(/\/(ho-so|so-qua-han)\?/)
    if (number > 0) await countRows(leader, number, said)
    sum += number
    await leader.goBack()
    await main(leader).getByRole('heading', { name: 'Ai đang giữ' }).waitFor()
  }
  context.diagnostic(`${count} numbers opened, ${sum} lines`)
})

story('the filters of the queue live in the address, and going back keeps the place', async () => {
  const officer = await world.visit({ as: 'tuphap.hung' })
  await officer.goto('/can-bo/ho-so')
  await main(officer).getByText('Cả cơ quan', { exact: true }).click()
  await officer.waitForURL(/whose=agency/)
  await main(officer)
    .getByRole('button', { name: /Đang giải quyết/ })
    .click()
  await officer.waitForURL(/state=open/)
  await main(officer).getByRole('combobox', { name: 'Hình thức nộp' }).click()
  await officer.getByRole('option', { name: 'Trực tuyến' }).click()
  await officer.waitForURL(/channel=online/)
  const address = officer.url()
  await settled(officer)
  const names = () => main(officer).locator('tbody tr .k-row-link').allInnerTexts()
  const before = await names()
  assert.ok(before.length >= 3, `${before.length} dossiers`)
  await shoot(officer, 'queue-filtered')

  // The same address shows the same list to somebody who was sent it.
  await officer.goto(address)
  await countRows(officer, before.length, 'the list before')
  assert.deepEqual(await names(), before)

  // With the keys alone: down to the third, in, and back to where one was.
  await main(officer).locator('[data-row="1"]').focus()
  await officer.keyboard.press('ArrowDown')
  await officer.keyboard.press('ArrowDown')
  await officer.keyboard.press('Enter')
  await officer.getByRole('heading', { name: 'Hiện trạng' }).waitFor()
  await officer.goBack()
  await countRows(officer, before.length, 'the list before')
  assert.equal(officer.url(), address)
  await officer.waitForFunction(() => document.activeElement?.getAttribute('data-row') === '3')
})

story('a dossier is found by code, by a name without accents, by identity number and by telephone', async () => {
  const counter = await world.visit({ as: 'motcua.lan' })
  const applicant = aNeighbour({
    name: 'Quách Thị Ỷ Lan',
    identityNumber: '030188005555',
    birthDay: '1988-05-05',
    phone: '0987001122',
  })
  const { code } = await takeIn(counter, { code: '1.004873', caseKey: 'first', applicant })
  await counter.goto('/can-bo/tra-cuu')
  const field = counter.getByRole('searchbox')
  for (const words of [code, 'quach thi y lan', '030188005555', '0987001122']) {
    await field.fill(words)
    await field.press('Enter')
    await counter
      .getByText(/^1 /)
      .or(counter.getByRole('heading', { name: /\b1 / }))
      .first()
      .waitFor()
    await countRows(counter, 1, words)
    await counter.getByRole('link', { name: code }).waitFor()
    assert.ok(!counter.url().includes(words), 'what is looked for stands in no address')
  }
  await shoot(counter, 'search')

  // From anywhere with one key.
  await counter.goto('/can-bo/so')
  await settled(counter)
  await counter.keyboard.press('Control+k')
  await counter.getByRole('combobox', { name: /Tìm hồ sơ/ }).fill('quach y lan')
  await counter.getByRole('option', { name: new RegExp(code) }).waitFor()
  await shoot(counter, 'command-box')
  await counter.keyboard.press('Enter')
  await counter.getByRole('heading', { level: 1, name: /Quách Thị Ỷ Lan/ }).waitFor()
})
