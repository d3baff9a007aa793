import { Button } from '@mantine/core'
import { useState } from 'react'
import { dayOf, type Day } from '../../platform/day.ts'
import {
  announce,
  Choice,
  DayField,
  Dialog,
  Fields,
  ProblemAlert,
  serverNow,
  TextField,
  useCommand,
  useText,
  worded,
} from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import type { PointRow, UnitRow } from './replies.ts'

/** Makes a unit, or changes and ends one. */
export function UnitDialog({
  agencyId,
  unit,
  onClose,
}: {
  agencyId: number
  unit: UnitRow | null
  onClose: () => void
}) {
  const text = useText({ vi, en })
  const [name, setName] = useState(unit?.name ?? '')
  const [kind, setKind] = useState<string | null>(unit?.kind ?? null)
  const [validFrom, setValidFrom] = useState<Day | null>(unit?.validFrom ?? dayOf(serverNow()))
  const [validTo, setValidTo] = useState<Day | null>(unit?.validTo ?? null)
  const path = `/api/agencies/${agencyId}/units`
  const save = useCommand(unit ? `${path}/${unit.unitId}` : path, {
    method: unit ? 'PUT' : 'POST',
    forget: ['/api/agencies'],
    onDone: () => {
      announce(text.saved)
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={unit ? text.agency.editUnit : text.agency.addUnit}
      actions={
        <Button
          loading={save.busy}
          disabled={name.trim() === '' || kind === null || validFrom === null}
          onClick={() => void save.run(unit ? { kind, name, validTo } : { kind, name, validFrom })}
        >
          {text.save}
        </Button>
      }
    >
      <Fields>
        <ProblemAlert problem={worded(save.problem, text.refusals)} keeps />
        <TextField label={text.agency.unitName} required autoFocus maxLength={200} value={name} onChange={setName} />
        <Choice
          label={text.agency.unitKind}
          required
          value={kind}
          onChange={setKind}
          options={Object.entries(text.unitKinds).map(([value, label]) => ({ value, label }))}
        />
        {unit ? (
          <DayField label={text.to} hint={text.toHint} value={validTo} onChange={setValidTo} />
        ) : (
          <DayField label={text.from} required value={validFrom} onChange={setValidFrom} />
        )}
      </Fields>
    </Dialog>
  )
}

/** Makes a receiving point, or changes and ends one. */
export function PointDialog({
  agencyId,
  units,
  point,
  onClose,
}: {
  agencyId: number
  units: readonly UnitRow[]
  point: PointRow | null
  onClose: () => void
}) {
  const text = useText({ vi, en })
  const oneStop = units.find((unit) => unit.kind === 'one-stop' && unit.validTo === null)
  const [unitId, setUnitId] = useState<string | null>(String(point?.unitId ?? oneStop?.unitId ?? '') || null)
  const [name, setName] = useState(point?.name ?? '')
  const [address, setAddress] = useState(point?.address ?? '')
  const [phone, setPhone] = useState(point?.phone ?? '')
  const [validFrom, setValidFrom] = useState<Day | null>(point?.validFrom ?? dayOf(serverNow()))
  const [validTo, setValidTo] = useState<Day | null>(point?.validTo ?? null)
  const path = `/api/agencies/${agencyId}/receiving-points`
  const save = useCommand(point ? `${path}/${point.receivingPointId}` : path, {
    method: point ? 'PUT' : 'POST',
    forget: ['/api/agencies'],
    onDone: () => {
      announce(text.saved)
      onClose()
    },
  })
  const shared = { name, address, phone }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={point ? text.agency.editPoint : text.agency.addPoint}
      actions={
        <Button
          loading={save.busy}
          disabled={name.trim() === '' || unitId === null || validFrom === null}
          onClick={() =>
            void save.run(point ? { ...shared, validTo } : { ...shared, unitId: Number(unitId), validFrom })
          }
        >
          {text.save}
        </Button>
      }
    >
      <Fields>
        <ProblemAlert problem={worded(save.problem, text.refusals)} keeps />
        <TextField label={text.agency.pointName} required autoFocus maxLength={200} value={name} onChange={setName} />
        <Choice
          label={text.agency.pointUnit}
          required
          disabled={point !== null}
          value={unitId}
          onChange={setUnitId}
          options={units.map((unit) => ({ value: String(unit.unitId), label: unit.name }))}
        />
        <TextField label={text.agency.address} value={address} onChange={setAddress} />
        <TextField label={text.agency.phone} inputMode="tel" maxLength={30} value={phone} onChange={setPhone} />
        {point ? (
          <DayField label={text.to} hint={text.toHint} value={validTo} onChange={setValidTo} />
        ) : (
          <DayField label={text.from} required value={validFrom} onChange={setValidFrom} />
        )}
      </Fields>
    </Dialog>
  )
}
