import { expect, test } from 'vitest'
import { keepBody, restoreBodies } from '../../../src/render/mjml/bodies.ts'

test('a text stands where its mark was printed, as it was written, as often as it was printed', () => {
  const bodies: string[] = []
  const texts = ['<p>One $& $1</p>', '<pre>\n  two\n</pre>'].map((html) => keepBody(html, bodies))
  const [one = '', two = ''] = texts.map((text) => text.print())
  expect(restoreBodies(`<div>${one}|${two}|${one}</div>`, bodies)).toBe(
    '<div><p>One $& $1</p>|<pre>\n  two\n</pre>|<p>One $& $1</p></div>',
  )
  // What a filter works on is the text itself.
  expect(texts[0]?.valueOf()).toBe('<p>One $& $1</p>')
})
