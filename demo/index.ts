import { loadCalendar, seedCalendar } from '../src/calendar/index.ts'
import { isInForce, readCatalogueData, seedCatalogue, type ProcedureVersion } from '../src/catalogue/index.ts'
import { dayOf, type Day } from '../src/platform/day.ts'
import { findAgencyByCode, importUnits } from '../src/staff/index.ts'
import { addAccounts } from './accounts.ts'
import { settleCitizen } from './citizens.ts'
import { oneByOne, type World } from './case.ts'
import { playQuarter } from './doan-ket.ts'
import { after, before, doanKetHome, haiHungHomes, quarter } from './facts.ts'
import { playExchange } from './exchange.ts'
import { openFront } from './filing.ts'
import { playToday } from './hai-hung.ts'
import { readKeyFacts } from './key-facts.ts'
import { publishKeyFacts } from './load.ts'
import { playPayments } from './payments.ts'
import { invent, type Person } from './people.ts'
import { surveyHaiHung } from './surveys.ts'
import { playPetitions } from './petitions.ts'
import { playWaitingRoom } from './waiting-room.ts'
import { foundTowns, type DemoAccount, type DemoContext, type Town, type Towns } from './town.ts'

export { demoAccounts, pastAccounts } from './accounts.ts'
export { demoCitizen } from './citizens.ts'
export { loadAuthority, loadingProgress, type LoadOutcome, type LoadProgress } from './load.ts'
export { authorities, authorityOf, type AuthorityName } from './past-places.ts'
export type { DemoAccount, DemoContext } from './town.ts'

/** What is told while the demo is made: a Vietnamese line. */
type Tell = (line: string) => void

/** The facts on which the recipes stand: calendar, procedures, agencies and their people. */
export type Founded = { towns: Towns; versions: readonly ProcedureVersion[] }

/**
 * Fills an empty, migrated database with the demo authorities; returns the accounts. A run that was cut short is not
 * continued: whoever calls begins again with a cleared database.
 */
export async function loadDemo(context: DemoContext, tell: Tell = () => undefined): Promise<DemoAccount[]> {
  const founded = await foundDemo(context)
  await fillDemo(context, founded, tell)
  return founded.towns.accounts
}

/** Both plays on founded ground. */
export async function fillDemo(context: DemoContext, founded: Founded, tell: Tell = () => undefined): Promise<void> {
  const { towns } = founded
  await playQuarter(await worldOf(context, founded, towns.doanKet), counted(tell, 'Xã Đoàn Kết, quý I năm 2023'))
  await playHaiHung(context, founded, tell)
  const { agencyId, unitOf } = towns.haiHung
  await surveyHaiHung(context, { agencyId, unitIds: [unitOf('justice'), unitOf('land')] })
  await playPayments(context, towns.haiHung)
  await openFront(context, towns.haiHung)
  await playExchange(context, towns.haiHung)
  await playPetitions(context, towns.haiHung)
  await playWaitingRoom(context, towns.haiHung)
  await settleCitizen(context, await worldOf(context, founded, towns.haiHung))
  await addAccounts(context, towns.accounts)
}

export async function foundDemo(context: DemoContext): Promise<Founded> {
  const { db } = context
  const data = readCatalogueData()
  const versions = data.versions as ProcedureVersion[] // checked when they were published
  const today = dayOf(context.clock())
  await seedCalendar(db)
  await seedCatalogue(db, data)
  if (!(await findAgencyByCode(db, 'gso', after.commune, after.from))) await importUnits(db)
  const codesOn = (day: Day) => [
    ...new Set(versions.filter((version) => isInForce(version, day)).map(({ code }) => code)),
  ]
  const facts = readKeyFacts().filter(({ lists }) => lists.includes('doan-ket'))
  await publishKeyFacts(context, facts)
  const then = [
    ...codesOn(quarter.from).map((code) => ({ code, lastDay: before.to })),
    ...facts.map(({ code, validTo }) => ({ code, lastDay: validTo })),
  ]
  const towns = await foundTowns(context, { today, codes: { before: then, after: codesOn(today) } })
  return { towns, versions }
}

/** The commune as it works on the day of the context's clock. */
export async function playHaiHung(
  context: DemoContext,
  founded: Founded,
  tell: Tell = () => undefined,
): Promise<number> {
  const neighbours = movedOver(invent('doan-ket', { count: 330, home: doanKetHome, on: quarter.from }))
  const world = await worldOf(context, founded, founded.towns.haiHung)
  return playToday(world, { now: context.clock(), neighbours, told: counted(tell, 'Xã Hải Hưng hôm nay') })
}

const worldOf = async (context: DemoContext, { versions }: Founded, town: Town): Promise<World> => ({
  through: oneByOne(context),
  town,
  calendar: (await loadCalendar(context.db, town.agencyId)).calendar,
  versionOf(code, at) {
    const version = versions.find((each) => each.code === code && isInForce(each, dayOf(at)))
    if (!version) throw new Error(`demo: no version of ${code} is in force at ${at}`)
    return version
  },
})

/** The people of Đoàn Kết live on in Hải Hưng, with the same numbers. */
const movedOver = (people: readonly Person[]): Person[] => {
  const [{ place, unitCode } = doanKetHome] = haiHungHomes
  return people.map((person) => ({ ...person, address: person.address.replace(doanKetHome.place, place), unitCode }))
}

const counted =
  (tell: Tell, what: string) =>
  (done: number, of: number): void => {
    if (done % 100 === 0 || done === of) tell(`${what}: ${done}/${of} hồ sơ`)
  }
