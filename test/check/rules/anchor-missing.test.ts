import { describe, expect, test } from 'vitest'
import type { Inline } from '../../../src/issue/index.ts'
import { findIn, makeIssue, makeRange, prose } from '../make.ts'

describe('anchor-missing', () => {
  test.for([
    '<a href="#models">Models</a><h2 id="models">Models</h2>',
    '<a href="#models">Models</a><a name="models"></a>',
    '<a href="#%E3%83%A2%E3%83%87%E3%83%AB">x</a><h2 id="モデル">x</h2>',
    '<a href="https://x.example/#models">elsewhere</a>',
    '<a href="#100%">x</a><p id="100%">x</p>',
  ])('accepts %s', (html) => {
    expect(findIn('anchor-missing', html)).toEqual([])
  })

  test('is an error for a link of the template, once', () => {
    const found = findIn('anchor-missing', '<a href="#modles">Models</a><a href="#modles">Models</a>')
    expect(found).toMatchObject([
      { severity: 'error', part: 'html', message: 'Nothing in the mail has the id "modles".' },
    ])
  })

  test('is an error for a link of the issue, at its place', () => {
    const link: Inline = { type: 'link', url: '#tabels', range: makeRange(3), children: [] }
    const found = findIn('anchor-missing', '<a href="#tabels">x</a>', {
      issue: makeIssue({ opening: [prose([link])] }),
    })
    expect(found).toMatchObject([{ range: { start: { line: 3 } } }])
    expect(found[0]?.part).toBeUndefined()
  })

  test('is an error for a link to nothing', () => {
    expect(findIn('anchor-missing', '<a href="#">Top</a>')).toMatchObject([{ message: 'The link "#" leads nowhere.' }])
  })
})
