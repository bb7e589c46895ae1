import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { repository } from './source-tree.ts'

const run = promisify(execFile)

/** What a command printed. */
export interface Output {
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs npm or npx as a consumer would: by itself, not as a part of this repository's `npm test`.
 *
 * @throws Error with both streams when it fails.
 */
export async function runNpm(command: 'npm' | 'npx', args: readonly string[], folder: string): Promise<Output> {
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_|^INIT_CWD$|^NODE_ENV$|^VITEST/i.test(name))
  // A consumer's own Node, new enough; not the .bin folder of the repository, whose letterpress npx would find.
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((part) => !part.startsWith(repository))
  const env = { ...Object.fromEntries(kept), PATH: [dirname(process.execPath), ...path].join(delimiter) }
  return await run(command, [...args], { cwd: folder, env, maxBuffer: 2 ** 26 })
}

/**
 * Packs the repository from a copy: `npm pack` rewrites package.json for a moment, and others work here.
 *
 * @returns path of the tarball and the files in it.
 */
export async function packCopy(folder: string): Promise<{ tarball: string; files: readonly string[] }> {
  const copy = join(folder, 'copy')
  for (const name of readdirSync(repository)) {
    if (LEFT_OUT.has(name)) continue
    cpSync(join(repository, name), join(copy, name), { recursive: true })
  }
  // A node_modules of its own around the same packages, since what is kept below it belongs to one checkout.
  mkdirSync(join(copy, 'node_modules'))
  for (const name of readdirSync(join(repository, 'node_modules'))) {
    if (name !== '.cache') symlinkSync(join(repository, 'node_modules', name), join(copy, 'node_modules', name))
  }
  const { stdout } = await runNpm('npm', ['pack', '--json', '--loglevel=error', '--pack-destination', folder], copy)
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as { filename: string; files: { path: string }[] }[]
  if (!packed) throw new Error(`npm pack printed no package:\n${stdout}`)
  return { tarball: join(folder, packed.filename), files: packed.files.map(({ path }) => path) }
}

const LEFT_OUT = new Set(['node_modules', '.git', 'lib', 'dist', 'data', 'demo'])
