// What must hold of the sources themselves: format, lint, types, boundaries, dead code, glossary, links; and they build.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { inspect } from 'node:util'

type Check = { name: string; run: () => Promise<{ ok: boolean; said: string }> }
export type Outcome = { name: string; ok: boolean; seconds: number }

const root = resolve(import.meta.dirname, '..')

/** All checks, as many at once as there are cores. What one said is shown when it ends, so that two do not talk at once. */
export async function runChecks(): Promise<Outcome[]> {
  const waiting = checks()
  const outcomes: Outcome[] = []
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const { name, run } = check
      const start = performance.now()
      const { ok, said } = await run().catch((fault: unknown) => ({ ok: false, said: `${inspect(fault)}\n` }))
      console.log(`\n━━ ${name}`)
      process.stdout.write(said)
      outcomes.push({ name, ok, seconds: (performance.now() - start) / 1000 })
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  return outcomes
}

function checks(): Check[] {
  const folders = ['src', 'tools', 'journeys', 'bench', 'demo'].filter((name) => existsSync(join(root, name)))
  // The longest first.
  return [
    packageCheck('lint', 'oxlint/bin/oxlint', ['--type-aware', ...folders]),
    packageCheck('types, server', 'typescript/bin/tsc', ['-p', 'tsconfig.json']),
    packageCheck('types, journeys', 'typescript/bin/tsc', ['-p', 'journeys/tsconfig.json']),
    packageCheck('types, web', 'typescript/bin/tsc', ['-p', 'tsconfig.web.json']),
    packageCheck('boundaries', 'dependency-cruiser/bin/dependency-cruiser.mjs', [
      '--config',
      '.dependency-cruiser.mjs',
      'src',
    ]),
    packageCheck('dead code', 'knip/bin/knip.js', ['--no-progress']),
    packageCheck('build', 'vite/bin/vite.js', ['build', '--logLevel', 'warn']),
    packageCheck('format', 'oxfmt/bin/oxfmt', ['--check', ...folders]),
    findingsCheck('glossary', async () => (await import('./check-glossary.ts')).checkGlossary()),
    findingsCheck('links in documents', async () => (await import('./check-links.ts')).checkLinks()),
  ]
}

const packageCheck = (name: string, script: string, args: string[]): Check => ({
  name,
  run: () => runQuietly([join(root, 'node_modules', script), ...args]),
})

/** A check of our own: what it finds is told line by line. */
const findingsCheck = (name: string, check: () => Promise<string[]>): Check => ({
  name,
  run: async () => {
    const findings = await check()
    return { ok: findings.length === 0, said: findings.map((finding) => `${finding}\n`).join('') }
  },
})

function runQuietly(args: string[]): Promise<{ ok: boolean; said: string }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    const said: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => said.push(piece))
    child.on('error', fail)
    child.on('close', (code) => done({ ok: code === 0, said: Buffer.concat(said).toString('utf8') }))
  })
}
