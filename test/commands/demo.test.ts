import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../helpers/cli.ts'
import { makeNewsletter, repository } from '../helpers/newsletter.ts'

test('shows the whole path once, and once more', async () => {
  const root = makeNewsletter({})
  for (const name of ['issues', 'readers.yaml', 'letterpress.config.ts'])
    cpSync(join(repository, name), join(root, name), { recursive: true })
  for (const args of [['demo', '--once'], ['demo']]) {
    const { code, stdout } = await runCli(root, args, { CI: 'true' })
    expect(code).toBe(0)
    expect(stdout).toContain('12 of 12 accepted')
    expect(stdout).toContain('12 messages, 12 with HTML and text, 12 different unsubscribe links')
    expect(readdirSync(join(root, 'demo/inbox')).filter((name) => name.endsWith('.eml'))).toHaveLength(12)
    expect(readdirSync(join(root, 'demo/dist')).length).toBeGreaterThanOrEqual(5)
  }
})
