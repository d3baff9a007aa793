// Khảo sát phải khuyết danh (Luật 91/2025/QH15; DOMAIN: SIPAS): nhóm quá nhỏ không hiện, kể cả khi trừ nhóm này cho nhóm kia.

/** Facts of a ballot that stay with it, from the finest to none. */
export type Marks = { unitId: number | null; field: string | null; month: string | null }

/**
 * What of the marks may stay: so much that at least `least` invited people share it, counted by `sharing`. Otherwise a
 * ballot of the only dossier of its kind would name its person.
 */
export function coarsen(marks: Marks, least: number, sharing: (marks: Marks) => number): Marks {
  const { unitId, field, month } = marks
  const steps: Marks[] = [
    { unitId, field, month },
    { unitId, field: null, month },
    { unitId: null, field: null, month },
  ]
  return steps.find((step) => sharing(step) >= least) ?? { unitId: null, field: null, month: null }
}

/**
 * How many of the ballots that wait come out. At least `least` at a time, and as many stay behind until the campaign is over:
 * whoever compares the results before and after never has fewer between them, also at the end.
 */
export function comingOut(waiting: number, least: number, over: boolean): number {
  if (over) return waiting
  return waiting >= 2 * least ? waiting - least : 0
}

/**
 * Of a partition, the parts that may be shown. What is hidden sums to nothing or at least `least` and is more than one
 * part, so that it cannot be had by taking the shown parts from the whole.
 */
export function shownParts(sizes: readonly number[], least: number): boolean[] {
  const shown = sizes.map((size) => size === 0 || size >= least)
  const hiddenSum = () => sizes.reduce((sum, size, at) => sum + (shown[at] ? 0 : size), 0)
  const hiddenCount = () => shown.filter((each, at) => !each && (sizes[at] ?? 0) > 0).length
  while (hiddenCount() > 0 && (hiddenSum() < least || hiddenCount() < 2)) {
    let next = -1
    for (const [at, size] of sizes.entries())
      if (shown[at] && size > 0 && (next < 0 || size < (sizes[next] ?? 0))) next = at
    if (next < 0) break
    shown[next] = false
  }
  return shown
}

/** Sets of ballots that lie on different dimensions, by their members. */
export type Group = { by: string; key: string; members: ReadonlySet<string> }

/**
 * Which groups may be shown together. Besides each partition for itself, a group within another of which it leaves only
 * a few (all of the justice unit but one are civil-status dossiers) would tell that few by subtraction.
 */
export function shownGroups(groups: readonly Group[], all: number, least: number): ReadonlySet<Group> {
  const shown = new Set<Group>()
  for (const by of new Set(groups.map((group) => group.by))) {
    const parts = groups.filter((group) => group.by === by)
    const rest = all - parts.reduce((sum, { members }) => sum + members.size, 0)
    const judged = shownParts([...parts.map(({ members }) => members.size), rest], least)
    // A single part that holds everything says nothing new and hides nothing.
    for (const [at, part] of parts.entries()) if (judged[at] && part.members.size > 0) shown.add(part)
  }
  for (const inner of groups)
    for (const outer of groups) {
      if (inner.by === outer.by || !shown.has(inner) || !shown.has(outer)) continue
      const left = outer.members.size - inner.members.size
      if (left <= 0 || left >= least) continue
      if ([...inner.members].every((member) => outer.members.has(member))) hideWithSibling(inner, groups, shown)
    }
  return shown
}

/** One hidden part alone could be had by subtraction; the smallest shown beside it goes too. */
function hideWithSibling(group: Group, groups: readonly Group[], shown: Set<Group>): void {
  shown.delete(group)
  const siblings = groups.filter((each) => each.by === group.by && each.members.size > 0)
  if (siblings.filter((each) => !shown.has(each)).length > 1) return
  const [smallest] = siblings
    .filter((each) => shown.has(each))
    .toSorted((one, other) => one.members.size - other.members.size)
  if (smallest) shown.delete(smallest)
}
