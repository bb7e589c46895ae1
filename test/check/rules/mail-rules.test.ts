import { describe, expect, test } from 'vitest'
import { runChecks } from '../../../src/check/index.ts'
import { findIn, makeEntry, makeIssue, makeRange, makeRendered, makeSection, NEWSLETTER, prose, text } from '../make.ts'

describe('conditional-comment', () => {
  test.for([
    ['<!--[if mso]><p>a</p><![endif]-->'],
    ['<!--[if !mso]><!--><p>a</p><!--<![endif]-->'],
    ['<!--[if !mso]>--><p>a</p><!--<![endif]-->'],
    ['<!--[if !mso]><!--><p>a</p><!-- <![endif]-->'],
    ['<![if !mso]><p>a</p><![endif]>'],
    ['<!--[if (gte mso 9)|(IE)]>a<![endif]--><!-- a --><!--[if mso]>b<![endif]-->'],
    ['<!--[if !mso]><!-->a<!--[if mso]>b<![endif]-->c<!--<![endif]-->'],
    ['<!-- an ordinary comment about [endif] -->'],
  ])('accepts %s', ([html]) => {
    expect(findIn('conditional-comment', html ?? '')).toEqual([])
  })

  test.for([
    ['<!--[if mso]><p>a</p>', 'never closed'],
    ['<!--[if mso]>a<![endif]>', 'it takes'],
    ['<!--[if mso]>a<!--<![endif]-->', 'it takes'],
    ['<!--[if !mso]><!-->a<![endif]-->', 'it takes'],
    ['<!--[if mso]>a<!--[if mso]>b<![endif]-->', 'before the next begins'],
    ['<!--[if mso]>a<!-- note -->b<![endif]-->', 'ends early'],
    ['a<![endif]-->', 'was not opened'],
    ['<!-- [if mso]>a<![endif]-->', 'does not take'],
    ['<!--[if mso>a<![endif]-->', 'does not take'],
  ])('reports %s', ([html, message]) => {
    expect(findIn('conditional-comment', html ?? '')[0]?.message).toContain(message)
  })
})

describe('control-character', () => {
  test('names what was meant, and tells of a character once for both parts', () => {
    const found = findIn('control-character', 'Don\u{92}t', { text: 'Don\u{92}t {{unsubscribeUrl}}' })
    expect(found).toMatchObject([
      { part: 'html', message: 'The HTML holds the control character U+0092, which is ’ in Windows-1252.' },
    ])
    expect(JSON.stringify(found)).not.toContain('\u{92}')
  })

  test('points into the issue where it stands there', () => {
    const source = 'One line\u{85} more'
    const value = {
      ...text(source),
      range: { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 15, offset: 14 } },
    }
    const issue = makeIssue({ opening: [prose([value])] })
    const found = findIn('control-character', source, { issue, source, text: source })
    expect(found).toMatchObject([{ range: { start: { line: 1, column: 9 } } }])
  })
})

describe('text-differs', () => {
  const words = 'Seventeen papers in five categories and a book that explains what models remember of what they read.'

  test('is an error for an empty text part', () => {
    expect(findIn('text-differs', `<p>${words}</p>`, { text: ' \n' })).toMatchObject([{ part: 'text' }])
  })

  test('does not count line ends, marks of quotes, capitals, addresses and code', () => {
    const written = `${words.toUpperCase().replaceAll(' ', '\n> ')}\nUnsubscribe: {{unsubscribeUrl}}`
    const html = `<p>${words} <code>npm run build of the whole site</code> https://example.com/a/long/address/of/words</p>`
    expect(findIn('text-differs', html, { text: written })).toEqual([])
  })

  test('lets lines break anywhere in scripts without blanks', () => {
    const japanese = '長い文脈での想起は九十九パーセントを超えこれまでの測定とは異なる結果を示している'
    const wrapped = `${japanese.slice(0, 13)}\n> ${japanese.slice(13, 27)}\n> ${japanese.slice(27)}`
    expect(findIn('text-differs', `<p>${japanese}</p>`, { text: `${wrapped} unsubscribe {{unsubscribeUrl}}` })).toEqual(
      [],
    )
    expect(findIn('text-differs', `<p>${japanese}</p>`, { text: 'unsubscribe {{unsubscribeUrl}}' })).toHaveLength(1)
  })

  test('leaves the preheader and the words of a template’s contents out', () => {
    const html = `<div style="display:none">${words}</div><p>Contents</p>${'<p>One online</p>'.repeat(20)}`
    expect(
      findIn('text-differs', html, { text: 'Contents. One. Read online. Unsubscribe {{unsubscribeUrl}}' }),
    ).toEqual([])
  })

  test('counts a paragraph that the text part lacks', () => {
    const issue = makeIssue({ opening: [prose([text(words)]), prose([text(words)])] })
    const found = findIn('text-differs', `<p>${words}</p><p>${words}</p>`, {
      issue,
      text: `${words} Unsubscribe {{unsubscribeUrl}}`,
    })
    expect(found).toMatchObject([{ message: expect.stringMatching(/lacks \d\d% of the words/) }])
  })
})

describe('image-only', () => {
  test('sees text in cells that MJML sets to no size', () => {
    const html = `<img src="https://example.com/a.png" alt="a" width="9"><table><tr><td style="font-size:0"><div style="font-size:17px">${'Words. '.repeat(70)}</div></td></tr></table>`
    expect(findIn('image-only', html)).toEqual([])
    expect(findIn('image-only', html.replace('font-size:17px', ''))).toHaveLength(1)
  })
})

describe('postal-address-missing', () => {
  test('keeps quiet when nothing is known of the newsletter', () => {
    expect(findIn('postal-address-missing', '<p>Hello</p>')).toEqual([])
  })

  test('finds an address in several lines', () => {
    const newsletter = { ...NEWSLETTER, postalAddress: 'Ada Example\n1 Example Street\n12345 Exampletown' }
    const html = '<p>Ada Example<br>1 Example Street,<br>12345&nbsp;Exampletown</p>'
    const written = 'Ada Example, 1 Example\nStreet, 12345 Exampletown {{unsubscribeUrl}}'
    expect(findIn('postal-address-missing', html, { newsletter, text: written })).toEqual([])
    expect(findIn('postal-address-missing', html, { newsletter })).toMatchObject([{ part: 'text' }])
  })
})

describe('heading-order', () => {
  test('tells of a jump in the issue once, at its place', () => {
    const heading = { type: 'heading', depth: 6, children: [text('Deep', 7)], range: makeRange(7) } as const
    const issue = makeIssue({ sections: [makeSection('s', [makeEntry('e', { body: [heading] })])] })
    expect(findIn('heading-order', '<h3>e</h3><h6>Deep</h6>', { issue })).toMatchObject([
      { range: { start: { line: 7 } }, remedy: 'Begin it with `####`.' },
    ])
  })
})

describe('image-format', () => {
  test('tells of an image of the issue once, by the name that its author wrote', () => {
    const path = '/newsletter/issues/a/chart.svg'
    const image = { type: 'image', src: 'a/chart.svg', path, alt: 'A chart', range: makeRange(4) } as const
    const images = [{ src: 'cid:1@x', cid: '1@x', path, filename: 'chart.svg', contentType: 'image/svg+xml' }]
    const issue = makeIssue({ opening: [{ type: 'prose', children: [image], range: makeRange(4) }] })
    const found = findIn('image-format', '<img src="cid:1@x" alt="A chart" width="9">', { issue, images } as never)
    expect(found).toMatchObject([{ range: { start: { line: 4 } }, message: expect.stringContaining('"a/chart.svg"') }])
  })
})

test('an image in a block is told of at the block', () => {
  const props = { title: 'A book', image: { src: 'https://example.com/cover.webp' } }
  const block = { type: 'block', block: 'promo', props, body: [], actions: [], range: makeRange(6) } as const
  const found = findIn('image-format', '<img src="https://example.com/cover.webp" alt="" width="9">', {
    issue: makeIssue({ opening: [block] }),
  })
  expect(found).toMatchObject([{ range: { start: { line: 6 } } }])
})

test('link-scheme leaves a link that a missing value emptied to slot-unresolved', () => {
  expect(findIn('link-scheme', '<a href="{{preferencesUrl}}">Preferences</a>')).toEqual([])
  expect(findIn('link-scheme', '<a href="">Preferences</a>')).toHaveLength(1)
})

test('every rule bears a mail without any content', () => {
  for (const html of ['', '<', '<!--', '<html>', '<a href>', '<img src>', '<table><td scope>']) {
    expect(() => runChecks({ issue: makeIssue(), newsletter: NEWSLETTER, rendered: makeRendered(html) })).not.toThrow()
  }
})
