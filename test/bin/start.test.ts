import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { repository } from '../helpers/source-tree.ts'

// A small repository of its own: the launcher keeps what it made beside the sources that it made it from.
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'letterpress-start-'))
  cpSync(join(repository, 'bin'), join(folder, 'bin'), { recursive: true })
  mkdirSync(join(folder, 'node_modules'))
  for (const name of ['rolldown', 'zod']) {
    symlinkSync(join(repository, 'node_modules', name), join(folder, 'node_modules', name), 'junction')
  }
  write('node_modules/.package-lock.json', '{}')
  write('package.json', '{ "type": "module" }')
  write('src/cli.ts', "import { word } from './word.ts'\nconsole.log(word, import.meta.url.endsWith('.ts'))\n")
  write('src/word.ts', "export const word: string = 'first'\n")
  write('src/index.ts', 'export {}\n')
  write('src/define.ts', 'export {}\n')
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), text)
}

function start(environment: Readonly<Record<string, string>> = {}) {
  const env = { ...process.env, NODE_COMPILE_CACHE: '', ...environment }
  const { stdout, stderr, status } = spawnSync(process.execPath, ['bin/letterpress.js'], {
    cwd: folder,
    env,
    encoding: 'utf8',
  })
  return { said: stdout.trim(), stderr, status }
}

/** The record of a bundle is only kept when no source is newer than its start. */
const settle = async () => await new Promise((resolve) => setTimeout(resolve, 20))

test('runs the program in one piece, and again from what it kept', async () => {
  await settle()
  expect(start()).toEqual({ said: 'first false', stderr: '', status: 0 })
  expect(readdirSync(join(folder, 'node_modules/.cache/letterpress/program'))).toHaveLength(2)
  expect(start().said).toBe('first false')
})

test('sees every change of a source', async () => {
  await settle()
  start()
  // The same length, at once: neither size nor a coarse clock shows it.
  write('src/word.ts', "export const word: string = 'other'\n")
  expect(start().said).toBe('other false')
  write('src/word.ts', "export const word: string = 'third'\n")
  expect(start().said).toBe('third false')
})

test('sees that another version of a package was installed', async () => {
  write('node_modules/dependency/package.json', '{ "type": "module", "exports": "./index.js" }')
  write('node_modules/dependency/index.js', "export const word = 'one'\n")
  write('src/word.ts', "export { word } from 'dependency'\n")
  await settle()
  expect(start().said).toBe('one false')
  write('node_modules/dependency/index.js', "export const word = 'two'\n")
  write('node_modules/.package-lock.json', '{ "changed": true }')
  expect(start().said).toBe('two false')
})

test('keeps nothing that was made while a package was missing', async () => {
  write('src/word.ts', "export { word } from 'dependency'\n")
  await settle()
  expect(start()).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("Cannot find package 'dependency'") as string,
  })
  write('node_modules/dependency/package.json', '{ "type": "module", "exports": "./index.js" }')
  write('node_modules/dependency/index.js', "export const word = 'here'\n")
  expect(start().said).toBe('here false')
})

test('lets the sources speak when they cannot be bundled', () => {
  write('src/word.ts', 'export const word: string = = 1\n')
  const { status, stderr } = start()
  expect(status).toBe(1)
  expect(stderr).toContain('src/word.ts')
})

test('runs the sources as they are when a fault is looked for', () => {
  expect(start({ LETTERPRESS_DEBUG: '1' }).said).toBe('first true')
})

test('runs where nothing can be kept', () => {
  write('node_modules/.cache', 'a file where a folder should be')
  expect(start()).toMatchObject({ said: 'first true', status: 0 })
})
