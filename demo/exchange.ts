import { openFileStore } from '../src/documents/index.ts'
import { addMinutes, dayOf } from '../src/platform/day.ts'
import {
  addPartner,
  makeKey,
  sandboxDossier,
  sandboxKeys,
  setPostSetting,
  takeDelivery,
  type NationalContext,
} from '../src/portal/exchange/index.ts'
import { after, haiHungHomes } from './facts.ts'
import { invent } from './people.ts'
import type { DemoContext, Town } from './town.ts'

const CARRIER = 'http://127.0.0.1:8096'

/** The national portal has delivered a dossier, and results can go by post: `motcua exchange-sandbox` plays both. */
export async function playExchange(given: DemoContext, { agencyId }: Pick<Town, 'agencyId'>): Promise<void> {
  const context = given as unknown as NationalContext & Parameters<typeof setPostSetting>[0]
  const at = context.clock()
  const { portal, post } = sandboxKeys
  const by = null
  await addPartner(context, {
    partnerId: portal.partnerId,
    kind: 'national-portal',
    name: 'Cổng Dịch vụ công quốc gia (dùng thử)',
    address: null,
    by,
  })
  await addPartner(context, {
    partnerId: post.partnerId,
    kind: 'post',
    name: 'Bưu điện (dùng thử)',
    address: CARRIER,
    by,
  })
  await makeKey(context, { ...portal, by })
  await makeKey(context, { ...post, by })
  await setPostSetting(context, {
    agency_id: agencyId,
    partner_id: post.partnerId,
    sender_name: 'Trung tâm Phục vụ hành chính công xã Hải Hưng',
    sender_address: 'Thôn Đoài, xã Hải Hưng, thành phố Hải Phòng',
    sender_phone: '0220 3870 000',
    return_by_itself: false,
    changed_at: at,
    changed_by: null,
  })
  const [home] = haiHungHomes
  const [person] = home ? invent('national', { count: 1, home, on: dayOf(at) }) : []
  if (!person) return
  const now = Date.parse(addMinutes(at, -25))
  const paper = (id: string, component: string) => ({
    TepDinhKemId: id,
    TenTepDinhKem: `${id}.pdf`,
    MaThanhPhanHoSo: component,
    DuocSoHoa: '1',
    NoiDungTep: Buffer.from(`%PDF-1.4\n% ${id}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]>>endobj
trailer<</Root 1 0 R>>
%%EOF
`).toString('base64'),
  })
  const payload = sandboxDossier({
    nationalCode: 'G22.99.08-000315',
    agencyCode: after.code,
    now,
    change: {
      ChuHoSo: person.name,
      SoDinhDanh: person.identityNumber,
      NgaySinh: person.birthDay.replaceAll('-', ''),
      GioiTinh: person.sex === 'male' ? '1' : '2',
      DiaChi: person.address,
      SoDienThoai: person.phone,
      Email: '',
      TaiLieuNop: [paper('to-khai', 'declaration'), paper('giay-chung-sinh', 'birth-notice')],
    },
  })
  await takeDelivery(context, openFileStore(context.config.fileDir), {
    partnerId: portal.partnerId,
    payload,
    sentAt: new Date(now).toISOString(),
    parts: new Map(),
  })
}
