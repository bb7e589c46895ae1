import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { repository } from '../helpers/newsletter.ts'

test('React Email’s own export renders every template from its example', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'letterpress-export-'))
  const out = join(folder, 'out')
  const cli = join(repository, 'node_modules', 'react-email', 'dist', 'cli', 'index.mjs')
  const parameters = [cli, 'export', '--dir', 'emails', '--outDir', out, '--silent']
  await promisify(execFile)(process.execPath, parameters, { cwd: repository })
  const templates = readdirSync(join(repository, 'emails')).filter((file) => file.endsWith('.tsx'))
  expect(readdirSync(out).toSorted()).toEqual(templates.map((file) => file.replace('.tsx', '.html')).toSorted())
  for (const file of readdirSync(out)) {
    const html = readFileSync(join(out, file), 'utf8')
    expect(html).toContain('Important LLM papers of the week')
    expect(html).toContain('Long-term mentoring')
  }
  rmSync(folder, { recursive: true })
})
