import { describe, expect, test } from 'vitest'
import { fillSlots, renderIssue } from '../../../src/render/index.ts'
import { measureCells } from '../../../src/render/text/wrap.ts'
import { makeOptions, makeSources, read, render } from '../make.ts'
import { RICH } from './rich.ts'

const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const MINI = `export default function Mini() { return <p>HTML is not looked at here</p> }`
const VALUES = {
  unsubscribeUrl: 'https://news.example.com/u',
  preferencesUrl: 'https://news.example.com/p',
  webUrl: 'https://news.example.com/w',
}

/** The text part of an issue for a reader without a name. */
async function textOf(markdown: string, over: Parameters<typeof render>[2] = {}): Promise<string> {
  const sources = makeSources({ 'emails/mine.tsx': MINI, 'issues/week-11/plot.gif': GIF })
  const { rendered, diagnostics } = await render(markdown, sources, { template: 'mine', ...over })
  expect(diagnostics).toEqual([])
  return fillSlots(rendered?.text ?? [], VALUES, 'text')
}

/** The text between masthead and footer. */
async function bodyOf(markdown: string): Promise<string> {
  const text = await textOf(markdown)
  const start = text.indexOf('\n\n', text.indexOf('=====')) + 2
  return text.slice(start, text.lastIndexOf(`\n\n${'-'.repeat(72)}\nLLM Papers Weekly`))
}

const longLines = (text: string) => text.split('\n').filter((line) => measureCells(line) > 72)

test('tells a rich issue in the words of test/golden/text/rich.txt', async () => {
  const text = await textOf(RICH, {
    newsletter: {
      name: 'LLM Papers Weekly',
      url: 'https://news.example.com',
      reason: 'You signed up.',
      postalAddress: '1 Example Street\n12345 Exampletown',
    },
  })
  await expect(text).toMatchFileSnapshot('../../golden/text/rich.txt')
  expect(longLines(text).filter((line) => !/https?:\/\/\S{60}|^ {4}.*a line of code/.test(line))).toEqual([])
  expect(text).not.toMatch(/[^\n\P{Cc}]|\p{Co}|\p{Cs}/u)
  expect(text.split('\n').filter((line) => line !== line.trimEnd())).toEqual([])
  expect(text).not.toMatch(/\n{3}/)
})

describe('paragraphs', () => {
  test('are wrapped at 72 cells, links noted beneath them', async () => {
    const body = await bodyOf(
      `${'word '.repeat(20)}[one](https://example.com/1), [two](https://example.com/2) and [one again](https://example.com/1).\n\nNext, with [three](https://example.com/3).\n`,
    )
    expect(longLines(body)).toEqual([])
    expect(body).toContain('one [1], two [2] and one again [1].')
    expect(body.replaceAll('\n', ' ')).toMatch(
      /three \[3\]\. {2}\[1\] https:\/\/example\.com\/1 \[2\] https:\/\/example\.com\/2 \[3\] https:\/\/example\.com\/3$/,
    )
  })

  test('have hard breaks, and words in their plain form', async () => {
    expect(await bodyOf('one\\\ntwo  \nthree **bold** *soft* ~~gone~~ `code *x*`\n')).toBe(
      'one\ntwo\nthree bold soft ~gone~ code *x*',
    )
  })

  test('do not number an address that stands for itself', async () => {
    expect(await bodyOf('<https://example.com/a> and <mailto:a@example.com> and [here](#top)\n')).not.toContain('[1]')
  })

  test('keep blanks that forbid a break', async () => {
    expect(await bodyOf(`${'x'.repeat(66)} 12\u{a0}000 b\n`)).toBe(`${'x'.repeat(66)}\n12\u{a0}000 b`)
  })
})

describe('notes', () => {
  test('stand below the section, entry or call-out whose text has the link', async () => {
    const body = await bodyOf(
      '## Sec [s](https://example.com/s)\n\nIntro [i](https://example.com/i).\n\n### One\n\nText [a](https://example.com/a).\n\n::promo{title="P" url="https://example.com/p"}\n\n### Two\n\nText [b](https://example.com/b).\n',
    )
    const order = [
      'Sec s [1]',
      '[1] https://example.com/s',
      'Intro i [2]',
      '[2] https://example.com/i',
      'a [3]',
      '[3] https://example.com/a',
      'https://example.com/p',
      'b [4]',
      '[4] https://example.com/b',
    ]
    let at = -1
    for (const piece of order) {
      const found = body.indexOf(piece, at + 1)
      expect(found, piece).toBeGreaterThan(at)
      at = found
    }
  })

  test('leave a long address unbroken', async () => {
    const url = `https://example.com/${'long/'.repeat(40)}?a=1`
    expect(await bodyOf(`A [link](${url}).\n`)).toBe(`A link [1].\n\n[1] ${url}`)
  })
})

describe('lists', () => {
  test('are nested under their texts', async () => {
    expect(await bodyOf('- one\n- two\n  - inner\n    1. deep\n    2. deeper\n- three\n')).toBe(
      '- one\n\n- two\n\n  - inner\n\n    1. deep\n    2. deeper\n\n- three',
    )
  })

  test('count on from their start, numbers right-aligned', async () => {
    expect(await bodyOf('9. nine\n10. ten\n')).toBe(' 9. nine\n10. ten')
    expect(await bodyOf('0. zero\n1. one\n')).toBe('0. zero\n1. one')
  })

  test('stand their further lines under the text', async () => {
    const body = await bodyOf(`1. ${'word '.repeat(20)}\n\n   second\n2. x\n`)
    expect(body.split('\n').filter((line) => line && !/^(?:1\. |2\. | {3}\S)/.test(line))).toEqual([])
    expect(longLines(body)).toEqual([])
  })

  test('say of a task whether it is done, within 72 cells', async () => {
    const body = await bodyOf(`- [x] ${'word '.repeat(30)}\n- [ ] ${'word '.repeat(30)}\n`)
    expect(body).toMatch(/^- \[Done\] word/)
    expect(body).toMatch(/\n- \[To do\] word/)
    expect(longLines(body)).toEqual([])
  })

  test('hold code, quotes and tables', async () => {
    expect(await bodyOf('- a\n\n  ```\n  x\n  ```\n- > q\n')).toBe('- a\n\n      x\n\n- > q')
    expect(await bodyOf('- ```\n  x\n  ```\n')).toContain('x')
  })
})

describe('tables', () => {
  test('that are narrow have columns, aligned as they ask', async () => {
    expect(await bodyOf('| a | num | mid |\n|:--|--:|:-:|\n| x | 1 | m |\n| yyy | 22 | 語 |\n')).toBe(
      'a    num  mid\n---  ---  ---\nx      1   m\nyyy   22  語',
    )
  })

  test('that are wide are told row by row', async () => {
    const body = await bodyOf(`| Name | What it says |\n|---|---|\n| A | ${'word '.repeat(20)}|\n| B | short |\n`)
    expect(body).toMatch(/^- Name: A\n {2}What it says: word/)
    expect(body).toMatch(/\n- Name: B\n {2}What it says: short$/)
    expect(longLines(body)).toEqual([])
  })

  test('keep their rows where cells are empty or missing', async () => {
    expect(await bodyOf('| a | b |\n|---|---|\n|  | x |\n| y |\n')).toBe('a  b\n-  -\n   x\ny')
  })
})

describe('other pieces', () => {
  test('code is indented, and never wrapped', async () => {
    const long = 'x = 1; '.repeat(20).trim()
    expect(await bodyOf(`\`\`\`py\n${long}\n\n  y\n\`\`\`\n`)).toBe(`    ${long}\n\n      y`)
  })

  test('quotes are marked on every line, nested ones twice', async () => {
    const body = await bodyOf(`> ${'word '.repeat(20)}\n>\n> > inner\n`)
    expect(body.split('\n').every((line) => line.startsWith('>'))).toBe(true)
    expect(body).toContain('\n>\n> > inner')
    expect(longLines(body)).toEqual([])
  })

  test('images are told by their text, decorations not at all', async () => {
    expect(await bodyOf('![A plot of *x*](week-11/plot.gif)\n\nIn line ![small](week-11/plot.gif) too.\n')).toBe(
      '[Image: A plot of x]\n\nIn line [Image: small] too.',
    )
    expect(await bodyOf('a\n\n![](week-11/plot.gif)\n\nb\n')).toBe('a\n\nb')
  })

  test('footnotes carry their number', async () => {
    const body = await bodyOf('Said[^a] twice[^b].\n\n[^a]: First.\n[^b]: Second, with\n    more.\n')
    expect(body).toBe('Said¹ twice².\n\n¹ First.\n\n² Second, with more.')
  })

  test('formulas and raised text are plain', async () => {
    expect(await bodyOf('$x^2$ and $a_i$\n')).toBe('x² and aᵢ')
  })
})

describe('blocks', () => {
  test('the table of contents has a row for each section, with its entries when asked', async () => {
    const sections = '## First of all\n\n### One\n\nx\n\n### Two\n\nx\n\n## Second\n\nx\n'
    const body = await bodyOf(`::toc\n\n${sections}`)
    expect(body).toMatch(/^In this issue\n1\. First of all \(2 entries\)\n2\. Second\n/)
    expect(await bodyOf(`::toc{depth=2}\n\n${sections}`)).toMatch(
      /\n1\. First of all \(2 entries\)\n {3}1\.1 One\n {3}1\.2 Two\n2\. Second\n/,
    )
  })

  test('a call-out is set off, with its links on lines of their own', async () => {
    const body = await bodyOf(
      ':::mentoring{title="Learn"}\nOne to one.\n\n- [Book](https://example.com/b)\n- [More](https://example.com/m)\n:::\n',
    )
    expect(body).toBe(
      '***\n\nLearn\n\nOne to one.\n\n> Book: https://example.com/b\n> More: https://example.com/m\n\n***',
    )
  })
})

test('sections and entries are numbered, long titles hang', async () => {
  const body = await bodyOf(`## Section\n\n### [${'Title '.repeat(20).trim()}](https://example.com/t)\n\nText.\n`)
  expect(body).toMatch(new RegExp(`^-{72}\n1\\. Section\n-{72}\n\n1\\.1 Title`))
  expect(body).toMatch(/\n {4}Title/)
  expect(body).toContain('\nhttps://example.com/t\n\nText.')
  expect(longLines(body)).toEqual([])
})

test('masthead and footer stay within 72 cells, whatever stands in them', async () => {
  const long = 'very '.repeat(30).trim()
  const text = await textOf(
    `---\ntitle: ${long}\nsubtitle: ${long}\nauthor: ${long}\nnumber: 12\nweek: 2024-W11\n---\n::toc{title="${long}"}\n\n## ${long}\n\nx\n`,
    {
      newsletter: { name: long, reason: long, postalAddress: `${long}\n${long}` },
    },
  )
  expect(longLines(text)).toEqual([])
  expect(text.endsWith('Unsubscribe: https://news.example.com/u\n')).toBe(true)
})

test('control characters of a newsletter’s own data do not reach the text', async () => {
  const text = await textOf('Hi.\n', {
    newsletter: { name: 'N\u{1b}[31m\u{7}', reason: 'R\u{0}\u{202e}', postalAddress: 'A\r\nB\u{9b}' },
  })
  expect(text).not.toMatch(/[^\n\P{Cc}]|\u{202e}/u)
})

test('an issue in Arabic and one in Japanese have their own words', async () => {
  for (const [language, unsubscribe] of [
    ['ar', 'إلغاء الاشتراك'],
    ['ja', '配信停止'],
  ] as const) {
    const sources = makeSources({ 'emails/mine.tsx': MINI })
    const issue = await read(`---\ntitle: T\nweek: 2024-W11\nlanguage: ${language}\n---\nx\n`, sources)
    const { rendered } = await renderIssue(issue, makeOptions(sources, { template: 'mine' }))
    expect(fillSlots(rendered?.text ?? [], VALUES, 'text')).toContain(unsubscribe)
  }
})
