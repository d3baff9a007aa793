import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'

/** What has the focus: how it looks, and whether it comes after what had it before. */
type Here = { what: string; isSeen: boolean; isAfter: boolean; isSame: boolean; isPage: boolean }

/** One press of Tab (or Shift+Tab). Everything reached must be seen to have the focus, and come in the order of the page. */
async function step(page: Page, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<Here> {
  await page.evaluate(() => {
    const marked = document.querySelector('[data-was-here]')
    marked?.removeAttribute('data-was-here')
    if (document.activeElement !== document.body) document.activeElement?.setAttribute('data-was-here', '')
  })
  await page.keyboard.press(key)
  const here = await page.evaluate<Here>(() => {
    const element = document.activeElement
    if (!(element instanceof HTMLElement) || element === document.body)
      return { what: 'the page', isSeen: true, isAfter: true, isSame: false, isPage: true }
    const before = document.querySelector('[data-was-here]')
    const around = [element, element.parentElement, element.parentElement?.parentElement, element.nextElementSibling]
    const isMarked = around.some((each) => {
      if (!each) return false
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each)
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || /\b[2-9]px/.test(boxShadow)
    })
    const { width, height, bottom, top } = element.getBoundingClientRect()
    // A field that is laid out of sight hands its mark to the label; what is marked must be within the window.
    const isThere = (width > 0 && height > 0 && bottom > 0 && top < innerHeight) || isMarked
    const border = getComputedStyle(element).borderColor
    const isLined = /139, 30, 26|rgb\(14/.test(border)
    return {
      what: element.outerHTML.slice(0, 140),
      isSeen: (isMarked || isLined) && isThere,
      isAfter:
        !before ||
        before === element ||
        (before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) > 0,
      isSame: before === element,
      isPage: false,
    }
  })
  assert.ok(here.isSeen, `the focus cannot be seen: ${here.what} on ${page.url()}`)
  return here
}

/** Presses Tab until this has the focus. Fails where it is not reached: no way, or a trap. */
export async function reach(page: Page, target: Locator, { most = 120 }: { most?: number } = {}): Promise<void> {
  await target.first().waitFor({ state: 'attached' })
  const isHere = () => target.first().evaluate((each) => each === document.activeElement)
  let turns = 0
  let last = ''
  let times = 0
  for (let presses = 0; presses < most; presses++) {
    if (await isHere()) return
    const here = await step(page)
    // Once around: from the last control back to the first.
    if (here.isPage || !here.isAfter) turns++
    assert.ok(turns <= 2, `not reached with Tab: ${String(target)} on ${page.url()}; at ${here.what}`)
    times = here.isSame ? times + 1 : 0
    last = here.what
    assert.ok(times < 3, `the focus is caught: ${here.what} on ${page.url()}`)
  }
  assert.fail(`not reached with Tab: ${String(target)} on ${page.url()}; at ${last}`)
}

/** Goes there and presses Enter. */
export async function press(page: Page, target: Locator): Promise<void> {
  await reach(page, target)
  await page.keyboard.press('Enter')
}

/** Goes there and types, in place of what stands there. */
export async function write(page: Page, target: Locator, words: string): Promise<void> {
  await reach(page, target)
  await page.keyboard.press('Control+a')
  await page.keyboard.type(words)
}

/** Chooses one of a few: Tab leads to the group, arrows within it. */
export async function pick(page: Page, target: Locator): Promise<void> {
  const name = await target.first().getAttribute('name')
  const isHere = () => target.first().evaluate((each) => each === document.activeElement)
  const group = page.locator(`input[type="radio"][name="${name}"]`)
  const chosen = page.locator(`input[type="radio"][name="${name}"]:checked`)
  await reach(page, (await chosen.count()) > 0 ? chosen : group)
  for (let presses = 0; presses < 40 && !(await isHere()); presses++) await page.keyboard.press('ArrowDown')
  assert.ok(await isHere(), `not reached with the arrows: ${name}`)
  await page.keyboard.press('Space')
}

/** Ticks a box. */
export async function tick(page: Page, target: Locator): Promise<void> {
  await reach(page, target)
  await page.keyboard.press('Space')
}

/** Something that stands outside the fields has the focus: a summary of faults, the heading after the skip link. */
export async function isFocused(page: Page, target: Locator): Promise<void> {
  await target.first().waitFor()
  await page.waitForFunction((each) => each === document.activeElement, await target.first().elementHandle())
}
