import { describe, expect, test } from 'vitest'
import { tidyHtml } from '../../../src/render/mjml/tidy.ts'

const page = (body: string, head = '') =>
  `<!doctype html>\n<html lang="he" dir="rtl">\n  <head>\n    <title>T</title>\n${head}  </head>\n  ${body}\n</html>`

describe('tidying what MJML printed', () => {
  test('leaves no white space beside blocks, and one line break between words', () => {
    expect(tidyHtml('<div>\n   <p>One\n   two <b>three</b>\n <i>four</i></p>\n\n  <p>Five</p>  </div>')).toBe(
      '<div><p>One\ntwo <b>three</b>\n<i>four</i></p><p>Five</p></div>',
    )
  })

  test('keeps the spaces that are signs: ideographic, no-break, and all of code', () => {
    const html = '<p>\u{3000}東京</p><td>&nbsp;</td><pre>\n  a\n    b\n</pre>'
    expect(tidyHtml(html)).toBe('<p>\u{3000}東京</p><td>\u{A0}</td><pre>\n  a\n    b\n</pre>')
  })

  test('puts language and direction on the body', () => {
    expect(tidyHtml(page('<body class="p" style="word-spacing:normal;background-color:#ffffff;"></body>'))).toContain(
      '<body lang="he" dir="rtl" class="p" style="background-color:#ffffff">',
    )
  })

  test('hides the preheader from Word too', () => {
    const preheader =
      '<div style="display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;max-width:0px;opacity:0;overflow:hidden;">P</div>'
    expect(tidyHtml(page(`<body>${preheader}</body>`))).toContain(
      '<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">P</div>',
    )
  })

  test('names the space of Word where only Word reads it, as HTML knows none', () => {
    const space = ' xmlns:o="urn:schemas-microsoft-com:office:office"'
    const head =
      '<meta name="x-apple-disable-message-reformatting">\n<!--[if mso]><xml><o:OfficeDocumentSettings></o:OfficeDocumentSettings></xml><![endif]-->\n'
    const tidy = tidyHtml(page('<body></body>', head).replace(' dir="rtl"', ` dir="rtl"${space}`))
    expect(tidy).toContain('<html lang="he" dir="rtl"><head>')
    expect(tidy).toContain(`<xml><o:OfficeDocumentSettings${space}></o:OfficeDocumentSettings></xml>`)
    expect(tidy).toContain('<meta name="x-apple-disable-message-reformatting" content="">')
  })

  test('shortens style sheets and keeps their selectors', () => {
    const head =
      '<style type="text/css">\n  .a  b > c , p:hover { color : red; margin:0 0 16px; }\n  @media only screen and (max-width:480px) { .x { width:auto !important; } }\n</style>'
    expect(tidyHtml(page('<body></body>', head))).toContain(
      '<style>.a b>c,p:hover{color :red;margin:0 0 16px}@media only screen and (max-width:480px){.x{width:auto!important}}</style>',
    )
  })

  test('keeps the widths of columns that stand side by side', () => {
    const rule = (name: string) =>
      `<style type="text/css">@media only screen and (min-width:480px) { .mj-column-per-${name} { width:${name}% !important; max-width: ${name}%; } }</style>`
    expect(tidyHtml(page('<body></body>', rule('50')))).toContain(
      '.mj-column-per-50{width:50%!important;max-width:50%}',
    )
    expect(tidyHtml(page('<body></body>', rule('100')))).not.toContain('mj-column')
  })

  test('shortens styles in tags and nowhere else', () => {
    expect(tidyHtml('<td style="padding:0px 24px; font-size:10px;">a style="x; y;" b</td>')).toBe(
      '<td style="padding:0 24px;font-size:10px">a style="x; y;" b</td>',
    )
  })

  test('opens no window for a place in the mail itself, and prints no height that is no number', () => {
    expect(tidyHtml('<a href="#a" target="_blank">A</a><img src="b" height="auto" width="1">')).toBe(
      '<a href="#a">A</a><img src="b" width="1">',
    )
  })
})
