import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../helpers/cli.ts'
import { makeNewsletter, repository } from '../helpers/newsletter.ts'

function copyExamples(names: readonly string[]): string {
  const root = makeNewsletter({})
  for (const name of names) cpSync(join(repository, name), join(root, name), { recursive: true })
  return root
}

const listMails = (root: string) => readdirSync(join(root, 'data/demo/inbox')).filter((name) => name.endsWith('.eml'))

test('shows the whole path once, and once more', async () => {
  const root = copyExamples(['issues', 'readers.yaml', 'letterpress.config.ts', 'examples'])
  for (const folder of ['demo', 'data/demo']) {
    mkdirSync(join(root, folder), { recursive: true })
    writeFileSync(join(root, folder, 'mine.txt'), 'mine')
  }
  for (const args of [['demo', '--once'], ['demo']]) {
    const { code, stdout } = await runCli(root, args, { CI: 'true' })
    expect(code).toBe(0)
    expect(stdout).toContain('240 rows of examples/subscribers.csv: 240 new, 0 refused')
    expect(stdout).toContain('191 accepted of 191')
    expect(stdout).toContain('192 with HTML and text, 192 different unsubscribe links')
    // One test besides.
    expect(listMails(root)).toHaveLength(192)
    expect(readdirSync(join(root, 'data/demo/dist')).length).toBeGreaterThanOrEqual(5)
  }
  for (const folder of ['demo', 'data/demo']) expect(readFileSync(join(root, folder, 'mine.txt'), 'utf8')).toBe('mine')
})

test('mails the fixture readers where there is no sample list, and nobody for real', async () => {
  const root = copyExamples(['issues', 'readers.yaml', 'letterpress.config.ts'])
  const env = { CI: 'true', SMTP_URL: 'smtp://127.0.0.1:1', DATABASE_URL: 'sqlite:real.db' }
  const { code, stdout, stderr } = await runCli(root, ['demo'], env)
  expect(code).toBe(0)
  expect(stderr).toContain('the demo never uses a mail server')
  expect(stderr).not.toContain('no SMTP server is set')
  expect(stdout).toContain('12 accepted of 12')
  expect(listMails(root)).toHaveLength(13)
  for (const name of ['real.db', 'data/inbox', 'data/letterpress.db', '.env'])
    expect(existsSync(join(root, name))).toBe(false)
})

test('gives one document with --json, and nothing but what arrived with --quiet', async () => {
  const root = copyExamples(['issues', 'readers.yaml', 'letterpress.config.ts'])
  const { code, stdout } = await runCli(root, ['--json', 'demo', '--once'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ version: 1, arrived: 13, inbox: 'data/demo/inbox', url: null })
  const quiet = await runCli(root, ['--quiet', 'demo', '--once'])
  expect(quiet).toMatchObject({ code: 0, stderr: '' })
  expect(quiet.stdout).toMatch(/^ {3}the newest 13 looked into/)
})

test('says which file is in its way', async () => {
  const root = copyExamples(['issues'])
  mkdirSync(join(root, 'data'))
  writeFileSync(join(root, 'data/demo'), 'a file')
  const { code, stderr } = await runCli(root, ['demo', '--once'])
  expect(code).toBe(4)
  expect(stderr).toContain('command/file-trouble')
  expect(readFileSync(join(root, 'data/demo'), 'utf8')).toBe('a file')
})

test('waits for nobody: a second demo is told of the first, and changes nothing', async () => {
  const root = copyExamples(['issues', 'readers.yaml', 'letterpress.config.ts'])
  mkdirSync(join(root, 'data/demo/inbox'), { recursive: true })
  writeFileSync(join(root, 'data/demo/inbox/kept.eml'), 'mail of the first')
  writeFileSync(join(root, 'data/demo/running'), String(process.pid))
  const { code, stderr } = await runCli(root, ['demo'], { CI: 'true' })
  expect(code).toBe(2)
  expect(stderr).toContain(`process ${process.pid}`)
  expect(readdirSync(join(root, 'data/demo/inbox'))).toEqual(['kept.eml'])
})
