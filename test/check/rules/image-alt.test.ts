import { describe, expect, test } from 'vitest'
import type { Image, Inline } from '../../../src/issue/index.ts'
import { findIn, makeIssue, makeRange, prose } from '../make.ts'

const image = (alt: string, over: Partial<Image> = {}): Image => ({
  type: 'image',
  src: 'a.png',
  alt,
  range: makeRange(7),
  ...over,
})
const issueWith = (...children: Inline[]) => makeIssue({ opening: [prose(children)] })

describe('image-alt', () => {
  test('is an error for an image without alt in the HTML, with its place there', () => {
    const found = findIn('image-alt', '\n<img src="logo.png">')
    expect(found).toMatchObject([
      { severity: 'error', part: 'html', position: { line: 2, column: 1 }, excerpt: '<img src="logo.png">' },
    ])
  })

  test('takes an empty alt for a decoration', () => {
    expect(findIn('image-alt', '<img src="line.png" alt="">')).toEqual([])
  })

  test('is an error where an image with an empty alt is all there is in a link', () => {
    expect(findIn('image-alt', '<a href="https://x.example"><img src="a.png" alt=""></a>')).toHaveLength(1)
    expect(findIn('image-alt', '<a href="https://x.example"><img src="a.png" alt=""> Read</a>')).toEqual([])
    expect(findIn('image-alt', '<a name="top"><img src="a.png" alt=""></a>')).toEqual([])
  })

  test('warns of an empty text in the issue at its place, and only there', () => {
    const html = '<a href="https://x.example"><img src="cid:1@x" alt=""></a>'
    const issue = issueWith(image('', { path: '/newsletter/a.png' }))
    const images = [{ src: 'cid:1@x', path: '/newsletter/a.png', filename: 'a.png', contentType: 'image/png' }]
    const found = findIn('image-alt', html, { issue, images } as object)
    expect(found).toMatchObject([{ severity: 'warning', range: { start: { line: 7 } } }])
  })

  test('is an error in the issue where the image is all there is in a link', () => {
    const link: Inline = { type: 'link', url: 'https://x.example/', range: makeRange(7), children: [image(' ')] }
    const found = findIn('image-alt', '', { issue: issueWith(link) })
    expect(found).toMatchObject([{ severity: 'error', message: expect.stringContaining('"https://x.example/"') }])
  })

  test('accepts no empty text with allowEmpty: false', () => {
    const config = { 'image-alt': { allowEmpty: false } }
    expect(findIn('image-alt', '<img src="line.png" alt="">', { config })).toMatchObject([{ severity: 'error' }])
    expect(findIn('image-alt', '', { config, issue: issueWith(image('')) })).toMatchObject([{ severity: 'error' }])
  })
})
