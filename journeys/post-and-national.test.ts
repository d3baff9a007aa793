import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import { aPdf } from '../src/documents/testing.ts'
import {
  carryShipments,
  followStatuses,
  sandboxDossier,
  sandboxKeys,
  sendStatuses,
} from '../src/portal/exchange/index.ts'
import { openSandboxCarrier } from '../src/portal/exchange/sandbox-carrier.ts'
import { openSandbox } from '../src/portal/exchange/sandbox.ts'
import { signedHeaders } from '../src/portal/exchange/signing.ts'
import { bringOn, dossierOf, openDossier, perform } from './officer.ts'
import { assertAccessible, assertFits, DESK, PHONE, settled, shoot, startWorld, story } from './world.ts'

const world = startWorld()
const CODE = 'G22.99.08-000777'

/** The national portal and the carrier, on this machine, in the time of this world. */
async function openPartners(test: TestContext) {
  const clock = () => Date.parse(world.now())
  const portal = openSandbox({ key: sandboxKeys.portal, target: world.url, clock })
  const carrier = openSandboxCarrier({ key: sandboxKeys.post, target: world.url, clock })
  test.after(async () => Promise.all([portal.close(), carrier.close()]))
  const [portalAddress, carrierAddress] = [await portal.listen(), await carrier.listen()]
  const admin = await world.visit({ as: 'hethong.tri', size: DESK })
  for (const [{ partnerId }, name, address] of [
    [sandboxKeys.portal, 'Cổng Dịch vụ công quốc gia (dùng thử)', portalAddress],
    [sandboxKeys.post, 'Bưu điện (dùng thử)', carrierAddress],
  ] as const) {
    const reply = await admin.context().request.put(`/api/exchange/partners/${partnerId}`, {
      headers: { 'x-motcua': '1' },
      data: { name, address, enabled: true },
    })
    assert.ok(reply.ok(), await reply.text())
  }
  await admin.goto('/can-bo/trao-doi')
  await admin.getByText(carrierAddress).waitFor()
  await shoot(admin, 'national-partners')
  const tellPortal = async () => {
    await followStatuses(world.context)
    await sendStatuses(world.context)
  }
  return { portal, carrier, tellPortal }
}

const papers = ['declaration', 'birth-notice'].map((component, index) => ({
  id: `tep-${index}`,
  component,
  name: `${component}.pdf`,
  type: 'application/pdf',
  bytes: Buffer.concat([aPdf(), Buffer.from(`% ${index}\n`)]),
}))

story(
  'a dossier of the national portal: forged and replayed refused, accepted in time, its result by post',
  async (test) => {
    const { portal, carrier, tellPortal } = await openPartners(test)
    const { rows } = await world.database.ownerPool.query<{ code: string }>(
      `select d.code from dossiers.dossier d where d.code like 'H%' order by d.received_at desc nulls last limit 1`,
    )
    const agencyCode = rows[0]?.code.split('-')[0] ?? ''
    const payload = sandboxDossier({
      nationalCode: CODE,
      agencyCode,
      files: papers,
      now: Date.parse(world.now()),
      change: { HinhThucTra: '2', DiaChiTra: 'Xóm 5, xã Hải Hưng, thành phố Hải Phòng' },
    })

    // Forged, altered on the way, too old: nothing is taken.
    const forged = await portal.send(payload, { files: papers, signed: { ...sandboxKeys.portal, secret: 'gia' } })
    assert.equal(forged.status, 401)
    const altered = await portal.send(payload, {
      tamper: (bytes) => Buffer.from(bytes.toString('utf8').replace('Thử Nghiệm', 'Giả Mạo')),
    })
    assert.equal(altered.status, 401)
    const body = Buffer.from(JSON.stringify(payload))
    const post = async (now: number, nonce: string) => {
      const headers = signedHeaders(sandboxKeys.portal, { body, now, nonce })
      const url = `${world.url}/api/exchange/national/dossiers`
      return fetch(url, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body })
    }
    const now = Date.parse(world.now())
    const stale = await post(now - 3_600_000, randomUUID())
    assert.equal(stale.status, 401)

    const taken = await portal.send(payload, { files: papers })
    assert.equal(taken.status, 201, JSON.stringify(taken.body))
    // The same once more: by its number refused, sent anew it changes nothing.
    const nonce = randomUUID()
    await post(now, nonce)
    const replayed = await post(now, nonce)
    assert.ok(replayed.status === 401 || replayed.status === 409, String(replayed.status))
    const found = await world.database.ownerPool.query<{ dossierId: string }>(
      'select dossier_id as "dossierId" from portal.national_dossier where national_code = $1',
      [CODE],
    )
    assert.equal(found.rows.length, 1)
    const dossierId = found.rows[0]?.dossierId ?? ''

    // The officer finds it with the time that is left of eight working hours, looks at the papers, takes it in.
    const officer = await world.visit({ as: 'motcua.lan', size: DESK })
    await officer.goto('/can-bo/truc-tuyen')
    await settled(officer)
    await officer.getByText('Nguyễn Thị Thử Nghiệm').first().waitFor()
    await shoot(officer, 'national-waiting')
    const lodged = await dossierOf(officer, dossierId)
    assert.ok(lodged.acceptBy && lodged.acceptBy > world.now())
    await openDossier(officer, dossierId)
    await officer.getByText(CODE).first().waitFor()
    await assertAccessible(officer, 'national dossier')
    await shoot(officer, 'national-dossier')
    await perform(officer, 'Tiếp nhận', async () => undefined)
    await tellPortal()
    assert.ok(
      portal.told.some(({ MaHoSo, TrangThaiHoSo }) => MaHoSo === CODE && String(TrangThaiHoSo) === '2'),
      JSON.stringify(portal.told),
    )

    // The result is made and goes by post: the carrier loses the answer first and is asked again.
    await bringOn(world, dossierId, 'to-hand-over')
    await openDossier(officer, dossierId)
    await officer.getByRole('button', { name: 'Giao bưu điện' }).click()
    assert.match(await officer.getByLabel('Địa chỉ nhận').inputValue(), /Xóm 5/)
    carrier.behave('lose-answer')
    await officer.getByRole('button', { name: 'Tạo bưu gửi' }).click()
    await officer.getByText('Đã tạo bưu gửi.').first().waitFor()
    carrier.behave('good')
    await carryShipments({
      ...world.context,
      clock: () => new Date(Date.parse(world.now()) + 3_600_000).toISOString(),
    })
    assert.equal(carrier.parcels.size, 1)
    const [number = ''] = carrier.parcels.keys()

    // Word of the carrier: forged is refused, in whatever order it comes it is the last state that counts.
    const at = (minutes: number) => ({ at: new Date(Date.parse(world.now()) + minutes * 60_000).toISOString() })
    const onWay = carrier.happen(number, 'under-way', at(-20))
    const delivered = carrier.happen(number, 'delivered', at(-1))
    assert.equal(await carrier.tell([delivered], { secret: 'gia' }), 401)
    await openDossier(officer, dossierId)
    assert.equal(await officer.getByText('Đã phát tận tay').count(), 0)
    assert.equal(await carrier.tell([delivered]), 200)
    assert.equal(await carrier.tell([onWay, delivered]), 200)
    await openDossier(officer, dossierId)
    await officer.getByText('Đã phát tận tay').first().waitFor()
    await shoot(officer, 'national-delivered')
    await officer.getByRole('button', { name: 'Ghi đã trả kết quả' }).click()
    await officer.getByText('Đã ghi trả kết quả.').first().waitFor()
    assert.equal((await dossierOf(officer, dossierId)).status, 'returned')
    await tellPortal()
    assert.equal(String(portal.told.findLast(({ MaHoSo }) => MaHoSo === CODE)?.['TrangThaiHoSo']), '10')

    // What came and what was told, on a small screen as well.
    const admin = await world.visit({ as: 'quantri.dat', size: PHONE })
    await admin.goto('/can-bo/trao-doi')
    await settled(admin)
    await admin.getByText(CODE).first().waitFor()
    await assertFits(admin, 'exchange')
    await shoot(admin, 'national-list-phone')
  },
)
