import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../../../src/base/index.ts'
import { loadIssues } from '../../../src/issue/index.ts'
import { fillSlots, loadBlocks, renderIssue, type Sources } from '../../../src/render/index.ts'

const load = { cacheFolder: join(packageRoot, 'node_modules', '.cache', 'letterpress') }
const sources: Sources = { root: packageRoot, builtIn: packageRoot, load }
const blocks = await loadBlocks(sources)
const shared = { ebook: { type: 'promo', title: 'A book', url: 'https://example.com/book', body: 'About mail.' } }
const results = await loadIssues({ root: packageRoot, blocks, shared, language: 'en' })
const issues = results.flatMap(({ issue }) => (issue ? [issue] : []))
const newsletter = {
  name: 'LLM Papers Weekly',
  url: 'https://news.example.com',
  postalAddress: '1 Example Street, 12345 Exampletown',
  reason: 'You signed up at news.example.com.',
}

// One and a half times what the React templates may weigh.
const BASE_BYTES = 10_500
const ENTRY_BYTES = 525
const PARAGRAPH_BYTES = 75

test.for(issues)('$slug weighs little in compact', async (issue) => {
  const options = { sources, newsletter, language: 'en', template: 'compact' }
  const { rendered } = await renderIssue({ ...issue, template: 'compact' }, options)
  if (!rendered) throw new Error('the example does not render')
  const html = fillSlots(rendered.html, { 'subscriber.name': 'Lucía Ibáñez' }, 'html')
  const entries = issue.sections.reduce((sum, section) => sum + section.entries.length, 0)
  const limit = BASE_BYTES + ENTRY_BYTES * entries + PARAGRAPH_BYTES * countParagraphs(issue)
  expect(Buffer.byteLength(html) - Buffer.byteLength(readVisibleText(html))).toBeLessThanOrEqual(limit)
  expect(html).not.toMatch(/\u{200B}|\u{200C}|\u{FEFF}|\u{34F}|&zwnj;|&#847;/u)
})

function readVisibleText(html: string): string {
  return html
    .replaceAll(/<(style|title)\b[^]*?<\/\1>|<!--[^]*?-->/g, '')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/&(?:#\d+|\w+);/g, 'x')
}

function countParagraphs(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + countParagraphs(item), 0)
  if (typeof value !== 'object' || value === null) return 0
  const own = 'type' in value && value.type === 'paragraph' ? 1 : 0
  return Object.values(value).reduce((sum: number, child) => sum + countParagraphs(child), own)
}
