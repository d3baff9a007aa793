import { useState } from 'react'
import { Choice, FindChoice, useApi, useMe, withQuery } from '../../platform/web/index.ts'
import type { OpinionAgencies, OpinionUnits } from '../contract.ts'
import { type FieldSetting, RELEASE } from './command-form.ts'
import { useDossierText } from './use-dossier-text.ts'

type Officers = { officers: { officerId: number; name: string; posts: { unitId: number; title: string }[] }[] }

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

/** Whose opinion is asked: any authority by its name, and its unit. */
export function AgencyAndUnit({ draft, onChange, view, errorOf }: FieldSetting) {
  const words = useDossierText().dossier.form
  const { data } = useApi<OpinionUnits>(draft.agency ? `/api/opinion-agencies/${draft.agency}/units` : null)
  const here = view.open.find(({ agencyId }) => String(agencyId) === draft.agency)?.agencyName ?? view.agencyName
  const [chosen, setChosen] = useState({ value: draft.agency ?? '', label: draft.agencyName || here })
  const units = data?.units ?? []
  return (
    <>
      <FindChoice<OpinionAgencies>
        label={words.agency}
        required
        value={draft.agency}
        chosen={chosen}
        path={(query) => withQuery('/api/opinion-agencies', { query })}
        read={({ agencies }) =>
          agencies.map(({ agencyId, fullName, parentName }) => ({
            value: String(agencyId),
            label: fullName,
            note: parentName ?? '',
          }))
        }
        onChange={(agency, option) => {
          const label = option?.label ?? ''
          setChosen({ value: agency ?? '', label })
          onChange({ agency, agencyName: label, unit: null })
        }}
      />
      <Choice
        label={words.unit}
        hint={data && units.length === 0 ? words.noUnits : undefined}
        required
        autoFocus
        error={errorOf('place')}
        value={draft.unit}
        onChange={(unit) => onChange({ unit })}
        options={units.map(({ unitId, name }) => ({ value: String(unitId), label: name }))}
      />
    </>
  )
}
