import { expect, test } from 'vitest'
import { toPlain } from '../../src/issue/index.ts'
import { listBodyProblems, readIntro, readSound, spellIntro } from './read.ts'

test.each([
  [
    'slots with and without fallback',
    'Hi {{ subscriber.name | default: "*you* | }}" }} {{unsubscribeUrl}}',
    'Hi {{subscriber.name|*you* | }}}} {{unsubscribeUrl}}',
  ],
  ['slots of own columns', '{{ subscriber.fields.first_name }}', '{{subscriber.fields.first_name}}'],
  ['slots in code as they are', '`{{ nonsense }}` \\{{ x', '`{{ nonsense }}` {{ x'],
  ['spans', '**a** *b* ~~c~~ `d`', '<strong>a</strong> <emphasis>b</emphasis> <delete>c</delete> `d`'],
  ['one tilde as a sign', 'about ~5 to ~6', 'about ~5 to ~6'],
  [
    'links of all kinds',
    '[a](https://a.example "T") <x@example.com> https://b.example/a--b [c][r]\n\n[r]: #s-x',
    '[a](https://a.example) [x@example.com](mailto:x@example.com) [https://b.example/a--b](https://b.example/a--b) [c](#s-x)',
  ],
  ['hard breaks', 'a\\\nb', 'a⏎b'],
  ['line ends as line feeds', 'a\r\nb', 'a\nb'],
  ['no comments', 'a <!-- b --> c<!-- d -->', 'a  c'],
])('reads %s', async (_name, body, expected) => {
  expect(await spellIntro(body)).toBe(expected)
})

test.each([
  ['prices', 'It costs $5 and $6, or US$ 7 at $HOME.', 'It costs $5 and $6, or US$ 7 at $HOME.'],
  ['a formula before emphasis', '$x_1*y$ and $a*b$', 'x<sub>1</sub>*y and a*b'],
  ['single letters', 'for $n$ and $2k$ of $O(n)$', 'for n and 2k of O(n)'],
  ['percentages', '$5.9\\% \\rightarrow 10.9\\%$', '5.9% → 10.9%'],
  ['parentheses', '\\(R^2 = 0.87\\)', 'R<sup>2</sup> = 0.87'],
  ['commands in prose', 'SOTOPIA-\\pi, 5--6\\,\\% \\& more', 'SOTOPIA-π, 5–6\u{202F}% & more'],
  ['fractions and roots', '$\\frac{a+b}{2} \\le \\sqrt{ab}$ \\frac{1}{2}', '(a+b)/2 ≤ √ab 1/2'],
  ['scripts of scripts', '$e^{x_i}$', 'e<sup>x<sub>i</sub></sup>'],
  ['faces and accents', '$\\mathbb{R}^d \\hat{y}_i \\text{if } x$', 'ℝ<sup>d</sup> ŷ<sub>i</sub> if x'],
  ['functions', '$H = -\\sum p_i \\log_2 p_i$', 'H = −∑ p<sub>i</sub> log<sub>2</sub> p<sub>i</sub>'],
  ['nothing in code', '`$x^2$ \\alpha --`', '`$x^2$ \\alpha --`'],
  ['nothing in addresses', '[a](https://a.example/$x_1$--b)', '[a](https://a.example/$x_1$--b)'],
])('reads LaTeX: %s', async (_name, body, expected) => {
  expect(await spellIntro(body)).toBe(expected)
})

test.each([
  ['en', `"a" 'b' it's "*c*" '90s 24" ("d")`, '“a” ‘b’ it’s “<emphasis>c</emphasis>” ’90s 24" (“d”)'],
  ['de', `"a" 'b' geht's`, '„a“ ‚b‘ geht’s'],
  ['fr', `"a" l'b`, '«\u{202F}a\u{202F}» l’b'],
  ['ja', `「a」 "b" it's`, `「a」 "b" it's`],
  ['xx', `"a" it's`, `"a" it's`],
  ['en', "``a'' and ``b c''", '“a” and “b c”'],
  ['en', "``a`` 'b`", '`a` ‘b`'],
  ['en', 'a -- b --- c, a---b, --force ---- x', 'a – b — c, a—b, --force ---- x'],
])('sets marks of %s: %s', async (language, body, expected) => {
  expect(await spellIntro(body, `---\ntitle: T\nweek: 2024-W11\nlanguage: ${language}\n---\n`)).toBe(expected)
})

test('gives plain text with raised characters where all have one', async () => {
  const paragraph = (await readIntro('$x^2$ $a_i$ $x^{n+1}$ $y_{bq}$ [b](https://b.example)'))[0]
  expect(paragraph?.type === 'paragraph' && toPlain(paragraph.children)).toBe('x² aᵢ xⁿ⁺¹ y_(bq) b')
})

test('numbers footnotes through the issue and puts them where they are first referred to', async () => {
  const issue = await readSound(
    '---\ntitle: T\nweek: 2024-W11\n---\nA[^b].\n\n## S\n\n### E\n\nC[^a] and [^b].\n\n[^a]: Note a[^c].\n[^b]: Note b.\n[^c]: Note c.\n',
  )
  expect(issue.opening).toMatchObject([{ children: [{}, { type: 'footnotes', items: [{ number: 1, id: 'fn-1' }] }] }])
  expect(issue.sections[0]?.entries[0]?.body.at(-1)).toMatchObject({
    type: 'footnotes',
    items: [{ number: 2 }, { number: 3 }],
  })
})

test('reads lists, tasks, tables, code and quotes', async () => {
  const flow = await readIntro(
    '3. a\n4. b\n\n- [x] c\n- [ ] d\n\n| a | b |\n|:-|-:|\n| 1 |\n\n```js x\nlet a\n```\n\n> q\n',
  )
  expect(flow).toMatchObject([
    { type: 'list', ordered: true, start: 3, items: [{}, {}] },
    { type: 'list', ordered: false, items: [{ checked: true }, { checked: false }] },
    { type: 'table', align: ['left', 'right'], header: [{}, {}], rows: [[{}, { children: [] }]] },
    { type: 'code', language: 'js', value: 'let a' },
    { type: 'blockquote', children: [{ type: 'paragraph' }] },
  ])
})

test('removes what is unsafe from every text', async () => {
  expect(await spellIntro('a\u{202E}b\u{E000}c\u{7}d `e\u{9B}f` [g\u{2066}h](https://a.example "i\u{202D}j")')).toBe(
    'abcd `ef` [gh](https://a.example)',
  )
})

test.each([
  ['inline HTML', 'a <b>c</b>', ['issue/raw-html 5:3 <b>', 'issue/raw-html 5:7 </b>']],
  ['a block of HTML', '<div>\na\n</div>', ['issue/raw-html 5:1 <div>']],
  ['a script', '<script>alert(1)</script>', ['issue/raw-html 5:1 <script>alert(1)</script>']],
  ['an unknown slot', 'Hi {{ subscriber.nme }}', ['issue/unknown-slot 5:7 subscriber.nme']],
  ['a slot that is none', 'Hi {{ subscriber.name | upper }}', ['issue/invalid-slot 5:4 {{ subscriber.name | upper }}']],
  ['a slot that is not closed', 'Hi {{ subscriber.name', ['issue/invalid-slot 5:4 {{']],
  [
    'a slot with typographic quotes',
    '{{ subscriber.name | default: “x” }}',
    ['issue/invalid-slot 5:1 {{ subscriber.name | default: “x” }}'],
  ],
  ['a slot as an address', '[a]({{unsubscribeUrl}})', ['issue/slot-in-link 5:5 {{unsubscribeUrl}}']],
  [
    'unknown LaTeX',
    'a \\foo{b} and $\\bar x + \\unknwn$',
    ['issue/unknown-latex 5:3 \\foo', 'issue/unknown-latex 5:25 \\unknwn'],
  ],
  [
    'a slot with blanks as an address',
    'a [b]({{ unsubscribeUrl }}) c',
    ['issue/slot-in-link 5:7 {{ unsubscribeUrl }}'],
  ],
  ['a forbidden link', '[a](javascript:alert(1))', ['issue/forbidden-link 5:5 javascript:alert(1)']],
  [
    'a link with a hidden scheme',
    '[a](java&#115;cript:alert(1))',
    ['issue/forbidden-link 5:5 java&#115;cript:alert(1)'],
  ],
  ['a link in upper case', '[a](JaVaScRiPt:alert(1))', ['issue/forbidden-link 5:5 JaVaScRiPt:alert(1)']],
  ['a data link', '[a](data:text/html,x)', ['issue/forbidden-link 5:5 data:text/html,x']],
  ['a relative link', '[a](other.html)', ['issue/forbidden-link 5:5 other.html']],
  ['a link without an address', '[a]()', ['issue/forbidden-link 5:1 [a]()']],
  ['a forbidden link defined elsewhere', '[a][b]\n\n[b]: vbscript:x', ['issue/forbidden-link 7:6 vbscript:x']],
  [
    'a table of a few lines and too many cells',
    `${'|a'.repeat(100)}|\n${'|-'.repeat(100)}|${'\n|b|'.repeat(60)}`,
    [`issue/table-too-large 5:1 ${'|a'.repeat(100)}|`],
  ],
  ['a footnote without text', 'a[^x] b', ['issue/unknown-footnote 5:2 [^x]']],
])('points at %s', async (_name, body, expected) => {
  expect(await listBodyProblems(body)).toEqual(expected)
})

test('shows refused HTML as text, never as markup', async () => {
  expect(await spellIntro('a <img src=x onerror=alert(1)> b')).toBe('a <img src=x onerror=alert(1)> b')
})
