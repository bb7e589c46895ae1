import { describe, expect, test } from 'vitest'
import { findAncestor, hasWords, OBJECT, placeElement, placeInRun } from '../../src/check/html.ts'
import { parseHtml } from '../../src/check/parse-html.ts'

const runsOf = (html: string) => parseHtml(html).runs.map((run) => run.value)

describe('parsing built HTML', () => {
  test('gives elements in document order with offsets and parents', () => {
    const source = '<table><tr><td><img src="a.png"></td></tr></table>'
    const page = parseHtml(source)
    expect(page.elements.map((element) => element.name)).toEqual(['table', 'tr', 'td', 'img'])
    const image = page.elements[3]
    expect(source.slice(image?.start, image?.end)).toBe('<img src="a.png">')
    expect(source.slice(page.elements[2]?.openEnd, page.elements[2]?.end)).toBe('<img src="a.png"></td>')
    expect(image && findAncestor(image, 'table')?.start).toBe(0)
  })

  test('joins text through inline elements and parts it at block-level ones', () => {
    expect(runsOf('<p>Hi <span></span>, <b>you</b> &amp; me</p><div>Next</div>')).toEqual(['Hi , you & me', 'Next'])
  })

  test('keeps code, styles, scripts and comments out of the text', () => {
    expect(
      runsOf('<p>See <code>{{ x }}</code>!</p><pre>{{ y }}</pre><style>a{b:{{c}}}</style><!-- {{ d }} -->'),
    ).toEqual([`See ${OBJECT}!`, OBJECT])
  })

  test('places an element and a piece of text by line and column', () => {
    const page = parseHtml('<p>\n  One &amp; <img>two\n</p>')
    const [, image] = page.elements
    const [run] = page.runs
    expect(image && placeElement(page, image)).toMatchObject({ position: { line: 2, column: 13 }, excerpt: '<img>' })
    const place = run && placeInRun(page, run, run.value.indexOf('two'))
    expect(place).toMatchObject({ position: { line: 2, column: 18 }, excerpt: 'One & …two' })
  })

  test.for([
    ['<a href="x">Read</a>', true],
    ['<a href="x"><img alt="Read"></a>', true],
    ['<a href="x"><img alt=""></a>', false],
    ['<a href="x"> &nbsp;<!--[if mso]>Read<![endif]-->\u{200B}</a>', false],
  ] as const)('knows whether %s has words', ([html, expected]) => {
    const page = parseHtml(html)
    const [link] = page.elements
    expect(link && hasWords(page, link)).toBe(expected)
  })

  test('reads broken HTML without an error', () => {
    const page = parseHtml('</p><a href="x"><b><p>open <img alt=\'"<>')
    expect(page.elements.every((element) => element.end >= element.start)).toBe(true)
  })
})
