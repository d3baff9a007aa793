import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { parentPort } from 'node:worker_threads'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { characterFilter } from './rules/characters.ts'

/** One document to print. The data reach the template as JSON only, never as markup. */
export type RenderOrder = { id: number; template: string; json: string; createdAt: number }
export type RenderReply = { id: number; pdf: Uint8Array } | { id: number; fault: string }

if (!parentPort) throw new Error('render-worker runs as a worker thread')
const port = parentPort

const require = createRequire(import.meta.url)
const fonts = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'].map((face) =>
  readFileSync(require.resolve(`@expo-google-fonts/tinos/${face}/Tinos_${face}.ttf`)),
)
const printable = characterFilter(fonts)
const workspace = fileURLToPath(new URL('./templates', import.meta.url))
const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: fonts }] })

// Made by us: the picture of the code, and addresses, which people copy and which may not be broken.
const untouched = new Set(['qr', 'url', 'site'])

/** Cleans every text of the data: a character that no font has would make the whole document invalid. */
const clean = (json: string): string =>
  JSON.stringify(
    JSON.parse(json, (key, value: unknown) => (typeof value === 'string' && !untouched.has(key) ? printable(value) : value)),
  )

function render({ template, json, createdAt }: RenderOrder): Uint8Array<ArrayBuffer> {
  try {
    const compiled = compiler.compile({ mainFilePath: `${workspace}/${template}.typ`, inputs: { data: clean(json) } })
    const document = compiled.result
    if (!document) throw new Error(faultsOf(compiled.takeError()))
    return new Uint8Array(compiler.pdf(document, { pdfStandard: 'a-1b', creationTimestamp: createdAt }))
  } finally {
    compiler.evictCache(10)
  }
}

/** What the compiler says about a template. Its messages name fields, not values. */
const faultsOf = (error: { shortDiagnostics: { message?: unknown }[] } | null): string =>
  error?.shortDiagnostics.map(({ message }) => String(message)).join('; ').slice(0, 500) ?? 'unknown fault'

port.on('message', (order: RenderOrder) => {
  let reply: RenderReply
  try {
    const pdf = render(order)
    port.postMessage({ id: order.id, pdf } satisfies RenderReply, [pdf.buffer])
    return
  } catch (error) {
    reply = { id: order.id, fault: error instanceof Error ? error.message : String(error) }
  }
  port.postMessage(reply)
})
