import './catalogue.css'
import { Button, Checkbox, Group } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { dayOf } from '../../platform/day.ts'
import {
  announce,
  api,
  Choice,
  DayField,
  Fields,
  Icon,
  PageHeader,
  ProblemAlert,
  Section,
  serverNow,
  TextField,
  useApi,
  useCommand,
  useDraft,
  useGo,
  useParameter,
  useText,
} from '../../platform/web/index.ts'
import type { Channel, Field, FindingWords, ProcedureVersion, VersionSummary } from '../contract.ts'
import { searchWords } from '../rules/search-key.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { CaseEditor, optionsOf } from './CaseEditor.tsx'
import { FindingList } from './FindingList.tsx'
import { Lines, LongText, TimeLimitField, WholeNumber } from './inputs.tsx'
import { ListEditor } from './ListEditor.tsx'
import { emptyVersion, findingsAt, findingWords, keyFrom, nextVersion, partsOf } from './version-view.ts'

/** A new procedure, from its first part on. */
export function AddProcedurePage() {
  return <Editor draftKey="procedure.new" initial={emptyVersion(dayOf(serverNow()))} />
}

/** The next version of a procedure, beginning with the parts of the newest one. */
export function EditProcedurePage() {
  const { web: text } = useText({ vi, en })
  const code = useParameter('code')
  const versions = useApi<VersionSummary[]>(`/api/procedures/${encodeURIComponent(code)}/versions`)
  const newest = versions.data?.[0]
  const stored = useApi<{ version: ProcedureVersion }>(newest ? `/api/procedure-versions/${newest.versionId}` : null)
  if (!stored.data)
    return (
      <>
        <PageHeader title={code} back={{ to: `/thu-tuc/${code}`, label: text.back }} />
        <ProblemAlert problem={versions.problem ?? stored.problem} onRetry={versions.reload} />
      </>
    )
  const initial = nextVersion(stored.data.version, dayOf(serverNow()))
  return (
    <Editor key={newest?.versionId} draftKey={`procedure.${code}.${newest?.versionId}`} initial={initial} isKnown />
  )
}

type EditorProps = { draftKey: string; initial: ProcedureVersion; isKnown?: boolean }

function Editor({ draftKey, initial, isKnown = false }: EditorProps) {
  const { web: text } = useText({ vi, en })
  const go = useGo()
  const [version, setVersion, draft] = useDraft<ProcedureVersion>(draftKey, initial)
  const [mayLeaveGap, setMayLeaveGap] = useState(false)
  const [isTouched, touch] = useState(isKnown)
  const judged = useFindings(version)
  // An empty form is no mistake yet.
  const isBegun = isTouched || draft.restored
  const findings = isBegun ? judged : []
  const publish = useCommand<{ versionId: number }>('/api/procedures', {
    forget: ['/api/procedures', '/api/procedure-versions', '/api/procedure-fields'],
    onDone: () => {
      announce(text.published(version.shortName))
      draft.clear()
      void go(`/thu-tuc/${version.code}`)
    },
  })
  const errors = findings?.filter(({ severity }) => severity === 'error') ?? []
  const warnings = findings?.filter(({ severity }) => severity === 'warning') ?? []
  const change = (part: Partial<ProcedureVersion>) => {
    touch(true)
    setVersion((now) => ({ ...now, ...part }))
  }
  return (
    <>
      <PageHeader
        title={isKnown ? text.editTitle(version.shortName) : text.addTitle}
        back={{ to: isKnown ? `/thu-tuc/${initial.code}` : '/thu-tuc', label: isKnown ? initial.shortName : text.back }}
        {...(draft.restored && { note: text.restored })}
        actions={
          <>
            {draft.restored && (
              <Button variant="default" onClick={() => draft.clear()}>
                {text.discard}
              </Button>
            )}
            <Button
              loading={publish.busy}
              disabled={!isBegun || findings === undefined || errors.length > 0}
              leftSection={<Icon name="check" />}
              onClick={() => void publish.run({ version, mayLeaveGap })}
            >
              {text.publish}
            </Button>
          </>
        }
      />
      <ProblemAlert problem={publish.problem} keeps />
      {publish.problem?.code === 'leaves-gap' && (
        <Checkbox
          mb={12}
          label={text.gap}
          checked={mayLeaveGap}
          onChange={(event) => setMayLeaveGap(event.currentTarget.checked)}
        />
      )}
      <div role="status">
        {findings === undefined && <p className="catalogue-note">{text.checking}</p>}
        {findings?.length === 0 && <p className="catalogue-note">{isBegun ? text.noFindings : text.begin}</p>}
        {errors.length > 0 && (
          <>
            <h2 className="catalogue-error">{text.findings}</h2>
            <FindingList findings={errors.slice(0, 8)} withPlace />
          </>
        )}
        {errors.length === 0 && warnings.length > 0 && (
          <>
            <h2 className="catalogue-warning">{text.warnings}</h2>
            <FindingList findings={warnings.slice(0, 8)} withPlace />
          </>
        )}
      </div>
      <div className="catalogue-editor">
        <Outline findings={findings ?? []} cases={version.cases} />
        <div>
          <General value={version} change={change} findings={findings ?? []} isKnown={isKnown} />
          <People value={version} change={change} />
          <Parts value={version} change={change} findings={findings ?? []} />
        </div>
      </div>
    </>
  )
}

/** The parts of the page, each a jump away, with what is wrong in it. */
function Outline({ findings, cases }: { findings: readonly FindingWords[]; cases: ProcedureVersion['cases'] }) {
  const { web: text } = useText({ vi, en })
  return (
    <nav className="catalogue-outline" aria-label={text.outline}>
      <ul>
        {partsOf(text).map(({ id, title, pointers }) => {
          const wrong = findings.filter(({ pointer }) => pointers.some((part) => pointer.startsWith(part))).length
          return (
            <li key={id}>
              <a href={`#${id}`}>
                {title}
                {id === 'part-cases' && cases.length > 1 && <span className="k-dimmed"> ({cases.length})</span>}
                {wrong > 0 && (
                  <span className="catalogue-error">
                    {' '}
                    <Icon name="warning" size={14} /> {text.wrongHere(wrong)}
                  </span>
                )}
              </a>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

/** What the server finds wrong with the version, asked again shortly after each change. */
function useFindings(version: ProcedureVersion): FindingWords[] | undefined {
  const [settled] = useDebouncedValue(version, 600)
  const [findings, setFindings] = useState<FindingWords[] | undefined>()
  useEffect(() => {
    const stop = new AbortController()
    api
      .post<{ findings: FindingWords[] }>('/api/procedures/check', settled, { signal: stop.signal })
      .then((reply) => setFindings(reply.findings))
      // Publishing itself says what is wrong; until then nothing is known.
      .catch(() => undefined)
    return () => stop.abort()
  }, [settled])
  return findings
}

type PartProps = { value: ProcedureVersion; change: (part: Partial<ProcedureVersion>) => void }
type Judged = PartProps & { findings: readonly FindingWords[] }

function General({ value, change, findings, isKnown }: Judged & { isKnown: boolean }) {
  const all = useText({ vi, en })
  const { web: text } = all
  const fields = useApi<Field[]>('/api/procedure-fields')
  const errorAt = (pointer: string) => {
    const found = findings.find((each) => each.pointer === pointer)
    return found && findingWords(found, all.findings)
  }
  return (
    <Section id="part-general" title={text.general}>
      <div className="catalogue-form">
        <Fields columns={2}>
          <TextField
            label={text.code}
            required
            disabled={isKnown}
            width="14rem"
            value={value.code}
            onChange={(code) => change({ code: code.toUpperCase() })}
            error={value.code === '' ? undefined : errorAt('/code')}
          />
          <TextField
            label={text.shortName}
            required
            maxLength={200}
            value={value.shortName}
            onChange={(shortName) => change({ shortName })}
          />
        </Fields>
        <LongText label={text.official} required value={value.name} onChange={(name) => change({ name })} />
        <Fields columns={3}>
          <Choice
            label={text.field}
            required
            value={value.field || null}
            onChange={(field) => change({ field: field ?? '' })}
            options={(fields.data ?? []).map(({ key, name }) => ({ value: key, label: name }))}
          />
          <TextField
            label={text.decision}
            required
            value={value.decision}
            onChange={(decision) => change({ decision })}
          />
          <TextField label={text.kind} required value={value.kind} onChange={(kind) => change({ kind })} />
          <DayField
            label={text.since}
            required
            value={value.validFrom}
            onChange={(validFrom) => validFrom && change({ validFrom })}
            error={errorAt('/validFrom')}
          />
          <DayField
            label={text.until}
            value={value.validTo}
            onChange={(validTo) => change({ validTo })}
            error={errorAt('/validTo')}
          />
          <Choice
            label={text.unit}
            required
            value={value.defaultUnit}
            onChange={(unit) => unit && change({ defaultUnit: unit as ProcedureVersion['defaultUnit'] })}
            options={optionsOf(all.units)}
          />
          <WholeNumber label={text.sets} min={1} max={20} value={value.sets} onChange={(sets) => change({ sets })} />
        </Fields>
        <Checkbox.Group label={text.levels} withAsterisk value={value.levels} onChange={(levels) => change({ levels })}>
          <Group gap="md" mt={4}>
            {optionsOf(all.levels).map((level) => (
              <Checkbox key={level.value} value={level.value} label={level.label} />
            ))}
          </Group>
        </Checkbox.Group>
        <Fields columns={2}>
          <LongText
            label={text.description}
            value={value.description}
            onChange={(description) => change({ description })}
          />
          <LongText label={text.source} required value={value.source} onChange={(source) => change({ source })} />
          <Lines label={text.keywords} value={value.keywords} onChange={(keywords) => change({ keywords })} />
          <Lines label={text.related} value={value.related} onChange={(related) => change({ related })} />
        </Fields>
      </div>
    </Section>
  )
}

function People({ value, change }: PartProps) {
  const { web: text } = useText({ vi, en })
  return (
    <Section id="part-people" title={text.people}>
      <Fields columns={2}>
        <Lines label={text.subjects} required value={value.subjects} onChange={(subjects) => change({ subjects })} />
        <LongText label={text.conditions} value={value.conditions} onChange={(conditions) => change({ conditions })} />
        <TextField
          label={text.executing}
          required
          value={value.executingAgency}
          onChange={(executingAgency) => change({ executingAgency })}
        />
        <TextField
          label={text.competent}
          required
          value={value.competentAgency}
          onChange={(competentAgency) => change({ competentAgency })}
        />
        <TextField
          label={text.delegated}
          value={value.delegatedAgency ?? ''}
          onChange={(agency) => change({ delegatedAgency: agency === '' ? null : agency })}
        />
        <TextField
          label={text.place}
          required
          value={value.receivingPlace}
          onChange={(receivingPlace) => change({ receivingPlace })}
        />
        <Lines
          label={text.coordinating}
          value={value.coordinatingAgencies}
          onChange={(coordinatingAgencies) => change({ coordinatingAgencies })}
        />
      </Fields>
    </Section>
  )
}

function Parts({ value, change, findings }: Judged) {
  const all = useText({ vi, en })
  const { web: text } = all
  return (
    <>
      <Section id="part-sequence" title={text.sequence}>
        <ListEditor
          what={text.itemStep}
          items={value.sequence}
          onChange={(sequence) => change({ sequence })}
          blank={() => ''}
        >
          {(step, set) => <LongText label={text.text} required value={step} onChange={set} />}
        </ListEditor>
      </Section>
      <Section id="part-channels" title={text.channelNotes}>
        <ListEditor
          what={text.channel}
          items={value.channelNotes}
          onChange={(channelNotes) => change({ channelNotes })}
          blank={() => ({ channel: 'online' as const, note: '' })}
        >
          {(note, set) => (
            <Fields columns={2}>
              <Choice
                label={text.channel}
                required
                value={note.channel}
                onChange={(channel) => channel && set({ ...note, channel: channel as Channel })}
                options={optionsOf(all.channels)}
              />
              <LongText label={text.text} value={note.note} onChange={(words) => set({ ...note, note: words })} />
            </Fields>
          )}
        </ListEditor>
      </Section>
      <Section id="part-cases" title={text.cases}>
        <ListEditor
          what={text.case}
          items={value.cases}
          onChange={(cases) => change({ cases })}
          titleOf={({ name }) => name}
          blank={() => ({
            key: keyFrom(
              searchWords(text.case),
              value.cases.map(({ key }) => key),
            ),
            name: '',
            components: [],
            timeLimits: [],
            fees: [],
          })}
        >
          {(item, set, index) => <CaseEditor value={item} onChange={set} findings={findings} at={`/cases/${index}`} />}
        </ListEditor>
      </Section>
      <Section id="part-results" title={text.results}>
        <FindingList findings={findingsAt(findings, '/results')} />
        <Checkbox
          mb={12}
          label={text.hasResult}
          checked={value.hasResult}
          onChange={(event) => change({ hasResult: event.currentTarget.checked })}
        />
        <ListEditor
          what={text.results}
          items={value.results}
          onChange={(results) => change({ results })}
          blank={() => ({ code: null, name: '' })}
        >
          {(result, set) => (
            <Fields columns={2}>
              <TextField
                label={text.resultName}
                required
                value={result.name}
                onChange={(name) => set({ ...result, name })}
              />
              <TextField
                label={text.resultCode}
                value={result.code ?? ''}
                onChange={(code) => set({ ...result, code: code === '' ? null : code })}
              />
            </Fields>
          )}
        </ListEditor>
      </Section>
      <Section id="part-law" title={text.legalBasis}>
        <FindingList findings={findingsAt(findings, '/legalBasis')} />
        <ListEditor
          what={text.itemLaw}
          items={value.legalBasis}
          onChange={(legalBasis) => change({ legalBasis })}
          blank={() => ({ number: '', name: '', date: null, agency: null })}
        >
          {(law, set) => (
            <Fields columns={2}>
              <TextField
                label={text.lawNumber}
                required
                maxLength={100}
                value={law.number}
                onChange={(number) => set({ ...law, number })}
              />
              <TextField
                label={text.lawName}
                required
                maxLength={500}
                value={law.name}
                onChange={(name) => set({ ...law, name })}
              />
              <DayField label={text.lawDate} value={law.date} onChange={(date) => set({ ...law, date })} />
              <TextField
                label={text.lawAgency}
                value={law.agency ?? ''}
                onChange={(agency) => set({ ...law, agency: agency === '' ? null : agency })}
              />
            </Fields>
          )}
        </ListEditor>
      </Section>
      <Section id="part-service" title={text.serviceLevels}>
        <FindingList findings={findingsAt(findings, '/serviceLevels')} />
        <ListEditor
          what={text.itemPeriod}
          items={value.serviceLevels}
          onChange={(serviceLevels) => change({ serviceLevels })}
          blank={() => ({ level: 'full' as const, validFrom: value.validFrom, validTo: null, reason: null })}
        >
          {(level, set) => (
            <Fields columns={2}>
              <Choice
                label={text.level}
                required
                value={level.level}
                onChange={(next) => next && set({ ...level, level: next as typeof level.level })}
                options={optionsOf(all.serviceLevels)}
              />
              <TextField
                label={text.reason}
                value={level.reason ?? ''}
                onChange={(reason) => set({ ...level, reason: reason === '' ? null : reason })}
              />
              <DayField
                label={text.since}
                required
                value={level.validFrom}
                onChange={(validFrom) => validFrom && set({ ...level, validFrom })}
              />
              <DayField label={text.until} value={level.validTo} onChange={(validTo) => set({ ...level, validTo })} />
            </Fields>
          )}
        </ListEditor>
      </Section>
      <Section id="part-linkages" title={text.linkages}>
        <FindingList findings={findingsAt(findings, '/linkages')} />
        <ListEditor
          what={text.itemPeriod}
          items={value.linkages}
          onChange={(linkages) => change({ linkages })}
          blank={() => ({ kind: 'none' as const, boundaryFree: false, validFrom: value.validFrom, validTo: null })}
        >
          {(linkage, set) => (
            <Fields columns={2}>
              <Choice
                label={text.linkage}
                required
                value={linkage.kind}
                onChange={(kind) => kind && set({ ...linkage, kind: kind as typeof linkage.kind })}
                options={optionsOf(all.linkages)}
              />
              <Checkbox
                label={text.boundaryFree}
                checked={linkage.boundaryFree}
                onChange={(event) => set({ ...linkage, boundaryFree: event.currentTarget.checked })}
              />
              <DayField
                label={text.since}
                required
                value={linkage.validFrom}
                onChange={(validFrom) => validFrom && set({ ...linkage, validFrom })}
              />
              <DayField
                label={text.until}
                value={linkage.validTo}
                onChange={(validTo) => set({ ...linkage, validTo })}
              />
            </Fields>
          )}
        </ListEditor>
      </Section>
      <Section id="part-handoffs" title={text.handOffs}>
        <ListEditor
          what={text.work}
          items={value.handOffs}
          onChange={(handOffs) => change({ handOffs })}
          blank={() => ({ to: 'province-department' as const, name: '', parts: [] })}
        >
          {(handOff, set) => (
            <Fields columns={3}>
              <Choice
                label={text.partner}
                required
                value={handOff.to}
                onChange={(to) => to && set({ ...handOff, to: to as typeof handOff.to })}
                options={optionsOf(all.partners)}
              />
              <TextField
                label={text.work}
                required
                value={handOff.name}
                onChange={(name) => set({ ...handOff, name })}
              />
              <TimeLimitField
                label={text.limit}
                value={handOff.parts}
                onChange={(parts) => set({ ...handOff, parts })}
              />
            </Fields>
          )}
        </ListEditor>
      </Section>
    </>
  )
}
