import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import type { FileRefusal } from './rules/file-types.ts'

const unpack = promisify(inflate)

/** The most that one stream, and all of them together, may unpack to. */
const STREAM_LIMIT = 256 * 1024 * 1024
const TOTAL_LIMIT = 768 * 1024 * 1024
/** Objects packed together are read through, so less of them is taken. */
const OBJECTS_LIMIT = 16 * 1024 * 1024
const MOST_STREAMS = 20_000

/** What makes a reader run something or leave the document. ISO 32000-1, 12.6.4, 7.11.4. */
const active = /\/(JavaScript|JS|Launch|RichMedia|XFA|SubmitForm|ImportData|Movie|Rendition|GoToE)(?![\w])/
/** What is done on opening or on looking at a page; mostly a jump to a page, but it may call an address as well. */
const byItself = /\/(OpenAction|AA)(?![\w])/
const attached = /\/(EmbeddedFiles?|Collection)(?![\w])/

/**
 * Why a PDF is not taken: it runs something, carries other files, cannot be looked into, or unpacks to more than a reader
 * can hold. Names can be written in many ways (`/J#61vaScript`) and objects can be packed; both are looked through.
 */
export async function inspectPdf(bytes: Buffer, { quiet = false } = {}): Promise<FileRefusal | undefined> {
  const judgeNames = (names: string): FileRefusal | undefined => {
    if (active.test(names) || (quiet && byItself.test(names))) return { code: 'file-active' }
    return attached.test(names) ? { code: 'file-carries-files' } : undefined
  }
  const plain = bytes.toString('latin1')
  const outside = namesIn(withoutStreams(plain))
  if (/\/Encrypt(?![\w])/.test(outside)) return { code: 'file-encrypted' }
  const onTop = judgeNames(outside)
  if (onTop) return onTop
  let total = 0
  let streams = 0
  for (const { dictionary, start, end } of streamsOf(plain)) {
    streams += 1
    if (streams > MOST_STREAMS) return { code: 'file-bomb' }
    const names = namesIn(dictionary)
    const isPacked = /\/Type\s*\/ObjStm(?![\w])/.test(names)
    const filters =
      names.match(
        /\/(FlateDecode|Fl|LZWDecode|LZW|ASCIIHexDecode|AHx|ASCII85Decode|A85|RunLengthDecode|RL)(?![\w])/g,
      ) ?? []
    const deflated = filters.filter((name) => name === '/FlateDecode' || name === '/Fl')
    // Packed in packed in packed: only ever done to hide or to blow up.
    if (deflated.length > 2 || (isPacked && filters.length > deflated.length)) return { code: 'file-bomb' }
    if (deflated.length === 0 || filters[0] !== deflated[0]) {
      const inside = isPacked ? judgeNames(namesIn(plain.slice(start, end))) : undefined
      if (inside) return inside
      continue
    }
    const limit = isPacked ? OBJECTS_LIMIT : STREAM_LIMIT
    let content: Buffer = bytes.subarray(start, end)
    for (let round = 0; round < deflated.length; round += 1) {
      const opened = await open(content, limit)
      if (opened === 'too-large') return { code: 'file-bomb' }
      if (!opened) break
      content = opened
    }
    total += content.length
    if (total > TOTAL_LIMIT) return { code: 'file-bomb' }
    const inside = isPacked ? judgeNames(namesIn(content.toString('latin1'))) : undefined
    if (inside) return inside
  }
  return undefined
}

/** What a deflated stream holds; undefined when it is damaged, which readers shrug off. */
async function open(packed: Buffer, limit: number): Promise<Buffer | 'too-large' | undefined> {
  try {
    return await unpack(packed, { maxOutputLength: limit, finishFlush: 2 })
  } catch (fault) {
    return (fault as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : undefined
  }
}

/** Signs of names written as `#xx` are read as what they stand for. */
const namesIn = (text: string): string =>
  text.includes('#')
    ? text.replace(/#([0-9a-fA-F]{2})/g, (_match, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    : text

type Stream = { dictionary: string; start: number; end: number }

/** Every stream with the dictionary before it, found by its words and not by the table, which can lie. */
function* streamsOf(text: string): Generator<Stream> {
  for (let at = text.indexOf('stream'); at >= 0; at = text.indexOf('stream', at + 6)) {
    if (text.slice(at - 3, at) === 'end') continue
    const after = text.slice(at + 6, at + 8)
    if (!after.startsWith('\n') && !after.startsWith('\r')) continue
    const start = at + 6 + (after === '\r\n' ? 2 : 1)
    const found = text.indexOf('endstream', start)
    const end = found < 0 ? text.length : found
    const from = Math.max(0, text.lastIndexOf('obj', at))
    yield { dictionary: text.slice(Math.max(from, at - 10_000), at), start, end }
    at = end
  }
}

/** The document without what its streams hold, where names mean nothing. */
function withoutStreams(text: string): string {
  const kept: string[] = []
  let from = 0
  for (const { start, end } of streamsOf(text)) {
    kept.push(text.slice(from, start))
    from = end
  }
  return kept.join('') + text.slice(from)
}
