import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const CONFIG = `export default { name: 'Test Letter', from: 'Test <test@news.example.com>', postalAddress: '1 Test Street' }\n`
const READERS = `readers:
  - { id: ada, email: ada@example.com, name: Ada }
  - { id: grace, email: grace@example.com, name: Grace Example }
`
const ISSUES = { alpha: 'Alpha and more', beta: 'Beta in the middle', gamma: 'Gamma at the end' }

/** Makes a newsletter of three short issues and two readers. @returns its folder, which the caller removes. */
export function makeThreeIssues(): string {
  const root = mkdtempSync(join(tmpdir(), 'letterpress-three-'))
  writeFileSync(join(root, 'letterpress.config.ts'), CONFIG)
  writeFileSync(join(root, 'readers.yaml'), READERS)
  mkdirSync(join(root, 'issues'))
  for (const [index, [slug, title]] of Object.entries(ISSUES).entries())
    writeFileSync(join(root, 'issues', `${slug}.md`), writeIssue(title, `2026-W${34 - index}`, 3 - index))
  return root
}

function writeIssue(title: string, week: string, number: number): string {
  return `---
title: ${title}
week: ${week}
number: ${number}
preheader: A line that says more
---
Hello {{ subscriber.name | default: "there" }}.

## One

### [Entry](https://example.com/a)

Words of ${title}.
`
}
