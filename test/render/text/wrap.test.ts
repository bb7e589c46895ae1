import { describe, expect, test } from 'vitest'
import { markSlot } from '../../../src/render/index.ts'
import { measureCells, wrapText } from '../../../src/render/text/wrap.ts'
import { seedRandom } from '../../helpers/random.ts'

describe('cells', () => {
  test.for([
    ['abc', 3],
    ['', 0],
    ['日本語', 6],
    ['ｱｲｳ', 3],
    ['ＡＢ', 4],
    ['「、」', 6],
    ['한국', 4],
    ['e\u{301}', 1],
    ['अनन्या', 5],
    ['حدّاد', 4],
    ['a\u{200d}\u{200b}\u{ad}b', 2],
    ['🙂', 2],
    ['𠀋', 2],
    [markSlot('subscriber.name', 'there'), 5],
    [markSlot('subscriber.name', 'a'), 3],
    [markSlot('unsubscribeUrl'), 12],
  ] as const)('of %j are %i', ([text, cells]) => {
    expect(measureCells(text)).toBe(cells)
  })
})

describe('wrapping', () => {
  test('fills lines up to the width, and not beyond', () => {
    expect(wrapText('aa bb cc dd', 5)).toEqual(['aa bb', 'cc dd'])
    expect(wrapText('aa bb cc dd', 4)).toEqual(['aa', 'bb', 'cc', 'dd'])
    expect(wrapText('aaaaa', 5)).toEqual(['aaaaa'])
  })

  test('puts an indent before every line, or another before the first', () => {
    expect(wrapText('aa bb cc', 6, '  ')).toEqual(['  aa', '  bb', '  cc'])
    expect(wrapText('aa bb cc', 8, '  ', '- ')).toEqual(['- aa bb', '  cc'])
  })

  test('breaks at blanks and tabs, takes several as one, and keeps line feeds', () => {
    expect(wrapText('  a \t b\n\nc  ', 72)).toEqual(['a b', '', 'c'])
    expect(wrapText('', 72, '> ')).toEqual(['>'])
  })

  test('breaks at no blank that forbids it', () => {
    expect(wrapText('aa 12\u{a0}000 b', 7)).toEqual(['aa', '12\u{a0}000', 'b'])
    expect(wrapText('aa 12\u{202f}000 b', 7)).toEqual(['aa', '12\u{202f}000', 'b'])
  })

  test('leaves a long address whole, on a line of its own', () => {
    const url = `https://example.com/${'x'.repeat(200)}?a=1&b=2`
    expect(wrapText(`see ${url} there`, 72)).toEqual(['see', url, 'there'])
  })

  test('leaves a slot whole, also between wide characters', () => {
    const mark = markSlot('subscriber.name', '読者')
    for (let width = 2; width < 40; width++) {
      const lines = wrapText(`こんにちは、${mark}さん。元気ですか ${mark}`, width)
      expect(lines.join('').split(mark)).toHaveLength(3)
    }
  })

  test('puts Arabic on lines at its blanks, marks uncounted', () => {
    const text = 'يَقْرَأُ الحاسوبُ العَرَبِيَّةَ ستُّ إجاباتٍ قصيرةٍ'
    const lines = wrapText(text, 16)
    expect(lines.join(' ')).toBe(text)
    expect(lines.every((line) => measureCells(line) <= 16)).toBe(true)
    expect(lines.length).toBeLessThan(5)
  })

  test('breaks Japanese anywhere but where its rules forbid it', () => {
    expect(wrapText('あいうえお', 4)).toEqual(['あい', 'うえ', 'お'])
    expect(wrapText('あい、うえ', 4)).toEqual(['あ', 'い、', 'うえ'])
    expect(wrapText('あ「いう」え', 4)).toEqual(['あ', '「い', 'う」', 'え'])
    expect(wrapText('コーヒー', 4)).toEqual(['コー', 'ヒー'])
    expect(wrapText('きょうと', 4)).toEqual(['きょ', 'うと'])
  })

  test('keeps words of Latin letters whole within Japanese', () => {
    const lines = wrapText('これはTransformerの論文です', 12)
    expect(lines.some((line) => line.includes('Transformer'))).toBe(true)
  })

  test('never begins a line with what may not begin one, nor ends it with what may not end it', () => {
    const random = seedRandom(9)
    const pieces = Array.from('あいう漢字カー「」（）、。ょっ！？ab1 …')
    for (let round = 0; round < 3000; round++) {
      const text = `あ${random.text(pieces, 30).replaceAll(/ +/g, '')}`
      const lines = wrapText(text, 8 + random.below(20))
      expect(lines.join(''), text).toBe(text)
      for (const line of lines.slice(1)) expect(line, text).not.toMatch(/^[」）、。ーょっ！？…]/)
      for (const line of lines.slice(0, -1)) expect(line, text).not.toMatch(/[「（]$/)
    }
  })

  test('loses no character and makes no line longer than its longest word', () => {
    const random = seedRandom(10)
    const pieces = [
      'a',
      'bb',
      ' ',
      '  ',
      '\t',
      'ل',
      'é',
      'e\u{301}',
      'x'.repeat(20),
      'https://example.com/a?b=c',
      '.',
      '-',
      markSlot('webUrl'),
    ]
    for (let round = 0; round < 3000; round++) {
      const text = random.text(pieces, 25)
      const width = 10 + random.below(60)
      const lines = wrapText(text, width, '  ', '- ')
      expect(
        lines
          .map((line) => line.slice(2))
          .join(' ')
          .trim(),
      ).toBe(text.replaceAll(/[ \t]+/g, ' ').trim())
      for (const line of lines) {
        expect(line).toBe(line.trimEnd())
        if (measureCells(line) > width) expect(line.slice(2)).not.toMatch(/ /)
      }
    }
  })

  test('takes 200,000 characters in one go', () => {
    expect(wrapText('word '.repeat(40_000), 72)).toHaveLength((40_000 / 14 + 1) | 0)
    expect(wrapText('語'.repeat(50_000), 72)).toHaveLength(Math.ceil(50_000 / 36))
    expect(wrapText(' '.repeat(200_000), 72)).toEqual([''])
  })
})
