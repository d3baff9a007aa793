import { Compile } from 'typebox/compile'
import { Format } from 'typebox/format'
import { Value } from 'typebox/value'
import type { FastifyError } from 'fastify'
import type { TSchema } from 'typebox'
import { isDay } from '../day.ts'

/** One field at fault, as RFC 9457 carries it. */
export type FieldError = { pointer: string; detail: string }

type Fault = { keyword: string; instancePath: string; params: Record<string, unknown> }

// Days that an office can mean: the calendar is counted day by day, so a slip of the year must not reach it.
Format.Set('date', (text) => isDay(text) && text >= '1900-01-01' && text <= '2199-12-31')
// Leap seconds are moments to the standard, but not to our clock.
Format.Set('date-time', (text) => Format.IsDateTime(text) && !Number.isNaN(Date.parse(text)) && text >= '1900')

/** The largest whole number that the database keeps in a key, a count or an id. */
const LARGEST_INTEGER = 2_147_483_647

/** Whole numbers end where those of the database end, unless the schema names a limit of its own. */
function limitIntegers(schema: unknown): void {
  if (typeof schema !== 'object' || schema === null) return
  const node = schema as Record<string, unknown>
  if (node['type'] === 'integer' && node['maximum'] === undefined) node['maximum'] = LARGEST_INTEGER
  if (node['type'] === 'integer' && node['minimum'] === undefined) node['minimum'] = -LARGEST_INTEGER
  for (const part of Object.values(node)) limitIntegers(part)
}

/**
 * Checks requests against their schema. Addresses carry text only, so query, path and headers are converted; a body is
 * taken as it is: `"5"` is not a number there, and nothing is stripped silently.
 */
export const schemaValidator = ({ schema, httpPart }: { schema: TSchema; httpPart?: string }) => {
  limitIntegers(schema)
  const compiled = Compile(schema)
  return (given: unknown) => {
    const value: unknown = httpPart === 'body' ? given : Value.Convert(schema, Value.Default(schema, given))
    if (compiled.Check(value)) return { value }
    return { error: Object.assign(new Error('schema'), { validation: compiled.Errors(value) }) }
  }
}

/** The faults of a refused request in Vietnamese; undefined when it was refused for another reason. */
export function fieldErrors(error: FastifyError): FieldError[] | undefined {
  const { validation, validationContext } = error
  if (!validation) return undefined
  const faults = validation as unknown as Fault[]
  const inParts = validationContext === 'body' ? '' : `/${validationContext ?? ''}`
  const errors = faults
    .filter(({ keyword }) => !(keyword in summaries) || faults.length === 1)
    .flatMap((fault) => fieldsOf(fault).map((path) => ({ pointer: `${inParts}${path}`, detail: wordFault(fault) })))
  const seen = new Map(
    (errors.length > 0 ? errors : [{ pointer: inParts, detail: 'Nội dung không đúng mẫu quy định.' }]).map((item) => [
      item.pointer + item.detail,
      item,
    ]),
  )
  return [...seen.values()].slice(0, 50)
}

/** Keywords that only repeat what the faults below them say. */
const summaries: Record<string, true> = { anyOf: true, oneOf: true, allOf: true, if: true }

/** A missing or unknown field is pointed at by its own name, not by that of what should hold it. */
function fieldsOf({ keyword, instancePath, params }: Fault): string[] {
  const named = { required: params['requiredProperties'], additionalProperties: params['additionalProperties'] }[
    keyword
  ]
  if (!Array.isArray(named)) return [instancePath]
  return named.map((name) => `${instancePath}/${String(name).replace(/~/g, '~0').replace(/\//g, '~1')}`)
}

const types: Record<string, string> = {
  string: 'chữ',
  number: 'số',
  integer: 'số nguyên',
  boolean: 'đúng hoặc sai',
  array: 'danh sách',
  object: 'nhóm thông tin',
  null: 'để trống',
}

const formats: Record<string, string> = {
  date: 'ngày có thật từ năm 1900 đến 2199, dạng năm-tháng-ngày, ví dụ 2026-11-20',
  time: 'giờ, ví dụ 07:30',
  'date-time': 'thời điểm, ví dụ 2026-11-20T08:00:00Z',
  email: 'địa chỉ thư điện tử',
  uuid: 'mã định danh UUID',
  uri: 'địa chỉ mạng',
  url: 'địa chỉ mạng',
}

function wordFault({ keyword, params }: Fault): string {
  const list = (values: unknown) => [values].flat().map(String).join(', ')
  const limit = list(params['limit'])
  const words: Record<string, () => string> = {
    required: () => 'Thiếu thông tin này.',
    additionalProperties: () => 'Thông tin này không có trong mẫu.',
    unevaluatedProperties: () => 'Thông tin này không có trong mẫu.',
    type: () =>
      `Phải là ${[params['type']]
        .flat()
        .map((type) => types[String(type)] ?? String(type))
        .join(' hoặc ')}.`,
    maxLength: () => `Dài quá ${limit} ký tự.`,
    minLength: () => (limit === '1' ? 'Không được để trống.' : `Phải có ít nhất ${limit} ký tự.`),
    pattern: () => 'Không đúng dạng quy định.',
    format: () => `Phải là ${formats[String(params['format'])] ?? 'dạng quy định'}.`,
    minimum: () => `Không được nhỏ hơn ${limit}.`,
    maximum: () => `Không được lớn hơn ${limit}.`,
    exclusiveMinimum: () => `Phải lớn hơn ${limit}.`,
    exclusiveMaximum: () => `Phải nhỏ hơn ${limit}.`,
    multipleOf: () => `Phải là bội số của ${String(params['multipleOf'])}.`,
    minItems: () => `Phải có ít nhất ${limit} mục.`,
    maxItems: () => `Không được quá ${limit} mục.`,
    maxProperties: () => `Không được quá ${limit} mục.`,
    minProperties: () => `Phải có ít nhất ${limit} mục.`,
    uniqueItems: () => 'Không được có mục trùng nhau.',
    const: () => `Phải là ${list(params['allowedValue'])}.`,
    enum: () => `Phải là một trong: ${list(params['allowedValues'])}.`,
  }
  return words[keyword]?.() ?? 'Nội dung không đúng mẫu quy định.'
}

/** Text that may be stored: well-formed, without control characters, which hide or reorder what people read. */
const forbidden =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/

const eachForbidden = new RegExp(forbidden.source, 'g')

/** Text without what no person can have meant, where it can no longer be refused. */
export const plainText = (text: string): string => text.normalize('NFC').toWellFormed().replace(eachForbidden, '')

/** Lists and groups inside each other, counted without going deeper than the limit. */
export function nestsDeeper(value: unknown, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return limit === 0 || Object.values(value).some((part) => nestsDeeper(part, limit - 1))
}

/** Also the objects of the router and of the query, which have a prototype of their own with nothing in it. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** Printable ASCII and line breaks: composed, and nothing hides in it. */
const plain = /^[\t\n\r\u0020-\u007E]*$/

const isComposed = (text: string): boolean =>
  plain.test(text) || (!forbidden.test(text) && text.isWellFormed() && text.normalize('NFC') === text)

/** Whether there is nothing to compose and nothing to refuse, as in nearly every request. */
function isAllComposed(value: unknown): boolean {
  if (typeof value === 'string') return isComposed(value)
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(isAllComposed)
  if (!isPlain(value)) return true
  for (const [key, part] of Object.entries(value)) if (!isComposed(key) || !isAllComposed(part)) return false
  return true
}

/**
 * Brings all text of a request to composed Unicode (NFC), as keyboards of different systems send the same letter in
 * different ways. Returns the pointers of text that no person can have meant.
 */
export const composeText = (value: unknown, pointer = ''): { value: unknown; forbidden: string[] } =>
  isAllComposed(value) ? { value, forbidden: [] } : compose(value, pointer)

function compose(value: unknown, pointer: string): { value: unknown; forbidden: string[] } {
  if (typeof value === 'string') {
    const bad = forbidden.test(value) || !value.isWellFormed()
    return { value: value.normalize('NFC'), forbidden: bad ? [pointer] : [] }
  }
  if (Array.isArray(value)) {
    const parts = value.map((item, index) => compose(item, `${pointer}/${index}`))
    return { value: parts.map((part) => part.value), forbidden: parts.flatMap((part) => part.forbidden) }
  }
  // Only plain data; a stream, a buffer or a multipart field is left to who reads it.
  if (typeof value === 'object' && value !== null && isPlain(value)) {
    const parts = Object.entries(value).map(
      ([key, item]) => [key.normalize('NFC'), compose(item, `${pointer}/${key}`)] as const,
    )
    return {
      value: Object.fromEntries(parts.map(([key, part]) => [key, part.value])),
      forbidden: parts.flatMap(([key, part]) =>
        forbidden.test(key) || !key.isWellFormed() ? [pointer] : part.forbidden,
      ),
    }
  }
  return { value, forbidden: [] }
}
