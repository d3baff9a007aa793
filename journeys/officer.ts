import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import type { CommandInput, CommandReply, DossierView, IntakeBody, PersonInput } from '../src/dossiers/contract.ts'
import { newId } from '../src/platform/id.ts'
import { settled, type World } from './world.ts'

/** What the officers' web asks the server, asked as whoever is signed in on this page. */
export async function ask<Reply>(page: Page, path: string): Promise<Reply> {
  const reply = await page.context().request.get(path)
  assert.equal(reply.status(), 200, `${path}: ${await reply.text()}`)
  return (await reply.json()) as Reply
}

export async function tell<Reply>(page: Page, path: string, body: unknown): Promise<Reply> {
  const reply = await page.context().request.post(path, { headers: { 'x-motcua': '1' }, data: body })
  assert.ok(reply.ok(), `${path}: ${await reply.text()}`)
  return (await reply.json()) as Reply
}

export const dossierOf = (page: Page, dossierId: string): Promise<DossierView> =>
  ask<DossierView>(page, `/api/dossiers/${dossierId}`)

/** Opens a dossier and waits until it is there. */
export async function openDossier(page: Page, dossierId: string): Promise<void> {
  await page.goto(`/can-bo/ho-so/${dossierId}`)
  await page.getByRole('heading', { name: 'Hiện trạng' }).waitFor()
  await settled(page)
}

/** Presses the button of a command and says what its sheet asks for; waits until the page tells that it was done. */
export async function perform(page: Page, command: string, fill?: (sheet: Locator) => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: command }).first().click()
  const sheet = page.getByRole('dialog')
  if (fill) {
    await sheet.waitFor()
    await fill(sheet)
    await sheet.getByRole('button', { name: command }).click()
  }
  await page.getByText(`Đã thực hiện: ${command}.`).waitFor()
}

/** Chooses in a field that is typed into. */
export async function choose(within: Page | Locator, label: string, words: string): Promise<void> {
  const field = within.getByRole('combobox', { name: new RegExp(`^${escape(label)}`) }).first()
  await field.click()
  await field.fill(words)
  const page = 'page' in within ? within.page() : within
  await page
    .getByRole('option', { name: new RegExp(escape(words), 'i') })
    .first()
    .click()
}

const escape = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** Somebody who has never been here. */
export const aNeighbour = (change: Partial<PersonInput> = {}): PersonInput => ({
  kind: 'individual',
  name: 'Nguyễn Thị Hoa Mai',
  identityKind: 'citizen',
  identityNumber: '030195004321',
  birthDay: '1995-04-02',
  sex: 'female',
  phone: '0912345678',
  email: '',
  address: 'Thôn Đông, xã Hải Hưng, thành phố Hải Phòng',
  unitCode: '11257',
  relation: '',
  ...change,
})

type Wish = { code: string; caseKey: string; applicant?: PersonInput; owner?: PersonInput } & Partial<
  Pick<IntakeBody, 'channel' | 'delivery' | 'decision'>
>

/** Takes a dossier in at the counter of Hải Hưng without the page, for stories that are about what comes after. */
export async function takeIn(page: Page, wish: Wish): Promise<CommandReply> {
  const { code, caseKey, applicant = aNeighbour(), owner, ...rest } = wish
  const desk = await ask<{ home: number }>(page, '/api/desk?for=intake')
  const { version } = await ask<{
    version: { cases: { key: string; components: { key: string; need: string; originals: number }[] }[] }
  }>(page, `/api/procedures/${code}`)
  const found = version.cases.find(({ key }) => key === caseKey)
  assert.ok(found, `${code} has no case ${caseKey}`)
  return tell<CommandReply>(page, '/api/dossiers', {
    commandId: newId(),
    agencyId: desk.home,
    receivingPointId: null,
    procedureCode: code,
    caseKey,
    channel: 'counter',
    assisted: false,
    sets: 1,
    persons: { applicant, ...(owner ? { owner } : {}) },
    components: found.components.map(({ key, need, originals }) => ({
      key,
      given: need === 'required',
      form: originals > 0 ? 'original' : 'copy',
      count: need === 'required' ? 1 : 0,
      digital: null,
      files: [],
    })),
    delivery: 'counter',
    deliveryAddress: '',
    feeUnits: { copies: 1, pages: 1, signatures: 1, contracts: 1 },
    exemptions: [],
    remark: '',
    decision: { type: 'receive' },
    ...rest,
  })
}

/** The dossiers of the demo that are in some state, newest first. */
export async function dossiersWhere(world: World, condition: string): Promise<{ dossierId: string; code: string }[]> {
  const { rows } = await world.database.ownerPool.query<{ dossierId: string; code: string }>(
    `select dossier_id as "dossierId", code from dossiers.dossier where ${condition} order by received_at desc nulls last`,
  )
  return rows
}

/** What whoever looks at this dossier can do now to bring it on. */
function nextCommand({ commands, open: [step] }: DossierView, today: string): CommandInput | undefined {
  const can = (type: CommandInput['type']) => commands.some((each) => each.type === type && each.refusal === null)
  if (can('returnResult')) return { type: 'returnResult', delivery: 'counter', recipient: null, details: null }
  if (can('forward')) return { type: 'forward' }
  if (step?.kind === 'sign' && can('signResult'))
    return {
      type: 'signResult',
      key: step.key,
      outcome: 'granted',
      documentNumber: null,
      signedOn: today,
      fileId: null,
      electronic: false,
      details: null,
    }
  if (step && step.kind !== 'sign' && step.kind !== 'return' && can('completeStep'))
    return { type: 'completeStep', key: step.key, details: null, resultNumber: step.kind === 'issue' ? '15' : null }
  return undefined
}

/** The office does its part, every open step by an officer who may; to the end, or until the result is to be handed over. */
export async function bringOn(
  world: World,
  dossierId: string,
  until: 'returned' | 'to-hand-over' = 'returned',
): Promise<void> {
  const hands = await Promise.all(
    ['motcua.lan', 'tuphap.hung', 'chutich.thang', 'vanthu.mai'].map((as) => world.visit({ as })),
  )
  for (let turn = 0; turn < 20; turn += 1) {
    const [first] = hands
    assert.ok(first)
    const view = await dossierOf(first, dossierId)
    if (view.status === 'returned') break
    if (until === 'to-hand-over' && view.open.some(({ kind }) => kind === 'return')) break
    let moved = false
    for (const page of hands) {
      const own = await dossierOf(page, dossierId)
      const command = nextCommand(own, world.now().slice(0, 10))
      if (!command) continue
      const reply = await page.context().request.post(`/api/dossiers/${dossierId}/commands`, {
        headers: { 'x-motcua': '1' },
        data: { commandId: crypto.randomUUID(), version: own.version, command },
      })
      if (reply.ok()) {
        moved = true
        break
      }
    }
    assert.ok(moved, `nobody can go on: ${JSON.stringify(view.open)} ${view.status}`)
  }
  await Promise.all(hands.map((page) => page.context().close()))
}
