import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { demoCitizen } from '../src/app/demo.ts'
import { zipFiles } from '../src/platform/zip.ts'
import { press, write } from './keyboard.ts'
import { assertAccessible, assertFits, DESK, PHONE, settled, shoot, startWorld, story } from './world.ts'

const world = startWorld()
const ADDRESS = 'lan.pham@nha.example'
const PASSWORD = 'Sông xanh núi biếc'
/** What a refused form says is part of the stories. */
const refused = [/422 POST/, /503 GET/, /status of (422|503)/]

async function look(page: Page, what: string): Promise<void> {
  await settled(page)
  await assertFits(page, what)
  await assertAccessible(page, what)
  await shoot(page, `accounts-${what}`)
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()

/** The newest code in the mailbox of the demonstration, read as somebody who tries it would. */
async function codeFor(page: Page, address: string): Promise<string> {
  for (let tries = 0; tries < 40; tries++) {
    await page.goto('/hop-thu-thu')
    const letter = page.locator('.mailbox li', { hasText: `${address.slice(0, 1)}***@${address.split('@')[1] ?? ''}` })
    const words = (await letter.count()) > 0 ? await letter.first().locator('.mailbox-letter').textContent() : ''
    const code = /\b\d{6}\b/.exec(words ?? '')?.[0]
    if (code) return code
  }
  throw new Error('no code in the mailbox')
}

async function askForCode(page: Page, path: string, address: string): Promise<void> {
  await page.goto(path)
  await write(page, page.locator('#lien_he'), address)
  await page.keyboard.press('Enter')
  await heading(page, 'Nhập mã xác nhận')
}

async function signIn(page: Page, address: string, password: string): Promise<void> {
  await page.goto('/dang-nhap')
  await write(page, page.locator('#lien_he'), address)
  await write(page, page.locator('#mat_khau'), password)
  await page.keyboard.press('Enter')
}

/** By the provider of the demonstration, as the citizen whom it vouches for. */
async function signInByProvider(page: Page): Promise<void> {
  await page.goto('/dang-nhap')
  await press(page, page.locator('.account-ways a'))
  await heading(page, 'Định danh thử')
  await press(page, page.locator('main button >> nth=0'))
  await heading(page, /Xin chào Nguyễn Thị Thu Hà/)
}

story('a citizen signs up by keyboard with the code from the mailbox, and signs in again', async () => {
  const page = await world.visit({ size: PHONE, expects: refused })
  await page.goto('/dang-ky')
  await look(page, 'sign-up')
  await askForCode(page, '/dang-ky', ADDRESS)
  await look(page, 'code')
  const code = await codeFor(page, ADDRESS)
  await look(page, 'mailbox')
  await page.goto('/dang-ky/ma')
  // A guess, and the same code in a browser that never asked for one.
  await write(page, page.locator('#ma'), code === '000000' ? '111111' : '000000')
  await page.keyboard.press('Enter')
  await page.getByText('Bạn còn 4 lần thử').first().waitFor()
  await look(page, 'code-wrong')
  const thief = await world.visit({ size: PHONE, expects: refused })
  await askForCode(thief, '/dang-ky', 'ke.gian@nha.example')
  await write(thief, thief.locator('#ma'), code)
  await thief.keyboard.press('Enter')
  await thief.getByText('Bạn còn 4 lần thử').first().waitFor()

  await write(page, page.locator('#ma'), code)
  await page.keyboard.press('Enter')
  await heading(page, 'Đặt tên và mật khẩu')
  await look(page, 'name-and-password')
  await write(page, page.locator('#ho_ten'), 'Phạm Thị Lan')
  await write(page, page.locator('#mat_khau'), PASSWORD)
  await page.keyboard.press('Enter')
  await heading(page, 'Xin chào Phạm Thị Lan')
  await look(page, 'account')
  // Used up: the code opens nothing any more, here or after asking anew.
  await page.goto('/dang-ky/ma')
  await heading(page, 'Đăng ký tài khoản')

  await page.goto('/tai-khoan')
  await press(page, page.locator('main form button'))
  await page.waitForURL((url) => url.pathname === '/')
  await signIn(page, ADDRESS, 'một câu không đúng')
  await page.getByText('mật khẩu không đúng').waitFor()
  await signIn(page, ADDRESS, PASSWORD)
  await heading(page, 'Xin chào Phạm Thị Lan')
  await page.goto('/tai-khoan/phien')
  await page.getByText('Thiết bị này').waitFor()
})

story('an answer is the same whether there is an account, and its owner alone is told', async () => {
  const page = await world.visit()
  const words = async (path: string, address: string) => {
    await askForCode(page, path, address)
    return (await page.locator('main').innerText()).replaceAll(/\S+•••@\S+/g, 'x').replaceAll(/\s+/g, ' ')
  }
  for (const path of ['/dang-ky', '/quen-mat-khau'])
    assert.equal(await words(path, 'thuha@dung-thu.example'), await words(path, 'khong.ai@dung-thu.example'), path)
  for (let tries = 0; tries < 20; tries++) {
    await page.goto('/hop-thu-thu')
    if ((await page.getByText('Bạn đã có tài khoản').count()) > 0) break
  }
  await page.getByText('Bạn đã có tài khoản').first().waitFor()
})

story('a citizen sees own dossiers and who looked, asks about the data, and an officer answers', async () => {
  const officer = await world.visit({ as: 'chutich.thang', size: DESK })
  const citizen = await world.visit({ size: PHONE })
  await signInByProvider(citizen)
  await look(citizen, 'vouched')
  await citizen.goto('/ho-so-cua-toi')
  await look(citizen, 'own-dossiers')
  const code = /H24\.34\.21-\d+-\d+/.exec(await citizen.locator('main').innerText())?.[0] ?? ''
  assert.ok(code, 'the own dossiers name a code')

  // Somebody else opens it: a line more.
  await citizen.goto('/du-lieu-ca-nhan/nhat-ky')
  const lines = citizen.locator('.account-list > li')
  const before = await lines.count()
  const { rows } = await world.database.ownerPool.query<{ id: string }>(
    'select dossier_id as id from dossiers.dossier where code = $1',
    [code],
  )
  await officer.goto(`/can-bo/ho-so/${rows[0]?.id ?? ''}`)
  await settled(officer)
  await citizen.reload()
  assert.equal(await lines.count(), before + 1)
  await look(citizen, 'who-looked')

  await citizen.goto('/du-lieu-ca-nhan/ban-sao')
  const download = citizen.waitForEvent('download')
  await citizen.getByRole('button', { name: 'Tải bản sao' }).click()
  const chunks: Buffer[] = []
  for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer)
  const [copy] = [...zipFiles(Buffer.concat(chunks), { maxUnpacked: 5_000_000, maxEntries: 10 })]
    .filter(({ name }) => name === 'du-lieu-cua-toi.json')
    .map((file) => file.unpack().toString('utf8'))
  assert.match(copy ?? '', new RegExp(code.replaceAll('.', '\\.')))

  await citizen.goto('/du-lieu-ca-nhan/yeu-cau/moi')
  await citizen.getByRole('radio', { name: 'Hạn chế dùng dữ liệu' }).check()
  await citizen.locator('#noi_dung').fill('Xin không dùng số điện thoại cũ của tôi.')
  await look(citizen, 'request')
  await citizen.getByRole('button', { name: 'Gửi yêu cầu' }).click()
  const sent = /DL-\d+-\d+/.exec(await citizen.locator('.note[role=status]').innerText())?.[0] ?? ''

  await officer.goto('/can-bo/du-lieu-ca-nhan')
  await officer.getByText(sent).first().click()
  await officer.getByText('Xin không dùng số điện thoại cũ của tôi.').waitFor()
  await officer.getByRole('button', { name: 'Nhận thực hiện' }).click()
  await officer.getByLabel('Trả lời người dân').fill('Đã bỏ số cũ khỏi các hồ sơ đang giải quyết.')
  await assertAccessible(officer, 'answering')
  await shoot(officer, 'accounts-answering')
  await officer.getByRole('button', { name: 'Nhận thực hiện' }).click()
  await officer.getByText('Cơ quan nhận thực hiện').waitFor()

  await citizen.goto('/du-lieu-ca-nhan/yeu-cau')
  await citizen.getByText('Đã bỏ số cũ khỏi các hồ sơ đang giải quyết.').waitFor()
  await look(citizen, 'answered')
  await citizen.goto('/hop-thu-thu')
  await citizen.getByText(`Trả lời yêu cầu ${sent}`).first().waitFor()

  await officer.goto('/can-bo/thoi-han-yeu-cau')
  await officer.getByText('2 ngày làm việc').waitFor()
  await assertAccessible(officer, 'times')
  await shoot(officer, 'accounts-times')
})

story('when the provider is away it is said; passwords and tracking go on', async () => {
  const page = await world.visit({ size: PHONE, expects: refused })
  const { ownerPool } = world.database
  await ownerPool.query(`update identity.provider set issuer = 'http://127.0.0.1:9'`)
  try {
    await page.goto('/dang-nhap')
    await page.locator('.account-ways a').click()
    await page.getByText('không trả lời').waitFor()
    await look(page, 'provider-away')
    await page.getByRole('link', { name: 'Tra cứu hồ sơ không cần đăng nhập' }).click()
    await heading(page, /Tra cứu/)
    const citizen = await demoCitizen(world.context)
    assert.ok(citizen)
    await signIn(page, citizen.username, citizen.password)
    await heading(page, /Xin chào Nguyễn Thị Thu Hà/)
    // By a password nobody is sure enough of the person to show who looked.
    await page.goto('/du-lieu-ca-nhan/nhat-ky')
    await page.getByText('Lần đăng nhập này chỉ bằng mật khẩu').waitFor()
  } finally {
    await ownerPool.query(`update identity.provider set issuer = '/dinh-danh-thu'`)
  }
})
