import './counter.css'
import { Button, Checkbox, NumberInput, Switch } from '@mantine/core'
import { useState } from 'react'
import {
  announce,
  Choice,
  EmptyState,
  PageHeader,
  ProblemAlert,
  Section,
  TextField,
  Toolbar,
  useApi,
  useCommand,
  useFilters,
  useText,
} from '../../../platform/web/index.ts'
import type { Desk, Matter, PointItem, Priority, RoomSettings } from '../contract.ts'
import { faultsOfRoom } from '../rules/room.ts'
import { en } from '../text.en.ts'
import { refusalText, vi } from '../text.vi.ts'
import { Machines } from './Machines.tsx'

/** How a waiting room works: matters, desks, priorities, appointments. */
export function RoomPage() {
  const text = useText({ vi, en })
  const rooms = useApi<{ items: PointItem[] }>('/api/counter/rooms')
  const [filters, setFilters] = useFilters({ point: '' })
  const items = rooms.data?.items
  const room = items?.find(({ key }) => key === filters.point) ?? items?.[0]
  return (
    <>
      <PageHeader title={text.room.title} note={text.room.lead} />
      <ProblemAlert problem={rooms.problem} onRetry={rooms.reload} />
      {items?.length === 0 && <EmptyState title={text.page.noPoints} hint={text.page.noPointsHelp} />}
      {items && items.length > 1 && room && (
        <Toolbar label={text.page.point}>
          <Choice
            label={text.page.point}
            required
            width="24rem"
            value={room.key}
            onChange={(point) => point && setFilters({ point })}
            options={items.map(({ key, name }) => ({ value: key, label: name }))}
          />
        </Toolbar>
      )}
      {room && <RoomForm key={`${room.key}/${room.version}`} room={room} />}
    </>
  )
}

const replaced = <Value,>(list: readonly Value[], index: number, change: Partial<Value>): Value[] =>
  list.map((each, at) => (at === index ? { ...each, ...change } : each))

function RoomForm({ room }: { room: PointItem }) {
  const all = useText({ vi, en })
  const text = all.room
  const [settings, setSettings] = useState<RoomSettings>(room.settings)
  const save = useCommand(`/api/counter/rooms/${room.key}`, { method: 'PUT', forget: ['/api/counter'] })
  const [fault] = faultsOfRoom(settings)
  const set = (change: Partial<RoomSettings>) => setSettings({ ...settings, ...change })
  const { matters, desks, priorities, booking } = settings
  const setMatter = (index: number, change: Partial<Matter>) => set({ matters: replaced(matters, index, change) })
  const setDesk = (index: number, change: Partial<Desk>) => set({ desks: replaced(desks, index, change) })
  const setPriority = (index: number, change: Partial<Priority>) =>
    set({ priorities: replaced(priorities, index, change) })
  const freeLetter =
    [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].find((letter) => !matters.some(({ series }) => series === letter)) ?? 'Z'
  const freeNumber = Math.max(0, ...desks.map(({ number }) => number)) + 1
  const number = (
    label: string,
    value: number,
    onChange: (value: number) => void,
    [min, max]: readonly [number, number],
  ) => (
    <NumberInput
      label={label}
      value={value}
      min={min}
      max={max}
      w={label.length > 24 ? '16rem' : '10rem'}
      onChange={(next) => typeof next === 'number' && onChange(next)}
    />
  )
  return (
    <>
      <Section title={text.links}>
        <div className="room-links">
          {[
            { href: `/man-hinh/${room.key}`, label: all.page.board },
            { href: `/lay-so/${room.key}`, label: text.kioskPage },
            { href: `/dat-lich/${room.key}`, label: text.bookingPage },
          ].map(({ href, label }) => (
            <Button key={href} component="a" href={href} target="_blank" variant="default">
              {label}
            </Button>
          ))}
        </div>
      </Section>
      <Section title={all.machine.sheet}>
        <Machines point={room} />
      </Section>
      <Section title={text.matters}>
        <div className="room-grid">
          {matters.map((matter, index) => (
            <div className="room-line" key={matter.key}>
              <TextField
                label={text.series}
                width="4rem"
                value={matter.series}
                maxLength={1}
                onChange={(series) => setMatter(index, { series: series.toUpperCase() })}
              />
              <TextField
                label={text.name}
                width="16rem"
                value={matter.name}
                maxLength={80}
                onChange={(name) => setMatter(index, { name })}
              />
              <TextField
                label={text.nameEn}
                width="14rem"
                value={matter.nameEn}
                maxLength={80}
                onChange={(nameEn) => setMatter(index, { nameEn })}
              />
              {number(text.minutes, matter.minutes, (minutes) => setMatter(index, { minutes }), [1, 180])}
              {number(text.perSlot, matter.perSlot, (perSlot) => setMatter(index, { perSlot }), [0, 50])}
              <Button
                variant="default"
                disabled={matters.length === 1}
                onClick={() =>
                  set({
                    matters: matters.toSpliced(index, 1),
                    desks: desks.map((desk) => ({
                      ...desk,
                      matters: desk.matters.filter((key) => key !== matter.key),
                    })),
                  })
                }
              >
                {text.remove}
              </Button>
            </div>
          ))}
        </div>
        <Button
          mt="md"
          variant="default"
          onClick={() => {
            const key = `viec-${freeLetter.toLowerCase()}-${matters.length + 1}`
            set({
              matters: [
                ...matters,
                { key, name: text.matters, nameEn: '', series: freeLetter, minutes: 10, perSlot: 0 },
              ],
            })
          }}
        >
          {text.add}
        </Button>
      </Section>
      <Section title={text.desks}>
        <div className="room-grid">
          {desks.map((desk, index) => (
            <div className="room-line" key={desk.number}>
              <p>
                <b>{all.page.deskName(desk.number, '')}</b>
              </p>
              <TextField
                label={text.name}
                width="14rem"
                value={desk.name}
                maxLength={60}
                onChange={(name) => setDesk(index, { name })}
              />
              <Checkbox.Group
                label={text.takes}
                value={desk.matters}
                onChange={(keys) => setDesk(index, { matters: keys })}
              >
                <div className="room-line">
                  {matters.map(({ key, name }) => (
                    <Checkbox key={key} value={key} label={name} />
                  ))}
                </div>
              </Checkbox.Group>
              <Button
                variant="default"
                disabled={desks.length === 1}
                onClick={() => set({ desks: desks.toSpliced(index, 1) })}
              >
                {text.remove}
              </Button>
            </div>
          ))}
        </div>
        <Button
          mt="md"
          variant="default"
          onClick={() =>
            set({ desks: [...desks, { number: freeNumber, name: '', matters: matters.map(({ key }) => key) }] })
          }
        >
          {text.add}
        </Button>
      </Section>
      <Section title={text.priorities}>
        <div className="room-grid">
          {priorities.map((priority, index) => (
            <div className="room-line" key={priority.key}>
              <TextField
                label={text.name}
                width="18rem"
                value={priority.name}
                maxLength={80}
                onChange={(name) => setPriority(index, { name })}
              />
              <TextField
                label={text.nameEn}
                width="14rem"
                value={priority.nameEn}
                maxLength={80}
                onChange={(nameEn) => setPriority(index, { nameEn })}
              />
              <TextField
                label={text.basis}
                width="22rem"
                value={priority.basis}
                maxLength={200}
                onChange={(basis) => setPriority(index, { basis })}
              />
              <Button variant="default" onClick={() => set({ priorities: priorities.toSpliced(index, 1) })}>
                {text.remove}
              </Button>
            </div>
          ))}
        </div>
        <Button
          mt="md"
          mb="md"
          variant="default"
          onClick={() =>
            set({
              priorities: [
                ...priorities,
                { key: `dien-${priorities.length + 1}`, name: text.priorities, nameEn: '', basis: text.basis },
              ],
            })
          }
        >
          {text.add}
        </Button>
        {number(text.run, settings.priorityRun, (priorityRun) => set({ priorityRun }), [1, 10])}
      </Section>
      <Section title={text.booking}>
        <Switch
          mb="md"
          label={text.open}
          checked={booking.open}
          onChange={(change) => set({ booking: { ...booking, open: change.currentTarget.checked } })}
        />
        <div className="room-line">
          {number(
            text.slot,
            booking.slotMinutes,
            (slotMinutes) => set({ booking: { ...booking, slotMinutes } }),
            [5, 120],
          )}
          {number(text.ahead, booking.daysAhead, (daysAhead) => set({ booking: { ...booking, daysAhead } }), [1, 60])}
          {number(text.perPhone, booking.perPhone, (perPhone) => set({ booking: { ...booking, perPhone } }), [1, 20])}
          {number(
            text.lead2,
            booking.leadMinutes,
            (leadMinutes) => set({ booking: { ...booking, leadMinutes } }),
            [0, 2880],
          )}
        </div>
        <Switch
          mt="md"
          label={text.voice}
          checked={settings.voice}
          onChange={(change) => set({ voice: change.currentTarget.checked })}
        />
      </Section>
      {fault && <p role="alert">{refusalText(fault, all)}</p>}
      <ProblemAlert problem={save.problem} />
      <Button
        mt="lg"
        disabled={fault !== undefined}
        loading={save.busy}
        onClick={() =>
          void save
            .run({ version: room.version, settings })
            .then((reply) => (reply === undefined ? undefined : announce(text.saved)))
        }
      >
        {text.save}
      </Button>
    </>
  )
}
