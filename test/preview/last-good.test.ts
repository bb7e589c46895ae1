import { expect, test } from 'vitest'
import type { Inspection, IssuePreview, IssueSummary } from '../../src/preview/index.ts'
import { createLastGood } from '../../src/preview/last-good.ts'

const row = (slug: string, title?: string): IssueSummary =>
  title === undefined
    ? { slug, file: `issues/${slug}.md`, title: slug, draft: false, errors: 1 }
    : { slug, file: `issues/${slug}.md`, title, period: 'May 2026', draft: true, errors: 0 }

const inspection = (slug: string, hash?: string): Inspection => ({
  ...row(slug, hash && `Title of ${slug}`),
  diagnostics: [],
  findings: [],
  ...(hash === undefined ? {} : { preview: buildPreview(hash) }),
})

const buildPreview = (hash: string): IssuePreview => ({
  hash,
  from: '',
  to: '',
  reader: { id: 'grace', kind: 'fixture', email: 'grace@example.com', tags: [] },
  missing: [],
  subject: '',
  preheader: '',
  html: '',
  text: '',
  readRaw: async () => new Uint8Array(),
  sizeBytes: 0,
})

test('shows the last build that worked, under its title', () => {
  const lastGood = createLastGood()
  lastGood.update(inspection('a', 'one'))
  const shown = lastGood.update(inspection('a'))
  expect(shown).toMatchObject({ isStale: true, preview: { hash: 'one' } })
  expect(shown.inspection).toMatchObject({ title: 'Title of a', period: 'May 2026', draft: true })
  expect(lastGood.find('a', 'one')).toBeDefined()
  expect(lastGood.find('a', 'two')).toBeUndefined()
})

test('shows nothing of an issue that never worked, or was forgotten', () => {
  const lastGood = createLastGood()
  expect(lastGood.update(inspection('a'))).toEqual({ inspection: inspection('a'), isStale: true })
  lastGood.update(inspection('a', 'one'))
  lastGood.forget('a')
  expect(lastGood.update(inspection('a')).preview).toBeUndefined()
})

test('keeps the builds of the last fifty issues', () => {
  const lastGood = createLastGood()
  for (let number = 0; number < 60; number++) lastGood.update(inspection(`issue-${number}`, 'one'))
  expect(lastGood.find('issue-9', 'one')).toBeUndefined()
  expect(lastGood.find('issue-10', 'one')).toBeDefined()
})

test('a row that cannot be read keeps its title and its place', () => {
  const lastGood = createLastGood()
  lastGood.updateList([row('c', 'Third'), row('b', 'Second'), row('a', 'First')])
  const broken = lastGood.updateList([row('c', 'Third'), row('a', 'First'), row('b')])
  expect(broken.map(({ title, errors }) => [title, errors])).toEqual([
    ['Third', 0],
    ['Second', 1],
    ['First', 0],
  ])
  // Again, and with one more issue and one less.
  const later = lastGood.updateList([row('d', 'Fourth'), row('a', 'First'), row('b')])
  expect(later.map(({ title }) => title)).toEqual(['Fourth', 'Second', 'First'])
})

test('a row that never could be read stands where the list has it', () => {
  const lastGood = createLastGood()
  expect(lastGood.updateList([row('b', 'Second'), row('a')]).map(({ title }) => title)).toEqual(['Second', 'a'])
  expect(lastGood.updateList([row('b', 'Second'), row('a')]).map(({ title }) => title)).toEqual(['Second', 'a'])
})
