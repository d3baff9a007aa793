import type { DeskForm } from './intake-view.ts'

const nameFor = (officerId: number): string => `motcua.desk.${officerId}`

/** Where this officer sat last on this machine: a place, nothing of any person. */
export function rememberedDesk(officerId: number): Pick<DeskForm, 'agencyId' | 'receivingPointId'> | undefined {
  try {
    const text = localStorage.getItem(nameFor(officerId))
    const { agencyId, receivingPointId } = JSON.parse(text ?? 'null') ?? {}
    return { agencyId: Number(agencyId) || null, receivingPointId: Number(receivingPointId) || null }
  } catch {
    return undefined
  }
}

export function rememberDesk(officerId: number, { agencyId, receivingPointId }: DeskForm): void {
  try {
    localStorage.setItem(nameFor(officerId), JSON.stringify({ agencyId, receivingPointId }))
  } catch {
    // Storage is switched off: the place is chosen again next time.
  }
}
