import { expect, test } from 'vitest'
import { parseIssue } from '../../src/issue/index.ts'
import { OPTIONS } from './blocks.ts'
import { FRONT, listBodyProblems, listProblems } from './read.ts'

test.each([
  ['a link with a blank in its address', 'a [t](https://e.com/a b) c', 'issue/stray-markup 5:3 [t](https://e.com/a b)'],
  ['a link with a blank before its address', '[t] (https://e.com)', 'issue/stray-markup 5:1 [t] (https://e.com)'],
  ['a link to nothing', 'See [u][nope].', 'issue/stray-markup 5:5 [u][nope]'],
  ['a link to itself that is not there', 'See [u][].', 'issue/stray-markup 5:5 [u][]'],
  ['bold text that is not closed', '**never closed', 'issue/stray-markup 5:1 **'],
  ['bold text that is not opened', 'never opened** at all', 'issue/stray-markup 5:13 **'],
  ['bold text with underscores', 'x __never closed', 'issue/stray-markup 5:3 __'],
  ['bold text with a blank inside', '** bold**', 'issue/stray-markup 5:8 **'],
  ['bold code that is not closed', '**`code` and', 'issue/stray-markup 5:1 **'],
  ['struck text', '~~x', 'issue/stray-markup 5:1 ~~'],
  ['a bold label', '[**b**](https://e.com/a b)', 'issue/stray-markup 5:1 [**b**](https://e.com/a b)'],
  ['an entry', '## S\n\n### [E](https://e.com/a b)', 'issue/stray-markup 7:5 [E](https://e.com/a b)'],
  ['an entry with a blank', '## S\n\n### [F] (https://e.com)', 'issue/stray-markup 7:5 [F] (https://e.com)'],
  ['a table', '| a |\n|-|\n| **b |', 'issue/stray-markup 7:3 **'],
  ['a quote', '> a\n> **b', 'issue/stray-markup 6:3 **'],
  ['a label', '[**b](https://e.com)', 'issue/stray-markup 5:2 **'],
  ['a text beside an escape', '\\*\\*a\\*\\* **b', 'issue/stray-markup 5:11 **'],
  ['Chinese', '这是**重要的内容', 'issue/stray-markup 5:3 **'],
  ['an image with a blank in its path', '![pic](my pic.png)', 'issue/stray-image 5:1 ![pic](my pic.png)'],
  [
    'an image with a blank before its path',
    '![pic] (https://e.com/a.png)',
    'issue/stray-image 5:1 ![pic] (https://e.com/a.png)',
  ],
])('points at markup readers would see: %s', async (_name, body, expected) => {
  expect(await listBodyProblems(body)).toEqual([expected])
})

test('tells how to write a path with blanks, and gives no issue', async () => {
  const { issue, diagnostics } = await parseIssue(`${FRONT}![pic](my pic.png)`, 'issues/test.md', OPTIONS)
  expect(issue).toBeUndefined()
  expect(diagnostics[0]?.hint).toContain('![pic](<my pic.png>)')
})

test('tells how to write an address with blanks', async () => {
  const { diagnostics } = await parseIssue(`${FRONT}![pic](https://e.com/my pic.png)`, 'issues/test.md', OPTIONS)
  expect(diagnostics).toMatchObject([{ code: 'issue/stray-image', hint: 'An address has %20 for each blank.' }])
})

test('has the place in YAML', async () => {
  const source = 'title: T\nweek: 2024-W11\nintro: |\n  Hello.\n\n  A **b\n'
  expect(await listProblems(source, 'issues/test.yaml')).toEqual(['issue/stray-markup 6:5 **'])
})

test.each([
  '2 ** 3 and 2**3 and x**2 and a ** b',
  '`**never closed` and `__init__` and `[a](b c)`',
  '```\n**never [a](b c) [u][nope]\n```',
  'The matrix A[i][j], and a[0][1].',
  'As shown [1][2], and [3].',
  '$a_{**} [x](y z)$ and $[a][b]$',
  '\\[a](b c) and \\*\\*kept and [u]\\[nope] and \\~~x',
  'src/**/*.ts and **/*.md',
  'https://e.com/a**b__c~~d and <https://e.com/**x>',
  '[a](https://e.com/**b)',
  'f*** you, s**t, **** and ____ to fill in',
  'Name: __________',
  '**a** __b__ ~~c~~ ***d*** **`e`** and **f**g',
  'a (**) b ** c',
  '[a]\n\n[a]: https://e.com',
  '[a][b] and [b][]\n\n[b]: https://e.com',
  '- [ ] open\n- [x] done',
  'a_b__c snake__case',
  '![a](<pictures/a b.png>)',
  'text <!-- **note [a](b c) --> text',
  '[x] (see below)',
])('leaves alone: %s', async (body) => {
  expect(await listBodyProblems(body)).toEqual([])
})

test.each([
  ['[](', 1300],
  ['[a](b c', 1200],
  ['**a ', 1900],
  ['[a][b] ', 1900],
])('comes to an end with many %s', async (text, count) => {
  await parseIssue(FRONT + text.repeat(count) + 'x'.repeat(100_000), 'issues/test.md', OPTIONS)
})
