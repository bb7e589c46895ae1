import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from './source-tree.ts'

const page = readFileSync(join(repository, 'docs', 'templates.md'), 'utf8')

/** Every file of docs/templates.md: its path on a line of its own, then its text. */
export const pageFiles: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from(page.matchAll(/^`([^`\n]+)`:\n\n```\w+\n([^]*?)^```$/gm), ([, path = '', text = '']) => [path, text]),
)

/** The block of docs/templates.md as an issue writes it. */
export const pageBlock: string = /^```markdown\n([^]*?)^```$/m.exec(page)?.[1] ?? ''
