import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isSignedBy, signatureHeaders, signedHeaders } from './signing.ts'
import { writeMoment } from './rules/national.ts'

/** Who the sandbox pretends to be: a partner of the installation with one of its keys. */
export type SandboxKey = { partnerId: string; keyId: string; secret: string }

export type SandboxOptions = {
  key: SandboxKey
  /** Public address of the installation. */
  target: string
  clock?: () => number
}

export type SandboxAnswer = { status: number; body: Record<string, unknown> }
/** A file of a dossier; it is sent as a part of its own. */
export type SandboxFile = { id: string; component: string; name: string; type: string; bytes: Uint8Array }

/** Ways in which the sandbox behaves badly on purpose when it is told a status. */
export type Misbehaviour = 'none' | 'error' | 'refuse' | 'lose-answer' | 'slow'

/**
 * A national portal for trying things out: sends dossiers in its field names and its signature, repeats, reorders and
 * forges them, and receives the statuses over real HTTP.
 */
export function openSandbox({ key, target, clock = Date.now }: SandboxOptions) {
  const address = new URL('/api/exchange/national/dossiers', target).href
  const nonce = () => randomBytes(18).toString('base64url')

  /** Sends a payload as it is; `forge` changes the headers or the bytes after they were signed. */
  async function send(
    payload: Record<string, unknown>,
    {
      files = [],
      signed = key,
      headers: change = {},
      tamper = (bytes: Buffer) => bytes,
    }: {
      files?: readonly SandboxFile[]
      signed?: SandboxKey
      headers?: Record<string, string>
      tamper?: (bytes: Buffer) => Buffer
    } = {},
  ): Promise<SandboxAnswer> {
    const body = Buffer.from(JSON.stringify(payload))
    const headers = { ...signedHeaders(signed, { body, now: clock(), nonce: nonce() }), ...change }
    const sent = tamper(body)
    if (files.length === 0)
      return answerOf(
        await fetch(address, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: new Uint8Array(sent),
        }),
      )
    const form = new FormData()
    form.append('HoSo', new Blob([new Uint8Array(sent)], { type: 'application/json' }), 'HoSo.json')
    for (const file of files)
      form.append(file.id, new Blob([new Uint8Array(file.bytes)], { type: file.type }), file.name)
    return answerOf(await fetch(address, { method: 'POST', headers, body: form }))
  }

  return { send, ...receiver(key) }
}

async function answerOf(answer: Response): Promise<SandboxAnswer> {
  const text = await answer.text()
  return {
    status: answer.status,
    body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : { text },
  }
}

/** The portal's ear: takes statuses that are signed, once each by their own number, and keeps what came. */
function receiver(key: SandboxKey) {
  const told: Record<string, unknown>[] = []
  const refused: string[] = []
  let misbehaviour: Misbehaviour = 'none'
  let requests = 0
  const server = createServer((request, response) => void receive(request, response))

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests += 1
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const header = (name: string) => String(request.headers[name] ?? '')
    const signature = header(signatureHeaders.signature)
    const timestamp = header(signatureHeaders.timestamp)
    if (!isSignedBy(key.secret, { timestamp, nonce: header(signatureHeaders.nonce), body, signature })) {
      refused.push('signature')
      return void response.writeHead(401).end()
    }
    if (misbehaviour === 'error') return void response.writeHead(503).end()
    if (misbehaviour === 'refuse') return void response.writeHead(422).end()
    if (misbehaviour === 'slow') await new Promise((resolve) => setTimeout(resolve, 300))
    const message = JSON.parse(body.toString('utf8')) as Record<string, unknown>
    if (!told.some(({ MaThongDiep }) => MaThongDiep === message['MaThongDiep'])) told.push(message)
    // Taken over, but the answer never arrives: whoever sent it must send it again, and it must count once.
    if (misbehaviour === 'lose-answer') return void response.destroy()
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"error_code":"0"}')
  }

  return {
    /** Listens on this machine and returns the address at which statuses are received. */
    listen: (port = 0) =>
      new Promise<string>((resolve) => {
        server.listen(port, '127.0.0.1', () => {
          resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/trang-thai`)
        })
      }),
    close: () => new Promise<void>((resolve) => void server.close(() => resolve())),
    behave: (how: Misbehaviour) => (misbehaviour = how),
    /** Statuses in the order in which they were taken over. */
    told,
    refused,
    requests: () => requests,
  }
}

/** A birth registration as the portal sends it, every field of it invented. */
export function sandboxDossier({
  nationalCode,
  agencyCode,
  files = [],
  now = Date.now(),
  procedureCode = '1.001193',
  change = {},
}: {
  nationalCode: string
  agencyCode: string
  files?: readonly SandboxFile[]
  now?: number
  procedureCode?: string
  change?: Record<string, unknown>
}): Record<string, unknown> {
  return {
    MaHoSo: nationalCode,
    MaTTHC: procedureCode,
    MaDonVi: agencyCode,
    TrangThaiHoSo: '1',
    NgayNopHoSo: writeMoment(new Date(now - 60_000).toISOString()),
    NgayCapNhat: writeMoment(new Date(now - 30_000).toISOString()),
    ChuHoSo: 'Nguyễn Thị Thử Nghiệm',
    LoaiDoiTuong: '1',
    LoaiDinhDanh: '1',
    SoDinhDanh: '001190012345',
    NgaySinh: '19900415',
    GioiTinh: '2',
    DiaChi: 'Xóm 5',
    SoDienThoai: '0912345678',
    Email: 'thu@example.vn',
    TrichYeuHoSo: 'Đăng ký khai sinh cho con',
    HinhThucTra: '3',
    TaiKhoanDuocXacThucVoiVNeID: '1',
    HoSoCoThanhPhanSoHoa: '1',
    TaiLieuNop: files.map(({ id, component, name, bytes }) => ({
      TepDinhKemId: id,
      TenTepDinhKem: name,
      MaThanhPhanHoSo: component,
      DuocSoHoa: '1',
      MaBam: createHash('sha256').update(bytes).digest('hex'),
    })),
    DanhSachPhiLePhi: [],
    ...change,
  }
}
