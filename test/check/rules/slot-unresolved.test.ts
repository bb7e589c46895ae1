import { describe, expect, test } from 'vitest'
import type { Inline } from '../../../src/issue/index.ts'
import { findIn, makeIssue, makeRange, prose, SAMPLE, text } from '../make.ts'

const find = (html: string, over: Parameters<typeof findIn>[2] = {}) => findIn('slot-unresolved', html, over)
const issueWith = (...children: Inline[]) => makeIssue({ opening: [prose(children)] })

describe('slot-unresolved', () => {
  test('is an error for a slot without a fallback that a reader may lack, at its place in the issue', () => {
    const slot: Inline = { type: 'slot', name: 'subscriber.name', range: makeRange(4) }
    const found = find('<p>Hello {{subscriber.name}},</p>', { issue: issueWith(slot) })
    expect(found).toMatchObject([{ severity: 'error', range: { start: { line: 4 } } }])
  })

  test('names the place in the mail where the template has the slot', () => {
    expect(find('<p>Hello {{subscriber.fields.city}}</p>')).toMatchObject([
      { part: 'html', excerpt: expect.stringContaining('Hello {{ subscriber.fields.city }}') },
    ])
    expect(find('', { subject: 'For {{subscriber.name}}' })).toMatchObject([{ part: 'headers' }])
  })

  test.for([
    'Hello {{subscriber.name|there}}, {{subscriber.email}} {{subscriber.language}}',
    '<a href="{{webUrl}}">Read online</a>',
    '|V| and ||x|| and a|b|c',
    'JSON ends in }} and 100%% of it',
    '<code>{{ x }} undefined</code><pre>*|NAME|*</pre>',
    '<style>@media x { a { color: red }}</style>',
    'Bonjour ! Hello, world. Oh hi , never mind',
  ])('accepts %s', (html) => {
    expect(find(`<p>${html}</p>`)).toEqual([])
  })

  test('is an error for a link that no reader has', () => {
    const found = find('<a href="{{preferencesUrl}}">Preferences</a>')
    expect(found).toMatchObject([{ message: expect.stringContaining('every reader'), part: 'html' }])
  })

  test.for([
    ['Hi {{ first_name }}', '{{ first_name }}'],
    ['{% if name %}', '{% if name %}'],
    ['%%FIRSTNAME%%', '%%FIRSTNAME%%'],
    ['*|FNAME|*', '*|FNAME|*'],
    ['<em>|FNAME|</em>', '|FNAME|'],
    ['&lt;%= name %&gt;', '<%= name %>'],
    ['value: [object Object]', '[object Object]'],
    ['Issue undefined', 'undefined'],
    ['NaN entries', 'NaN'],
    ['Hi <span></span>, welcome', 'Hi ,'],
    ['<a href="https://x.example/undefined">x</a>', 'undefined'],
    ['<img src="a.png" alt="*|NAME|*">', '*|NAME|*'],
    ['torn \u{E000}subscriber', 'torn apart'],
  ] as const)('finds what is left in %s', ([html, quoted]) => {
    expect(find(`<p>${html}</p>`)).toMatchObject([
      { severity: 'error', part: 'html', message: expect.stringContaining(quoted) },
    ])
  })

  test('finds what is left in the text part and the subject', () => {
    expect(find('', { text: 'Hello *|NAME|* {{unsubscribeUrl}}' })).toMatchObject([{ part: 'text' }])
    expect(find('', { subject: 'News for *|NAME|*' })).toMatchObject([{ part: 'headers' }])
  })

  test('leaves words alone that the author uses', () => {
    const issue = issueWith(text('Division by zero is undefined; the loss was NaN.'))
    expect(find('<p>Division by zero is undefined; the loss was NaN.</p>', { issue })).toEqual([])
  })

  test('leaves code of the issue alone in the text part', () => {
    const issue = issueWith({ type: 'inlineCode', value: '{{ x }}', range: makeRange() })
    for (const written of ['{{ x }}', '{{\nx }}', '> {{ x\n> }}']) {
      expect(find('<p><code>{{ x }}</code></p>', { issue, text: `${written} {{unsubscribeUrl}}` })).toEqual([])
    }
  })

  test('places a tag of the issue in the issue', () => {
    const issue = issueWith(text('Hello *|NAME|*', 9))
    expect(find('<p>Hello *|NAME|*</p>', { issue })).toMatchObject([{ range: { start: { line: 9 } } }])
  })

  test('looks at the copy of a reader of whom nothing is known', () => {
    expect(
      find('<p>Price: {{subscriber.fields.price|NaN}}</p>', { sample: { ...SAMPLE, 'subscriber.fields.price': '3' } }),
    ).toHaveLength(1)
  })
})
