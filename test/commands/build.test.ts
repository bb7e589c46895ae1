import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { runCli } from '../helpers/cli.ts'
import { makeNewsletter, repository } from '../helpers/newsletter.ts'

const GOOD =
  '---\ntitle: Good\nweek: 2026-W34\npreheader: Something else\n---\nHello {{ subscriber.name | default: "there" }}.\n\n![A dot](good/dot.png)\n\n## One\n\n### [Entry](https://example.com/a)\n\nText.\n'
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
