import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const folders = ['docs', 'src', 'demo', 'bench', 'journeys', 'tools', 'migrations']

const features = ['src', ...readdirSync(join(root, 'src')).map((name) => join('src', name))].map((name) =>
  join(root, name),
)

/** Links and names of files in our documents that lead nowhere; each finding is a sentence. */
export function checkLinks(): string[] {
  return documents().flatMap((file) => {
    const text = readFileSync(file, 'utf8').replaceAll(/^```[^]*?^```/gm, '')
    const links = [...text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)[^)]*\)/g)].map((match) => match[1] ?? '')
    // Names of files as a reader takes them: from the document, the root, the sources, or any feature.
    const paths = [...text.matchAll(/`([\w.-]+(?:\/[\w.-]+)*\/[\w-]+[\w.-]*\.(?:tsx?|mjs|sql|typ|json|css|md))`/g)]
    return [
      ...links.filter((link) => !existsSync(join(dirname(file), decodeURIComponent(link)))),
      ...paths
        .map((match) => match[1] ?? '')
        .filter((path) => [dirname(file), root, ...features].every((base) => !existsSync(join(base, path)))),
    ].map((target) => `${relative(root, file)}: ${target} does not exist`)
  })
}

function documents(): string[] {
  const inFolders = folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
  return [...readdirSync(root), ...inFolders].filter((name) => name.endsWith('.md')).map((name) => join(root, name))
}
