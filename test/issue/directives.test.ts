import { expect, test } from 'vitest'
import { FRONT, listBodyProblems, readBody, readSound, spellIntro } from './read.ts'

test.each([
  ['an unknown block', '::promp{name="ebook"}\n', 'issue/unknown-block 5:3 promp'],
  ['an unknown attribute', '::toc{dept="1"}\n', 'issue/unknown-attribute 5:7 dept'],
  ['a name of a block that is not shared', '::toc{name="x"}\n', 'issue/unknown-attribute 5:7 name'],
  ['an attribute given twice', '::toc{depth=1 depth=2}\n', 'issue/duplicate-attribute 5:15 depth'],
  ['an attribute called like a key of YAML', '::toc{type="note"}\n', 'issue/unknown-attribute 5:7 type'],
  ['__proto__ as an attribute', '::toc{__proto__="x"}\n', 'issue/unknown-attribute 5:7 __proto__'],
  ['constructor as an attribute', '::toc{constructor=x}\n', 'issue/unknown-attribute 5:7 constructor'],
  ['constructor as a shared block', '::promo{name=constructor}\n', 'issue/unknown-shared-block 5:14 constructor'],
  ['a missing attribute', '::promo{title="T"}\n', 'issue/missing-attribute 5:3 promo'],
  ['a wrong attribute', ':::note{tone="loud"}\nText.\n:::\n', 'issue/wrong-attribute 5:15 loud'],
  ['a number out of range', '::toc{depth="3"}\n', 'issue/wrong-attribute 5:14 3'],
  [
    'a forbidden link in an attribute',
    '::promo{title="T" url="javascript:alert(1)"}\n',
    'issue/forbidden-link 5:24 javascript:alert(1)',
  ],
  [
    'a forbidden link behind a reference',
    '::promo{title="T" url="javascript&#58;alert(1)"}\n',
    'issue/forbidden-link 5:24 javascript&#58;alert(1)',
  ],
  [
    'a slot in an attribute',
    '::toc{title="For {{ subscriber.name }}"}\n',
    'issue/slot-not-allowed 5:18 {{ subscriber.name }}',
  ],
  ['an unknown shared block', '::promo{name="ebok"}\n', 'issue/unknown-shared-block 5:15 ebok'],
  ['a shared block of another type', ':::mentoring{name="ebook"}\n:::\n', 'issue/shared-block-type 5:20 ebook'],
  ['text in a block that has none', ':::toc\nText.\n:::\n', 'issue/unexpected-text 5:4 toc'],
  ['one word in typographic quotes', '::toc{title=“x”}\n', 'issue/malformed-block 5:13 “x”'],
  ['a label', '::toc[Contents]\n', 'issue/block-label 5:6 [Contents]'],
  ['an unclosed container', ':::note\nText.\n', 'issue/unclosed-block 5:1 :::note'],
  [
    'an unclosed container before a section',
    ':::note{title="N"}\nText.\n\n## A\n',
    'issue/unclosed-block 5:1 :::note{title="N"}',
  ],
  ['a heading in a container', ':::note\nText.\n\n## A\n\nText.\n:::\n', 'issue/heading-in-block 5:1 :::note'],
  ['closing colons without a block', 'Text.\n\n:::\n', 'issue/stray-fence 7:1 :::'],
  ['a block in a list', '- a\n\n  ::toc\n', 'issue/misplaced-block 7:3 ::toc'],
  ['a block in a quote', '> ::toc\n', 'issue/misplaced-block 5:3 ::toc'],
  ['a block in a block', '::::note\n:::note\nText.\n:::\n::::\n', 'issue/misplaced-block 6:1 :::note'],
])('points at %s', async (_name, body, expected) => {
  expect((await listBodyProblems(body))[0]).toContain(expected)
})

test.each([
  ['a blank before the brace', '::toc {depth=1}', 'a blank stands between the name and {'],
  ['a blank behind the colons', '::: note', 'a blank stands between the colons and the name'],
  ['a brace that stays open', '::toc{depth=1', 'the { is not closed on this line'],
  ['text behind it', '::toc and more', 'only {…} may follow the name'],
  ['text behind the brace', '::toc{depth=1} more', 'text follows the closing }'],
  ['typographic quotes', '::toc{title=“x y”}', 'values need straight quotes, "…"'],
  ['a quote that stays open', '::toc{title="x}', 'a quote is not closed'],
  ['no name', '::{x=1}', 'no name follows the colons'],
])('says what is wrong with a block that has %s', async (_name, line, reason) => {
  const { diagnostics } = await readBody(`Text.\n${line}\n`)
  expect(diagnostics).toMatchObject([{ code: 'issue/malformed-block', range: { start: { line: 6, column: 1 } } }])
  expect(diagnostics[0]?.message).toContain(reason)
})

test('suggests the block that was meant', async () => {
  const { diagnostics } = await readBody('::promp{name="ebook"}\n')
  expect(diagnostics[0]?.message).toBe('No block is named "promp". Did you mean "promo"?')
  expect(diagnostics[0]?.hint).toBe('Blocks are toc, promo, mentoring, note and meta; see docs/blocks.md.')
})

test('tells of one unclosed block once, and reads on behind its heading', async () => {
  const body = ':::note\nText.\n\n## A\n\n:::promo{name="ebook"}\nText.\n:::\n\n### B\n\n[x](javascript:y)\n'
  expect(await listBodyProblems(body)).toEqual([
    'issue/heading-in-block 5:1 :::note',
    'issue/forbidden-link 16:5 javascript:y',
  ])
})

test('keeps text directives and times as prose', async () => {
  expect(await spellIntro('At 10:30, arXiv:cs.CL and :smile: and a::b.\n')).toBe(
    'At 10:30, arXiv:cs.CL and :smile: and a::b.',
  )
})

test('keeps colons with a backslash, and colons in headings and tables', async () => {
  expect(await spellIntro('\\::toc is a block.\n')).toBe('::toc is a block.')
  const issue = await readSound(`${FRONT}| ::a | b |\n|-|-|\n| ::c | d |\n\n## ::x\n`)
  expect(issue.sections[0]?.titleText).toBe('::x')
})

test('decodes references in attributes', async () => {
  const issue = await readSound(`${FRONT}::toc{title="A &quot;B&quot; &amp; C"}\n`)
  expect(issue.opening).toMatchObject([{ props: { title: 'A "B" & C' } }])
})

test('a name for a block that cannot be shared is told in words of its own', async () => {
  const { diagnostics } = await readBody('::toc{name="x"}\n')
  expect(diagnostics[0]?.message).toBe('"toc" cannot be shared, so it takes no block of the configuration by name.')
})
