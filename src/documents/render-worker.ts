import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { parentPort } from 'node:worker_threads'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { RegisterForm } from './form-data.ts'
import { characterFilter } from './rules/characters.ts'

/** One document to make. The data reach a template as JSON only, never as markup. */
export type RenderOrder = { id: number; json: string } & (PdfOrder | { format: 'xlsx' })
export type PdfOrder = {
  format: 'pdf'
  template: string
  createdAt: number
  standard: 'a-1b' | 'a-2b'
  /** Pictures that the template names, by their path below the folder of the templates. */
  files: readonly { name: string; bytes: Uint8Array }[]
}
export type RenderReply = { id: number; bytes: Uint8Array } | { id: number; fault: string }

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
const untouched = new Set(['qr', 'barcode', 'url', 'site'])

/** Cleans every text of the data: a character that no font has would make the whole document invalid. */
const clean = (json: string): string =>
  JSON.stringify(
    JSON.parse(json, (key, value: unknown) =>
      typeof value === 'string' && !untouched.has(key) ? printable(value) : value,
    ),
  )

function printPdf({
  template,
  json,
  createdAt,
  standard,
  files,
}: RenderOrder & { format: 'pdf' }): Uint8Array<ArrayBuffer> {
  try {
    for (const { name, bytes } of files) compiler.mapShadow(`${workspace}/${name}`, Buffer.from(bytes))
    const compiled = compiler.compile({ mainFilePath: `${workspace}/${template}.typ`, inputs: { data: clean(json) } })
    const document = compiled.result
    if (!document) throw new Error(faultsOf(compiled.takeError()))
    return new Uint8Array(compiler.pdf(document, { pdfStandard: standard, creationTimestamp: createdAt }))
  } finally {
    for (const { name } of files) compiler.unmapShadow(`${workspace}/${name}`)
    compiler.evictCache(files.length > 0 ? 0 : 10)
  }
}

/** What the compiler says about a template. Its messages name fields, not values. */
const faultsOf = (error: { shortDiagnostics: { message?: unknown }[] } | null): string =>
  error?.shortDiagnostics
    .map(({ message }) => String(message))
    .join('; ')
    .slice(0, 500) ?? 'unknown fault'

async function make(order: RenderOrder): Promise<Uint8Array<ArrayBuffer>> {
  if (order.format === 'pdf') return printPdf(order)
  const { writeRegister } = await import('./register-xlsx.ts')
  return new Uint8Array(await writeRegister(JSON.parse(order.json) as RegisterForm))
}

async function answer(order: RenderOrder): Promise<void> {
  try {
    const bytes = await make(order)
    port.postMessage({ id: order.id, bytes } satisfies RenderReply, [bytes.buffer])
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error)
    port.postMessage({ id: order.id, fault } satisfies RenderReply)
  }
}

port.on('message', (order: RenderOrder) => void answer(order))
