// Completes package-lock.json after `npm install`: packages for other platforms that the registry at hand did not offer
// are missing from the file, and `npm ci` then refuses all of it. Run it after each change of dependencies.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const file = join(dirname(fileURLToPath(import.meta.url)), '../package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8'))
const { packages } = lock

let added = 0
for (const [path, { optionalDependencies = {} }] of Object.entries(packages)) {
  for (const [name, range] of Object.entries(optionalDependencies)) {
    if (placesFor(path, name).some((place) => packages[place])) continue
    packages[`node_modules/${name}`] = { version: range.replace(/^[\^~]/, ''), optional: true, ...platformOf(name) }
    added += 1
  }
}
// What comes from the public registry needs no address: npm asks the registry it is set to.
for (const entry of Object.values(packages)) if (entry.resolved?.startsWith('http')) delete entry.resolved
lock.packages = Object.fromEntries(Object.entries(packages).toSorted(([left], [right]) => (left < right ? -1 : 1)))
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`package-lock.json: ${added} added`)

/** Where Node would look for the package from there: beside it first, then upwards. */
function placesFor(path, name) {
  const inside = `${path ? `${path}/` : ''}node_modules/${name}`
  const above = path.lastIndexOf('/node_modules/')
  return path ? [inside, ...placesFor(above < 0 ? '' : path.slice(0, above), name)] : [inside]
}

/** Platform in the name of a package, as npm writes it into the lock file, so that no other platform installs it. */
function platformOf(name) {
  const last = name.split('/').at(-1)
  const os = /(darwin|win32|windows|android|freebsd|openbsd|netbsd|openharmony|linux|sunos|aix)/.exec(last)?.[1]
  const cpu = /(arm64|x64|ia32|riscv64|ppc64|s390x|loong64|mips64el|wasm32|arm)/.exec(last)?.[1]
  const libc = [/musl/.test(last) && 'musl', os === 'linux' && /gnu/.test(last) && 'glibc'].find(Boolean)
  return {
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(os ? { os: [os === 'windows' ? 'win32' : os] } : {}),
    ...(libc ? { libc: [libc] } : {}),
  }
}
