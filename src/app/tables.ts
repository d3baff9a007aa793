/** The tables of all features; each feature sees its own alone. */
// oxlint-disable-next-line typescript/no-empty-object-type
export type Tables = {}
