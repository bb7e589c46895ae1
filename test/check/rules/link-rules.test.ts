import { describe, expect, test } from 'vitest'
import { describeLocalHost } from '../../../src/check/local-host.ts'
import type { Inline } from '../../../src/issue/index.ts'
import { findIn, findInIssue, makeIssue, makeRange, NEWSLETTER, prose, text } from '../make.ts'

const link = (url: string, ...children: Inline[]): Inline => ({ type: 'link', url, children, range: makeRange(5) })

/** Findings of a rule about one link of the issue, which the HTML holds too. */
function findLink(rule: string, url: string, ...children: Inline[]) {
  const issue = makeIssue({ opening: [prose([link(url, ...children)])] })
  return findIn(rule, `<a href="${url}">x</a>`, { issue })
}

test('a link of the issue is reported once, at its place in the file', () => {
  for (const [rule, url] of [
    ['link-insecure', 'http://example.com/a'],
    ['link-local', 'https://localhost/a'],
    ['link-text', 'https://example.com/a'],
    ['link-mismatch', 'https://example.net/a'],
  ] as const) {
    const words = rule === 'link-text' ? 'here' : 'www.example.org'
    const found = findLink(rule, url, text(words, 5))
    expect(found, rule).toMatchObject([{ range: { start: { line: 5 } } }])
    expect(found[0], rule).not.toHaveProperty('position')
  }
})

describe('link-mismatch', () => {
  const find = (words: string, url: string) => findLink('link-mismatch', url, text(words))

  test.for([
    ['www.example.com', 'https://example.net/'],
    ['https://example.com/login', 'https://example.com.evil.example/login'],
    ['“example.com”', 'https://example.net/'],
    ['example.com/a/b?c', 'https://example.net/'],
    ['WWW.EXAMPLE.COM', 'https://example.net/'],
    ['http://93.184.215.14/', 'https://example.net/'],
    ['bücher.de', 'https://example.net/'],
    ['a.co.uk', 'https://b.co.uk/'],
    ['alice.github.io', 'https://bob.github.io/'],
  ] as const)('%s is not %s', ([words, url]) => {
    expect(find(words, url)).toMatchObject([{ severity: 'error' }])
  })

  test.for([
    ['example.com', 'https://www.example.com/a'],
    ['docs.example.com', 'https://example.com/docs'],
    ['a.example.co.uk', 'https://b.example.co.uk/'],
    ['bücher.de', 'https://xn--bcher-kva.de/'],
    ['example.com.', 'https://example.com/'],
    ['ada@example.com', 'https://example.net/'],
    ['Booking.com', 'https://example.net/'],
    ['setup.py', 'https://example.net/'],
    ['index.html', 'https://example.net/'],
    ['config.json', 'https://example.net/'],
    ['v1.2.3', 'https://example.net/'],
    ['read it at example.com', 'https://example.net/'],
    ['example.com', 'mailto:ada@example.net'],
    ['…', 'https://example.net/'],
  ] as const)('%s may lead to %s', ([words, url]) => {
    expect(find(words, url)).toEqual([])
  })

  test('accepts the domains of its option, with those below them', () => {
    const config = { 'link-mismatch': { allow: ['click.example.net'] } }
    const html =
      '<a href="https://a.click.example.net/1">example.com</a><a href="https://example.net/2">example.com</a>'
    expect(findIn('link-mismatch', html, { config })).toHaveLength(1)
  })

  test('reads what stands in the elements of a link', () => {
    const html = '<a href="https://example.net/"><b>www.</b>example<span>.com</span></a>'
    expect(findIn('link-mismatch', html)).toMatchObject([{ message: expect.stringContaining('"www.example.com"') }])
  })
})

describe('link-text', () => {
  test('leaves a link with an image to image-alt', () => {
    expect(findIn('link-text', '<a href="https://example.com/"><img src="a.png" alt=""></a>')).toEqual([])
  })

  test('takes a reader’s value and code for words', () => {
    const slot: Inline = { type: 'slot', name: 'subscriber.name', range: makeRange() }
    const code: Inline = { type: 'inlineCode', value: 'npm', range: makeRange() }
    expect(findLink('link-text', 'https://example.com/', slot)).toEqual([])
    expect(findLink('link-text', 'https://example.com/', code)).toEqual([])
    expect(findIn('link-text', '<a href="https://example.com/"><code>npm</code></a>')).toEqual([])
  })

  test('is an error for a link of invisible characters', () => {
    expect(findLink('link-text', 'https://example.com/', text('\u{200B} '))).toMatchObject([{ severity: 'error' }])
  })

  test.for([
    'Read more →',
    '“here”',
    'LEARN  MORE',
    'Weiterlesen …',
    'en savoir plus',
    "plus d'infos",
    'Más información',
  ])('warns of %s', (words) => {
    expect(findLink('link-text', 'https://example.com/', text(words))).toMatchObject([{ severity: 'warning' }])
  })

  test('accepts the words of its option', () => {
    const config = { 'link-text': { allow: ['More …'] } }
    expect(findIn('link-text', '<a href="https://example.com/">more</a>', { config })).toEqual([])
  })
})

describe('link-local', () => {
  test.for([
    'localhost',
    'app.localhost',
    'printer.local',
    'db.internal',
    'site.test',
    'wiki',
    '127.0.0.1',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[fd00::1]',
    '[fe80::1]',
    '[::ffff:7f00:1]',
  ])('%s is local', (host) => {
    expect(describeLocalHost(host)).toBeDefined()
  })

  test.for(['example.com', 'test.example', 'localhost.com', '172.32.0.1', '100.128.0.1', '8.8.8.8', '[2606:4700::1]'])(
    '%s is not',
    (host) => {
      expect(describeLocalHost(host)).toBeUndefined()
    },
  )

  test('keeps quiet about pages of a newsletter that is tried out on this machine', () => {
    const newsletter = { ...NEWSLETTER, url: 'http://localhost:8080' }
    const html = '<a href="http://localhost:8080/issues/1/">Read online</a><a href="http://localhost.test/">x</a>'
    expect(findIn('link-local', html, { newsletter })).toHaveLength(1)
    expect(findIn('link-local', html)).toHaveLength(2)
  })

  test('leaves an address of this machine to be told of once', () => {
    expect(findIn('link-insecure', '<a href="http://localhost/">x</a>')).toEqual([])
  })
})

test('an issue alone is enough for rules about its text', () => {
  expect(findInIssue('link-text', { opening: [prose([link('https://example.com/', text('here'))])] })).toEqual([])
  expect(findInIssue('markdown-residue', { opening: [prose([text('a ** b ** c')])] })).toHaveLength(1)
})
