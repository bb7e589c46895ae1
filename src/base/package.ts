import { existsSync, readFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Folder of the tool itself: the repository, or the installed package. */
export const packageRoot = findPackageRoot(findOwnFolder())

// The sources lie two folders below it, the published code one.
function findPackageRoot(from: string): string {
  let folder = from
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error(`no package.json above ${from}`)
    folder = parent
  }
  return folder
}

/** Version of the tool. */
export function readVersion(): string {
  return (JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }).version
}

/** Address of one of the tool's entry points: the source in the repository, else the built file beside this code. */
export function entryUrl(name: 'index' | 'define'): string {
  const ending = extname(import.meta.url)
  return new URL(ending === '.ts' ? `../${name}.ts` : `./${name}${ending}`, import.meta.url).href
}

// React Email's own tools bundle `letterpress/define` as CommonJS, where nothing tells a module its address.
function findOwnFolder(): string {
  const { url } = import.meta as { readonly url?: string }
  return url === undefined ? process.cwd() : dirname(fileURLToPath(url))
}
