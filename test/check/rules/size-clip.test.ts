import { describe, expect, test } from 'vitest'
import { findIn, makeEntry, makeIssue, makeSection } from '../make.ts'

const fill = (count: number) => `<p>${'words '.repeat(count / 6)}</p>`

describe('size-clip', () => {
  test('keeps quiet below 80,000 octets', () => {
    expect(findIn('size-clip', fill(70_000))).toEqual([])
  })

  test('warns from 80,000 and is an error above 100,000', () => {
    expect(findIn('size-clip', fill(85_000))).toMatchObject([{ severity: 'warning', part: 'html' }])
    expect(findIn('size-clip', fill(110_000))).toMatchObject([{ severity: 'error' }])
  })

  test('counts quoted-printable where it is larger', () => {
    expect(findIn('size-clip', `<p>${'é'.repeat(20_000)}</p>`)).toMatchObject([{ severity: 'error' }])
  })

  test('counts real links', () => {
    const html = '<a href="{{webUrl}}">x</a>'.repeat(1500)
    expect(findIn('size-clip', html, { sample: { webUrl: 'https://news.example.com/' } })).toEqual([])
    expect(
      findIn('size-clip', html, { sample: { webUrl: `https://news.example.com/${'x'.repeat(60)}` } }),
    ).toHaveLength(1)
  })

  test('names the largest section and entries', () => {
    const section = makeSection('models', [
      makeEntry('small'),
      makeEntry('large', { number: '1.2', titleText: 'Large "one"' }),
    ])
    const html = `<a id="models"></a><a name="small"></a>${fill(600)}<h3 id="large">Large</h3>${fill(90_000)}`
    const [finding] = findIn('size-clip', html, { issue: makeIssue({ sections: [section] }) })
    expect(finding?.message).toMatch(
      /Largest: 1 "models" with 9\d,\d{3}, 1\.2 "Large "one"" with 9\d,\d{3} and 1\.1 "small" with 6\d\d\.$/,
    )
  })

  test('takes its thresholds from the configuration', () => {
    const config = { 'size-clip': { warnBytes: 500, errorBytes: 600 } }
    expect(findIn('size-clip', fill(900), { config })).toMatchObject([{ severity: 'error' }])
  })
})
