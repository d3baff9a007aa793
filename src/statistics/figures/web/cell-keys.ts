/** Where an arrow leads in a table of numbers: rows of places, each the column in which a link stands. */
export function nextCell(
  key: string,
  { row, column }: { row: number; column: number },
  rows: readonly (readonly number[])[],
): { row: number; column: number } | undefined {
  const here = rows[row] ?? []
  if (key === 'ArrowRight')
    return at(
      row,
      here.find((each) => each > column),
    )
  if (key === 'ArrowLeft')
    return at(
      row,
      here.findLast((each) => each < column),
    )
  if (key === 'Home') return at(row, here[0])
  if (key === 'End') return at(row, here.at(-1))
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined
  const step = key === 'ArrowDown' ? 1 : -1
  for (let next = row + step; next >= 0 && next < rows.length; next += step) {
    const places = rows[next] ?? []
    // The nearest in that row: a zero opens nothing and is passed over.
    const [nearest] = places.toSorted((one, other) => Math.abs(one - column) - Math.abs(other - column))
    if (nearest !== undefined) return { row: next, column: nearest }
  }
  return undefined
}

const at = (row: number, column: number | undefined) => (column === undefined ? undefined : { row, column })
