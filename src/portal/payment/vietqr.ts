import { deflateSync, crc32 } from 'node:zlib'
import { encode, renderSVG } from 'uqr'
import { BanksObject, QRPay } from 'vietnam-qr-pay'
import type { Dong } from '../../platform/money.ts'
import { toAscii } from './rules/reference.ts'

export type Bank = { bin: string; code: string; shortName: string; name: string }

/** Banks to whose accounts a VietQR code leads. */
export const banks: readonly Bank[] = Object.values(BanksObject)
  .filter(({ vietQRStatus }) => vietQRStatus > 0)
  .map(({ bin, code, shortName, name }) => ({ bin, code, shortName: shortName ?? name, name }))
  // The list names a bank twice that has changed its name.
  .filter((bank, place, all) => all.findIndex(({ bin }) => bin === bank.bin) === place)
  .toSorted((a, b) => a.shortName.localeCompare(b.shortName, 'vi'))

export const bankOf = (bin: string): Bank | undefined => banks.find((bank) => bank.bin === bin)

/** The EMVCo text of a transfer to this account; the bank's application fills in everything by itself. */
export function vietQr({
  bankBin,
  accountNumber,
  amount,
  purpose,
}: {
  bankBin: string
  accountNumber: string
  amount: Dong
  purpose: string
}): string {
  if (!Number.isSafeInteger(amount) || amount <= 0) throw new Error('a code asks for whole đồng')
  return QRPay.initVietQR({
    bankBin,
    bankNumber: accountNumber,
    amount: String(amount),
    purpose: toAscii(purpose),
  }).build()
}

export const qrSvg = (text: string): string => renderSVG(text, { border: 4, ecc: 'M' })

/** The same as a picture that a telephone keeps among its photographs: bank applications read codes from there. */
export function qrPng(text: string, scale = 10): Buffer {
  const { data, size } = encode(text, { border: 4, ecc: 'M' })
  const width = size * scale
  const stride = Math.ceil(width / 8) + 1
  const raw = Buffer.alloc(stride * width, 0xff)
  for (let y = 0; y < width; y++) {
    raw[y * stride] = 0
    const row = data[Math.floor(y / scale)]
    for (let x = 0; x < width; x++) {
      if (!row?.[Math.floor(x / scale)]) continue
      const at = y * stride + 1 + (x >> 3)
      raw[at] = (raw[at] ?? 0) & ~(0x80 >> (x & 7))
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(width, 4)
  head[8] = 1 // one bit, grey
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(raw)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body) >>> 0)
  return Buffer.concat([length, body, sum])
}
