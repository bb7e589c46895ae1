// Weight of the mail of every example: node scripts/run.js bench/mail.ts
import { availableParallelism } from 'node:os'
import { openApp } from '../src/app.ts'
import { createTerminal, packageRoot, systemClock } from '../src/base/index.ts'
import type { Issue } from '../src/issue/index.ts'

const BASE_BYTES = 7000
const ENTRY_BYTES = 350
const PARAGRAPH_BYTES = 50

const terminal = createTerminal({ stdout: process.stdout, stderr: process.stderr, quiet: true, colour: false })
const app = await openApp({ root: packageRoot, environment: {}, clock: systemClock, terminal })
console.log(`Node ${process.version}, ${availableParallelism()} CPUs. Overhead: bytes of HTML less visible text.`)
console.log('\n| issue | template | HTML | overhead | limit | entries | paragraphs |\n|---|---|---|---|---|---|---|')
for (const { file, source } of await app.inspect([])) {
  for (const template of ['digest', 'brief', 'classic']) {
    const { rendered, issue } = await app.inspectSource(source, file, template)
    if (!rendered || !issue) throw new Error(`${file} does not render with ${template}`)
    const { html } = app.read(rendered)
    const bytes = Buffer.byteLength(html)
    const overhead = bytes - Buffer.byteLength(readVisibleText(html))
    const entries = issue.sections.reduce((sum, section) => sum + section.entries.length, 0)
    const paragraphs = countParagraphs(issue)
    // The limit is set for the React templates.
    const limit = template !== 'classic' ? BASE_BYTES + ENTRY_BYTES * entries + PARAGRAPH_BYTES * paragraphs : '–'
    console.log(`| ${file} | ${template} | ${bytes} | ${overhead} | ${limit} | ${entries} | ${paragraphs} |`)
  }
}

function readVisibleText(html: string): string {
  return html
    .replaceAll(/<(style|title)\b[^]*?<\/\1>|<!--[^]*?-->/g, '')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/&(?:#\d+|\w+);/g, 'x')
}

function countParagraphs({ opening, sections, closing }: Issue): number {
  const count = (value: unknown): number => {
    if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + count(item), 0)
    if (typeof value !== 'object' || value === null) return 0
    const own = 'type' in value && value.type === 'paragraph' ? 1 : 0
    return Object.values(value).reduce((sum: number, child) => sum + count(child), own)
  }
  return count([opening, sections, closing])
}
