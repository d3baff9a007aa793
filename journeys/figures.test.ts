import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { bringUpToDate } from '../src/statistics/figures/index.ts'
import { aNeighbour, takeIn } from './officer.ts'
import { assertAccessible, assertFits, DESK, PHONE, settled, shoot, startWorld, story } from './world.ts'

const world = startWorld()

const main = (page: Page) => page.getByRole('main')
const sheetOf = (page: Page) => page.getByRole('dialog')
const numberIn = (words: string) => Number(/^[\d.]+/.exec(words.trim())?.[0].replaceAll('.', ''))

/** Waits until the figures are there. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await main(page).getByRole('heading', { name: 'Cân đối trong kỳ' }).waitFor()
  await settled(page)
}

/** Reads the open sheet to its end: as many dossiers as the number said. */
async function countBehind(page: Page, wanted: number, what: string): Promise<void> {
  const sheet = sheetOf(page)
  await sheet.getByRole('table', { name: 'Hồ sơ đứng sau con số' }).waitFor()
  await page
    .waitForFunction(
      (count) => {
        const dialog = document.querySelector('[role="dialog"]')
        const table = dialog?.querySelector('table.k-table')
        const rows = table?.querySelectorAll('tbody tr[data-opens]').length ?? 0
        const more = dialog?.querySelector<HTMLButtonElement>('.k-more-rows')
        if (rows < count && more) more.click()
        return table?.getAttribute('aria-busy') !== 'true' && rows === count && !more
      },
      wanted,
      { polling: 100 },
    )
    .catch(async (cause: unknown) => {
      const rows = await sheet.locator('tbody tr[data-opens]').count()
      throw new Error(`${what} says ${wanted}, the list behind it has ${rows}: ${page.url()}`, { cause })
    })
}

/** Opens one number, counts what lies behind it, and closes with Esc; the focus is where it was. */
async function openNumber(page: Page, link: Locator): Promise<number> {
  const words = await link.innerText()
  const number = numberIn(words)
  await link.focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/[?&]open=/)
  await countBehind(page, number, words.replace(/\s+/g, ' '))
  await page.keyboard.press('Escape')
  await sheetOf(page).waitFor({ state: 'detached' })
  assert.ok(!page.url().includes('open='), page.url())
  assert.equal(await link.evaluate((element) => element === document.activeElement), true, `focus after ${words}`)
  return number
}

story('the first quarter of 2023 as the old unit: every number opens as many dossiers as it says', async (context) => {
  const leader = await world.visit({ as: 'chutich.thang' })
  await open(leader, '/can-bo/thong-ke')
  await main(leader).getByRole('combobox', { name: 'Cơ quan' }).click()
  await leader.getByRole('option', { name: /Đoàn Kết – như đơn vị cũ/ }).click()
  await leader.waitForURL(/agencyId=/)
  await leader.goto(`${leader.url()}&period=2023-q1&cutoff=10`)
  await main(leader)
    .getByText(/Quý I\/2023, từ 10\/12\/2022 đến hết 09\/03\/2023/)
    .waitFor()
  await main(leader)
    .getByText(/^Cân đối: hai vế cùng là [1-9]/)
    .waitFor()
  await shoot(leader, 'figures-old-unit')
  const balance = main(leader).locator('.f-balance .f-number')
  let sum = 0
  const count = await balance.count()
  assert.ok(count >= 6, `${count} numbers`)
  for (let index = 0; index < count; index++) sum += await openNumber(leader, balance.nth(index))
  // Along two lines of the table, and one number of the period compared with.
  const lines = main(leader).getByRole('table', { name: 'Theo lĩnh vực' })
  for (const row of [2, 3]) {
    const links = lines.locator('tbody tr').nth(row).locator('.f-number')
    for (let index = 0; index < (await links.count()); index += 2) sum += await openNumber(leader, links.nth(index))
  }
  context.diagnostic(`${sum} dossiers counted`)
})

story('from a number to the dossier and back; the address keeps the sheet', async () => {
  const leader = await world.visit({ as: 'chutich.thang' })
  await open(leader, '/can-bo/thong-ke?period=2026-q3')
  await main(leader)
    .locator('.f-balance')
    .getByRole('link', { name: /hồ sơ: Đã giải quyết/ })
    .click()
  await sheetOf(leader).getByText('Đã giải quyết', { exact: true }).waitFor()
  await shoot(leader, 'figures-sheet')
  const address = leader.url()
  const first = sheetOf(leader).locator('[data-row="1"]')
  const code = await first.innerText()
  await first.focus()
  await leader.keyboard.press('Enter')
  await leader.getByRole('heading', { name: 'Hiện trạng' }).waitFor()
  assert.ok((await leader.content()).includes(code))
  await leader.goBack()
  assert.equal(leader.url(), address)
  await sheetOf(leader).locator('[data-row="1"]').waitFor()
  await leader.waitForFunction(() => document.activeElement?.getAttribute('data-row') === '1')
  // Whoever is sent the address sees the same list.
  const other = await world.visit({ as: 'tuphap.hung' })
  await other.goto(address)
  await sheetOf(other).getByRole('link', { name: code }).waitFor()
})

story('with the keys alone: period, table, sorting, narrowing', async () => {
  const clerk = await world.visit({ as: 'tuphap.hung' })
  await open(clerk, '/can-bo/thong-ke?period=2026-q3')
  await main(clerk).getByRole('group', { name: 'Chọn kỳ' }).getByRole('button', { name: 'Kỳ trước' }).focus()
  await clerk.keyboard.press('Enter')
  await clerk.waitForURL(/period=2026-q2/)
  await clerk.keyboard.press('Tab')
  await clerk.keyboard.press('Enter')
  await clerk.waitForURL(/period=2026-q3/)
  await settled(clerk)
  // One stop of Tab for the whole table; arrows inside.
  const table = main(clerk).getByRole('table', { name: 'Theo lĩnh vực' })
  await table.locator('tbody [data-cell][tabindex="0"]').focus()
  await clerk.keyboard.press('ArrowDown')
  await clerk.keyboard.press('End')
  const place = await clerk.evaluate(() => {
    const cell = document.activeElement?.closest('td')
    return [(cell?.parentElement as HTMLTableRowElement | null)?.sectionRowIndex, cell?.cellIndex]
  })
  assert.equal(place[0], 1)
  assert.ok(Number(place[1]) >= 10, String(place))
  await table.getByRole('button', { name: 'Mới nhận' }).press('Enter')
  await clerk.waitForURL(/sort=-received/)
  const received = await table.locator('tbody tr:not([data-total]) td:nth-of-type(2)').allInnerTexts()
  const numbers = received.map((words) => numberIn(words))
  assert.deepEqual(
    numbers,
    numbers.toSorted((one, other) => other - one),
  )
  const name = table.locator('tbody tr:not([data-total]) .f-name').first()
  const field = await name.innerText()
  await name.press('Enter')
  await clerk.waitForURL(/by=procedure/)
  await main(clerk).getByRole('table', { name: 'Theo thủ tục' }).waitFor()
  assert.equal(await main(clerk).getByRole('combobox', { name: 'Lĩnh vực' }).inputValue(), field)
})

story('a past day is shown as it was known, beside what was learnt since', async () => {
  const counter = await world.visit({ as: 'motcua.lan' })
  await open(counter, '/can-bo/thong-ke?asOf=2026-10-13')
  await main(counter).getByRole('heading', { name: 'Khác với số liệu hiện nay' }).waitFor()
  const received = main(counter)
    .locator('.f-balance')
    .getByRole('link', { name: /Mới tiếp nhận/ })
  const before = numberIn(await received.innerText())
  const { code } = await takeIn(counter, { code: '1.004873', caseKey: 'first', applicant: aNeighbour() })
  await bringUpToDate(world.context)
  await counter.reload()
  const moved = main(counter).getByRole('table', { name: 'Khác với số liệu hiện nay' })
  await moved.getByRole('rowheader', { name: 'Mới tiếp nhận trong kỳ' }).waitFor()
  assert.equal(numberIn(await received.innerText()), before, 'what was known does not change')
  await main(counter).getByRole('link', { name: code }).waitFor()
  await shoot(counter, 'figures-as-known')
})

story('charts say what there is to see, open their records, and have their tables behind one key', async () => {
  const leader = await world.visit({ as: 'chutich.thang' })
  await leader.goto('/can-bo/bieu-do?period=2026-q3')
  await main(leader)
    .getByRole('heading', { level: 2, name: /Hồ sơ đang giải quyết/ })
    .waitFor()
  await main(leader)
    .getByRole('heading', { level: 2, name: /Đông nhất lúc \d+ giờ/ })
    .waitFor()
  await settled(leader)
  await assertAccessible(leader, 'charts')
  const mark = main(leader)
    .getByRole('link', { name: /^Tuần .*: Tiếp nhận \d/ })
    .first()
  const number = numberIn((await mark.getAttribute('aria-label'))?.replace(/^.* /, '') ?? '')
  await mark.focus()
  await leader.keyboard.press('Enter')
  await countBehind(leader, number, 'a bar of the trend')
  await leader.keyboard.press('Escape')
  await sheetOf(leader).waitFor({ state: 'detached' })
  // The stays in a step; the longest first.
  const step = main(leader).locator('.f-bars').last().locator('.f-number').first()
  await openNumber(leader, step)
  await main(leader).focus()
  await leader.keyboard.press('b')
  await leader.waitForURL(/table=1/)
  const table = main(leader).getByRole('table', { name: /từng tuần/ })
  const link = table.getByRole('link').first()
  await openNumber(leader, link)
  await shoot(leader, 'charts-with-tables')
  await leader.setViewportSize(PHONE)
  await assertFits(leader, 'charts with tables, 360 px')
  await leader.setViewportSize(DESK)
})
