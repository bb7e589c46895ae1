import { createElement as h } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { expandMso, finishMarkup } from '../../src/render/expand-mso.ts'
import { Mso } from '../../emails/components/mso.tsx'

test('turns a marker into a conditional comment for classic Outlook', () => {
  const raw = `<table width="640" title='it"s' data-x="a&amp;b"><tr><td>%20 ü`
  expect(expandMso(renderToStaticMarkup(h('td', null, h(Mso, { html: raw }), 'x')))).toBe(
    `<td><!--[if mso]>${raw}<![endif]-->x</td>`,
  )
})

test('never lets the content of a marker end its comment', () => {
  const html = expandMso(renderToStaticMarkup(h(Mso, { html: 'a--><script>b</script>' })))
  expect(html.indexOf('-->')).toBe(html.length - '-->'.length)
})

test('leaves text alone that only looks like a marker', () => {
  const text = '<template data-mso="%41"></template>'
  expect(finishMarkup(renderToStaticMarkup(h('p', null, text)))).not.toContain('[if mso]')
})

test('removes what React adds: preload links and comments', () => {
  const html =
    '<head><link rel="preload" as="image" href="a.png"/><link rel="icon" href="i"/></head><p>a<!-- -->b<!--$-->c<!--/$--></p>'
  expect(finishMarkup(html)).toBe('<head><link rel="icon" href="i"/></head><p>abc</p>')
})

test('keeps comments that are not React’s', () => {
  const html = '<!--[if mso]>x<![endif]--><!--[if !mso]><!-->y<!--<![endif]-->'
  expect(finishMarkup(html)).toBe(html)
})
