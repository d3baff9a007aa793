import { Choice, useApi, useMe, withQuery } from '../../platform/web/index.ts'
import { RELEASE } from './command-form.ts'
import type { FieldSetting } from './CommandFields.tsx'
import { useDossierText } from './use-dossier-text.ts'

type Officers = { officers: { officerId: number; name: string; posts: { unitId: number; title: string }[] }[] }
type Agencies = { agencies: { agencyId: number; fullName: string }[] }
type Agency = { units: { unitId: number; name: string; validFrom: string; validTo: string | null }[] }

/** Who of the unit that holds the step does it; or nobody yet. */
export function OfficerChoice({ draft, onChange, view, errorOf }: FieldSetting) {
  const words = useDossierText().dossier.form
  const me = useMe()
  const step = view.open.find(({ key }) => key === draft.key)
  const { data } = useApi<Officers>(
    step ? withQuery('/api/officers', { agencyId: step.agencyId, unitId: step.unitId }) : null,
  )
  const officers = (data?.officers ?? []).filter(({ posts }) => posts.some(({ unitId }) => unitId === step?.unitId))
  return (
    <Choice
      label={words.officer}
      hint={step ? `${words.officerHint} ${step.unitName}.` : words.officerHint}
      required
      autoFocus
      error={errorOf('officer')}
      value={draft.officer}
      onChange={(officer) => onChange({ officer })}
      options={[
        ...officers.map(({ officerId, name, posts }) => ({
          value: String(officerId),
          label: officerId === me.officerId ? words.me(name) : name,
          note: posts.find(({ unitId }) => unitId === step?.unitId)?.title ?? '',
        })),
        ...(step?.officerId ? [{ value: RELEASE, label: words.release }] : []),
      ]}
    />
  )
}

/** Whose opinion is asked: an agency that works with this system, and its unit. */
export function AgencyAndUnit({ draft, onChange, view, today, errorOf }: FieldSetting) {
  const words = useDossierText().dossier.form
  const { data: found } = useApi<Agencies>('/api/agencies')
  const { data: agency } = useApi<Agency>(draft.agency ? `/api/agencies/${draft.agency}` : null)
  const known = found?.agencies ?? []
  const here = view.open.map(({ agencyId, agencyName }) => ({ agencyId, fullName: agencyName }))
  const agencies = [...new Map([...here, ...known].map((each) => [each.agencyId, each])).values()]
  const error = errorOf('place')
  return (
    <>
      <Choice
        label={words.agency}
        required
        value={draft.agency}
        onChange={(next) => onChange({ agency: next, unit: null })}
        options={agencies.map(({ agencyId, fullName }) => ({ value: String(agencyId), label: fullName }))}
      />
      <Choice
        label={words.unit}
        required
        autoFocus
        error={error}
        value={draft.unit}
        onChange={(unit) => onChange({ unit })}
        options={(agency?.units ?? [])
          .filter(({ validFrom, validTo }) => validFrom <= today && (validTo === null || today <= validTo))
          .map(({ unitId, name }) => ({ value: String(unitId), label: name }))}
      />
    </>
  )
}
