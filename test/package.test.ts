import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import { write } from './helpers/folder.ts'
import { packCopy, runNpm } from './helpers/package.ts'
import { repository } from './helpers/source-tree.ts'
import { pageBlock, pageFiles } from './helpers/templates-page.ts'

const fixture = join(repository, 'test', 'fixtures', 'consumer')

describe('the package, installed into an empty newsletter', () => {
  let folder: string
  let newsletter: string
  let files: readonly string[]

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'letterpress-package-'))
    newsletter = join(folder, 'newsletter')
    cpSync(fixture, newsletter, { recursive: true })
    const packed = await packCopy(folder)
    files = packed.files
    await runNpm('npm', [...INSTALL, packed.tarball], newsletter)
  })
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  test('holds code, templates and schemas, and nothing of the workshop', () => {
    const roots = new Set(files.map((path) => path.split('/')[0]))
    const allowed = new Set([...manifest.files, 'package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'])
    expect([...roots].filter((name) => name === undefined || !allowed.has(name))).toEqual([])
    expect(files.filter((path) => /(?:\.test\.|^src|^test|^dist|^issues|tsbuildinfo)/.test(path))).toEqual([])
    for (const file of [
      'bin/letterpress.js',
      'lib/cli.js',
      'lib/index.d.ts',
      'lib/define.js',
      'lib/define.d.ts',
      'lib/ui/index.html',
    ]) {
      expect(files).toContain(file)
    }
  })

  test('carries no Node, so that a consumer keeps their own', () => {
    const installed = JSON.parse(
      readFileSync(join(newsletter, 'node_modules/letterpress/package.json'), 'utf8'),
    ) as object
    expect(installed).not.toHaveProperty('optionalDependencies')
    const linked = readdirSync(join(newsletter, 'node_modules', '.bin'))
    expect(linked).toContain('letterpress')
    expect(linked).not.toContain('node')
  })

  test('checks and builds the newsletter with its own template', async () => {
    expect((await runNpm('npx', ['letterpress', 'check'], newsletter)).stdout).toContain('no problems')
    await runNpm('npx', ['letterpress', 'build'], newsletter)
    const built = join(newsletter, 'dist', 'first')
    expect(readdirSync(built).sort()).toEqual(['index.html', 'index.txt', 'issue.json', 'message.eml'])
    expect(readFileSync(join(built, 'index.html'), 'utf8')).toContain('the author’s own component, ')
    expect(readFileSync(join(built, 'index.txt'), 'utf8')).toContain('1.1 Attention is all you need')
  })

  test('builds with the templates that come along', async () => {
    await runNpm('npx', ['letterpress', 'init', 'fresh'], newsletter)
    const fresh = join(newsletter, 'fresh')
    await runNpm('npx', ['letterpress', '--root', fresh, 'check'], newsletter)
    await runNpm('npx', ['letterpress', '--root', fresh, 'build'], newsletter)
    const [slug = ''] = readdirSync(join(fresh, 'dist'))
    expect(existsSync(join(fresh, 'dist', slug, 'message.eml'))).toBe(true)
  })

  test('builds with the template, block and theme of docs/templates.md, which an editor knows the types of', async () => {
    const own = join(newsletter, 'own')
    cpSync(fixture, own, { recursive: true })
    const config = readFileSync(join(own, 'letterpress.config.ts'), 'utf8').replace("'plain'", "'letter'")
    write(own, 'letterpress.config.ts', config.replace('})', "  theme: './emails/theme.ts',\n})"))
    for (const [path, text] of Object.entries(pageFiles)) write(own, path, text)
    write(own, 'issues/second.md', `---\ntitle: Second\nweek: 2026-W30\npreheader: More\n---\n\n${pageBlock}`)
    expect((await runNpm('npx', ['letterpress', '--root', own, 'check'], newsletter)).stdout).toContain('no problems')
    // As `npm install --save-dev @types/react` does.
    symlinkSync(join(repository, 'node_modules/@types/react'), join(newsletter, 'node_modules/@types/react'))
    write(own, 'tsconfig.json', JSON.stringify({ compilerOptions: TYPES, include: ['emails/**/*'] }))
    const tsc = join(repository, 'node_modules', '.bin', 'tsc')
    expect(spawnSync(tsc, ['-p', own], { encoding: 'utf8' }).stdout).toBe('')
  })

  test('says where an error of the author’s code is', async () => {
    const broken = join(newsletter, 'broken')
    cpSync(fixture, broken, { recursive: true })
    cpSync(join(repository, 'test/fixtures/consumer-broken.tsx'), join(broken, 'emails', 'greeting.tsx'))
    const failure = runNpm('npx', ['letterpress', '--root', broken, 'check'], newsletter)
    await expect(failure).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining('emails/greeting.tsx:4:') as string,
    })
  })
})

const TYPES = {
  jsx: 'react-jsx',
  module: 'nodenext',
  allowImportingTsExtensions: true,
  noEmit: true,
  strict: true,
  skipLibCheck: true,
  types: [],
}

const INSTALL = ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']

test('package.json is whole: an interrupted `npm pack` left nothing behind', () => {
  expect(manifest).toHaveProperty('optionalDependencies')
})
