import { describe, expect, test } from 'vitest'
import type { Block } from '../../../src/issue/index.ts'
import { findIn, findInIssue, makeEntry, makeIssue, makeRange, makeSection, prose, rangeOf, text } from '../make.ts'

describe('entry-duplicate', () => {
  const find = (...entries: Parameters<typeof makeSection>[1]) =>
    findInIssue('entry-duplicate', { sections: [makeSection('s', entries)] })

  test('warns at the later of two entries with one paper', () => {
    const found = find(
      makeEntry('a', { url: 'https://arxiv.org/abs/2403.05530v1', number: '1.1', titleText: 'Gemini' }, 3),
      makeEntry('b', { url: 'https://arxiv.org/pdf/2403.05530', number: '1.2' }, 9),
    )
    expect(found).toMatchObject([
      {
        severity: 'warning',
        range: { start: { line: 9 } },
        message: 'This entry repeats 1.1 "Gemini": both lead to "arxiv.org/abs/2403.05530".',
      },
    ])
  })

  test('compares what is known of a work with links', () => {
    expect(
      find(
        makeEntry('a', { meta: { arxiv: '2403.05530v2' } }),
        makeEntry('b', { url: 'https://arxiv.org/abs/2403.05530' }),
      ),
    ).toHaveLength(1)
    expect(
      find(makeEntry('a', { meta: { doi: '10.1/X' } }), makeEntry('b', { url: 'https://doi.org/10.1/x' })),
    ).toHaveLength(1)
  })

  test('compares titles by their letters', () => {
    const found = find(
      makeEntry('a', { titleText: 'Attention is all you need' }),
      makeEntry('b', { titleText: 'Attention Is All You Need!' }),
    )
    expect(found).toMatchObject([{ message: expect.stringContaining('their titles are equal') }])
  })

  test('tells works on one host apart', () => {
    expect(
      find(makeEntry('a', { url: 'https://x.example/1' }), makeEntry('b', { url: 'https://x.example/2' })),
    ).toEqual([])
    expect(find(makeEntry('a', { titleText: '!' }), makeEntry('b', { titleText: '?' }))).toEqual([])
  })
})

describe('section-empty', () => {
  test('is an error for a section with nothing in it', () => {
    expect(findInIssue('section-empty', { sections: [makeSection('Datasets', [])] })).toMatchObject([
      { severity: 'error' },
    ])
  })

  test('accepts text alone, a block alone and entries alone', () => {
    const block: Block = { type: 'block', block: 'promo', props: {}, body: [], actions: [], range: makeRange() }
    const sections = [
      makeSection('a', [], { intro: [prose([text('Jobs')])] }),
      makeSection('b', [], { intro: [block] }),
      makeSection('c', [makeEntry('e')]),
    ]
    expect(findInIssue('section-empty', { sections })).toEqual([])
  })
})

describe('preheader-missing', () => {
  const find = (preheader: string | undefined, over: Parameters<typeof makeIssue>[0] = {}) => {
    const { preheader: _, ...issue } = makeIssue(over)
    return findInIssue(
      'preheader-missing',
      preheader === undefined ? { ...issue, preheader: [] } : { ...issue, preheader: [text(preheader)] },
    )
  }

  test('warns without one, at the title', () => {
    expect(find(undefined, { places: { title: makeRange(2) } })).toMatchObject([
      { severity: 'warning', range: { start: { line: 2 } } },
    ])
    expect(find('  ')).toHaveLength(1)
  })

  test('warns of one that repeats the subject or the first words', () => {
    expect(find('Five papers, on long context: a summary')).toMatchObject([
      { message: 'The preheader repeats the subject.' },
    ])
    const opening = [prose([text('This week Gemini recalls details across ten million tokens of context.')])]
    expect(find('This week, Gemini recalls details across…', { opening })).toMatchObject([
      { message: expect.stringContaining('first words') },
    ])
    expect(find('論文五本を紹介します', { subject: [text('論文五本を紹介します。')] })).toHaveLength(1)
  })

  test('accepts one that begins alike and goes on', () => {
    expect(find('Five papers and a job offer')).toEqual([])
    expect(find('Words that nobody repeats', { opening: [prose([text('Words.')])] })).toEqual([])
    expect(find('一週間の論文、五つの分野', { subject: [text('一週間の論文：盗まれた層')] })).toEqual([])
  })

  test('counts characters, not code units', () => {
    expect(find('😀'.repeat(150))).toEqual([])
    expect(find('x'.repeat(151))).toMatchObject([{ message: expect.stringContaining('151 characters') }])
  })
})

describe('link-shortener', () => {
  test('warns of exact hosts only', () => {
    const html = ['bit.ly', 'www.tinyurl.com', 'BIT.LY', 'notbit.ly', 'bit.ly.example.com', 'youtu.be']
      .map((host, index) => `<a href="https://${host}/${index}">x</a>`)
      .join('')
    expect(findIn('link-shortener', html).map((finding) => finding.excerpt)).toEqual([
      '<a href="https://bit.ly/0">',
      '<a href="https://www.tinyurl.com/1">',
      '<a href="https://BIT.LY/2">',
    ])
  })

  test('accepts the hosts of its option', () => {
    const config = { 'link-shortener': { allow: ['AMZN.to'] } }
    expect(findIn('link-shortener', '<a href="https://amzn.to/1">x</a>', { config })).toEqual([])
  })
})

describe('latex-residue', () => {
  const find = (value: string, source?: string) => {
    const node = { ...text(value), ...(source === undefined ? {} : { range: rangeOf(source, value) }) }
    return findInIssue('latex-residue', { opening: [prose([node])] }, source)
  }

  test.for([
    'with \\textbf{bold}',
    'a \\rightarrow b',
    'unknown \\foo{x}',
    'escaped \\(x\\)',
    'from 5.9% %rightarrow 10.9%',
    'mathbb{R}',
    'x^{2}',
    'h_{t-1}',
    'left $x^2 alone',
    'left \\pi$ alone',
    'dash x2013 dash',
    'dash &#x2013; dash',
    'AT&amp;T',
  ])('warns of %s', (value) => {
    expect(find(value)).toMatchObject([{ severity: 'warning' }])
  })

  test.for([
    'costs $20, or $5 to $6',
    'Use $HOME, ${HOME} and $PATH, buy $AAPL at US$3',
    'C:\\temp\\text and \\\\server\\share',
    'a snake_case_name, 2^10, x_1, e^x',
    'AT&T, R&D; and Q&A',
    'max x2013b, hex 0x2013',
    '5% right, 100%left',
    'footnote* and {braces} and [1]',
    '¯\\_(ツ)_/¯',
    'textbook{ish}',
  ])('accepts %s', (value) => {
    expect(find(value)).toEqual([])
  })

  test('gives the exact place where the file holds the text as it reads', () => {
    const source = 'one\n\nFirst line\n  with \\frac in it\nend'
    expect(find('First line\nwith \\frac in it', source.replace('\n  with', '\nwith'))[0]?.range).toMatchObject({
      start: { line: 4, column: 6 },
      end: { line: 4, column: 11 },
    })
  })

  test('reports a line once, with all of its marks', () => {
    const [finding, ...rest] = find('\\alpha \\beta \\gamma \\delta\nfine')
    expect(rest).toEqual([])
    expect(finding?.message).toContain('"\\alpha", "\\beta" and "\\gamma" and 1 more')
  })

  test('comes to an end with twenty thousand openings', () => {
    for (const piece of ['$', '\\', '{', '^{', '&', '$\\', 'x_{', '\\a', '$^{}']) find(piece.repeat(20_000))
  })
})
