import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** A program of the machine that some tests need and npm does not bring. */
export type Tool = { name: string; isThere: () => boolean; packages: string[] }

const onPath = (...names: string[]) =>
  names.some((name) => (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, name))))

const pdfboxJars = [
  'preflight',
  'pdfbox2',
  'fontbox2',
  'xmpbox',
  'commons-logging',
  'jaxb-api',
  'javax.activation',
].map((name) => `/usr/share/java/${name}.jar`)

/** Debian packages beside each; on other systems the tests that need them are left out, and that is said. */
export const tools: readonly Tool[] = [
  { name: 'PostgreSQL 15', isThere: () => findServer() !== undefined, packages: ['postgresql-15'] },
  {
    name: 'Chromium',
    isThere: () => onPath('chromium', 'chromium-browser'),
    packages: ['chromium', 'fonts-liberation'],
  },
  { name: 'Poppler', isThere: () => onPath('pdftoppm'), packages: ['poppler-utils'] },
  {
    name: 'PDFBox',
    isThere: () => onPath('java') && pdfboxJars.every((jar) => existsSync(jar)),
    packages: [
      'default-jre-headless',
      'libpdfbox2-java',
      'libfontbox2-java',
      'libcommons-logging-java',
      'libjaxb-api-java',
      'libactivation-java',
    ],
  },
]

/** Installs what is missing where that is possible. Returns what still is. */
export function getTools(): Tool[] {
  const missing = () => tools.filter((tool) => !tool.isThere())
  const packages = missing().flatMap((tool) => tool.packages)
  if (packages.length === 0 || process.getuid?.() !== 0 || !onPath('apt-get')) return missing()
  console.log(`▸ Cài gói Debian cho kiểm thử: ${packages.join(' ')} … (Installing Debian packages for the tests)`)
  const apt = (...args: string[]) =>
    spawnSync('apt-get', ['-q', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  apt('update')
  // One by one when all together fail: a system that lacks one of them may have the others.
  if (apt('install', '-y', '--no-install-recommends', ...packages).status !== 0)
    for (const tool of missing()) apt('install', '-y', '--no-install-recommends', ...tool.packages)
  return missing()
}

/** The programs of an installed PostgreSQL 15, as Debian, Fedora or Homebrew lay them out. */
export function findServer(): string | undefined {
  const folders = [
    '/usr/lib/postgresql/15/bin',
    '/usr/pgsql-15/bin',
    '/opt/homebrew/opt/postgresql@15/bin',
    '/usr/local/opt/postgresql@15/bin',
  ]
  return folders.find((folder) => existsSync(join(folder, 'postgres')))
}

/** Test files below a folder, in order. */
export const testFiles = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.test.ts'))
        .map((name) => join(folder, name))
        .toSorted()
    : []
