import { Box, Button, Checkbox, Menu, NumberInput, Textarea } from '@mantine/core'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Field, ProcedureVersion } from '../../catalogue/contract.ts'
import { linkageOn } from '../../catalogue/web/index.ts'
import { dayOf } from '../../platform/day.ts'
import {
  Choice,
  FindChoice,
  Icon,
  type Option,
  Section,
  serverNow,
  TextField,
  useApi,
  useLanguage,
  withQuery,
} from '../../platform/web/index.ts'
import type { Delivery, DeskView, IntakeProcedures, OpinionAgencies } from '../contract.ts'
import {
  caseIn,
  type DeskForm,
  emptyPerson,
  exemptionsOf,
  feeUnitsOf,
  type IntakeForm,
  isOffered,
  otherRoles,
  pointOf,
  type Role,
  ways,
  type Way,
} from './intake-view.ts'
import { IntakePerson } from './IntakePerson.tsx'
import { useDossierText } from './use-dossier-text.ts'

type DeskAgency = DeskView['agencies'][number]

/** Where the officer sits and how dossiers come in; stays from one to the next. */
export function DeskLine({
  agencies,
  agency,
  desk,
  onChange,
}: {
  agencies: readonly DeskAgency[]
  agency: DeskAgency
  desk: DeskForm
  onChange: (desk: DeskForm) => void
}) {
  const { intake: text, desk: words } = useDossierText()
  return (
    <Box role="group" aria-label={text.way} className="intake-desk">
      {agencies.length > 1 && (
        <Choice
          label={words.agency}
          required
          width="16rem"
          value={String(agency.agencyId)}
          options={agencies.map(({ agencyId, name }) => ({ value: String(agencyId), label: name }))}
          onChange={(agencyId) => agencyId && onChange({ ...desk, agencyId: Number(agencyId), receivingPointId: null })}
        />
      )}
      {agency.receivingPoints.length > 0 && (
        <Choice
          label={text.point}
          required
          width="16rem"
          value={String(pointOf(agency, desk) ?? 0)}
          options={[
            { value: '0', label: text.mainPoint },
            ...agency.receivingPoints.map(({ receivingPointId, name, address }) => ({
              value: String(receivingPointId),
              label: name,
              note: address,
            })),
          ]}
          onChange={(point) => onChange({ ...desk, receivingPointId: Number(point) || null })}
        />
      )}
      <Choice
        label={text.way}
        required
        width="16rem"
        value={desk.way}
        options={ways.map((way) => ({ value: way, label: text.ways[way] }))}
        onChange={(way) => way && onChange({ ...desk, way: way as Way })}
      />
    </Box>
  )
}

type PartProps = {
  form: IntakeForm
  set: (change: Partial<IntakeForm>) => void
  errorAt: (pointer: string) => string | undefined
}

/** The applicant, and whoever else the dossier names. */
export function Persons({
  agencyId,
  form,
  set,
  errorAt,
  judged,
  numberRef,
  onAccepted,
}: PartProps & {
  agencyId: number
  judged: boolean
  numberRef: RefObject<HTMLInputElement | null>
  onAccepted: () => void
}) {
  const text = useDossierText().intake
  const free = otherRoles.filter((role) => form.persons[role] === undefined)
  const [added, setAdded] = useState<Role | null>(null)
  const addedNumber = useRef<HTMLInputElement>(null)
  // The person just added is asked for at once.
  useEffect(() => {
    if (added) addedNumber.current?.focus()
  }, [added])
  const shared = (role: Role) => ({
    role,
    agencyId,
    judged,
    errorAt,
    onChange: (person: typeof emptyPerson) => set({ persons: { ...form.persons, [role]: person } }),
  })
  const remove = (role: Role) => {
    const { [role]: _, ...rest } = form.persons
    set({ persons: { applicant: form.persons.applicant, ...rest } })
  }
  return (
    <Section
      title={text.who}
      actions={
        free.length > 0 && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="compact-sm" variant="default" leftSection={<Icon name="plus" />}>
                {text.addPerson}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {free.map((role) => (
                <Menu.Item
                  key={role}
                  onClick={() => {
                    set({
                      persons: {
                        ...form.persons,
                        [role]: role === 'owner' ? { ...emptyPerson, kind: 'individual' } : emptyPerson,
                      },
                    })
                    setAdded(role)
                  }}
                >
                  {text.otherPersons[role]}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )
      }
    >
      <IntakePerson
        {...shared('applicant')}
        person={form.persons.applicant}
        numberRef={numberRef}
        onAccepted={onAccepted}
      />
      {otherRoles.map((role) => {
        const person = form.persons[role]
        return (
          person && (
            <fieldset key={role} className="intake-other">
              <legend>
                {text.otherPersons[role]}{' '}
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  onClick={() => remove(role)}
                  aria-label={text.removePerson(text.otherPersons[role])}
                >
                  <Icon name="close" /> {text.removePerson('').trim()}
                </Button>
              </legend>
              <IntakePerson {...shared(role)} person={person} {...(added === role ? { numberRef: addedNumber } : {})} />
            </fieldset>
          )
        )
      })}
    </Section>
  )
}

/** The procedure by everyday words, and its case when it has several. */
export function WhatFields({
  agencyId,
  desk,
  form,
  set,
  version,
  errorAt,
  procedureRef,
}: PartProps & {
  agencyId: number
  desk: DeskForm
  version: ProcedureVersion | undefined
  procedureRef: RefObject<HTMLInputElement | null>
}) {
  const text = useDossierText().intake
  const fields = useApi<Field[]>('/api/procedure-fields')
  const { language } = useLanguage()
  const fieldName = (key: string) => {
    const field = fields.data?.find((each) => each.key === key)
    return (language === 'vi' ? field?.name : field?.nameEn) ?? ''
  }
  const found = caseIn(version, form.caseKey)
  const isHere = found === undefined || isOffered(found, desk.way)
  return (
    <div className="intake-what">
      <div data-pointer="/procedureCode" className="intake-procedure">
        <FindChoice<IntakeProcedures>
          label={text.procedure}
          hint={text.procedureHint}
          required
          inputRef={procedureRef}
          error={errorAt('/procedureCode')}
          path={(words) => withQuery('/api/intake/procedures', { agencyId, words })}
          read={({ items }) =>
            items.map((item) => ({
              value: item.code,
              label: item.shortName,
              note: [item.code, fieldName(item.field)].filter(Boolean).join(' · '),
            }))
          }
          value={form.procedure?.code ?? null}
          chosen={form.procedure ? { value: form.procedure.code, label: form.procedure.name } : undefined}
          onChange={(code, option) =>
            set({
              procedure: code === null ? null : { code, name: option?.label ?? code },
              elsewhere: null,
              caseKey: '',
              papers: {},
              exemptions: [],
            })
          }
        />
      </div>
      {version && version.cases.length > 1 && (
        <div data-pointer="/caseKey" className="intake-case">
          <Choice
            label={text.case}
            required
            value={found?.key ?? null}
            error={errorAt('/caseKey')}
            options={version.cases.map(({ key, name }) => ({ value: key, label: name }))}
            onChange={(key) => key && set({ caseKey: key, papers: {}, exemptions: [] })}
          />
        </div>
      )}
      {!isHere && (
        <p className="intake-error" role="alert">
          {text.notThisWay(text.ways[desk.way])}
        </p>
      )}
      {version && linkageOn(version, dayOf(serverNow()))?.boundaryFree && (
        <Elsewhere agencyId={agencyId} form={form} set={set} errorAt={errorAt} />
      )}
    </div>
  )
}

const placeOf = (option: Option | undefined): string => [option?.label, option?.note].filter(Boolean).join(', ')

/** Phi địa giới: this desk only lodges, another authority is competent. */
function Elsewhere({ agencyId, form, set, errorAt }: PartProps & { agencyId: number }) {
  const text = useDossierText().intake
  const { elsewhere } = form
  return (
    <div className="intake-elsewhere" data-pointer="/agencyId">
      <Checkbox
        label={text.elsewhere}
        checked={elsewhere !== null}
        onChange={(event) => set({ elsewhere: event.currentTarget.checked ? { agencyId: null, name: '' } : null })}
      />
      {elsewhere && (
        <FindChoice<OpinionAgencies>
          label={text.competent}
          hint={text.competentHint}
          required
          autoFocus
          error={errorAt('/agencyId')}
          path={(query) => withQuery('/api/opinion-agencies', { query, procedure: form.procedure?.code })}
          read={({ agencies }) =>
            agencies
              .filter((agency) => agency.agencyId !== agencyId)
              .map((agency) => ({
                value: String(agency.agencyId),
                label: agency.fullName,
                note: agency.parentName ?? '',
              }))
          }
          value={elsewhere.agencyId === null ? null : String(elsewhere.agencyId)}
          chosen={
            elsewhere.agencyId === null ? undefined : { value: String(elsewhere.agencyId), label: elsewhere.name }
          }
          onChange={(chosen, option) =>
            set({ elsewhere: { agencyId: chosen === null ? null : Number(chosen), name: placeOf(option) } })
          }
        />
      )}
    </div>
  )
}

/** By what the fee of this case is counted; nothing at all where it is flat or free. */
export function FeeFields({
  desk,
  form,
  set,
  version,
}: Omit<PartProps, 'errorAt'> & { desk: DeskForm; version: ProcedureVersion | undefined }) {
  const text = useDossierText().intake
  const found = caseIn(version, form.caseKey)
  const units = feeUnitsOf(found, desk.way)
  const exemptions = exemptionsOf(found, desk.way)
  if (units.length === 0 && exemptions.length === 0) return null
  return (
    <Section title={text.fees}>
      <div className="intake-units">
        {units.map((unit) => (
          <NumberInput
            key={unit}
            w="10rem"
            label={text.units[unit]}
            min={0}
            max={unit === 'pages' ? 5000 : 500}
            hideControls
            allowDecimal={false}
            allowNegative={false}
            value={form.feeUnits[unit]}
            onChange={(count) => set({ feeUnits: { ...form.feeUnits, [unit]: Number(count) || 0 } })}
          />
        ))}
      </div>
      {exemptions.map(({ key, name, percent, basis }) => (
        <Checkbox
          key={key}
          mt={8}
          checked={form.exemptions.includes(key)}
          label={percent === 100 ? text.exemptionWhole(name) : text.exemption(name, percent)}
          description={basis}
          onChange={(event) =>
            set({
              exemptions: event.currentTarget.checked
                ? [...form.exemptions, key]
                : form.exemptions.filter((each) => each !== key),
            })
          }
        />
      ))}
    </Section>
  )
}

const deliveries: readonly Delivery[] = ['counter', 'post', 'online', 'counter-and-online']

/** How the result comes back. */
export function ResultFields({ form, set, errorAt }: PartProps) {
  const { intake: text, deliveries: names } = useDossierText()
  return (
    <div className="intake-result">
      <Choice
        label={text.delivery}
        required
        value={form.delivery}
        options={deliveries.map((delivery) => ({ value: delivery, label: names[delivery] }))}
        onChange={(delivery) => delivery && set({ delivery: delivery as Delivery })}
      />
      <NumberInput
        label={text.sets}
        min={1}
        max={20}
        hideControls
        allowDecimal={false}
        allowNegative={false}
        value={form.sets}
        onChange={(sets) => set({ sets: Math.min(20, Math.max(1, Number(sets) || 1)) })}
      />
      {form.delivery === 'post' && (
        <div className="intake-wide" data-pointer="/deliveryAddress">
          <TextField
            label={text.deliveryAddress}
            hint={text.deliveryAddressHint}
            value={form.deliveryAddress}
            error={errorAt('/deliveryAddress')}
            onChange={(deliveryAddress) => set({ deliveryAddress })}
          />
        </div>
      )}
      <Textarea
        className="intake-wide"
        label={text.remark}
        autosize
        minRows={1}
        maxLength={2000}
        value={form.remark}
        onChange={(event) => set({ remark: event.currentTarget.value })}
      />
    </div>
  )
}
