import {
  addWorkingDays,
  addWorkingMinutes,
  hoursOn,
  isWorkingDay,
  nextWorkingDay,
  previousWorkingDay,
  workingDayOnOrAfter,
  closingOf,
  type WorkingCalendar,
} from '../src/calendar/index.ts'
import { channelsOf, type Channel } from '../src/catalogue/index.ts'
import type { CommandInput } from '../src/dossiers/index.ts'
import type { Actor } from '../src/identity/index.ts'
import {
  addDays,
  dayOf,
  instantAt,
  minuteFromClock,
  minuteOf,
  writeDay,
  type Day,
  type Instant,
} from '../src/platform/day.ts'
import {
  follow,
  lodge,
  nextMove,
  perform,
  quick,
  receiptOf,
  say,
  usual,
  type Case,
  type Wish,
  type World,
} from './case.ts'
import { haiHungHomes, type Desk } from './facts.ts'
import { invent, newbornOf, type Person } from './people.ts'
import { random, type Random } from './random.ts'

/** The moment of the first start, and working days counted back from it. */
type Today = {
  now: Instant
  day: Day
  /** The working day on which something due "today" is due: today until the office closes, else the next one. */
  due: Day
  /** `back(0)` is the working day before `due`; all of it has passed. */
  back: (days: number) => Day
  /** A clock on such a day. */
  on: (days: number, clock: string) => Instant
  /** So many working minutes ago. */
  ago: (minutes: number) => Instant
}

export function todayFor(calendar: WorkingCalendar, now: Instant): Today {
  const day = dayOf(now)
  const due =
    isWorkingDay(calendar, day) && closingOf(calendar, day) > now ? day : workingDayOnOrAfter(calendar, addDays(day, 1))
  const back = (days: number) => addWorkingDays(calendar, due, -days - 1)
  return {
    now,
    day,
    due,
    back,
    on: (days, clock) => instantAt(back(days), minuteFromClock(clock)),
    ago: (minutes) => workingMinutesAgo(calendar, now, minutes),
  }
}

function workingMinutesAgo(calendar: WorkingCalendar, now: Instant, minutes: number): Instant {
  let left = minutes
  for (let day = dayOf(now), last = minuteOf(now); ; day = previousWorkingDay(calendar, day), last = 24 * 60) {
    if (!isWorkingDay(calendar, day)) continue
    for (const { from, to } of hoursOn(calendar, day).intervals.toReversed()) {
      const end = Math.min(to, last)
      if (end - from >= left) return instantAt(day, end - left)
      left -= Math.max(0, end - from)
    }
  }
}

// The ordinary stream -------------------------------------------------------------------------------------------------

/** What people ask for, with how often, and through which channels when not through all that the case has. */
const asked: readonly (readonly [code: string, caseKey: string, weight: number])[] = [
  ['2.000815', 'standard', 16],
  ['2.000884', 'standard', 6],
  ['2.001035', 'standard', 5],
  ['1.001193', 'on-time', 12],
  ['1.000656', 'on-time', 4],
  ['1.000894', 'standard', 5],
  ['1.004873', 'first', 9],
  ['2.000635', 'standard', 11],
  ['1.004884', 'with-copy', 2],
  ['1.004859', 'change', 3],
  ['1.004194', 'household', 5],
  ['1.004222', 'family', 4],
  ['1.010041', 'in-database', 3],
  ['1.001776', 'allowance', 3],
  ['1.014027', 'new', 4],
  ['1.001731', 'standard', 1],
  ['1.010833', 'standard', 2],
  ['1.010803', 'standard', 1],
  ['2.000720', 'contents', 2],
  ['1.013225', 'house', 2],
  ['1.012796', 'standard', 1],
]

const WORKING_DAYS_BACK = 36

/** Everything that recipes for one dossier share. */
type Scene = { world: World; today: Today; crowd: readonly Person[]; number: (book: string) => string }

function planStream({ world, today, crowd, number }: Scene): Wish[] {
  const { town, versionOf } = world
  const by = random('hai-hung/stream')
  const wishes: Wish[] = []
  for (let back = WORKING_DAYS_BACK; back >= -1; back--) {
    const day = back < 0 ? today.due : today.back(back)
    const count = by.between(1, 3)
    for (let index = 0; index < count; index++) {
      const key = `hai-hung/stream/${back}/${index}`
      const [code, caseKey] = by.weighted(asked.map((line) => [line, line[2]] as const))
      const version = versionOf(code, today.now)
      const possible = channelsOf(version, caseKey)
      const channel = by.weighted(
        (
          [
            ['online', 62],
            ['counter', 34],
            ['post', 4],
          ] as const
        ).filter(([each]) => possible.includes(each)),
      )
      const minute = by.chance(0.68)
        ? minuteFromClock('07:10') + by.between(0, 230)
        : minuteFromClock('13:35') + by.between(0, 150)
      const evening = addDays(day, -1)
      const lodgedAt =
        channel === 'online' && by.chance(0.35)
          ? instantAt(evening, minuteFromClock('18:30') + by.between(0, 230))
          : instantAt(day, minute)
      const wish = wishFor({ world, today, crowd, number }, { key, code, caseKey, channel, lodgedAt, by })
      if (lodgedAt <= today.now)
        wishes.push({
          ...wish,
          receivingPointId:
            channel === 'counter' && wish.receiver === town.at('one-stop')[1] ? town.receivingPointId : null,
        })
    }
  }
  return wishes
}

type Outline = { key: string; code: string; caseKey: string; channel: Channel; lodgedAt: Instant; by: Random }

function wishFor({ world, crowd, number }: Scene, { by, ...outline }: Outline): Wish {
  const { town } = world
  const applicant = by.pick(crowd)
  const online = outline.channel === 'online'
  return {
    ...outline,
    applicant:
      online && by.chance(0.4) ? { ...applicant, email: `nguoidan${by.between(100, 999)}@thu.example` } : applicant,
    ...(outline.code === '1.001193' ? { owner: newbornOf(applicant, by, dayOf(outline.lodgedAt)) } : {}),
    receiver: by.pick(town.at('one-stop')),
    assisted: online && by.chance(0.12),
    delivery: online
      ? by.weighted([
          ['counter', 45],
          ['counter-and-online', 30],
          ['online', 20],
          ['post', 5],
        ] as const)
      : by.weighted([
          ['counter', 88],
          ['counter-and-online', 8],
          ['post', 4],
        ] as const),
    units: { copies: by.between(1, 3), pages: by.between(1, 14), signatures: by.between(1, 2) },
    number: number(world.versionOf(outline.code, outline.lodgedAt).field),
  }
}

/** Goes the ordinary way as far as it has come by now; whoever holds the open step has often taken it on. */
async function flow({ world, today }: Scene, one: Case): Promise<void> {
  const { by, wish } = one
  if (wish.channel === 'online' && one.dossier.feeDue > 0 && by.chance(0.75)) {
    await one.give(null, wish.lodgedAt, { type: 'collectFee', method: 'online', receiptNumber: receiptOf(wish) })
  }
  const pace = isQuick(world, wish) || by.chance(0.2) ? quick : usual
  const at = await follow(world, one, { from: wish.lodgedAt, pace, until: today.now })
  const step = one.dossier.open[0]
  if (step && (step.kind === 'examine' || step.kind === 'hand-off') && by.chance(0.7)) {
    const taken = addWorkingMinutes(world.calendar, at, by.between(4, 40))
    const actor = by.pick(world.town.staffOf(step.unitId))
    if (taken <= today.now) await one.give(actor, taken, { type: 'assign', key: step.key, officerId: actor.officerId })
  }
}

const isQuick = ({ versionOf }: World, { code, caseKey, lodgedAt }: Wish): boolean =>
  versionOf(code, lodgedAt).cases.some(
    ({ key, timeLimits }) =>
      key === caseKey && timeLimits.every(({ parts }) => parts.every(({ unit }) => unit === 'atOnce')),
  )

// Dossiers made for a state -------------------------------------------------------------------------------------------

type Sketch = { code: string; caseKey: string; channel?: Channel; at: Instant } & Partial<
  Pick<Wish, 'decision' | 'delivery' | 'receivingPointId' | 'remark'>
>

/** One scripted dossier: it begins, and then goes on as the script says. */
type Script = (stage: {
  today: Today
  begin: (sketch: Sketch) => Promise<Case>
  /** The ordinary next step, at this moment. */
  step: (one: Case, ...at: readonly Instant[]) => Promise<void>
  /** Whoever holds the open step takes it on. */
  take: (one: Case, at: Instant) => Promise<void>
  holder: (one: Case) => Actor
  as: (desk: Desk) => Actor
  world: World
}) => Promise<void>

/** The states that a visitor should find, whatever the day. */
const scripts: readonly (readonly [name: string, script: Script])[] = [
  [
    'waiting-fresh',
    async ({ begin, today }) =>
      void (await begin({ code: '1.001193', caseKey: 'on-time', channel: 'online', at: today.ago(35) })),
  ],
  [
    'waiting-fresh-2',
    async ({ begin, today }) =>
      void (await begin({ code: '2.000635', caseKey: 'standard', channel: 'online', at: today.ago(110) })),
  ],
  [
    'waiting-near-the-limit',
    async ({ begin, today }) =>
      void (await begin({ code: '1.004873', caseKey: 'first', channel: 'online', at: today.ago(8 * 60 - 40) })),
  ],
  [
    'waiting-past-the-limit',
    async ({ begin, today }) =>
      void (await begin({ code: '1.000656', caseKey: 'on-time', channel: 'online', at: today.ago(8 * 60 + 150) })),
  ],
  [
    'supplement-at-intake',
    async ({ begin, today, as }) => {
      const one = await begin({ code: '1.004884', caseKey: 'with-copy', channel: 'online', at: today.on(1, '19:40') })
      await one.give(as('one-stop'), today.on(0, '08:35'), {
        type: 'requestSupplement',
        details: say('Bản chụp Giấy khai sinh cũ không đọc được.', {
          basis: 'Khoản 2 Điều 17 Nghị định số 118/2025/NĐ-CP',
          items: [{ paper: 'Bản sao Giấy khai sinh', change: 'Chụp lại rõ nét cả hai mặt' }],
        }),
        componentKeys: ['birth-certificate-copy'],
      })
    },
  ],
  [
    'received-just-now',
    async ({ begin, today }) => void (await begin({ code: '1.004873', caseKey: 'first', at: today.ago(22) })),
  ],
  [
    'received-just-now-2',
    async ({ begin, today, step }) =>
      step(await begin({ code: '2.001035', caseKey: 'standard', at: today.ago(55) }), today.ago(47)),
  ],
  ...(
    [
      ['justice', '1.004746', 'standard'],
      ['land', '1.013978', 'register'],
      ['social', '1.001776', 'allowance'],
      ['economy', '2.000720', 'contents'],
      ['culture', '1.003622', 'standard'],
    ] as const
  ).map(([desk, code, caseKey]): [string, Script] => [
    `processing-${desk}`,
    async ({ begin, today, step, take }) => {
      const one = await begin({ code, caseKey, at: today.on(1, '09:12') })
      await step(one, today.on(1, '09:25'))
      await take(one, today.on(1, '10:05'))
    },
  ]),
  [
    'due-today-examined',
    async ({ begin, today, step, take }) => {
      const one = await begin({ code: '1.004873', caseKey: 'first', at: today.on(2, '08:20') })
      await step(one, today.on(2, '08:31'))
      await take(one, today.on(2, '14:02'))
    },
  ],
  [
    'due-today-to-sign',
    async ({ begin, today, step }) => {
      const one = await begin({ code: '1.004859', caseKey: 'change', at: today.on(2, '09:40') })
      await step(one, today.on(2, '09:52'), today.on(0, '15:45'))
    },
  ],
  [
    'due-today-construction',
    async ({ begin, today, step, take }) => {
      const one = await begin({ code: '1.013227', caseKey: 'standard', at: today.on(4, '10:10') })
      await step(one, today.on(4, '10:22'))
      await take(one, today.on(3, '08:00'))
    },
  ],
  [
    'due-tomorrow',
    async ({ begin, today, step }) => {
      const one = await begin({ code: '1.004873', caseKey: 'first', channel: 'online', at: today.on(1, '07:42') })
      await step(one, today.on(1, '08:15'), today.on(1, '08:24'))
    },
  ],
  [
    'due-tomorrow-business',
    async ({ begin, today, step, take }) => {
      const one = await begin({ code: '2.000720', caseKey: 'contents', at: today.on(1, '10:30') })
      await step(one, today.on(1, '10:41'))
      await take(one, today.on(1, '13:40'))
    },
  ],
  [
    'awaiting-supplement',
    async ({ begin, today, step, take, holder }) => {
      const one = await begin({ code: '1.004884', caseKey: 'without-copy', at: today.on(3, '08:50') })
      await step(one, today.on(3, '09:02'))
      await take(one, today.on(3, '13:50'))
      await one.give(holder(one), today.on(2, '10:15'), {
        type: 'requestSupplement',
        details: say('Giấy tờ nộp kèm không thống nhất ngày, tháng, năm sinh.', {
          basis: 'Khoản 5 Điều 19 Nghị định số 118/2025/NĐ-CP',
          items: [{ paper: 'Giấy tờ tùy thân hợp lệ', change: 'Bổ sung giấy tờ cấp sớm nhất có ghi ngày sinh' }],
        }),
        componentKeys: ['personal-papers'],
      })
    },
  ],
  [
    'supplemented',
    async ({ begin, today, step, take, holder, as }) => {
      const one = await begin({ code: '1.001776', caseKey: 'allowance', at: today.on(9, '09:05') })
      await step(one, today.on(9, '09:20'))
      await take(one, today.on(8, '08:00'))
      await one.give(holder(one), today.on(7, '15:10'), {
        type: 'requestSupplement',
        details: say('Tờ khai thiếu xác nhận tình trạng hôn nhân của người đề nghị.'),
        componentKeys: ['declaration'],
      })
      const papers = one.dossier.components
        .filter(({ key }) => key === 'declaration')
        .map((paper) => ({ ...paper, files: [] }))
      await one.give(as('one-stop'), today.on(4, '08:45'), { type: 'acceptSupplement', components: papers })
    },
  ],
  [
    'awaiting-payment',
    async ({ begin, today, step, take, holder }) => {
      const one = await begin({ code: '1.013978', caseKey: 'register-issue', at: today.on(11, '08:30') })
      await step(one, today.on(11, '08:45'))
      await take(one, today.on(10, '09:00'))
      await one.give(holder(one), today.on(2, '10:40'), {
        type: 'requirePayment',
        amount: 3_250_000,
        payBy: addDays(today.day, 25),
        details: say('Thông báo nghĩa vụ tài chính khi công nhận quyền sử dụng đất.', {
          basis: 'Thông báo của cơ quan thuế',
        }),
      })
    },
  ],
  [
    'opinion-asked',
    async ({ begin, today, step, take, holder, world }) => {
      const one = await begin({ code: '1.013225', caseKey: 'house', at: today.on(3, '09:30') })
      await step(one, today.on(3, '09:44'))
      await take(one, today.on(3, '14:00'))
      await one.give(holder(one), today.on(2, '09:10'), {
        type: 'askOpinion',
        agencyId: world.town.agencyId,
        unitId: world.town.unitOf('economy'),
        answerBy: addDays(today.due, 2),
        details: say('Đề nghị cho ý kiến về hành lang an toàn công trình thủy lợi tại thửa đất.'),
      })
    },
  ],
  [
    'with-the-police',
    async ({ begin, today, step, take }) => {
      const one = await begin({ code: '1.004222', caseKey: 'family', at: today.on(2, '08:40') })
      await step(one, today.on(2, '08:52'), today.on(2, '10:30'))
      await take(one, today.on(2, '14:10'))
    },
  ],
  [
    'with-the-police-to-sign',
    async ({ begin, today, step }) => {
      const one = await begin({ code: '1.004194', caseKey: 'household', channel: 'online', at: today.on(2, '13:35') })
      await step(one, today.on(2, '14:20'), today.on(2, '14:28'), today.on(2, '15:30'), today.on(0, '10:20'))
    },
  ],
  [
    'with-the-department',
    async ({ begin, today, step, take }) => {
      const one = await begin({ code: '1.010824', caseKey: 'once', at: today.on(7, '08:15') })
      await step(one, today.on(7, '08:30'), today.on(4, '10:00'), today.on(3, '15:20'), today.on(3, '16:10'))
      await take(one, today.on(2, '08:30'))
    },
  ],
  [
    'settled-by-the-department',
    async ({ begin, today, step }) => {
      const one = await begin({ code: '1.010824', caseKey: 'once', at: today.on(16, '08:15') })
      await step(
        one,
        today.on(16, '08:30'),
        today.on(13, '10:00'),
        today.on(12, '15:20'),
        today.on(12, '16:10'),
        today.on(3, '14:00'),
      )
    },
  ],
  ...(['1.004873/first', '1.001193/late', '2.001035/standard'] as const).map((what, index): [string, Script] => [
    `waiting-for-return-${index}`,
    async ({ begin, today, step }) => {
      const [code = '', caseKey = ''] = what.split('/')
      const atOnce = code === '1.001193'
      const one = await begin({ code, caseKey, at: atOnce ? today.on(0, '08:05') : today.on(1, '08:05') })
      const first = atOnce ? 0 : 1
      await step(one, today.on(first, '08:14'), today.on(first, '10:20'), today.on(0, '14:40'), today.on(0, '15:05'))
    },
  ]),
  [
    'late-without-apology',
    async ({ begin, today, step, take }) => {
      const one = await begin({ code: '1.004873', caseKey: 'first', at: today.on(5, '09:00') })
      await step(one, today.on(5, '09:15'))
      await take(one, today.on(5, '14:00'))
    },
  ],
  [
    'late-without-apology-land',
    async ({ begin, today, step, take }) => {
      const one = await begin({ code: '1.012796', caseKey: 'standard', at: today.on(9, '10:00') })
      await step(one, today.on(9, '10:10'))
      await take(one, today.on(8, '08:10'))
    },
  ],
  [
    'late-with-apology',
    async ({ begin, today, step, take, as, world }) => {
      const one = await begin({ code: '1.004746', caseKey: 'standard', at: today.on(8, '08:25') })
      await step(one, today.on(8, '08:40'))
      await take(one, today.on(7, '09:00'))
      await one.give(as('leadership'), today.on(2, '08:10'), {
        type: 'apologise',
        newDay: nextWorkingDay(world.calendar, today.due),
        cause: 'other-agency',
        details: say('Chờ kết quả xác minh sổ đăng ký kết hôn lưu tại cơ quan khác.'),
      })
    },
  ],
  [
    'late-apologised-returned',
    async ({ begin, today, step, as, world }) => {
      const one = await begin({ code: '1.004859', caseKey: 'change', at: today.on(12, '08:25') })
      await step(one, today.on(12, '08:40'))
      await one.give(as('leadership'), today.on(8, '07:50'), {
        type: 'apologise',
        newDay: addWorkingDays(world.calendar, today.back(8), 2),
        cause: 'own-agency',
        details: say('Công chức phụ trách nghỉ ốm đột xuất, Ủy ban nhân dân xã chậm phân công người thay.'),
      })
      await step(
        one,
        today.on(7, '09:30'),
        today.on(7, '15:00'),
        today.on(7, '15:40'),
        today.on(6, '09:00'),
        today.on(6, '09:05'),
      )
    },
  ],
  [
    'extended',
    async ({ begin, today, step, take, as, world }) => {
      const one = await begin({ code: '1.013978', caseKey: 'register', at: today.on(15, '09:00') })
      await step(one, today.on(15, '09:20'))
      await take(one, today.on(14, '08:30'))
      const due = dayOf(one.dossier.dueCurrent ?? today.now)
      const newDay = addWorkingDays(world.calendar, due, 5)
      await one.give(as('leadership'), today.on(2, '16:10'), {
        type: 'extend',
        newDay,
        cause: 'other-agency',
        details: say(`Chưa có trích đo địa chính của đơn vị đo đạc, xin lùi ngày trả đến ${writeDay(newDay)}.`),
      })
    },
  ],
  [
    'withdrawn',
    async ({ begin, today, step, as }) => {
      const one = await begin({ code: '2.000720', caseKey: 'contents', at: today.on(4, '08:30') })
      await step(one, today.on(4, '08:42'))
      await one.give(as('one-stop'), today.on(3, '10:00'), {
        type: 'withdraw',
        details: say('Người nộp thay đổi nội dung đăng ký, xin rút hồ sơ để nộp lại.'),
      })
      await one.give(as('one-stop'), today.on(3, '10:12'), {
        type: 'returnResult',
        delivery: 'counter',
        recipient: null,
        details: null,
      })
    },
  ],
  [
    'refused-at-intake',
    async ({ begin, today }) =>
      void (await begin({
        code: '1.013225',
        caseKey: 'house',
        at: today.on(2, '14:20'),
        decision: {
          type: 'refuseReceipt',
          details: say('Công trình nằm trong khu vực đã có quy hoạch chi tiết do cơ quan khác cấp phép.', {
            basis: 'Điều 17 Nghị định số 118/2025/NĐ-CP',
            guidance: 'Nộp hồ sơ tại Bộ phận Một cửa của cơ quan có thẩm quyền cấp phép.',
          }),
        },
      })),
  ],
  [
    'refused-in-processing',
    async ({ begin, today, step, as }) => {
      const one = await begin({ code: '1.004837', caseKey: 'natural', at: today.on(5, '08:30') })
      await step(one, today.on(5, '08:42'), today.on(4, '10:00'))
      const key = one.dossier.open[0]?.key ?? ''
      await one.give(as('leadership'), today.on(3, '15:30'), {
        type: 'signResult',
        key,
        outcome: 'refused',
        documentNumber: '37/TB-UBND',
        signedOn: today.back(3),
        fileId: null,
        electronic: false,
        details: say('Người được giám hộ không thuộc trường hợp phải có người giám hộ theo Điều 47 Bộ luật Dân sự.', {
          basis: 'Khoản 3 Điều 19 Nghị định số 118/2025/NĐ-CP',
        }),
      })
      await step(one, today.on(2, '08:30'))
    },
  ],
  [
    'stopped',
    async ({ begin, today, step, as }) => {
      const one = await begin({ code: '1.013967', caseKey: 'standard', at: today.on(8, '08:30') })
      await step(one, today.on(8, '08:50'))
      await one.give(as('leadership'), today.on(5, '15:00'), {
        type: 'stop',
        details: say('Các bên đã khởi kiện, Tòa án nhân dân thụ lý vụ án tranh chấp cùng thửa đất.', {
          basis: 'Thông báo thụ lý vụ án',
        }),
      })
    },
  ],
  ['closed-for-no-supplement', (stage) => leftUnsupplemented(stage, { closed: true })],
  ['supplement-never-came', (stage) => leftUnsupplemented(stage, { closed: false })],
  [
    'correction-open',
    async ({ begin, today, step, world }) => {
      const one = await begin({ code: '1.004873', caseKey: 'first', at: today.on(6, '08:30') })
      await step(
        one,
        today.on(6, '08:42'),
        today.on(5, '10:00'),
        today.on(4, '09:10'),
        today.on(4, '09:40'),
        today.on(4, '14:00'),
      )
      const [justice] = world.town.at('justice')
      if (justice)
        await one.give(justice, today.on(0, '09:20'), {
          type: 'requestCorrection',
          details: say('Ghi sai số căn cước của người được xác nhận.'),
        })
    },
  ],
  [
    'corrected',
    async ({ begin, today, step, world, as }) => {
      const one = await begin({ code: '2.000635', caseKey: 'standard', at: today.on(10, '08:10') })
      await step(
        one,
        today.on(10, '08:16'),
        today.on(10, '08:40'),
        today.on(10, '09:30'),
        today.on(10, '09:40'),
        today.on(10, '10:05'),
        today.on(10, '10:10'),
      )
      const [justice] = world.town.at('justice')
      if (justice)
        await one.give(justice, today.on(9, '08:20'), {
          type: 'requestCorrection',
          details: say('In thiếu chữ đệm của mẹ.'),
        })
      await one.give(as('leadership'), today.on(8, '10:00'), {
        type: 'issueCorrection',
        documentNumber: null,
        fileId: null,
      })
    },
  ],
]

/** Asked for a supplement more than fifteen days ago and nothing came; closed on the first working day after, or not yet. */
async function leftUnsupplemented(
  { begin, today, step, take, holder, as, world }: Parameters<Script>[0],
  { closed }: { closed: boolean },
): Promise<void> {
  const closingDay = (asked: Day) => nextWorkingDay(world.calendar, addDays(asked, 15))
  let back = 9
  while (closingDay(today.back(back)) > today.back(0)) back++
  const one = await begin({
    code: closed ? '1.004884' : '1.013225',
    caseKey: closed ? 'with-copy' : 'house',
    at: today.on(back + 1, closed ? '08:20' : '10:20'),
  })
  await step(one, today.on(back + 1, closed ? '08:33' : '10:41'))
  await take(one, today.on(back, '08:00'))
  await one.give(holder(one), today.on(back, '09:15'), {
    type: 'requestSupplement',
    details: say(
      closed
        ? 'Bản sao Giấy khai sinh không có dấu của cơ quan cấp.'
        : 'Bản vẽ thiết kế thiếu mặt bằng định vị công trình.',
    ),
    componentKeys: [],
  })
  const at = instantAt(closingDay(today.back(back)), minuteFromClock('08:30'))
  if (closed) await one.give(as('one-stop'), at, { type: 'closeUnsupplemented' })
}

async function play(scene: Scene, name: string, script: Script): Promise<void> {
  const { world, today } = scene
  const { town } = world
  const by = random(`hai-hung/script/${name}`)
  const holder = (one: Case): Actor => {
    const step = one.dossier.open[0]
    const taken = town.staffOf(step?.unitId ?? 0).find(({ officerId }) => officerId === step?.officerId)
    return taken ?? by.pick(town.staffOf(step?.unitId ?? 0))
  }
  await script({
    world,
    today,
    async begin({ at, channel = 'counter', ...sketch }) {
      return lodge(world, {
        ...wishFor(scene, {
          key: `hai-hung/${name}`,
          channel,
          lodgedAt: at,
          code: sketch.code,
          caseKey: sketch.caseKey,
          by,
        }),
        assisted: false,
        ...sketch,
      })
    },
    async step(one, ...moments) {
      for (const at of moments) {
        const move = nextMove(world, one, { from: at, pace: quick })
        if (one.dossier.status === 'returned') return // nothing was owed
        if (!move) throw new Error(`demo: ${name}: no ordinary step at ${at} (${one.dossier.status})`)
        await perform(one, { ...move, at })
      }
    },
    async take(one, at) {
      const step = one.dossier.open[0]
      const actor = by.pick(town.staffOf(step?.unitId ?? 0))
      const command: CommandInput = { type: 'assign', key: step?.key ?? '', officerId: actor.officerId }
      await one.give(actor, at, command)
    },
    holder,
    as: (desk) => by.pick(town.at(desk)),
  })
}

/** The commune at work on the day of the first start. Returns how many dossiers there are. */
export async function playToday(
  world: World,
  { now, neighbours, told }: { now: Instant; neighbours: readonly Person[]; told: (done: number, of: number) => void },
): Promise<number> {
  const today = todayFor(world.calendar, now)
  const crowd = [
    ...neighbours,
    ...haiHungHomes.flatMap((home, index) =>
      invent(`hai-hung/${index}`, { count: 70, home, on: addDays(today.day, -30) }),
    ),
  ]
  const numbers = new Map<string, number>()
  const number = (book: string) => {
    const next = (numbers.get(book) ?? 200) + 1
    numbers.set(book, next)
    return `${next}/${today.day.slice(0, 4)}`
  }
  const scene: Scene = { world, today, crowd, number }
  const wishes = planStream(scene)
  let done = 0
  const of = wishes.length + scripts.length
  const ready = () => told(++done, of)
  const days = Map.groupBy(wishes, ({ lodgedAt }) => dayOf(lodgedAt))
  await Promise.all(
    Array.from(days.values(), async (ofDay) => {
      const flowing: Promise<void>[] = []
      for (const wish of ofDay.toSorted((one, other) => (one.lodgedAt < other.lodgedAt ? -1 : 1))) {
        const one = await lodge(world, wish)
        flowing.push(flow(scene, one).then(ready))
      }
      await Promise.all(flowing)
    }),
  )
  await Promise.all(scripts.map(([name, script]) => play(scene, name, script).then(ready)))
  return of
}
