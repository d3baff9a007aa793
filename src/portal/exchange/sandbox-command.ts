import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { randomBytes } from 'node:crypto'
import { openSandboxCarrier } from './sandbox-carrier.ts'
import { openSandbox, sandboxDossier, type Misbehaviour, type SandboxFile, type SandboxKey } from './sandbox.ts'

/** Keys of the sandbox partners in a demo; worth nothing anywhere else. */
export const sandboxKeys = {
  portal: { partnerId: 'dvcqg', keyId: 'k_dung_thu_cong', secret: 'dung-thu-khong-phai-khoa-that-cong' },
  post: { partnerId: 'buu-dien', keyId: 'k_dung_thu_buu_dien', secret: 'dung-thu-khong-phai-khoa-that-buu' },
} as const satisfies Record<string, SandboxKey>

const PORTAL_PORT = 8095
const CARRIER_PORT = 8096

const help = [
  'g [mã cơ quan]  gửi một hồ sơ mới        l  gửi lặp lại hồ sơ vừa gửi',
  'b  gửi bổ sung    r  rút hồ sơ    s  gửi với chữ ký giả',
  'c <none|error|refuse|lose-answer|slow>  cách Cổng thử trả lời khi nhận trạng thái',
  'p <số hiệu> <taken|under-way|failed-attempt|delivered|returned|lost>  bưu chính báo    q  thoát',
]

/** The national portal and a carrier on this machine, moved by lines that are typed. Ends when the input ends. */
export async function runExchangeSandbox({
  target,
  keyFile,
  say,
  input = process.stdin,
}: {
  target: string | undefined
  /** `{"portal": {partnerId, keyId, secret}, "post": {…}}`; without it the keys of the demo. */
  keyFile?: string | undefined
  say: (...lines: string[]) => void
  input?: NodeJS.ReadableStream
}): Promise<number> {
  if (target === undefined || !URL.canParse(target)) {
    say('Thiếu địa chỉ của hệ thống, ví dụ http://127.0.0.1:8080. (Name the address of the installation.)')
    return 2
  }
  const keys = keyFile
    ? (JSON.parse(readFileSync(keyFile, 'utf8')) as { portal: SandboxKey; post: SandboxKey })
    : sandboxKeys
  const portal = openSandbox({ key: keys.portal, target })
  const carrier = openSandboxCarrier({ key: keys.post, target })
  say(
    `Cổng thử nhận trạng thái tại ${await portal.listen(PORTAL_PORT)}`,
    `Bưu chính thử nhận bưu gửi tại ${await carrier.listen(CARRIER_PORT)}`,
    'Đặt hai địa chỉ này ở trang Trao đổi với Cổng quốc gia. (Set both addresses on that page.)',
    ...help,
  )
  let last: { payload: Record<string, unknown>; files: SandboxFile[] } | undefined
  let agency = 'H24.34.21'
  const send = async (payload: Record<string, unknown>, files: SandboxFile[], forged = false) => {
    const signed = forged ? { ...keys.portal, secret: 'gia' } : keys.portal
    const { status, body } = await portal.send(payload, { files, signed })
    say(`${status} ${JSON.stringify(body)}`)
  }
  for await (const line of createInterface({ input })) {
    const [word = '', first = '', second = ''] = line.trim().split(/\s+/)
    if (word === 'q') break
    if (word === 'g' || word === 's') {
      agency = first || agency
      const nationalCode = `G99.99-${randomBytes(4).toString('hex').toUpperCase()}`
      const files = [aPaper('to-khai', 'declaration'), aPaper('chung-sinh', 'birth-notice')]
      last = { payload: sandboxDossier({ nationalCode, agencyCode: agency, files }), files }
      await send(last.payload, files, word === 's')
    } else if (word === 'l' && last) await send(last.payload, last.files)
    else if (word === 'b' && last) {
      const files = [aPaper('chung-sinh-moi', 'birth-notice')]
      const nationalCode = String(last.payload['MaHoSo'])
      const payload = sandboxDossier({ nationalCode, agencyCode: agency, files, change: { TrangThaiHoSo: '5' } })
      last = { payload, files }
      await send(payload, files)
    } else if (word === 'r' && last) {
      const nationalCode = String(last.payload['MaHoSo'])
      const change = { TrangThaiHoSo: '7', TaiLieuNop: [], LyDoRut: 'Thử rút hồ sơ' }
      await send(sandboxDossier({ nationalCode, agencyCode: agency, change }), [])
    } else if (word === 'c') portal.behave(first as Misbehaviour)
    else if (word === 'p') say(`${await carrier.tell([carrier.happen(first, second)])}`)
    else say(...help)
    for (const message of portal.told.splice(0)) say(`Cổng nhận: ${JSON.stringify(message)}`)
  }
  await Promise.all([portal.close(), carrier.close()])
  return 0
}

/** A PDF of one empty page, different each time. */
function aPaper(id: string, component: string): SandboxFile {
  const text = `%PDF-1.4
% ${id} ${randomBytes(6).toString('hex')}
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]>>endobj
trailer<</Root 1 0 R>>
%%EOF
`
  return { id, component, name: `${id}.pdf`, type: 'application/pdf', bytes: Buffer.from(text) }
}
