import { describe, expect, test } from 'vitest'
import { stripUnsafe } from '../../src/base/index.ts'
import { fillSlots, isSlotName, listSlots, markSlot, splitSlots } from '../../src/render/index.ts'
import { seedRandom } from '../helpers/random.ts'

describe('a mark', () => {
  test('is cut out again with its name and fallback', () => {
    const text = `Hi ${markSlot('subscriber.name', 'there')}, ${markSlot('unsubscribeUrl')}`
    expect(splitSlots(text)).toEqual([
      'Hi ',
      { slot: 'subscriber.name', fallback: 'there' },
      ', ',
      { slot: 'unsubscribeUrl' },
    ])
  })

  test.for([
    '',
    ' ',
    'there',
    '"quoted" \\ <b>&amp;</b>',
    'é 例 ليلى 🙂',
    '{{ name }} {% if %}',
    'a\nb',
    `-`,
    'x'.repeat(5000),
    'abcdef0123',
  ])('keeps the fallback %j through anything that escapes HTML', (fallback) => {
    const mark = markSlot('subscriber.fields.city', fallback)
    expect(mark).not.toMatch(/[&<>"'{}%\s]/)
    expect(splitSlots(mark)).toEqual([{ slot: 'subscriber.fields.city', fallback }])
  })

  test('stands side by side with others, first, last and alone', () => {
    const mark = markSlot('webUrl')
    expect(splitSlots(mark + mark)).toEqual([{ slot: 'webUrl' }, { slot: 'webUrl' }])
    expect(splitSlots(`${mark}x`)).toEqual([{ slot: 'webUrl' }, 'x'])
    expect(splitSlots(`x${mark}`)).toEqual(['x', { slot: 'webUrl' }])
    expect(splitSlots('')).toEqual([])
  })

  test('cannot be forged in text that was read from an issue', () => {
    const forged = `Hi ${markSlot('unsubscribeUrl')}${markSlot('subscriber.email', 'x')}`
    expect(splitSlots(stripUnsafe(forged))).toEqual(['Hi unsubscribeUrl-subscriber.email78'])
  })

  test('cannot be forged by a reader’s values', () => {
    const segments = splitSlots(`Hi ${markSlot('subscriber.name')}!`)
    const filled = fillSlots(segments, { 'subscriber.name': markSlot('unsubscribeUrl') }, 'text')
    expect(splitSlots(filled)).toEqual([filled])
    expect(filled).not.toMatch(/\p{Co}/u)
  })

  test('survives only whole: halves are text, and stay so', () => {
    for (const half of [
      '\u{e000}',
      '\u{e000}name',
      '\u{e000}name\u{e001}',
      '\u{e000}name\u{e001}zz\u{e002}',
      '\u{e000}\u{e001}-\u{e002}',
      '\u{e001}-\u{e002}',
    ]) {
      expect(splitSlots(half)).toEqual([half])
    }
  })

  test('of random neighbours is always cut the same way as it was put together', () => {
    const random = seedRandom(7)
    for (let round = 0; round < 2000; round++) {
      const parts = Array.from({ length: random.below(6) }, () =>
        random.below(2) === 0
          ? { slot: 'subscriber.name', fallback: random.text(['a', '-', '0', 'f', '<', 'é', '\n'], 4) }
          : random.text(['a', '<b>', '-', '0f', 'é'], 4),
      )
      const text = parts.map((part) => (typeof part === 'string' ? part : markSlot(part.slot, part.fallback))).join('')
      expect(
        splitSlots(text)
          .map((part) => (typeof part === 'string' ? part : markSlot(part.slot, part.fallback)))
          .join(''),
      ).toBe(text)
      expect(splitSlots(text).filter((part) => typeof part !== 'string')).toEqual(
        parts.filter((part) => typeof part !== 'string'),
      )
    }
  })
})

describe('filling', () => {
  const segments = splitSlots(`Hi ${markSlot('subscriber.name', 'there')}!`)
  const fill = (name: string | undefined, format: 'html' | 'text' | 'header') =>
    fillSlots(segments, { 'subscriber.name': name }, format)

  test.for([
    ['a name', 'Ada', 'Ada'],
    ['nothing', undefined, 'there'],
    ['an empty name', '', 'there'],
    ['blanks', ' \u{a0}\n ', 'there'],
    ['what is removed altogether', '\u{0}\u{202e}\u{e000}', 'there'],
    ['a 0', '0', '0'],
    ['several lines', 'a\r\nb\u{2028}c', 'a b c'],
    ['dollar signs', `$& $1 $$ $\``, `$& $1 $$ $\``],
  ] as const)('with %s', ([, name, shown]) => {
    for (const format of ['text', 'header', 'html'] as const)
      expect(fill(name, format).replace('&amp;', '&')).toBe(`Hi ${shown}!`)
  })

  test('escapes for text and quoted attributes in HTML, and nowhere else', () => {
    const name = `<img src="x" onerror='alert(1)'>&amp;`
    expect(fill(name, 'html')).toBe('Hi &lt;img src=&quot;x&quot; onerror=&#39;alert(1)&#39;&gt;&amp;amp;!')
    expect(fill(name, 'text')).toBe(`Hi ${name}!`)
    expect(fill(name, 'header')).toBe(`Hi ${name}!`)
  })

  test('escapes fallbacks too, and leaves fixed parts alone', () => {
    const parts = splitSlots(`<p title="&amp;">${markSlot('subscriber.name', '<b>"you"</b>')}</p>`)
    expect(fillSlots(parts, {}, 'html')).toBe('<p title="&amp;">&lt;b&gt;&quot;you&quot;&lt;/b&gt;</p>')
  })

  test.for(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
    'a slot named %s gives its fallback',
    (name) => {
      const parts = [
        { slot: name, fallback: 'safe' },
        { slot: `subscriber.fields.${name}`, fallback: 'safe' },
      ]
      expect(fillSlots(parts, {}, 'html')).toBe('safesafe')
      expect(fillSlots(parts, Object.create({ [name]: 'evil' }) as Record<string, string>, 'text')).toBe('safesafe')
    },
  )

  test('without value and fallback prints nothing', () => {
    expect(fillSlots([{ slot: 'webUrl' }], {}, 'html')).toBe('')
  })
})

test('the slots of a text come once each, with a fallback only when every use has one', () => {
  const parts = splitSlots(
    [
      markSlot('subscriber.name', 'x'),
      markSlot('webUrl'),
      markSlot('subscriber.name', 'y'),
      markSlot('subscriber.email', 'x'),
      markSlot('subscriber.email'),
      markSlot('unsubscribeUrl', ''),
    ].join(' '),
  )
  expect([...listSlots(parts)]).toEqual([
    ['subscriber.name', { hasFallback: true }],
    ['webUrl', { hasFallback: false }],
    ['subscriber.email', { hasFallback: false }],
    ['unsubscribeUrl', { hasFallback: false }],
  ])
  expect(listSlots(['text']).size).toBe(0)
})

test.for([
  ['subscriber.name', true],
  ['unsubscribeUrl', true],
  ['subscriber.fields.city', true],
  ['subscriber.fields.City_2', true],
  [`subscriber.fields.${'x'.repeat(64)}`, true],
  [`subscriber.fields.${'x'.repeat(65)}`, false],
  ['subscriber.fields.', false],
  ['subscriber.fields.2x', false],
  ['subscriber.fields.a.b', false],
  ['subscriber.fields.__proto__', false],
  ['subscriber.fields', false],
  ['subscriber', false],
  ['Subscriber.Name', false],
  ['unsubscribeUrl\n', false],
  ['constructor', false],
  ['', false],
] as const)('whether %j names a slot: %s', ([name, expected]) => {
  expect(isSlotName(name)).toBe(expected)
})
