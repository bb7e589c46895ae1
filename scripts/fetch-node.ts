/** Puts another Node below node_modules/.cache and prints its path: `node scripts/run.js scripts/fetch-node.ts 26.10.0`. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PINS } from '../bin/hand-over.js'

const cache = fileURLToPath(new URL('../node_modules/.cache/letterpress/', import.meta.url))

/**
 * A Node of that version from npm, fetched once.
 *
 * @returns absolute path of the binary.
 * @throws Error in words when the version does not exist for this platform or does not start.
 */
export function fetchNode(version: string): string {
  const name = (PINS as Readonly<Record<string, string>>)[`${process.platform}-${process.arch}`]
  if (!name) throw new Error(`npm has no Node for ${process.platform}-${process.arch}`)
  const folder = join(cache, `node-${version}`)
  const node = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (!existsSync(node)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
    const args = ['install', `${name}@${version}`, '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund']
    const { status, stderr } = spawnSync('npm', args, {
      cwd: folder,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    })
    if (status !== 0) throw new Error(`npm could not fetch ${name}@${version}: ${stderr.trim()}`)
  }
  const { status, stderr, error } = spawnSync(node, ['--version'], { encoding: 'utf8' })
  if (status === 0) return node
  throw new Error(`Node ${version} does not start here: ${(stderr || String(error ?? '')).trim().split('\n')[0] ?? ''}`)
}

const [, main = '', version] = process.argv
if (resolve(main) === fileURLToPath(import.meta.url)) {
  if (!version) throw new Error('Usage: node scripts/run.js scripts/fetch-node.ts VERSION')
  console.log(fetchNode(version))
}
