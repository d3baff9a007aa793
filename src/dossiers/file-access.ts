import { listFiles, type DocumentsOptions } from '../documents/index.ts'
import { getVersion } from '../catalogue/index.ts'
import { dayOf } from '../platform/day.ts'
import { withScope } from '../platform/db.ts'
import type { DossierContext } from './commands.ts'
import type { CommandInput, RoomCommandInput } from './contract.ts'
import { planOf } from './plan.ts'
import { mayHandle, postFor } from './rules/permissions.ts'
import { openDossier } from './view.ts'

/** Who may see and add the files of a dossier: the offices that handle it, and whoever may act in it now. */
export const fileAccess =
  (context: DossierContext): DocumentsOptions['openDossier'] =>
  async (actor, dossierId, mode) => {
    const opened = await openDossier(context, actor, dossierId)
    if (!opened || !mayHandle(actor, opened.dossier)) return undefined
    const { agencyId, dossier } = opened
    if (mode === 'read') return { agencyId }
    const { version } = await getVersion(context.db, dossier.procedureVersionId)
    const { plan } = await planOf(context.db, { dossier, version, day: dayOf(context.clock()) })
    const acts = (['recordComponents', 'receive', 'signResult', 'answerOpinion', 'returnResult'] as const).some(
      (type) => postFor(actor, dossier, type, { plan }) !== undefined,
    )
    return { agencyId, readOnly: !acts }
  }

/** Files that a command names. */
type Given = CommandInput | RoomCommandInput

const filesIn = (command: Given): string[] => [
  ...('components' in command ? command.components.flatMap(({ files }) => files) : []),
  ...('fileId' in command && command.fileId ? [command.fileId] : []),
]

/** Whether every file that a command names was uploaded to this dossier. */
export async function ownsFiles(
  context: DossierContext,
  { agencyId, dossierId, command }: { agencyId: number; dossierId: string; command: Given },
): Promise<boolean> {
  const named = filesIn(command)
  if (named.length === 0) return true
  const files = await withScope(context.db, { agencies: [agencyId] }, (tx) => listFiles(tx, { agencyId, dossierId }))
  const own = new Set(files.map(({ fileId }) => fileId))
  return named.every((fileId) => own.has(fileId))
}
