import { randomInt } from 'node:crypto'
import { generateSecret, generateURI, verifySync } from 'otplib'
import { renderSVG } from 'uqr'
import type { Instant } from '../platform/day.ts'

const STEP_SECONDS = 30

export const makeTotpSecret = (): string => generateSecret({ length: 20 })

/** What an authenticator app reads: the address and its QR code as SVG. */
export function totpEnrolment(
  secret: string,
  { userName, place }: { userName: string; place: string },
): { uri: string; qr: string } {
  const uri = generateURI({ issuer: `Một Cửa ${place}`, label: userName, secret })
  return { uri, qr: renderSVG(uri, { ecc: 'M', border: 2 }) }
}

/**
 * The step of time whose code this is, one step of a wrong clock allowed; undefined when it is wrong. A step is used
 * once: the caller refuses one that is not later than the last.
 */
export function totpStep(secret: string, code: string, now: Instant): number | undefined {
  const epoch = Math.floor(Date.parse(now) / 1000)
  for (const shift of [0, -1, 1]) {
    const at = epoch + shift * STEP_SECONDS
    if (/^\d{6}$/.test(code) && verifySync({ secret, token: code, epoch: at }).valid)
      return Math.floor(at / STEP_SECONDS)
  }
  return undefined
}

// No 0/O, 1/I/L: codes are written down by hand.
const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** Ten codes for the day when the device is lost: `K7QF-2MXD`. */
export const makeRecoveryCodes = (): string[] =>
  Array.from({ length: 10 }, () => {
    const code = Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('')
    return `${code.slice(0, 4)}-${code.slice(4)}`
  })

/** How a typed recovery code is compared: small letters, spaces and dashes do not matter. */
export const tidyRecoveryCode = (typed: string): string => typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
