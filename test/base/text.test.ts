import { describe, expect, test } from 'vitest'
import { escapeHtml, slugify, stripUnsafe, toLine } from '../../src/base/index.ts'
import { seedRandom } from '../helpers/random.ts'

describe('stripUnsafe', () => {
  test.for([
    ['C0 controls', 'a\u{0}b\u{1}c\u{7}d\u{8}e\u{b}f\u{c}g\u{1b}[31mh\u{1f}i', 'abcdefg[31mhi'],
    ['carriage returns', 'a\r\nb\rc', 'a\nbc'],
    ['DEL and C1 controls', 'a\u{7f}b\u{80}c\u{85}d\u{9b}31me\u{9f}f', 'abcd31mef'],
    [
      'bidirectional overrides and isolates',
      'a\u{202a}b\u{202b}c\u{202c}d\u{202d}e\u{202e}f\u{2066}g\u{2067}h\u{2068}i\u{2069}j',
      'abcdefghij',
    ],
    [
      'private-use characters, which mark slots',
      'a\u{e000}b\u{e001}c\u{e002}d\u{f8ff}e\u{f0000}f\u{10fffd}g',
      'abcdefg',
    ],
    ['lone surrogates', 'a\u{d800}b\u{dfff}c', 'abc'],
    ['non-characters', 'a\u{fffe}b\u{ffff}c\u{fdd0}d\u{1fffe}e\u{10ffff}f', 'abcdef'],
    ['byte order marks and annotation anchors', '\u{feff}a\u{fff9}b\u{fffa}c\u{fffb}d', 'abcd'],
  ] as const)('removes %s', ([, text, clean]) => {
    expect(stripUnsafe(text)).toBe(clean)
  })

  test.for([
    'two\nlines and a\ttab',
    'naïve café, Ωμέγα, 例え, 한국어, हिन्दी',
    'عربي \u{200f}\u{200e}\u{61c} mit Richtungsmarken',
    '👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ 1️⃣',
    'a\u{200b}b\u{ad}c',
    '𠀋𝒜',
  ] as const)('keeps %j', (text) => {
    expect(stripUnsafe(text)).toBe(text)
  })
})

describe('toLine', () => {
  test.for([
    ['a\r\nb', 'a b'],
    ['a\rb', 'a b'],
    ['a \t \n b', 'a b'],
    ['a\u{85}b\u{2028}c\u{2029}d', 'a b c d'],
    ['a\u{b}b\u{c}c', 'a b c'],
    ['  a\u{a0}\u{3000}b  ', 'a b'],
    ['a \u{0} b', 'a b'],
    ['\u{0} a', 'a'],
    ['a\u{202e}\u{0}\u{202e}b', 'ab'],
    ['\r\n', ''],
    ['', ''],
  ] as const)('makes one line of %j', ([text, line]) => {
    expect(toLine(text)).toBe(line)
  })

  test('gives one line of single blanks whatever the text', () => {
    const random = seedRandom(2)
    const pieces = Array.from(
      'ab \t\r\n\v\f\u{0}\u{1b}\u{7f}\u{85}\u{a0}\u{2028}\u{2029}\u{202e}\u{3000}\u{e000}\u{feff}é例',
    )
    for (let round = 0; round < 5000; round++) {
      const line = toLine(random.text(pieces, 12))
      expect(line).toMatch(/^(?:[^\s\p{Cc}\p{Zl}\p{Zp}]+(?: [^\s\p{Cc}\p{Zl}\p{Zp}]+)*)?$/u)
      expect(toLine(line)).toBe(line)
    }
  })
})

test('escapes everything that could leave text or a quoted attribute', () => {
  expect(escapeHtml(`<a href="x" title='y'>&amp;</a>`)).toBe(
    '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;',
  )
})

describe('slugify', () => {
  test.for([
    ['Progress and benchmarking', 'progress-and-benchmarking'],
    ['  Gemini 1.5: “Unlocking”  ', 'gemini-1-5-unlocking'],
    ['Crème brûlée à la façon d’Émile', 'creme-brulee-a-la-facon-d-emile'],
    ['Việt Nam', 'viet-nam'],
    ['Straße', 'straße'],
    ['İstanbul', 'istanbul'],
    ['ＡＢＣ１２３ ﬁn', 'abc123-fin'],
    ['ガイドとパンと がぎぐ', 'ガイドとパンと-がぎぐ'],
    ['カ\u{3099}イト\u{3099}', 'ガイド'],
    ['ｶﾞｲﾄﾞ', 'ガイド'],
    ['أوراق الأسبوع', 'أوراق-الأسبوع'],
    ['ليلى حدّاد', 'ليلى-حدّاد'],
    ['한국어', '한국어'],
    ['अनन्या शर्मा', 'अनन्या-शर्मा'],
    ['ภาษาไทย', 'ภาษาไทย'],
    ['Дмитрий Ёлкин', 'дмитрий-ёлкин'],
    ['❤️ hearts 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'hearts-1'],
    ['\u{301}a', 'a'],
    ['a\u{0}\u{e000}\u{202e}b', 'a-b'],
    ['<script>alert(1)</script>', 'script-alert-1-script'],
    ['../../etc/passwd', 'etc-passwd'],
    ['- — -', ''],
    ['', ''],
  ] as const)('makes %j an id', ([text, slug]) => {
    expect(slugify(text)).toBe(slug)
  })

  test('cuts after 60 characters at most, never inside one, never after a hyphen', () => {
    expect(slugify('x'.repeat(100))).toHaveLength(60)
    expect(slugify(`${'x'.repeat(59)} yy`)).toBe('x'.repeat(59))
    const cut = slugify(`x${'𠀋'.repeat(40)}`)
    expect(cut.isWellFormed()).toBe(true)
    expect(cut).toBe(`x${'𠀋'.repeat(29)}`)
  })

  test('gives the same id for composed and decomposed text, and for its own ids', () => {
    for (const text of ['Café', 'Ωμέγα', 'ガイド', 'Дмитрий', 'हिन्दी', '한국어', 'أوراق']) {
      expect(slugify(text.normalize('NFD'))).toBe(slugify(text.normalize('NFC')))
      expect(slugify(slugify(text))).toBe(slugify(text))
    }
  })
})
