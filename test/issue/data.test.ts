import { expect, test } from 'vitest'
import { listProblems } from './read.ts'

const HEAD = 'title: T\nweek: 2024-W11\n'

test.each([
  ['an unknown key', `${HEAD}section: []\n`, 'issue/unknown-key 3:1 section'],
  [
    'an unknown key of an entry',
    `${HEAD}sections:\n- title: A\n  entries:\n  - title: B\n    boddy: x\n`,
    'issue/unknown-key 7:5 boddy',
  ],
  ['an entry without a title', `${HEAD}sections:\n- title: A\n  entries:\n  - body: x\n`, 'issue/missing-key 6:5 body'],
  ['a section that is a text', `${HEAD}sections:\n- A\n`, 'issue/wrong-value 4:3 A'],
  ['sections that are no list', `${HEAD}sections: A\n`, 'issue/wrong-value 3:11 A'],
  [
    'a body that is a number',
    `${HEAD}sections:\n- title: A\n  entries: [{ title: B, body: 5 }]\n`,
    'issue/wrong-value 5:31 5',
  ],
  [
    'an arXiv number without quotes',
    `${HEAD}sections:\n- title: A\n  entries: [{ title: B, arxiv: 2403.05530 }]\n`,
    'issue/wrong-value 5:32 2403.05530',
  ],
  [
    'a forbidden address',
    `${HEAD}sections:\n- title: A\n  entries: [{ title: B, url: "javascript:x" }]\n`,
    'issue/forbidden-link 5:30 "javascript:x"',
  ],
  ['a forbidden link in a literal', `${HEAD}intro: |\n  Some\n  [x](data:x)\n`, 'issue/forbidden-link 5:7 data:x'],
  ['an unknown block', `${HEAD}blocks: [{ type: promp }]\n`, 'issue/unknown-block 3:18 promp'],
  ['a block without a type', `${HEAD}blocks: [{ title: x }]\n`, 'issue/missing-block-type 3:12 title'],
  ['an unknown attribute', `${HEAD}blocks: [{ type: toc, dept: 1 }]\n`, 'issue/unknown-attribute 3:23 dept'],
  ['a block that is a number', `${HEAD}blocks: [5]\n`, 'issue/wrong-value 3:10 5'],
  ['blocks that are no list', `${HEAD}blocks: toc\n`, 'issue/wrong-value 3:9 toc'],
  [
    'buttons of a block that has none',
    `${HEAD}blocks: [{ type: note, body: x, actions: [] }]\n`,
    'issue/unexpected-actions 3:33 actions',
  ],
  [
    'a button without a label',
    `${HEAD}blocks: [{ type: mentoring, title: x, actions: [{ url: "https://e.example" }] }]\n`,
    'issue/wrong-value 3:49 { url: "https://e.example" }',
  ],
  [
    'a button that leads nowhere good',
    `${HEAD}blocks: [{ type: mentoring, title: x, actions: [{ label: a, url: "file:///x" }] }]\n`,
    'issue/forbidden-link 3:66 "file:///x"',
  ],
  ['a title on two lines', `${HEAD}sections:\n- title: |\n    A\n    B\n`, 'issue/not-one-line 4:10 |'],
  ['a tab', `${HEAD}allow:\n\tx: y\n`, 'issue/yaml-tab 4:1'],
  ['a quote that is not closed', `${HEAD}subject: "x\n`, 'issue/yaml-syntax 3:10 "x'],
  ['a colon in a plain value', `title: a: b\nweek: 2024-W11\n`, 'issue/yaml-syntax 1:8'],
  ['a bomb of aliases', `a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n`, 'issue/yaml-alias 2:8 *a'],
  ['a second document', `${HEAD}---\ntitle: U\n`, 'issue/yaml-syntax 3:1 ---'],
  ['__proto__', `${HEAD}__proto__: { a: 1 }\n`, 'issue/unknown-key 3:1 __proto__'],
  ['a list', '- a\n', 'issue/wrong-value 1:1 - a'],
])('points at %s in YAML', async (_name, source, expected) => {
  expect((await listProblems(source, 'issues/test.yaml'))[0]).toContain(expected)
})

test.each([
  ['a comma before the end', '{"title":"T",\n"week":"2024-W11",}', 'issue/json-syntax 2:19 }'],
  ['a comment', '{\n// x\n}', 'issue/json-syntax 2:1 /'],
  ['single quotes', "{'title': 1}", "issue/json-syntax 1:2 '"],
  ['a key without quotes', '{title: 1}', 'issue/json-syntax 1:2 t'],
  ['a text over two lines', '{"title": "a\nb"}', 'issue/json-syntax 1:13'],
  ['an end in the middle', '{"title": ', 'issue/json-syntax 1:11'],
  ['something behind the end', '{} x', 'issue/json-syntax 1:4 x'],
  ['a number that is none', '{"number": 01}', 'issue/json-syntax 1:12 0'],
  ['an escape that is none', '{"title": "\\x"}', 'issue/json-syntax 1:12 \\'],
  ['a key given twice', '{"title":"T",\n"title":"U","week":"2024-W11"}', 'issue/duplicate-key 2:1 "title"'],
  ['an unknown key', '{"title":"T","week":"2024-W11","x":1}', 'issue/unknown-key 1:32 "x"'],
  ['__proto__', '{"title":"T","week":"2024-W11","__proto__":{"draft":true}}', 'issue/unknown-key 1:32 "__proto__"'],
  [
    'a problem in a text without escapes',
    '{"title":"T","week":"2024-W11","intro":"a [b](x:y)"}',
    'issue/forbidden-link 1:47 x:y',
  ],
])('points at %s in JSON', async (_name, source, expected) => {
  expect((await listProblems(source, 'issues/test.json'))[0]).toBe(expected)
})

test('tells an arXiv number without quotes how to write it', async () => {
  const { parseIssue } = await import('../../src/issue/index.ts')
  const { OPTIONS } = await import('./blocks.ts')
  const source = `${HEAD}sections:\n- title: A\n  entries: [{ title: B, arxiv: 2403.05530 }]\n`
  const { diagnostics } = await parseIssue(source, 'issues/test.yaml', OPTIONS)
  expect(diagnostics).toMatchObject([{ hint: 'For example: arxiv: "2403.05530"' }])
})
