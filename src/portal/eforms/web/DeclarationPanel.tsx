import type { DossierView } from '../../../dossiers/contract.ts'
import {
  PrintButton,
  Section,
  StatusBadge,
  type SlotFacts,
  useApi,
  useFormat,
  useLanguage,
  useText,
} from '../../../platform/web/index.ts'
import type { DeclarationView } from '../contract.ts'
import { say } from '../rules/describe.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

/** On the page of a dossier: its electronic declaration, to be printed. Nothing where none was filled in. */
export function DeclarationPanel({ facts }: { facts: SlotFacts }) {
  const { web: text } = useText({ vi, en })
  const { language } = useLanguage()
  const format = useFormat()
  const { dossierId } = facts['view'] as DossierView
  const { data } = useApi<DeclarationView>(`/api/dossiers/${dossierId}/declaration`)
  const declaration = data?.declaration
  if (!declaration) return null
  const { title, version, isCompared, isWhole, keptAt, times } = declaration
  return (
    <Section title={text.declaration}>
      <p>{text.declarationOf(say(title, language), version)}</p>
      <p className="k-dimmed">
        {format.instant(keptAt)}
        {times > 1 && ` · ${text.mended(times - 1)}`}
      </p>
      {!isCompared && (
        <p>
          <StatusBadge tone="today">{text.notCompared}</StatusBadge>
        </p>
      )}
      <p className="k-dimmed">{isWhole ? text.printedWhole : text.printedMasked}</p>
      <PrintButton path={`/api/dossiers/${dossierId}/declaration.pdf`}>{text.printDeclaration}</PrintButton>
    </Section>
  )
}
