import { expect, test } from 'vitest'
import { FRONT, listBodyProblems, namesOf, readSound, spell } from './read.ts'

const WHOLE = `Hello.

::toc

::promo{name="ebook"}

More.

## First

About the first.

### [Entry *one*](https://example.com/1)
::meta{authors="Ada Example, Alan Example" arxiv="2403.05530" date="2024-03"}

Text.

#### Inside

More text.

:::note{tone="warning"}
Careful.
:::

Afterwards.

### Entry one

## First

---
Bye.

:::mentoring{title="Start"}
One to one.
- [Book](https://example.com/book)
- [Long *term*](https://example.com/long)
:::
`

test('reads introduction, sections, entries, blocks and closing', async () => {
  const issue = await readSound(FRONT + WHOLE)
  expect(namesOf(issue.opening)).toEqual(['prose', 'toc', 'promo', 'prose'])
  expect(issue.sections.map(({ number, id, titleText }) => [number, id, titleText])).toEqual([
    ['1', 's-first', 'First'],
    ['2', 's-first-2', 'First'],
  ])
  const [first] = issue.sections
  expect(namesOf(first?.intro ?? [])).toEqual(['prose'])
  expect(first?.entries.map(({ number, id, url }) => [number, id, url])).toEqual([
    ['1.1', 'e-entry-one', 'https://example.com/1'],
    ['1.2', 'e-entry-one-2', undefined],
  ])
  const entry = first?.entries[0]
  expect(spell(entry?.title ?? [])).toBe('Entry <emphasis>one</emphasis>')
  expect(entry?.meta).toEqual({ authors: ['Ada Example', 'Alan Example'], arxiv: '2403.05530', date: '2024-03' })
  expect(entry?.body.map((node) => node.type)).toEqual(['paragraph', 'heading', 'paragraph'])
  expect(namesOf(entry?.after ?? [])).toEqual(['note', 'prose'])
  expect(namesOf(issue.closing)).toEqual(['prose', 'mentoring'])
  const mentoring = issue.closing[1]
  expect(mentoring).toMatchObject({
    actions: [
      { label: 'Book', url: 'https://example.com/book' },
      { label: 'Long term', url: 'https://example.com/long' },
    ],
  })
  expect(mentoring?.type === 'block' && mentoring.body).toHaveLength(1)
})

test('takes a shared block from the configuration, and its own attributes first', async () => {
  const issue = await readSound(
    `${FRONT}:::promo{name="ebook" title="Another"}\nOwn text.\n:::\n\n::promo{name=ebook}\n`,
  )
  expect(issue.opening).toMatchObject([
    { props: { title: 'Another', url: 'https://example.com/book' }, body: [{ children: [{ value: 'Own text.' }] }] },
    { props: { title: 'The book' }, body: [{ children: [{ value: 'Forty ' }, { type: 'emphasis' }, { value: '.' }] }] },
  ])
})

test('reads an attribute as the number or the truth value that its schema wants', async () => {
  const issue = await readSound(`${FRONT}::toc{depth="2"}\n`)
  expect(issue.opening).toMatchObject([{ props: { depth: 2 } }])
})

test('numbers entries whose titles give no anchor', async () => {
  const issue = await readSound(`${FRONT}## !\n\n### ?\n`)
  expect(issue.sections[0]).toMatchObject({ id: 'section-1', entries: [{ id: 'entry-1-1' }] })
})

test('gives anchors of equal titles across sections, and of titles like suffixed ones', async () => {
  const issue = await readSound(`${FRONT}## A\n### B\n### B\n### B 2\n## C\n### B\n`)
  const ids = issue.sections.flatMap((section) => [section.id, ...section.entries.map((entry) => entry.id)])
  expect(ids).toEqual(['s-a', 'e-b', 'e-b-2', 'e-b-2-2', 's-c', 'e-b-3'])
})

test('is content with a letter that has no sections', async () => {
  const issue = await readSound(`${FRONT}Hello.\n\n---\n\nBye.\n`)
  expect([issue.opening.length, issue.sections.length, issue.closing.length]).toEqual([1, 0, 1])
})

test('keeps a rule below a list as the end of the sections', async () => {
  const issue = await readSound(`${FRONT}## A\n\n- item\n---\nBye.\n`)
  expect(namesOf(issue.closing)).toEqual(['prose'])
})

test.each([
  ['a title in the text', '# Title\n', 'issue/title-in-text 5:1 # Title'],
  ['an entry before any section', '### Entry\n\nText.\n', 'issue/entry-outside-section 5:1 ### Entry'],
  ['a section after the end', '## A\n\n---\n\n## B\n', 'issue/heading-after-end 9:1 ## B'],
  ['a second end', '## A\n\n---\n\nBye.\n\n---\n', 'issue/second-end 11:1 ---'],
  ['text right above ---', '## A\n\nText\n---\nBye.\n', 'issue/underlined-heading 8:1 ---'],
  ['text right above ===', 'Title\n=====\n', 'issue/underlined-heading 6:1 ====='],
  ['a section without a title', '##\n', 'issue/empty-title 5:1 ##'],
  ['an entry without a title', '## A\n\n### <!-- later -->\n', 'issue/empty-title 7:1 ### <!-- later -->'],
  ['a heading in a quote', '> ## A\n', 'issue/misplaced-heading 5:3 ## A'],
  ['a rule in a list', '- a\n\n  ---\n', 'issue/stray-rule 7:3 ---'],
  ['a slot in a heading', '## Hello {{ subscriber.name }}\n', 'issue/slot-not-allowed 5:10 {{ subscriber.name }}'],
  ['a meta outside an entry', '::meta{doi="10.1000/1"}\n', 'issue/misplaced-meta 5:1 ::meta{doi="10.1000/1"}'],
  [
    'a second meta',
    '## A\n### B\n::meta{venue="X"}\n::meta{venue="Y"}\n',
    'issue/duplicate-meta 8:1 ::meta{venue="Y"}',
  ],
  ['an unknown attribute of meta', '## A\n### B\n::meta{author="X"}\n', 'issue/unknown-attribute 7:8 author'],
  ['an arXiv number that is none', '## A\n### B\n::meta{arxiv="24.1"}\n', 'issue/wrong-value 7:15 24.1'],
  ['a day of a paper that is none', '## A\n### B\n::meta{date="2023-02-29"}\n', 'issue/wrong-date 7:14 2023-02-29'],
])('points at %s', async (_name, body, expected) => {
  expect((await listBodyProblems(body))[0]).toBe(expected)
})
