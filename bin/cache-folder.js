import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Path of a folder for things that can be made again: below the node_modules this package has, or lies in. */
export function cacheFolder(name) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)))
  const modules = basename(dirname(root)) === 'node_modules' ? dirname(root) : join(root, 'node_modules')
  return join(modules, '.cache', 'letterpress', name)
}
