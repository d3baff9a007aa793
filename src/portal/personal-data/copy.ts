import { writeDay, writeInstant, type Day, type Instant } from '../../platform/day.ts'
import { html } from '../../platform/http/html.ts'
import type { PublicLanguage } from '../../platform/http/public-page.ts'
import type { Authority, Citizen } from '../accounts/index.ts'
import type { AccessEntry } from './access-log.ts'
import type { RequestStatus } from './rules/request.ts'
import type { RequestKind } from './rules/timers.ts'
import type { PersonalDataText } from './text.vi.ts'

/** What a person takes home: everything here about them, as programs read it. */
export type OwnCopy = {
  madeAt: Instant
  account: Omit<Citizen, 'accountId' | 'sessionId'>
  authorities: Omit<Authority, 'authorityId'>[]
  sessions: { startedAt: Instant; seenAt: Instant; device: string; level: string }[]
  requests: {
    code: string
    kind: RequestKind
    status: RequestStatus
    receivedAt: Instant
    answerBy: Day
    finishBy: Day
    content: string
  }[]
  dossiers: { code: string; procedureCode: string; status: string; lodgedAt: Instant; finishedAt: Instant | null }[]
  accessLog: AccessEntry[]
}

/** The same to read: one page without anything from elsewhere. */
export function copyPage(
  copy: OwnCopy,
  { text, language }: { text: PersonalDataText; language: PublicLanguage },
): string {
  const { account } = copy
  const list = (title: string, lines: readonly string[]) =>
    html`<h2>${title}</h2>
      ${
        lines.length === 0
          ? html`<p>${text.copy.none}</p>`
          : html`<ul>
              ${lines.map((line) => html`<li>${line}</li>`)}
            </ul>`
      }`
  const known = [
    account.name,
    account.identityNumber,
    account.birthDay && writeDay(account.birthDay),
    account.phone,
    account.email,
    account.address,
  ].filter((line): line is string => Boolean(line))
  return `<!doctype html>\n${
    html`<html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${text.copy.title}</title>
        <style>
          body {
            font:
              1rem/1.6 system-ui,
              sans-serif;
            max-width: 44rem;
            margin: 2rem auto;
            padding: 0 1rem;
          }
        </style>
      </head>
      <body>
        <h1>${text.copy.title}</h1>
        <p>${text.copy.made(writeInstant(copy.madeAt))}</p>
        ${list(text.copy.account, known)}
        ${list(
          text.copy.authorities,
          copy.authorities.map(({ principal, basis }) =>
            [principal.name, principal.identityNumber, basis].filter(Boolean).join(' – '),
          ),
        )}
        ${list(
          text.copy.sessions,
          copy.sessions.map(({ device, seenAt }) => `${writeInstant(seenAt)} – ${device}`),
        )}
        ${list(
          text.copy.requests,
          copy.requests.map(
            (one) =>
              `${one.code} – ${text.requests.kinds[one.kind]} – ${text.requests.statuses[one.status]}: ${one.content}`,
          ),
        )}
        ${list(
          text.copy.dossiers,
          copy.dossiers.map(
            ({ code, procedureCode, lodgedAt }) => `${code} – ${procedureCode} – ${writeInstant(lodgedAt)}`,
          ),
        )}
        ${list(
          text.copy.log,
          copy.accessLog.map((entry) =>
            [writeInstant(entry.at), entry.agency, entry.unit, text.log.what[entry.what], entry.code, entry.reason]
              .filter(Boolean)
              .join(' – '),
          ),
        )}
      </body>
    </html>`.html
  }\n`
}
