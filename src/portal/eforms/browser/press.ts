type Run = () => void

const LONGEST = 2000

/**
 * What a field has to say when it is left moves what stands below it. While a finger or a mouse is down that would take the
 * button away from under it, so it waits until the press has become a click; without a press it is done at once.
 */
export function afterPress(
  from: Pick<EventTarget, 'addEventListener'>,
  later: (run: Run, after: number) => void,
): (run: Run) => void {
  let isDown = false
  let waiting: Run[] = []
  const flush = () => {
    const runs = waiting
    waiting = []
    for (const run of runs) run()
  }
  // On a touch screen a field is left only when the press is told again as that of a mouse.
  for (const type of ['pointerdown', 'mousedown']) from.addEventListener(type, () => (isDown = true), { capture: true })
  const over = () => {
    isDown = false
    // The click comes in the same turn as the end of the press.
    later(() => {
      if (!isDown) flush()
    }, 0)
  }
  for (const type of ['pointerup', 'mouseup', 'pointercancel', 'dragend'])
    from.addEventListener(type, over, { capture: true })
  return (run) => {
    if (!isDown) return run()
    waiting.push(run)
    // The end of a press outside the window may never be told.
    later(flush, LONGEST)
  }
}
