import { cpSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../helpers/cli.ts'
import { makeNewsletter, repository } from '../helpers/newsletter.ts'

function copyExamples(names: readonly string[]): string {
  const root = makeNewsletter({})
  for (const name of names) cpSync(join(repository, name), join(root, name), { recursive: true })
  return root
}

const listMails = (root: string) => readdirSync(join(root, 'demo/inbox')).filter((name) => name.endsWith('.eml'))

test('shows the whole path once, and once more', async () => {
  const root = copyExamples(['issues', 'readers.yaml', 'letterpress.config.ts', 'examples'])
  for (const args of [['demo', '--once'], ['demo']]) {
    const { code, stdout } = await runCli(root, args, { CI: 'true' })
    expect(code).toBe(0)
    expect(stdout).toContain('240 rows of examples/subscribers.csv: 240 new, 0 refused')
    expect(stdout).toContain('191 accepted of 191')
    expect(stdout).toContain('192 with HTML and text, 192 different unsubscribe links')
    // One test besides.
    expect(listMails(root)).toHaveLength(192)
    expect(readdirSync(join(root, 'demo/dist')).length).toBeGreaterThanOrEqual(5)
  }
})

test('mails the fixture readers where there is no sample list, and nobody for real', async () => {
  const root = copyExamples(['issues', 'readers.yaml', 'letterpress.config.ts'])
  const env = { CI: 'true', SMTP_URL: 'smtp://127.0.0.1:1', DATABASE_URL: 'sqlite:real.db' }
  const { code, stdout } = await runCli(root, ['demo'], env)
  expect(code).toBe(0)
  expect(stdout).toContain('12 accepted of 12')
  expect(listMails(root)).toHaveLength(13)
  for (const name of ['real.db', 'data', '.env']) expect(existsSync(join(root, name))).toBe(false)
})
