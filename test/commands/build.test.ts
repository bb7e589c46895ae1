import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { runCli } from '../helpers/cli.ts'
import { makeNewsletter, repository } from '../helpers/newsletter.ts'

/** A mail with an image must not be little more than that. */
const WORDS = 'Text that says what the image cannot. '.repeat(12)
const GOOD =
  '---\ntitle: Good\nweek: 2026-W34\npreheader: Something else\n---\nHello {{ subscriber.name | default: "there" }}.\n\n![A dot](good/dot.png)\n\n## One\n\n### [Entry](https://example.com/a)\n\n' +
  `${WORDS}\n`
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

test('writes HTML, text, message and JSON of an issue, with its images', async () => {
  const root = makeNewsletter({ 'issues/good.md': GOOD, 'issues/good/dot.png': PNG })
  expect(await runCli(root, ['build'])).toMatchObject({ code: 0 })
  const folder = join(root, 'dist/good')
  expect(readdirSync(folder).toSorted()).toEqual(['images', 'index.html', 'index.txt', 'issue.json', 'message.eml'])
  const [image = ''] = readdirSync(join(folder, 'images'))
  expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain(`src="images/${image}"`)
  const mail = await PostalMime.parse(readFileSync(join(folder, 'message.eml')))
  expect(mail).toMatchObject({ subject: 'Good', from: { address: 'test@news.example.com' } })
  expect(mail.attachments).toMatchObject([{ mimeType: 'image/png', disposition: 'inline' }])
  expect(JSON.parse(readFileSync(join(folder, 'issue.json'), 'utf8'))).toMatchObject({
    id: 'good',
    sections: [{ number: '1' }],
  })
})

test('makes no secret: a build signs nothing that counts', async () => {
  const root = makeNewsletter({ 'issues/good.md': GOOD, 'issues/good/dot.png': PNG })
  await runCli(root, ['build'])
  expect(existsSync(join(root, '.env'))).toBe(false)
})

test('leaves the last good build alone when the issue breaks', async () => {
  const root = makeNewsletter({ 'issues/good.md': GOOD, 'issues/good/dot.png': PNG })
  await runCli(root, ['build'])
  const before = readFileSync(join(root, 'dist/good/index.html'), 'utf8')
  const broken = makeNewsletter({ 'issues/good.md': GOOD.replace('dot.png', 'gone.png'), 'issues/good/dot.png': PNG })
  const result = await runCli(broken, ['build', '--out', join(root, 'dist')])
  expect(result.code).toBe(1)
  expect(result.stdout).toContain('not written')
  expect(readFileSync(join(root, 'dist/good/index.html'), 'utf8')).toBe(before)
})

test('builds every example', async () => {
  const root = makeNewsletter({})
  const result = await runCli(repository, ['build', '--out', join(root, 'out')])
  expect(result).toMatchObject({ code: 0, stderr: '' })
  expect(readdirSync(join(root, 'out')).length).toBeGreaterThanOrEqual(5)
})

const FILES = { 'issues/good.md': GOOD, 'issues/good/dot.png': PNG }

test('replaces its own builds, whatever a file manager left in them', async () => {
  const root = makeNewsletter({ ...FILES })
  await runCli(root, ['build'])
  writeFileSync(join(root, 'dist/good/.DS_Store'), '')
  expect(await runCli(root, ['build'])).toMatchObject({ code: 0 })
  expect(existsSync(join(root, 'dist/good/.DS_Store'))).toBe(false)
})

test.each(['.', 'issues', 'issues/deep', 'emails', 'templates/x', 'src', 'node_modules', '.git', 'link'])(
  'refuses --out %s, where the author’s own files are',
  async (out) => {
    const root = makeNewsletter({ ...FILES })
    symlinkSync(join(root, 'issues'), join(root, 'link'))
    const { code, stderr } = await runCli(root, ['build', '--out', out])
    expect(code).toBe(2)
    expect(stderr).toContain('command/out-is-source')
    expect(readFileSync(join(root, 'issues/good/dot.png'))).toEqual(PNG)
    expect(existsSync(join(root, out, 'good/index.html'))).toBe(false)
  },
)

test.each(['notes.txt', 'index.html', 'images/photo.png', 'message.eml/x'])(
  'refuses a folder that holds %s and was not built',
  async (name) => {
    const root = makeNewsletter({
      ...FILES,
      'issues/a.md': GOOD,
      'issues/a/dot.png': PNG,
      [`out/good/${name}`]: 'mine',
    })
    rmSync(join(root, 'issues/a.md'))
    const { code, stderr } = await runCli(root, ['build', '--out', 'out'])
    expect(code).toBe(2)
    expect(stderr).toContain('Nothing was written')
    expect(readFileSync(join(root, 'out/good', name), 'utf8')).toBe('mine')
  },
)

test('refuses before the first of several is written', async () => {
  const other = GOOD.replaceAll('good/', 'a/')
  const root = makeNewsletter({ ...FILES, 'issues/a.md': other, 'issues/a/dot.png': PNG, 'dist/good/notes.txt': 'x' })
  expect((await runCli(root, ['build'])).code).toBe(2)
  expect(readdirSync(join(root, 'dist'))).toEqual(['good'])
})

test('takes --out from the current folder, and dist/ from the root', async () => {
  const root = makeNewsletter({ ...FILES })
  const here = join(root, 'elsewhere')
  mkdirSync(here)
  const { stdout } = await runCli(here, ['--root', '..', 'build', '--out', 'out'])
  expect(stdout).toContain('out/good/')
  expect(existsSync(join(here, 'out/good/index.html'))).toBe(true)
  await runCli(here, ['--root', '..', 'build'])
  expect(existsSync(join(root, 'dist/good/index.html'))).toBe(true)
})

test.each([
  ['a target that is a file', 'dist/good', 'dist', 2],
  ['a folder that is a file', 'taken', 'taken', 4],
  ['a folder inside a file', 'taken', 'taken/deep', 4],
  ['a name that is too long', 'taken', 'x'.repeat(300), 4],
])('says what is wrong with %s', async (_, file, out, expected) => {
  const root = makeNewsletter({ ...FILES, [file]: 'mine' })
  const { code, stderr } = await runCli(root, ['build', '--out', out])
  expect(code).toBe(expected)
  expect(stderr).toContain('Nothing was written')
  expect(stderr).toContain(file === 'taken' && out.length > 100 ? 'too long' : join(root, file))
  expect(stderr).not.toContain('unexpected')
  expect(readFileSync(join(root, file), 'utf8')).toBe('mine')
})
