import type { Block, ReportBody, Run } from '../contract.ts'

/** Changes of the editor, each giving a new body. */
export const replaceBlock = (body: ReportBody, block: Block): ReportBody => ({
  ...body,
  blocks: body.blocks.map((one) => (one.id === block.id ? block : one)),
})

export const removeBlock = (body: ReportBody, id: string): ReportBody => ({
  ...body,
  blocks: body.blocks.filter((block) => block.id !== id),
})

export function moveBlock(body: ReportBody, id: string, by: -1 | 1): ReportBody {
  const at = body.blocks.findIndex((block) => block.id === id)
  const to = at + by
  const block = body.blocks[at]
  if (!block || to < 0 || to >= body.blocks.length) return body
  return { ...body, blocks: body.blocks.toSpliced(at, 1).toSpliced(to, 0, block) }
}

export function addAfter(body: ReportBody, id: string, block: Block): ReportBody {
  const at = body.blocks.findIndex((one) => one.id === id)
  return { ...body, blocks: body.blocks.toSpliced(at + 1, 0, block) }
}

/** A name that no other block has. */
export function freshId({ blocks }: ReportBody): string {
  const taken = new Set(blocks.map(({ id }) => id))
  let number = blocks.length + 1
  while (taken.has(`n${number}`)) number++
  return `n${number}`
}

export const emptyPassage = (id: string): Extract<Block, { kind: 'passage' }> => ({
  id,
  kind: 'passage',
  written: [[]],
})

export const isEmptyText = (paragraphs: readonly (readonly Run[])[]): boolean =>
  paragraphs.every((runs) => runs.length === 0)
