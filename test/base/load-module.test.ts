import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { BundleError, bundleModule, loadModule } from '../../src/base/index.ts'
import { makeFolder, write } from '../helpers/folder.ts'

const source = fileURLToPath(new URL('../../src/base/index.ts', import.meta.url))

function open(files: Readonly<Record<string, string>>) {
  const folder = makeFolder(files)
  const options = { cacheFolder: join(folder, 'cache') }
  return {
    folder,
    cacheFolder: options.cacheFolder,
    load: async (file = 'main.ts') => (await loadModule(join(folder, file), options))['default'],
    bundle: async (file = 'main.ts') => await bundleModule(join(folder, file), options),
  }
}

/** Makes a file one that was not saved just now. */
function age(folder: string, file = 'main.ts'): void {
  utimesSync(join(folder, file), new Date(), new Date(Date.now() - 60_000))
}

async function failure(promise: Promise<unknown>): Promise<BundleError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof BundleError) return error
  throw new Error(`expected a BundleError, got ${String(error)}`)
}

describe('loads', () => {
  test('TypeScript with types, and what it imports', async () => {
    const { load } = open({
      'main.ts': `import { double } from './lib/double.ts'\ntype N = number\nexport default double(21 as N) satisfies number`,
      'lib/double.ts': 'export const double = (n: number): number => n * 2',
    })
    expect(await load()).toBe(42)
  })

  test('TSX, JSON and the tool’s own React', async () => {
    const { load } = open({
      'main.tsx': `import * as React from 'react'\nimport data from './data.json'\nexport default [<b>{data.n}</b>, React.createElement]`,
      'data.json': '{"n":7}',
    })
    const [element, createElement] = (await load('main.tsx')) as [{ type: string; props: unknown }, unknown]
    expect(element).toMatchObject({ type: 'b', props: { children: 7 } })
    expect(createElement).toBe((await import('react')).createElement)
  })

  test('a module without exports, and one that awaits', async () => {
    const { load } = open({ 'empty.ts': '', 'main.ts': 'export default await Promise.resolve(5)' })
    expect(await load('empty.ts')).toBeUndefined()
    expect(await load()).toBe(5)
  })

  test('from a path with blanks, percent signs and other scripts', async () => {
    const { load } = open({ 'a b%20#?é/例.ts': 'export default 1' })
    expect(await load('a b%20#?é/例.ts')).toBe(1)
  })
})

describe('the bundle is kept', () => {
  test('while nothing changes', async () => {
    const { folder, load, bundle } = open({ 'main.ts': 'export default {}' })
    age(folder)
    const first = await bundle()
    const { mtimeMs } = statSync(first)
    expect(await bundle()).toBe(first)
    expect(statSync(first).mtimeMs).toBe(mtimeMs)
    expect(await load()).toBe(await load())
  })

  test('until the file changes', async () => {
    const { folder, load } = open({ 'main.ts': 'export default 1' })
    expect(await load()).toBe(1)
    write(folder, 'main.ts', 'export default 22')
    expect(await load()).toBe(22)
  })

  test('until a file it imports changes, even to the same size', async () => {
    const { folder, load } = open({ 'main.ts': `export { default } from './n.ts'`, 'n.ts': 'export default 1' })
    expect(await load()).toBe(1)
    const file = write(folder, 'n.ts', 'export default 2')
    utimesSync(file, new Date(), new Date(Date.now() + 5000))
    expect(await load()).toBe(2)
  })

  test('until a file it imports is gone', async () => {
    const { folder, load } = open({ 'main.ts': `export { default } from './n'`, 'n.ts': 'export default 1' })
    expect(await load()).toBe(1)
    write(folder, 'n.ts', `export { default } from './m.ts'`)
    write(folder, 'm.ts', 'export default 3')
    expect(await load()).toBe(3)
  })

  test('no longer than its own file', async () => {
    const { load, bundle, cacheFolder } = open({ 'main.ts': 'export default 1' })
    const first = await bundle()
    writeFileSync(join(cacheFolder, 'unrelated.txt'), '')
    rmSync(first)
    expect(await load()).toBe(1)
  })

  test('and a file saved while it is bundled is not taken for bundled', { timeout: 30_000 }, async () => {
    // Enough to bundle that a save falls between reading and writing.
    const { folder, load } = open({
      'main.ts': `import './n.ts'\nimport { list } from './big.ts'\nexport { default } from './n.ts'\nexport { list }`,
      'n.ts': 'export default 0',
      'big.ts': `export const list = [${'{ a: 1 }, '.repeat(4000)}]`,
    })
    for (const round of [1, 2, 4, 8, 16]) {
      const loading = load()
      await wait(round * 3)
      write(folder, 'n.ts', `export default ${round}`)
      await loading
      expect(await load(), `saved ${round * 3} ms after loading began`).toBe(round)
    }
  })
})

describe('a record of a bundle that is', () => {
  test.for([
    ['cut off', (text: string) => text.slice(0, 20)],
    ['empty', () => ''],
    ['no object', () => 'null'],
    ['a list', () => '[]'],
    ['without inputs', (text: string) => JSON.stringify({ output: (JSON.parse(text) as { output: string }).output })],
    ['of another shape', (text: string) => JSON.stringify({ ...(JSON.parse(text) as object), inputs: [null, 5, {}] })],
    ['pointing nowhere', (text: string) => JSON.stringify({ ...(JSON.parse(text) as object), output: '/nowhere.mjs' })],
    ['binary', () => '\u{0}\u{ffff}'],
  ] as const)('%s is made again', async ([, damage]) => {
    const { folder, load, bundle, cacheFolder } = open({ 'main.ts': 'export default 1' })
    age(folder)
    await bundle()
    const record = join(cacheFolder, readdirSync(cacheFolder).find((name) => name.endsWith('.json')) ?? '')
    const good = readFileSync(record, 'utf8')
    writeFileSync(record, damage(good))
    expect(await load()).toBe(1)
    expect(readFileSync(record, 'utf8')).toBe(good)
  })
})

describe('a BundleError names file, line and column of', () => {
  test.for([
    ['a syntax error', { 'main.ts': 'export default {\n  a: 1,\n  b: = 2,\n}\n' }, 'main.ts', 3, 6],
    [
      'a syntax error behind tabs and wide characters',
      { 'main.ts': 'const a = "日本"\n\t\tlet = = 1\n' },
      'main.ts',
      2,
      9,
    ],
    ['JSX that is not closed', { 'main.tsx': 'export default <div>\n' }, 'main.tsx', 1, 21],
    [
      'a syntax error in an imported file',
      { 'main.ts': `import './lib/a.ts'`, 'lib/a.ts': '\nlet = = 1\n' },
      'lib/a.ts',
      2,
      7,
    ],
    ['a file that is not there', { 'main.ts': `\nimport a from './nope.ts'\nexport default a` }, 'main.ts', 2, 15],
    [
      'a package that is not there',
      { 'main.ts': `import a from 'no-such-package'\nexport default a` },
      'main.ts',
      1,
      15,
    ],
    [
      'a name that is not exported',
      { 'main.ts': `import { b } from './a.ts'\nexport default b`, 'a.ts': 'export const a = 1' },
      'main.ts',
      1,
      10,
    ],
  ] as const)('%s', async ([, files, file, line, column]) => {
    const { load, folder } = open(files)
    const error = await failure(load(Object.keys(files)[0]))
    expect(error).toMatchObject({ file: join(folder, file), line, column })
    expect(error.message).not.toMatch(/[\p{Cc}[\]]/u)
  })

  test('a style sheet that is imported, without a place in it', async () => {
    const { load, folder } = open({ 'main.ts': `import './box.css'\nexport default 1`, 'box.css': '.x{}\n' })
    const error = await failure(load())
    expect(error).toMatchObject({ file: join(folder, 'box.css'), line: undefined })
    expect(error.message).toContain('style sheet')
  })

  test('no place of a file that is missing or no text', async () => {
    const { folder, load } = open({})
    writeFileSync(join(folder, 'binary.ts'), Buffer.from([0xff, 0xfe, 0x00]))
    expect(await failure(load('missing.ts'))).toMatchObject({ file: join(folder, 'missing.ts'), line: undefined })
    expect(await failure(load('binary.ts'))).toMatchObject({ file: join(folder, 'binary.ts'), line: undefined })
  })

  test('and the file loads once it is mended', async () => {
    const { folder, load } = open({ 'main.ts': 'export default = 1' })
    await failure(load())
    write(folder, 'main.ts', 'export default 1')
    expect(await load()).toBe(1)
  })
})

test('an error that a module throws when it runs names the author’s line', async () => {
  const { load, folder } = open({
    'main.ts': 'interface A { a: 1 }\n\nexport default ((): never => {\n  throw new Error("boom")\n})()',
  })
  const error = await load().catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(Error)
  expect((error as Error).message).toBe('boom')
  expect((error as Error).stack).toContain(`${join(folder, 'main.ts')}:4:`)
})

test('several processes load the same file at once, into one cache', { timeout: 30_000 }, async () => {
  const { folder, cacheFolder } = open({
    'main.ts': `import big from './big.ts'\nexport default big.length`,
    'big.ts': `export default ${JSON.stringify('x'.repeat(500_000))}`,
    'child.mjs': `import { loadModule } from ${JSON.stringify(source)}
      for (let i = 0; i < 3; i++) console.log((await loadModule(process.argv[2], { cacheFolder: process.argv[3] })).default)`,
  })
  const run = async (): Promise<string> =>
    await new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [join(folder, 'child.mjs'), join(folder, 'main.ts'), cacheFolder])
      let out = ''
      child.stdout.on('data', (chunk: Buffer) => (out += String(chunk)))
      child.stderr.on('data', (chunk: Buffer) => (out += String(chunk)))
      child.on('error', reject)
      child.on('close', () => {
        resolve(out)
      })
    })
  expect(await Promise.all(Array.from({ length: 4 }, run))).toEqual(
    Array.from({ length: 4 }, () => '500000\n'.repeat(3)),
  )
  expect(readdirSync(cacheFolder).filter((name) => name.endsWith('.tmp'))).toEqual([])
})

test('a cache that cannot be written costs time, not the command', async () => {
  const { folder } = open({ 'main.ts': 'export default 42', 'in-the-way': 'a file' })
  const options = { cacheFolder: join(folder, 'in-the-way', 'cache') }
  expect((await loadModule(join(folder, 'main.ts'), options))['default']).toBe(42)
  expect((await loadModule(join(folder, 'main.ts'), options))['default']).toBe(42)
})
