import { createHash } from 'node:crypto'
import {
  addPetitionSetting,
  executePetition,
  publishPetition,
  receivePetition,
  type FeedbackContext,
  type PetitionIntake,
  type PetitionOrder,
} from '../src/feedback/index.ts'
import type { Actor } from '../src/identity/index.ts'
import { addDays, dayOf, instantAt, weekdayOf, type Day, type Instant } from '../src/platform/day.ts'
import { withScope } from '../src/platform/db.ts'
import type { DemoContext, Town } from './town.ts'

type Told = {
  /** Names it, so that a demo that is loaded again finds what it made. */
  name: string
  at: Instant
  happened: string
  wish?: string
  detail?: string
  concerns?: string
  about?: 'behaviour' | 'regulation' | 'unsure'
  channel?: PetitionIntake['channel']
  reference?: string
  who: string
  phone: string
  hidesName?: boolean
  restricted?: boolean
  coordinates?: { latitude: number; longitude: number }
  procedureName?: string
}
type Step = { by: Actor | null; at: Instant; order: PetitionOrder }

const idOf = (name: string): string => {
  const hex = createHash('sha256').update(`demo petition ${name}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** So many working days before a day, at a time of the clock; holidays are of no account here. */
function ago(today: Day, days: number, minute = 9 * 60): Instant {
  let day = today
  for (let left = days; left > 0;) {
    day = addDays(day, -1)
    if (weekdayOf(day) <= 5) left--
  }
  while (weekdayOf(day) > 5) day = addDays(day, -1)
  return instantAt(day, minute)
}

/** Taken in and handled through the same commands as every other. */
async function tell(
  context: FeedbackContext,
  { agencyId, place }: { agencyId: number; place: string },
  told: Told,
  steps: readonly Step[],
  by: Actor | null = null,
): Promise<string> {
  const taken = await receivePetition(
    context,
    by ? { actor: by } : { actor: null, source: 'sender' },
    {
      agencyId,
      commandId: idOf(`${agencyId} ${told.name}`),
      channel: told.channel ?? 'web',
      reference: told.reference ?? '',
      restricted: told.restricted ?? false,
      story: {
        happened: told.happened,
        wish: told.wish ?? '',
        happenedOn: addDays(dayOf(told.at), -1),
        placeCode: null,
        placeName: place,
        placeDetail: told.detail ?? '',
        coordinates: told.coordinates ?? null,
        about: told.about ?? 'behaviour',
        concerns: told.concerns ?? '',
        dossierCode: null,
        procedureCode: null,
        procedureName: told.procedureName ?? '',
      },
      sender: {
        kind: 'individual',
        name: told.who,
        phone: told.phone,
        email: '',
        address: '',
        identityNumber: '',
        hidesName: told.hidesName ?? true,
      },
    },
    told.at,
  )
  if (!taken.ok) throw new Error(`demo: petition ${told.name} was refused: ${taken.refusal.code}`)
  const { petitionId, repeated } = taken.value
  if (repeated) return petitionId
  for (const [index, step] of steps.entries()) {
    const done = await executePetition(context, step.by ? { actor: step.by } : { actor: null, source: 'sender' }, {
      agencyId,
      petitionId,
      commandId: idOf(`${agencyId} ${told.name} ${index}`),
      version: null,
      order: step.order,
      at: step.at,
    })
    if (!done.ok) throw new Error(`demo: step ${index} of petition ${told.name} was refused: ${done.refusal.code}`)
  }
  return petitionId
}

/** Petitions of the commune on the day of the first start, in all states that a queue can show. */
export async function playPetitions(given: DemoContext, town: Town): Promise<void> {
  const context = given as unknown as FeedbackContext
  const { agencyId } = town
  const today = dayOf(context.clock())
  const place = 'Xã Hải Hưng, Thành phố Hải Phòng'
  const here = { agencyId, place }
  const [leader] = town.at('leadership')
  const clerk = town.at('office').find(({ posts }) => posts.some(({ role }) => role === 'clerk'))
  const [justice] = town.at('justice')
  if (!leader || !clerk || !justice) return
  await withScope(context.db, { agencies: [agencyId] }, (tx) =>
    addPetitionSetting(tx, {
      agencyId,
      by: null,
      at: ago(today, 60),
      content: {
        open: true,
        name: 'Bộ phận tiếp nhận phản ánh, kiến nghị, UBND xã Hải Hưng',
        address: 'Trụ sở UBND xã Hải Hưng',
        phone: '1022',
        email: 'phananh@haihung.vidu.vn',
        anonymous: false,
        publication: true,
        timers: {
          refuse: 2,
          supplement: 5,
          forward: 5,
          process: 15,
          publish: 2,
          extend: 10,
          supplementWait: 10,
          reopen: 15,
        },
      },
    }),
  )
  const unitId = town.unitOf('justice')
  const assign = (days: number, officer: Actor | null = justice): Step => ({
    by: clerk,
    at: ago(today, days, 10 * 60),
    order: { type: 'accept', kind: 'behaviour', unitId, officerId: officer?.officerId ?? null },
  })
  await tell(
    context,
    here,
    {
      name: 'new',
      at: ago(today, 1, 20 * 60),
      happened:
        'Tôi đến nộp hồ sơ lúc 10 giờ sáng nhưng quầy tiếp nhận không có người, phải đợi hơn một tiếng mới có cán bộ ra làm việc.',
      wish: 'Xã bố trí người trực đúng giờ và thông báo khi cán bộ vắng mặt.',
      detail: 'Bộ phận Một cửa',
      concerns: 'Quầy tiếp nhận hộ tịch',
      coordinates: { latitude: 20.78915, longitude: 106.23351 },
      who: 'Đặng Thị Lụa',
      phone: '0912 000 101',
    },
    [],
  )
  await tell(
    context,
    here,
    {
      name: 'hotline',
      at: ago(today, 3, 15 * 60),
      channel: 'hotline',
      reference: '1022-2026-004512',
      happened: 'Bảng niêm yết thủ tục ở nhà văn hóa thôn vẫn ghi tên xã cũ và số điện thoại cũ, gọi không ai nghe.',
      wish: 'Thay bảng niêm yết.',
      detail: 'Nhà văn hóa thôn Đông',
      about: 'unsure',
      who: 'Bùi Văn Khải',
      phone: '0912 000 102',
    },
    [],
    clerk,
  )
  await tell(
    context,
    here,
    {
      name: 'waiting',
      at: ago(today, 5),
      happened: 'Làm giấy tờ đất mãi không xong, đề nghị xem lại.',
      who: 'Phạm Văn Quý',
      phone: '0912 000 103',
    },
    [
      {
        by: clerk,
        at: ago(today, 4),
        order: {
          type: 'requestSupplement',
          text: 'Đề nghị ông cho biết mã hồ sơ hoặc ngày nộp, và giấy tờ nào chưa được trả.',
        },
      },
    ],
  )
  await tell(
    context,
    here,
    {
      name: 'handling',
      at: ago(today, 8),
      happened:
        'Quy định phải nộp bản sao giấy chứng nhận kết hôn khi khai sinh cho con trong khi dữ liệu đã có trên hệ thống. Đề nghị bỏ giấy tờ này.',
      wish: 'Không yêu cầu nộp lại giấy tờ đã có trong cơ sở dữ liệu.',
      about: 'regulation',
      procedureName: 'Đăng ký khai sinh',
      who: 'Nguyễn Hoài Thu',
      phone: '0912 000 104',
      hidesName: false,
    },
    [
      {
        by: clerk,
        at: ago(today, 7),
        order: { type: 'accept', kind: 'regulation', unitId, officerId: justice.officerId },
      },
      {
        by: justice,
        at: ago(today, 1),
        order: {
          type: 'propose',
          text: 'Từ ngày 01/7/2025, thông tin hôn nhân được khai thác từ Cơ sở dữ liệu hộ tịch điện tử; bộ phận một cửa không yêu cầu nộp bản sao nếu đã tra cứu được. UBND xã đã nhắc các quầy thực hiện đúng và kiến nghị cấp trên sửa thành phần hồ sơ.',
        },
      },
    ],
  )
  await tell(
    context,
    here,
    {
      name: 'late',
      at: ago(today, 19),
      happened: 'Cán bộ hướng dẫn thiếu, tôi phải đi lại ba lần mới nộp được hồ sơ xác nhận tình trạng hôn nhân.',
      wish: 'Hướng dẫn đầy đủ trong một lần.',
      concerns: 'Cán bộ quầy số 2',
      who: 'Trịnh Văn Lực',
      phone: '0912 000 105',
    },
    [assign(17, null)],
  )
  const answered = await tell(
    context,
    here,
    {
      name: 'answered',
      at: ago(today, 12),
      happened:
        'Loa truyền thanh của thôn phát lúc 5 giờ sáng, thông báo lịch tiếp dân quá nhanh, người già không nghe kịp.',
      wish: 'Phát lại vào buổi chiều và đăng lịch lên trang của xã.',
      detail: 'Thôn Đoài',
      who: 'Vũ Thị Hạnh',
      phone: '0912 000 106',
    },
    [
      assign(11),
      {
        by: leader,
        at: ago(today, 6),
        order: {
          type: 'answer',
          text: 'UBND xã đã yêu cầu phát lại lịch tiếp dân lúc 17 giờ và đăng lịch lên trang thông tin điện tử của xã từ tuần này. Cảm ơn bà đã phản ánh.',
        },
      },
    ],
  )
  const one = { agencyId, petitionId: answered }
  await publishPetition(context, clerk, { ...one, commandId: idOf(`${agencyId} publish`), at: ago(today, 5) })
  await executePetition(
    context,
    { actor: null, source: 'sender' },
    {
      ...one,
      commandId: idOf(`${agencyId} rate`),
      version: null,
      order: { type: 'rate', rating: 'satisfied', text: '' },
      at: ago(today, 4),
    },
  )
  await tell(
    context,
    here,
    {
      name: 'restricted',
      at: ago(today, 2),
      happened: 'Tôi bị một cán bộ gợi ý đưa tiền bồi dưỡng để được trích đo đất sớm.',
      restricted: true,
      concerns: 'Một cán bộ địa chính',
      who: 'Hoàng Văn Thật',
      phone: '0912 000 107',
    },
    [],
  )
  await tell(
    context,
    here,
    {
      name: 'complaint',
      at: ago(today, 15),
      happened: 'Tôi không đồng ý với quyết định xử phạt hành chính số 15 và đề nghị hủy quyết định này.',
      about: 'unsure',
      channel: 'counter',
      who: 'Lương Đình Toàn',
      phone: '0912 000 108',
    },
    [
      {
        by: clerk,
        at: ago(today, 13),
        order: {
          type: 'guide',
          referral: 'complaint',
          authority: 'Chủ tịch UBND xã Hải Hưng (người giải quyết khiếu nại lần đầu)',
          text: 'Nội dung của ông là khiếu nại quyết định hành chính. Đề nghị ông gửi đơn khiếu nại ghi rõ họ tên, địa chỉ, nội dung, lý do và có chữ ký để được giải quyết theo pháp luật về khiếu nại.',
        },
      },
    ],
    clerk,
  )
}

/** What the published report of Tân Hồng says: two through the hotline 1022, both settled. */
export async function playPastPetitions(given: DemoContext, town: Town, place: string): Promise<void> {
  const context = given as unknown as FeedbackContext
  const { agencyId } = town
  const [leader] = town.at('leadership')
  const clerk = town.at('office').find(({ posts }) => posts.some(({ role }) => role === 'clerk')) ?? leader
  if (!clerk || !leader) return
  const unitId = town.unitOf('leadership')
  const told = [
    {
      name: '1022-1',
      day: '2023-04-11',
      happened: 'Công chức tại Bộ phận Một cửa trả lời thiếu tôn trọng khi người dân hỏi về hồ sơ.',
      answer: 'UBND huyện đã làm việc với công chức, yêu cầu kiểm điểm và xin lỗi công dân.',
    },
    {
      name: '1022-2',
      day: '2023-08-15',
      happened: 'Hồ sơ đất đai nộp tại bộ phận tiếp nhận cấp xã bị chậm so với ngày hẹn mà không có thông báo.',
      answer: 'UBND huyện đã chỉ đạo trả kết quả và gửi thư xin lỗi, phê bình bộ phận để chậm trễ.',
    },
  ]
  for (const [index, { name, day, happened, answer }] of told.entries())
    await tell(
      context,
      { agencyId, place },
      {
        name,
        at: instantAt(day, 9 * 60),
        channel: 'hotline',
        reference: `1022-2023-${index + 1}`,
        happened,
        who: index === 0 ? 'Huỳnh Văn Sáu' : 'Võ Thị Mười',
        phone: `0912 000 20${index}`,
      },
      [
        {
          by: clerk,
          at: instantAt(addDays(day, 1), 9 * 60),
          order: { type: 'accept', kind: 'behaviour', unitId, officerId: null },
        },
        { by: leader, at: instantAt(addDays(day, 9), 15 * 60), order: { type: 'answer', text: answer } },
      ],
      clerk,
    )
}
