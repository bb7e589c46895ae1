import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { packageRoot } from '../../src/base/index.ts'
import { loadIssues } from '../../src/issue/index.ts'
import { listTemplates, loadBlocks, type RenderOptions, type Sources } from '../../src/render/index.ts'
import { describeRendering } from './render.contract.ts'
import { makeHostileIssue, makeOwnBlocksIssue, writeOwnBlocks } from './synthetic.ts'

// What is no issue has its own tests: the templates of the mails to one subscriber.
const NOT_FOR_ISSUES = new Set(['confirm', 'welcome'])

const newsletter = {
  name: 'LLM Papers Weekly',
  url: 'https://news.example.com',
  postalAddress: '1 Example Street, 12345 Exampletown',
  reason: 'You signed up at news.example.com.',
}
const ebook = {
  type: 'promo',
  title: 'An e-book',
  url: 'https://example.com/ebook',
  action: 'Get it',
  body: 'It says **why**.',
}

const ownRoot = mkdtempSync(join(tmpdir(), 'letterpress-contract-'))
writeOwnBlocks(ownRoot)
const load = { cacheFolder: join(packageRoot, 'node_modules', '.cache', 'letterpress') }
const sources: Sources = { root: packageRoot, builtIn: packageRoot, load }
const options: Omit<RenderOptions, 'template'> = { sources, newsletter, language: 'en' }
const blocks = await loadBlocks(sources)
const shipped = await loadIssues({ root: packageRoot, blocks, shared: { ebook }, language: 'en' })
const templates = listTemplates(sources).filter(({ name }) => !NOT_FOR_ISSUES.has(name))

afterAll(() => {
  rmSync(ownRoot, { recursive: true })
})

test('every shipped issue can be read', () => {
  expect(shipped.length).toBeGreaterThanOrEqual(12)
  expect(shipped.flatMap(({ diagnostics }) => diagnostics.filter(({ severity }) => severity === 'error'))).toEqual([])
})

describe.for(templates)('the template $name ($engine)', ({ name: template }) => {
  for (const { issue } of shipped) {
    if (issue) describeRendering(issue.slug, { ...issue, template }, { ...options, template })
  }
  describeRendering('hostile text', { ...makeHostileIssue(), template }, { ...options, template })
  const own = { ...options, sources: { ...sources, root: ownRoot }, template }
  describeRendering('blocks of the author', makeOwnBlocksIssue(), own)
  const { url: _, ...offline } = newsletter
  describeRendering('a newsletter without a site', makeOwnBlocksIssue(), { ...own, newsletter: offline })
})
