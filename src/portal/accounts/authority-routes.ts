import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { inspectFile } from '../../documents/index.ts'
import { checkIdentityNumber } from '../../dossiers/index.ts'
import { dayOf, writeDay, type Day } from '../../platform/day.ts'
import { html, type Html } from '../../platform/http/html.ts'
import { sendNotFound } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import { derivedId, isId } from '../../platform/id.ts'
import { endAuthority, mayActFor, MOST_AUTHORITIES, readProof, recordAuthority, type Proof } from './authority.ts'
import type { Authority } from './contract.ts'
import { citizenOf, happened, seeOther, textOf, type Desk } from './desk.ts'
import { choice, done, faultList, field, send, viewOf, type Fault, type View } from './page.ts'
import { accountPaths as paths } from './paths.ts'
import { authorityKinds, readAuthority, type AuthorityField, type AuthorityForm } from './rules/authority.ts'

const options = { config: { permission: 'citizen' }, schema: { hide: true } }
const PROOF_LIMIT = 5 * 1024 * 1024
const proofTypes = new Set(['application/pdf', 'image/jpeg', 'image/png'])

/** Fields of the form in the order in which they are asked, with their names in the address of the page. */
const fields = {
  kind: 'tu_cach',
  name: 'ho_ten',
  identityNumber: 'so',
  birthDay: 'ngay_sinh',
  sex: 'gioi_tinh',
  address: 'dia_chi',
  basis: 'can_cu',
  validFrom: 'tu_ngay',
  validTo: 'den_ngay',
} as const satisfies Record<AuthorityField, string>

const emptyForm: AuthorityForm = {
  kind: '',
  name: '',
  identityNumber: '',
  birthDay: '',
  sex: '',
  address: '',
  basis: '',
  validFrom: '',
  validTo: '',
}

/** For whom a person acts, and the papers of it. */
export function authorityRoutes(http: Http, desk: Desk): void {
  const { context } = desk

  http.get(paths.authority, options, async (request, reply) => {
    const view = await viewOf(context, request, reply)
    const { text } = view
    const list = await mayActFor(context, citizenOf(request).accountId, null)
    const words: Record<string, string> = { them: text.authority.added, 'ket-thuc': text.authority.ended }
    return send(
      reply,
      { ...view, path: paths.authority },
      {
        title: text.authority.title,
        body: listBody(view, { list, today: dayOf(context.clock()), words: words[happened(request)] }),
      },
    )
  })

  type Shown = { form: AuthorityForm; once?: string; faults?: Fault[] }
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { form, once = randomUUID(), faults = [] }: Shown,
  ) => {
    const view = await viewOf(context, request, reply)
    return send(
      reply,
      { ...view, path: paths.newAuthority },
      {
        title: view.text.authority.add,
        status: faults.length > 0 ? 422 : 200,
        body: formBody(view, { form, once, faults }),
      },
    )
  }

  http.get(paths.newAuthority, options, (request, reply) => show(request, reply, { form: emptyForm }))

  http.post(paths.newAuthority, options, async (request, reply) => {
    const { text } = await viewOf(context, request, reply)
    const { accountId } = citizenOf(request)
    const { body, proof } = await readBody(request)
    const form = Object.fromEntries(
      Object.entries(fields).map(([name, posted]) => [name, textOf(body, posted, 400)]),
    ) as AuthorityForm
    const given = textOf(body, 'lan', 40)
    const once = isId(given) ? given : randomUUID()
    const today = dayOf(context.clock())
    const read = readAuthority(form, {
      today,
      isNumber: (number) => checkIdentityNumber('citizen', number, { today }).ok,
      isTaxCode: (number) => checkIdentityNumber('tax-code', number, { today }).ok,
    })
    const faults: Fault[] = read.ok
      ? []
      : read.refusal.map((fault) => ({
          field: fields[fault.field],
          words: text.authority.faults[fault.code],
          of: text.authority.fields[fault.field],
        }))
    if (proof === 'refused') faults.push({ field: 'giay_to', words: text.authority.fileWrong })
    if (faults.length === 0 && (await mayActFor(context, accountId, null)).length >= MOST_AUTHORITIES)
      faults.push({ field: '', words: text.authority.tooMany })
    if (faults.length > 0 || !read.ok || proof === 'refused') return show(request, reply, { form, once, faults })
    await recordAuthority(context, accountId, { ...read.value, proof, authorityId: derivedId(accountId, once) })
    return seeOther(reply, `${paths.authority}?xong=them`)
  })

  http.post(paths.endAuthority, options, async (request, reply) => {
    const authorityId = textOf(request.body, 'ma', 40)
    if (isId(authorityId)) await endAuthority(context, citizenOf(request).accountId, authorityId)
    return seeOther(reply, `${paths.authority}?xong=ket-thuc`)
  })

  http.get(
    '/uy-quyen-thay/giay-to/:authorityId',
    { ...options, schema: { hide: true, params: Type.Object({ authorityId: Type.String({ format: 'uuid' }) }) } },
    async (request, reply) => {
      const { accountId } = citizenOf(request)
      const proof = await readProof(context, { accountId, authorityId: request.params.authorityId })
      if (!proof) return sendNotFound(reply)
      return reply
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(proof.fileName)}`)
        .type(proof.mediaType)
        .send(proof.content)
    },
  )
}

/** The form comes with a file or without one; a file is judged by its content. */
async function readBody(request: FastifyRequest): Promise<{ body: unknown; proof: Proof | null | 'refused' }> {
  if (!request.isMultipart()) return { body: request.body, proof: null }
  const body: Record<string, string> = {}
  let proof: Proof | null | 'refused' = null
  for await (const part of request.parts({ limits: { fileSize: PROOF_LIMIT, files: 1, fields: 20 } })) {
    if (part.type === 'field') {
      body[part.fieldname] = typeof part.value === 'string' ? part.value.normalize('NFC') : ''
      continue
    }
    const content = await part.toBuffer().catch(() => undefined)
    if (part.filename !== '' || content?.length) proof = content ? await judgeProof(part.filename, content) : 'refused'
  }
  return { body, proof }
}

async function judgeProof(fileName: string, content: Buffer): Promise<Proof | 'refused'> {
  const dir = await mkdtemp(join(tmpdir(), 'motcua-proof-'))
  try {
    const path = join(dir, 'file')
    await writeFile(path, content, { mode: 0o600 })
    const judged = await inspectFile(path)
    if (!judged.ok || !proofTypes.has(judged.value.mediaType)) return 'refused'
    const name = basename(fileName.normalize('NFC').replaceAll('\\', '/')).replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    return { fileName: name.slice(-150) || 'giay-to', mediaType: judged.value.mediaType, content }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

function listBody(
  { text }: View,
  { list, today, words }: { list: readonly Authority[]; today: Day; words: string | undefined },
): Html {
  const { authority } = text
  return html`<p class="crumbs"><a href="${paths.account}">${text.account.title}</a></p>
    <h1>${authority.title}</h1>
    <p class="lead">${authority.lead}</p>
    ${done(words)} ${list.length === 0 && html`<p>${authority.none}</p>`}
    <ul class="account-list">
      ${list.map(
        (one) =>
          html`<li>
            <strong>${one.principal.name}</strong>
            <p>${authority.kinds[one.kind]}${one.basis && html`. ${one.basis}`}</p>
            <p class="small">
              ${authority.from(writeDay(one.validFrom))}${one.validTo && html` ${authority.until(writeDay(one.validTo))}`}
              ${one.validTo && one.validTo < today && html`<strong>${authority.over}</strong>`}
              ${one.validFrom > today && html`<strong>${authority.notYet}</strong>`}
            </p>
            ${one.proof && html`<p><a class="plain" href="${paths.proof(one.authorityId)}">${authority.proof(one.proof.fileName)}</a></p>`}
            <form action="${paths.endAuthority}" method="post">
              <input type="hidden" name="ma" value="${one.authorityId}" />
              <button type="submit" class="button-quiet" aria-label="${authority.endOf(one.principal.name)}">
                ${authority.end}
              </button>
            </form>
          </li>`,
      )}
    </ul>
    <p class="actions"><a class="button" href="${paths.newAuthority}">${authority.add}</a></p>`
}

function formBody(
  { text }: View,
  { form, once, faults }: { form: AuthorityForm; once: string; faults: readonly Fault[] },
): Html {
  const { authority } = text
  const input = (name: AuthorityField, more: { maxLength?: number; inputmode?: 'numeric' } = {}) =>
    field({
      name: fields[name],
      label: authority.fields[name],
      hint: authority.hints[name],
      value: form[name],
      faults,
      ...more,
    })
  const proofFault = faults.find((fault) => fault.field === 'giay_to')
  return html`<p class="crumbs"><a href="${paths.authority}">${authority.title}</a></p>
    <h1>${authority.add}</h1>
    ${faultList(text, faults)}
    <form class="account-form" action="${paths.newAuthority}" method="post" enctype="multipart/form-data">
      <input type="hidden" name="lan" value="${once}" />
      ${choice(
        fields.kind,
        authority.kind,
        authorityKinds.map((kind) => ({ value: kind, label: authority.kinds[kind] })),
        form.kind,
        faults,
      )}
      ${input('name')} ${input('identityNumber', { maxLength: 20, inputmode: 'numeric' })}
      ${input('birthDay', { maxLength: 10 })}
      ${choice(
        fields.sex,
        authority.fields.sex,
        [
          { value: 'female', label: text.account.sexes.female },
          { value: 'male', label: text.account.sexes.male },
          { value: '', label: text.details.unknown },
        ],
        form.sex,
      )}
      ${input('address', { maxLength: 300 })} ${input('basis', { maxLength: 300 })}
      ${input('validFrom', { maxLength: 10 })} ${input('validTo', { maxLength: 10 })}
      <div class="field">
        <label for="giay_to">${authority.proofField}</label>
        <p class="hint" id="giay_to-hint">${authority.proofHint}</p>
        ${proofFault && html`<p class="field-error">${proofFault.words}</p>`}
        <input
          id="giay_to"
          name="giay_to"
          type="file"
          accept="image/jpeg,image/png,application/pdf"
          aria-describedby="giay_to-hint"
        />
      </div>
      <p class="note">${authority.careful}</p>
      <p class="actions"><button type="submit">${authority.save}</button></p>
    </form>`
}
