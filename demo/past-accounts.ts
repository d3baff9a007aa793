import { createAccount } from '../src/identity/index.ts'
import type { Day } from '../src/platform/day.ts'
import {
  createOfficer,
  createPost,
  createUnit,
  findAgencyByCode,
  listUnits,
  recordSuccession,
  TWO_TIERS_FROM,
  type Role,
} from '../src/staff/index.ts'
import { makePassword } from './passwords.ts'
import { nameFor } from './people.ts'
import type { PastAuthority } from './past-places.ts'
import { random } from './random.ts'
import type { DemoAccount, DemoContext } from './town.ts'

type Seat = { code: string; user: string; role: Role; title: string; kind: 'leadership' | 'office'; unit: string }

const seatsOf = ({ today: { province, commune, user } }: PastAuthority): Seat[] => [
  ...(commune === undefined
    ? []
    : [
        {
          code: commune,
          user: `chutich.${user}`,
          role: 'leader' as const,
          title: 'Chủ tịch',
          kind: 'leadership' as const,
          unit: 'Lãnh đạo Ủy ban nhân dân',
        },
        {
          code: commune,
          user: `vanthu.${user}`,
          role: 'clerk' as const,
          title: 'Văn thư',
          kind: 'office' as const,
          unit: 'Văn phòng HĐND và UBND',
        },
      ]),
  {
    code: province,
    user: `giamsat.${user}`,
    role: 'supervisor',
    title: 'Chuyên viên kiểm soát thủ tục hành chính',
    kind: 'office',
    unit: 'Văn phòng Ủy ban nhân dân – Phòng Kiểm soát thủ tục hành chính',
  },
]

/**
 * Districts ended without one successor. So that somebody can write the yearly report of this one, the demo lets the
 * commune of its seat answer for its office; what was below it stays with those that took it over.
 */
async function inheritDistricts(
  { db }: DemoContext,
  { authority, today }: { authority: PastAuthority; today: Day },
): Promise<void> {
  const { commune } = authority.today
  const seat = commune === undefined ? undefined : await findAgencyByCode(db, 'gso', commune, today)
  if (!seat) return
  for (const { gso } of authority.agencies.filter(({ kind }) => kind === 'district')) {
    const district = await findAgencyByCode(db, 'gso', gso, authority.from)
    if (!district) throw new Error(`demo: no district has the code ${gso} on ${authority.from}`)
    await recordSuccession(db, {
      oldAgencyId: district.agencyId,
      newAgencyId: seat.agencyId,
      kind: 'transfer',
      onDay: TWO_TIERS_FROM,
      answers: true,
      confirmed: false,
      note: 'Giả định của bản dùng thử, để có nơi lập báo cáo của huyện cũ.',
    })
  }
}

/** Accounts at those who answer for an authority today: a leader, a clerk and whoever looks after them from above. */
export async function openPastAccounts(
  context: DemoContext,
  { authority, today }: { authority: PastAuthority; today: Day },
): Promise<DemoAccount[]> {
  const { db } = context
  const by = random(`past/accounts/${authority.name}`)
  const accounts: DemoAccount[] = []
  await inheritDistricts(context, { authority, today })
  for (const { code, user, role, title, kind, unit } of seatsOf(authority)) {
    const agency = await findAgencyByCode(db, 'gso', code, today)
    if (!agency) throw new Error(`demo: no agency has the code ${code} on ${today}`)
    const { agencyId, fullName } = agency
    const found = (await listUnits(db, agencyId, today)).find((each) => each.kind === kind)
    const unitId = found?.unitId ?? (await createUnit(db, { agencyId, kind, name: unit, validFrom: TWO_TIERS_FROM }))
    const name = nameFor(by, by.chance(0.5) ? 'male' : 'female')
    const officerId = await createOfficer(db, { name, title })
    await createPost(db, { officerId, agencyId, unitId, role, title, validFrom: TWO_TIERS_FROM })
    const password = makePassword()
    const made = await createAccount(context, { officerId, userName: user, password, demo: true })
    if (!made.ok) throw new Error(`demo: account ${user}: ${made.refusal.code}`)
    accounts.push({ username: user, password, post: `${name} – ${title}, ${fullName}` })
  }
  return accounts
}
