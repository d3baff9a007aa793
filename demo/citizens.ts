import { sql } from 'kysely'
import { listDossiersOf, type PersonInput } from '../src/dossiers/index.ts'
import { addSandboxProvider, readPerson, sandboxCitizen, usualSettings } from '../src/identity/index.ts'
import { addDays, addMinutes, dayOf } from '../src/platform/day.ts'
import {
  askForCode,
  citizenOfToken,
  finishSignUp,
  giveCode,
  recordAuthority,
  signInCitizenByProvider,
  type AccountsContext,
} from '../src/portal/accounts/index.ts'
import { maskAddress, readMailbox } from '../src/portal/notices/index.ts'
import { actOnRequest, noteView, receiveRequest, type PersonalDataContext } from '../src/portal/personal-data/index.ts'
import { follow, lodge, quick, usual, type Case, type World } from './case.ts'
import { haiHungHomes } from './facts.ts'
import { todayFor } from './hai-hung.ts'
import { makePassword } from './passwords.ts'
import type { DemoAccount, DemoContext } from './town.ts'

const SETTING = 'demo-citizen'

/** The account of the citizen with its password; none when this is no demo. */
export async function demoCitizen({ db, keys }: Pick<DemoContext, 'db' | 'keys'>): Promise<DemoAccount | undefined> {
  const { rows } = await sql<{ account: string }>`select value #>> '{}' as account from platform.setting
    where name = ${SETTING}`.execute(db)
  const [row] = rows
  return row && (JSON.parse(keys.decrypt(Buffer.from(row.account, 'base64'))) as DemoAccount)
}

/**
 * Somebody who signs in as people do, with dossiers of their own, a child for whom they act, and requests about their
 * data; and the provider of identity that vouches for them.
 */
export async function settleCitizen(given: DemoContext, world: World): Promise<void> {
  const context = given as unknown as PersonalDataContext
  const providerId = await addSandboxProvider(given)
  const { accountId, account } = await openAccount(context, providerId)
  await actsForChild(context, accountId)
  await lodgeOwn(context, world)
  await askAboutData(context, world, accountId)
  const value = given.keys.encrypt(JSON.stringify(account)).toString('base64')
  await sql`insert into platform.setting (name, value) values (${SETTING}, to_jsonb(${value}::text))`.execute(given.db)
}

/** By the code that went to the mailbox, and then vouched for by the provider. */
async function openAccount(
  context: AccountsContext,
  providerId: number,
): Promise<{ accountId: string; account: DemoAccount }> {
  const { name, email, identityNumber, birthDay, sex } = sandboxCitizen
  const place = { source: 'demo', device: 'Chrome trên Android' }
  const purpose = 'sign-up'
  const contact = { kind: 'email', value: email } as const
  const { token, deliver } = await askForCode(context, { purpose, contact, place, language: 'vi' })
  await deliver()
  const letter = (await readMailbox(context)).find(({ to }) => to === maskAddress(email))
  await giveCode(context, { token, purpose, typed: /\b\d{6}\b/.exec(letter?.body ?? '')?.[0] ?? '' })
  const password = makePassword()
  const made = await finishSignUp(context, { token, name, password, place })
  const citizen = made.ok ? await citizenOfToken(context, made.value.session) : null
  if (!made.ok || !citizen) throw new Error('demo: the citizen could not sign up')
  const vouched = await signInCitizenByProvider(context, {
    providerId,
    person: readPerson(
      { sub: 'demo', acr: 'loa2', name, so_dinh_danh: identityNumber, birthdate: birthDay, gender: sex },
      { ...usualSettings, levels: [{ value: 'loa2', level: 'substantial' }] },
    ),
    linkTo: citizen.accountId,
    place,
    earlier: made.value.session,
  })
  if (!vouched.ok) throw new Error(`demo: the citizen was not vouched for: ${vouched.refusal.code}`)
  const post = 'người dân, đăng nhập tại /dang-nhap (citizen)'
  return { accountId: citizen.accountId, account: { username: email, password, post } }
}

async function actsForChild(context: AccountsContext, accountId: string): Promise<void> {
  const today = dayOf(context.clock())
  await recordAuthority(context, accountId, {
    kind: 'parent',
    principal: {
      kind: 'person',
      name: 'Trần Nguyễn Bảo An',
      identityNumber: '',
      birthDay: addDays(today, -6 * 365),
      sex: 'female',
      address: addressOf(),
      unitCode: haiHungHomes[0]?.unitCode ?? '',
    },
    basis: 'Giấy khai sinh số 45 (dữ liệu dùng thử)',
    validFrom: addDays(today, -30),
    validTo: null,
    proof: null,
  })
}

const addressOf = (): string => {
  const [home] = haiHungHomes
  return home ? `${home.hamlets[0] ?? ''}, ${home.place}` : ''
}

/** One dossier that has come to its end and one under way, both of them looked at by officers. */
async function lodgeOwn(context: PersonalDataContext, world: World): Promise<void> {
  const now = context.clock()
  const { on } = todayFor(world.calendar, now)
  const { name, email, identityNumber, birthDay, sex } = sandboxCitizen
  const applicant: PersonInput = {
    kind: 'individual',
    name,
    identityKind: 'citizen',
    identityNumber,
    birthDay,
    sex,
    phone: '',
    email,
    address: addressOf(),
    unitCode: haiHungHomes[0]?.unitCode ?? '',
    relation: '',
  }
  const [receiver] = world.town.at('one-stop')
  const [clerk] = world.town.at('justice')
  if (!receiver || !clerk) throw new Error('demo: nobody works at the desk')
  for (const { key, code, caseKey, days, pace } of [
    { key: 'thu-ha/extract', code: '2.000635', caseKey: 'standard', days: 12, pace: quick },
    { key: 'thu-ha/marital-status', code: '1.004873', caseKey: 'first', days: 1, pace: usual },
  ]) {
    const lodgedAt = on(days, '08:20')
    const number = `${key.length + days}/TLHT`
    const one = await lodge(world, { key, code, caseKey, channel: 'counter', lodgedAt, applicant, receiver, number })
    // The later one waits for its signature.
    const stop = (dossier: Case['dossier']) => days === 1 && dossier.open[0]?.kind === 'sign'
    await follow(world, one, { from: lodgedAt, pace, until: now, stop })
  }
  for (const { dossierId, lodgedAt } of await listDossiersOf(context, identityNumber)) {
    await noteView(context, { actor: receiver, dossierId, at: lodgedAt })
    await noteView(context, { actor: clerk, dossierId, at: addMinutes(lodgedAt, 95) })
  }
}

/** One request that an officer has accepted, and one that nobody has answered yet. */
async function askAboutData(context: PersonalDataContext, world: World, accountId: string): Promise<void> {
  const { agencyId } = world.town
  const { on } = todayFor(world.calendar, context.clock())
  const { name, email, identityNumber } = sandboxCitizen
  const secret = { name, identityNumber, identityVerified: true, email, phone: '' }
  const at = (clock: string): PersonalDataContext => ({ ...context, clock: () => on(0, clock) })
  const { requestId } = await receiveRequest(at('08:05'), {
    agencyId,
    kind: 'correct',
    secret: { ...secret, content: 'Địa chỉ của tôi trong hồ sơ xác nhận tình trạng hôn nhân ghi thiếu tên xóm.' },
    accountId,
  })
  const [leader] = world.town.at('leadership')
  await actOnRequest(at('09:30'), {
    agencyId,
    requestId,
    action: { type: 'accept', note: 'Đã nhận, cán bộ tư pháp – hộ tịch đang đối chiếu.', thirdParty: false },
    officerId: leader?.officerId ?? null,
  })
  await receiveRequest(context, {
    agencyId,
    kind: 'view',
    secret: { ...secret, content: 'Tôi muốn biết cơ quan đang lưu những giấy tờ nào của tôi.' },
    accountId,
  })
}
