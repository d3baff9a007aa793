import { Button } from '@mantine/core'
import { useState } from 'react'
import { clockOfMinute, minuteOf } from '../../../platform/day.ts'
import {
  announce,
  ProblemAlert,
  TextField,
  useApi,
  useCommand,
  useConfirm,
  useFormat,
  useNow,
  useText,
} from '../../../platform/web/index.ts'
import type { MachineCode, MachineItem, PointItem } from '../contract.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

/** The devices that give numbers in the room: pair one by a code, see which there are, end one. */
export function Machines({ point }: { point: PointItem }) {
  const text = useText({ vi, en }).machine
  const path = `/api/counter/points/${point.key}/machines`
  const list = useApi<{ items: MachineItem[] }>(path, { every: 3000 })
  const items = list.data?.items
  return (
    <div className="machines">
      <p>{text.lead}</p>
      <ProblemAlert problem={list.problem} onRetry={list.reload} />
      {items?.length === 0 && <p className="k-dimmed">{text.none}</p>}
      {items && items.length > 0 && (
        <ul className="machine-list">
          {items.map((machine) => (
            <Machine key={machine.machineId} path={path} machine={machine} />
          ))}
        </ul>
      )}
      {items && <Pairing path={path} items={items} />}
    </div>
  )
}

function Machine({ path, machine: { machineId, name, pairedAt } }: { path: string; machine: MachineItem }) {
  const text = useText({ vi, en }).machine
  const format = useFormat()
  const confirm = useConfirm()
  const end = useCommand(`${path}/${machineId}`, {
    method: 'DELETE',
    forget: [path],
    onDone: () => announce(text.unpaired(name)),
  })
  const ask = async () => {
    const question = { question: text.unpairQuestion(name), consequence: text.unpairConsequence, action: text.unpair }
    if (await confirm(question)) await end.run({})
  }
  return (
    <li>
      <span>
        <b>{name}</b> <span className="k-dimmed">{text.paired(format.instant(pairedAt))}</span>
      </span>
      <Button size="compact-md" variant="default" loading={end.busy} onClick={() => void ask()}>
        {text.unpair}
      </Button>
      <ProblemAlert problem={end.problem} />
    </li>
  )
}

function Pairing({ path, items }: { path: string; items: readonly MachineItem[] }) {
  const text = useText({ vi, en }).machine
  const [typed, setTyped] = useState<string | null>(null)
  const ask = useCommand<MachineCode, { name: string }>(path, { onDone: () => setTyped(null) })
  const name = typed ?? text.usualName(items.length + 1)
  const now = useNow()
  const given = ask.reply
  const done = given && items.find(({ machineId }) => machineId === given.machineId)
  const isOpen = given !== undefined && !done && given.until > now
  return (
    <>
      {done && <p role="status">{text.done(done.name)}</p>}
      {isOpen && (
        <div className="machine-code" role="status">
          <p>{text.open}</p>
          <p className="machine-address">{`${location.origin}${given.path}`}</p>
          <p>{text.enter}</p>
          <p className="machine-digits">{given.code}</p>
          <p>{text.until(clockOfMinute(minuteOf(given.until)))}</p>
        </div>
      )}
      <div className="machine-ask">
        <TextField label={text.name} value={name} onChange={setTyped} maxLength={60} width="18rem" />
        <Button
          variant={isOpen ? 'default' : 'filled'}
          disabled={name.trim() === ''}
          loading={ask.busy}
          onClick={() => void ask.run({ name })}
        >
          {isOpen ? text.askAgain : text.ask}
        </Button>
      </div>
      <ProblemAlert problem={ask.problem} />
    </>
  )
}
