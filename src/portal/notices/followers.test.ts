import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { give, takeIn, type CommandInput, type IntakeBody } from '../../dossiers/index.ts'
import { aCommune, anIntake, aPerson, at, type Commune } from '../../dossiers/testing.ts'
import { withScope } from '../../platform/db.ts'
import { noneOlder, testDatabase, type TestDatabase } from '../../platform/testing.ts'
import { createReceivingPoint, updateOfficer } from '../../staff/index.ts'
import { families } from '../eforms/families.ts'
import { describe, formFor, keepFilled, placeLabel, seedEforms } from '../eforms/index.ts'
import { queueMessage } from './commands.ts'
import { followNotices, type FollowContext } from './followers.ts'
import { sendDue } from './sender.ts'
import { openMailbox, type Mailbox } from './testing.ts'

let database: TestDatabase<unknown>
let context: FollowContext
let commune: Commune
let mailbox: Mailbox

before(async () => {
  database = await testDatabase()
  database.setClock(at('2026-11-20', '08:30'))
  mailbox = await openMailbox()
  const given = database.context as unknown as FollowContext
  context = { ...given, config: { ...given.config, publicUrl: 'https://motcua.example.gov.vn', mail: mailbox.server } }
  commune = await aCommune(context)
  await seedEforms(context.db, context.clock())
  await createReceivingPoint(context.db, {
    agencyId: commune.agencyId,
    unitId: commune.units['one-stop'],
    name: 'Điểm tiếp nhận số 1',
    address: 'Xóm 5',
    validFrom: '2025-07-01',
  })
  const { officerId, name } = commune.reception
  await updateOfficer(context.db, {
    officerId,
    name,
    title: '',
    email: 'mot.cua@xa.example',
    phone: '',
    staffCode: null,
  })
})
after(async () => {
  await mailbox.close()
  await database.close()
})

const news = async (): Promise<{ to: string; subject: string; text: string }[]> => {
  await noneOlder(database.ownerPool)
  mailbox.letters.length = 0
  await followNotices(context)
  await sendDue(context)
  return mailbox.letters.map(({ to, subject, text }) => ({
    to: to && !Array.isArray(to) ? to.text : '',
    subject: subject ?? '',
    text: text ?? '',
  }))
}

async function lodge(change: Partial<IntakeBody>, when = at('2026-11-20', '08:30')) {
  const body = anIntake(context, commune, change)
  const times = { occurredAt: when, recordedAt: when }
  const taken = await takeIn(context, { actor: commune.reception, source: 'officer' }, body, times)
  assert.ok(taken.ok, JSON.stringify(taken))
  let { dossier } = taken.value
  return {
    dossier,
    dossierId: taken.value.dossierId,
    async give(actor: typeof commune.reception, moment: string, command: CommandInput) {
      const given = await give(
        context,
        { actor, source: 'officer' },
        {
          agencyId: commune.agencyId,
          dossierId: taken.value.dossierId,
          body: {
            commandId: randomUUID(),
            version: dossier.version,
            command: 'key' in command ? { ...command, key: dossier.open[0]?.key ?? '' } : command,
          },
        },
        { occurredAt: moment, recordedAt: moment },
      )
      assert.ok(given.ok, JSON.stringify(given))
      dossier = given.value.dossier
    },
  }
}

test('an online dossier: the person hears that it arrived, the desk that it waits, and each once', async () => {
  const { dossier, give: then } = await lodge({
    channel: 'online',
    persons: { applicant: aPerson({ email: 'me@thu.example', phone: '' }) },
    decision: { type: 'none' },
  })
  const letters = await news()
  assert.deepEqual(
    letters.map(({ to, subject }) => [to, subject]).toSorted(),
    [
      ['me@thu.example', `Đã nhận được hồ sơ ${dossier.code}`],
      ['mot.cua@xa.example', `Hồ sơ trực tuyến ${dossier.code} chờ tiếp nhận`],
    ].toSorted(),
  )
  assert.deepEqual(await news(), [])
  await then(commune.reception, at('2026-11-20', '09:00'), {
    type: 'requestSupplement',
    details: {
      reason: 'Bản chụp của ông Nguyễn Văn An mờ',
      items: ['Giấy chứng sinh', 'Người yêu cầu: Họ, chữ đệm, tên', 'Người mẹ: Nơi cư trú'].map((paper) => ({
        paper,
        change: 'Ghi lại cho rõ',
      })),
    },
    componentKeys: dossier.components.slice(0, 1).map(({ key }) => key),
  })
  const [letter, ...others] = await news()
  assert.deepEqual(others, [])
  assert.equal(letter?.subject, `Hồ sơ ${dossier.code} cần bổ sung`)
  assert.match(letter?.text ?? '', /Cần bổ sung hoặc sửa: [^\n]+\./)
  assert.match(letter?.text ?? '', /https:\/\/motcua\.example\.gov\.vn\/tra-cuu\/[^?]+\?k=[0-9A-Z]{10}/)
  // What the officer wrote may name people: it is read behind the link, not in the mail.
  assert.doesNotMatch(letter?.text ?? '', /Nguyễn Văn An|mờ/)
})

test('filed at our own front in English: the letter names the papers and answers to mend, and nothing that was typed', async () => {
  const { agencyId } = commune
  const to = { email: 'an@thu.example' }
  const {
    dossier,
    dossierId,
    give: then,
  } = await lodge({
    channel: 'online',
    persons: { applicant: aPerson({ ...to, phone: '' }) },
    decision: { type: 'none' },
  })
  const form = await formFor(context.db, { procedureCode: '1.001193', caseKey: 'on-time', day: '2026-11-20' })
  assert.ok(form)
  const answers = families[0]?.answers ?? {}
  const filled = { agencyId, dossierId, formId: form.formId, caseKey: 'on-time', answers }
  await withScope(context.db, { agencies: [agencyId] }, (tx) =>
    keepFilled(tx, context.keys, { ...filled, by: 'citizen', at: context.clock() }),
  )
  const lodged = { code: dossier.code, procedure: 'Đăng ký khai sinh', trackLink: '/tra-cuu/x' }
  const asked = { agencyId, dossierId, to, template: 'filing-lodged', facts: lodged, dedupeKey: 'lodged' } as const
  await queueMessage(context, { ...asked, language: 'en' })
  const own = (await news()).filter((letter) => letter.to === to.email)
  assert.deepEqual(
    own.map(({ subject }) => subject),
    [`You filed dossier ${dossier.code}`],
  )

  const labelIn = (language: 'vi' | 'en') => {
    const [part] = describe(form, answers, { caseKey: 'on-time', all: true, language })
    const [line] = part?.lines ?? []
    return placeLabel(part?.title ?? '', line ?? { element: null, label: '' })
  }
  assert.notEqual(labelIn('vi'), labelIn('en'))
  await then(commune.reception, at('2026-11-20', '09:00'), {
    type: 'requestSupplement',
    details: {
      reason: 'Chưa rõ',
      items: ['Giấy chứng sinh', labelIn('vi'), 'Tên của ông Nguyễn Văn An'].map((paper) => ({ paper, change: 'Rõ' })),
    },
    componentKeys: dossier.components.slice(0, 1).map(({ key }) => key),
  })
  const [letter, ...others] = await news()
  assert.deepEqual(others, [])
  assert.equal(letter?.subject, `Dossier ${dossier.code}: something to mend`)
  const words = letter?.text ?? ''
  assert.match(words, /Papers to add: [^\n]+\./)
  assert.ok(words.includes(`To mend in the form: ${labelIn('en')}.`), words)
  assert.match(words, new RegExp(`/ho-so-cua-toi/${dossierId}/bo-sung\\?ma=[^&\\s]+&k=[0-9A-Z]{10}`))
  assert.doesNotMatch(words, /Nguyễn Văn An|mục trong tờ khai/)
})

test('taken in at the desk: a confirmation with the day, also to the son who handed it in for his mother', async () => {
  const { dossier } = await lodge({
    persons: {
      applicant: aPerson({ email: '', phone: '' }),
      submitter: aPerson({ name: 'Nguyễn Văn Con', identityNumber: '001085012346', email: 'con@thu.example' }),
    },
  })
  const letters = await news()
  assert.deepEqual(
    letters.map(({ to }) => to),
    ['con@thu.example'],
  )
  assert.match(
    letters[0]?.text ?? '',
    new RegExp(`Hồ sơ ${dossier.code.replaceAll('.', String.raw`\.`)} .* đã được tiếp nhận\\. Hẹn trả kết quả:`),
  )
})

test('records of the past that are brought in announce nothing', async () => {
  await lodge({ persons: { applicant: aPerson({ email: 'cu@thu.example' }) } }, at('2026-11-10', '09:00'))
  assert.deepEqual(await news(), [])
})
