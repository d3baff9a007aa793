import assert from 'node:assert/strict'
import { test } from 'node:test'
import { afterPress } from './press.ts'

/** A page on which the events of a press are told in a browser's order. */
function aPage() {
  const page = new EventTarget()
  const timers: { run: () => void; after: number }[] = []
  const told: string[] = []
  const unpressed = afterPress(page, (run, after) => timers.push({ run, after }))
  page.addEventListener('click', () => told.push('click'))
  return {
    told,
    events: (...types: string[]) => types.forEach((type) => page.dispatchEvent(new Event(type))),
    leave: () => unpressed(() => told.push('finding')),
    pass: (most = 0) => {
      for (const { run } of timers.splice(0).filter(({ after }) => after <= most)) run()
    },
  }
}

test('a field that is left by the keyboard is told at once', () => {
  const { told, leave } = aPage()
  leave()
  assert.deepEqual(told, ['finding'])
})

test('with a mouse, what is found moves nothing before the click', () => {
  const { told, events, leave, pass } = aPage()
  events('pointerdown', 'mousedown')
  leave()
  assert.deepEqual(told, [])
  events('pointerup', 'mouseup', 'click')
  pass()
  assert.deepEqual(told, ['click', 'finding'])
})

test('with a finger, the field is left within the press that is told again as of a mouse', () => {
  const { told, events, leave, pass } = aPage()
  events('pointerdown', 'pointerup')
  pass()
  events('mousedown')
  leave()
  events('mouseup', 'click')
  pass()
  assert.deepEqual(told, ['click', 'finding'])
})

test('a press that became a scroll, or whose end is never told, loses no finding', () => {
  const scrolled = aPage()
  scrolled.events('pointerdown')
  scrolled.leave()
  scrolled.events('pointercancel')
  scrolled.pass()
  assert.deepEqual(scrolled.told, ['finding'])
  const lost = aPage()
  lost.events('mousedown')
  lost.leave()
  lost.pass(60_000)
  assert.deepEqual(lost.told, ['finding'])
})
