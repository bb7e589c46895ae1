import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Range } from '../../src/base/index.ts'
import { LineIndex } from '../../src/base/index.ts'
import { loadIssue, parseIssue } from '../../src/issue/index.ts'
import { OPTIONS } from './blocks.ts'
import { FRONT } from './read.ts'

interface PlacedText {
  readonly value: string
  readonly range: Range
}

function collect(value: unknown, out: { texts: PlacedText[]; ranges: Range[] } = { texts: [], ranges: [] }) {
  if (Array.isArray(value)) for (const item of value) collect(item, out)
  else if (typeof value === 'object' && value !== null) {
    if ('range' in value) out.ranges.push(value.range as Range)
    if ('type' in value && value.type === 'text') out.texts.push(value as unknown as PlacedText)
    for (const item of Object.values(value)) collect(item, out)
  }
  return out
}

/** Words and punctuation, with containers, blocks and line ends between them; a fixed seed, so that a failure repeats. */
function makeBody(seed: number): string {
  let state = seed
  const pick = <T>(list: readonly T[]): T => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return list[state % list.length] as T
  }
  const words = ['word', 'Ünïcode', '数式', 'العربية', '😀', 'a.b', '5%', '(x)', 'x;']
  const text = (): string => Array.from({ length: 1 + (state % 5) }, () => pick(words)).join(' ')
  const spans = [
    text,
    () => `**${text()}**`,
    () => `*${text()}*`,
    () => `[${text()}](https://e.example)`,
    () => `\`${text()}\``,
    () => '{{ subscriber.name }}',
    () => `$x_{${text()}}$`,
    () => `"${text()}"`,
  ]
  const line = (): string => Array.from({ length: 3 }, () => pick(spans)()).join(' ')
  const flow = [
    () => `${line()}\n${line()}`,
    () => `> ${line()}\n> ${line()}`,
    () => `- ${line()}\n\n  ${line()}\n- ${line()}`,
    () => `\t${text()}`,
    () => `| ${text()} | ${line()} |\n|-|-|\n| ${line()} | ${text()} |`,
    () => `:::note{title="N"}\n${line()}\n:::`,
    () => `#### ${line()}`,
    () => `## ${text()}\n\n### ${line()}`,
  ]
  return Array.from({ length: 12 }, () => pick(flow)()).join(pick(['\n\n', '\r\n\r\n']))
}

test.each(Array.from({ length: 60 }, (_, seed) => seed))(
  'the place of a plain text holds the text (seed %i)',
  async (seed) => {
    const source = FRONT + makeBody(seed * 7919 + 1)
    const { issue, diagnostics } = await parseIssue(source, 'issues/test.md', OPTIONS)
    expect(diagnostics).toEqual([])
    const { texts, ranges } = collect([issue?.opening, issue?.sections, issue?.closing])
    expect(texts.length).toBeGreaterThan(10)
    for (const { value, range } of texts) {
      const written = source.slice(range.start.offset, range.end.offset)
      // Containers put their marks before a further line; quotes are set.
      const shown = written
        .replaceAll(/\r\n?|\n/g, '\n')
        .replaceAll(/\n(?:> ?| {2})?/g, '\n')
        .replaceAll(/["“”]/g, '"')
      expect(shown).toContain(value.replaceAll(/["“”]/g, '"').trim())
    }
    const lines = new LineIndex(source)
    for (const { start, end } of ranges) {
      expect(start.offset).toBeLessThanOrEqual(end.offset)
      expect([start, end]).toEqual([lines.position(start.offset), lines.position(end.offset)])
    }
  },
)

test('texts of YAML have their places through literals, plain and quoted scalars', async () => {
  const source = `title: T
week: 2024-W11
intro: |
  First *line*

    indented after it
  and {{ nope }}
sections:
  - title: Plain title
    intro: 'quoted words'
    entries:
    - title: "double quoted"
      body: >
        folded
        words
`
  const {
    issue,
    diagnostics,
    source: text,
  } = await parseIssue(source.replace('nope', 'webUrl'), 'issues/test.yaml', OPTIONS)
  expect(diagnostics).toEqual([])
  const slices = collect([issue?.opening, issue?.sections]).texts.map(({ range }) =>
    text.slice(range.start.offset, range.end.offset),
  )
  expect(slices).toEqual([
    'First ',
    'line',
    'indented after it\n  and ',
    'Plain title',
    'quoted words',
    'double quoted',
    '>\n        folded\n        words\n',
  ])
  const wrong = await parseIssue(source, 'issues/test.yaml', OPTIONS)
  expect(wrong.diagnostics[0]?.range?.start).toMatchObject({ line: 7, column: 10 })
})

test('every shipped issue loads without a problem', async () => {
  const { findIssues } = await import('../../src/issue/index.ts')
  const root = new URL('../..', import.meta.url).pathname.replace(/\/$/, '')
  const { builtIn } = await import('../../emails/blocks/index.ts').then((blocks) => ({
    builtIn: Object.values(blocks),
  }))
  const blocks = builtIn.flat().filter((block) => typeof block === 'object' && block !== null && 'attributes' in block)
  const shared = { ebook: { type: 'promo', title: 'T', url: 'https://example.com', body: 'B' } }
  const options = { root, blocks: blocks as never, shared, language: 'en' }
  const results = await Promise.all(findIssues(root).map(async (file) => await loadIssue(file, options)))
  expect(results.length).toBeGreaterThan(4)
  expect(results.flatMap(({ diagnostics }) => diagnostics)).toEqual([])
  for (const { source, file } of results) expect(source).toBe(readFileSync(`${root}/${file}`, 'utf8'))
})

test.each([
  ['issues/test.json', String.raw`{"title":"T","week":"2024-W11","intro":"A \"b\"\n\n\u00e9\ud83d\ude00 **c"}`],
  [
    'issues/test.yaml',
    String.raw`title: T
week: 2024-W11
intro: "A \"b\"\n\n\x41\u00e9\U0001F600 **c"`,
  ],
  ['issues/test.yaml', "title: T\nweek: 2024-W11\nintro: 'it''s **c'"],
])('a place in a text with escapes is exact: %s', async (file, source) => {
  const { diagnostics } = await parseIssue(source, file, OPTIONS)
  expect(diagnostics.map(({ code, range }) => [code, range?.start.offset, range?.end.offset])).toEqual([
    ['issue/stray-markup', source.indexOf('**c'), source.indexOf('**c') + 2],
  ])
})

test('a place in a text that goes on over lines of YAML is that of the whole', async () => {
  const source = 'title: T\nweek: 2024-W11\nintro: "A\n  \\"b\\" **c"'
  const { diagnostics } = await parseIssue(source, 'issues/test.yaml', OPTIONS)
  expect(diagnostics[0]?.range?.start.offset).toBe(source.indexOf('"A'))
})
