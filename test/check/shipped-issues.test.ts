import { expect, test } from 'vitest'
import { parseAddress, parseMailbox } from '../../src/base/index.ts'
import { runChecks } from '../../src/check/index.ts'
import { findIssues, loadIssue } from '../../src/issue/index.ts'
import { buildReaderLinks, buildSlotValues, composeMessage } from '../../src/message/index.ts'
import { loadBlocks, renderIssue } from '../../src/render/index.ts'
import type { Reader } from '../../src/subscriber/index.ts'
import { OPTIONS, ROOT } from './render-options.ts'

const from = parseMailbox('Ada Example <ada@news.example.com>')
const email = parseAddress('grace@example.org')
const shared = { ebook: { type: 'promo', title: 'A book', url: 'https://example.com/book', body: 'About mail.' } }

const CASES = findIssues(ROOT)
  .flatMap((file) => ['digest', 'brief', 'classic', 'compact'].map((template) => [file, template] as const))
  // MJML takes three times the markup of React: a hundred entries do not fit below the limit at which Gmail clips.
  .filter(([file, template]) => template !== 'classic' || !file.includes('a-hundred-commands'))

test.for(CASES)('%s is clean in %s', async ([file, template]) => {
  const { issue, source, diagnostics } = await loadIssue(file, {
    root: ROOT,
    blocks: await loadBlocks(OPTIONS.sources),
    shared,
  })
  expect(diagnostics).toEqual([])
  if (!issue || !from || !email) throw new Error('no issue')
  const reader: Reader = { id: 'reader-1', email, name: 'Grace', tags: [], fields: {} }
  const { rendered } = await renderIssue({ ...issue, template }, OPTIONS)
  if (!rendered) throw new Error('not rendered')
  const links = {
    url: 'https://news.example.com',
    key: { id: 'k', secret: 'of a test' },
    purpose: 'unsubscribe' as const,
  }
  const sample = buildSlotValues(reader, buildReaderLinks(reader, { ...links, unsubscribeMailbox: from }), rendered)
  const message = await composeMessage(rendered, reader, {
    ...links,
    name: 'LLM Papers Weekly',
    from,
    date: new Date(0),
  })
  expect(runChecks({ issue, source, rendered, sample, message, diagnostics })).toEqual([])
})
