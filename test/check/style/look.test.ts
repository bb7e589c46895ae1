import { describe, expect, test } from 'vitest'
import { parseHtml } from '../../../src/check/parse-html.ts'
import { formatColor } from '../../../src/check/style/color.ts'
import { readLook } from '../../../src/check/style/look.ts'
import type { Screen } from '../../../src/check/style/media.ts'
import { DARK, LIGHT, LIGHT_PHONE, PLAIN } from '../../../src/check/style/screens.ts'

/** The colour of the text "x", for an element with these styles in the head. */
function inkOf(css: string, body: string, screen: Screen = LIGHT): string | undefined {
  const page = parseHtml(`<!doctype html><html><head><style>${css}</style></head><body>${body}</body></html>`)
  const text = page.texts.find(({ value }) => value === 'x')
  const color = text && readLook(page).styleOfText(text, screen).color
  return color && formatColor(color)
}

const RED = '#ff0000'
const BLACK = '#000000'

describe('which declaration wins', () => {
  test.for([
    ['p{color:red}', '<p>x</p>', RED],
    ['P{COLOR:RED}', '<p>x</p>', RED],
    ['.a.b{color:red}.b{color:blue}', '<p class="a b">x</p>', RED],
    ['.a.b{color:blue}', '<p class="a">x</p>', BLACK],
    ['#i{color:red}p.a{color:blue}', '<p id="i" class="a">x</p>', RED],
    ['p{color:red!important}', '<p style="color:blue">x</p>', RED],
    ['p{color:blue!important}', '<p style="color:red!important">x</p>', RED],
    ['div p{color:red}', '<div><b><p>x</p></b></div>', RED],
    ['div>p{color:red}', '<div><b><p>x</p></b></div>', BLACK],
    ['h1,p{color:red}', '<p>x</p>', RED],
    ['[lang|="de"]{color:red}', '<p lang="de-AT">x</p>', RED],
    ['a[href^="https:"]{color:red}', '<a href="https://x.example">x</a>', RED],
    ['*{color:red}', '<p>x</p>', RED],
    [':root{color:red}', '<p>x</p>', RED],
    ['p:hover,p::before{color:red}', '<p>x</p>', BLACK],
    ['p+p{color:red}', '<p>a</p><p>x</p>', BLACK],
    ['p{color:red;color:nonsense}', '<p>x</p>', RED],
    ['p{color:red} } p{color', '<p>x</p>', RED],
    ['@unknown foo{p{color:blue}} p{color:red}', '<p>x</p>', RED],
    ['p{color:inherit}', '<div style="color:red"><p>x</p></div>', RED],
  ] as const)('%s for %s', ([css, body, expected]) => {
    expect(inkOf(css, body)).toBe(expected)
  })

  test('a page without html and head, and with styles that make no sense, has a look', () => {
    const page = parseHtml('<style>{{{ @media (((</style><p style=";;color::;}">x<style media="(">p{color:red}')
    expect(
      readLook(page).styleOfText(page.texts[0] ?? { value: '', parent: undefined, offset: 0 }, LIGHT),
    ).toMatchObject({
      isColorSet: false,
    })
  })

  test('a mail nested a hundred thousand times over has one', () => {
    const page = parseHtml(`${'<div>'.repeat(100_000)}x`)
    expect(readLook(page).styleOf(page.elements.at(-1), LIGHT).fontSizePx).toBe(16)
  })
})

describe('media queries', () => {
  const ink = (query: string, screen: Screen) => inkOf(`@media ${query}{p{color:red}}`, '<p>x</p>', screen)

  test.for([
    ['(prefers-color-scheme:dark)', [DARK]],
    ['screen and (max-width:480px)', [LIGHT_PHONE]],
    ['(max-width:30em)', [LIGHT_PHONE]],
    ['(width<=480px)', [LIGHT_PHONE]],
    ['(300px<=width<=480px)', [LIGHT_PHONE]],
    ['not all and (max-width:480px)', [LIGHT, DARK, PLAIN]],
    ['only screen and (min-width:600px)', [LIGHT, DARK]],
    ['(max-width:480px),(prefers-color-scheme:dark)', [LIGHT_PHONE, DARK]],
    ['screen', [LIGHT, LIGHT_PHONE, DARK, PLAIN]],
    ['print', []],
    ['(hover)', []],
    ['nonsense((', []],
  ] as const)('%s holds where it should', ([query, screens]) => {
    const held = [LIGHT, LIGHT_PHONE, DARK, PLAIN].filter((screen) => ink(query, screen) === RED)
    expect(held).toEqual([LIGHT, LIGHT_PHONE, DARK, PLAIN].filter((screen) => screens.some((one) => one === screen)))
  })

  test('the dark that a mail knows has a dark page where the mail leaves it open', () => {
    const page = parseHtml('<head><meta name="color-scheme" content="light dark"></head><p>x</p>')
    const look = readLook(page)
    expect(look).toMatchObject({ claimsDark: true, hasDark: true })
    expect(look.styleOf(page.elements.at(-1), DARK)).toMatchObject({ isBackdropSet: false, backdrop: { red: 18 } })
    expect(look.styleOf(page.elements.at(-1), LIGHT)).toMatchObject({ backdrop: { red: 255 } })
  })
})
