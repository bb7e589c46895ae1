import { describe, expect, test } from 'vitest'
import { type Diagnostic, LineIndex, sortDiagnostics } from '../../src/base/index.ts'
import { seedRandom } from '../helpers/random.ts'

describe('LineIndex', () => {
  test.for([
    [
      'line feeds',
      'ab\ncd\n',
      [
        [1, 1],
        [1, 2],
        [1, 3],
        [2, 1],
        [2, 2],
        [2, 3],
        [3, 1],
      ],
    ],
    [
      'carriage returns',
      'ab\rcd',
      [
        [1, 1],
        [1, 2],
        [1, 3],
        [2, 1],
        [2, 2],
        [2, 3],
      ],
    ],
    [
      'both',
      'a\r\nb',
      [
        [1, 1],
        [1, 2],
        [1, 3],
        [2, 1],
        [2, 2],
      ],
    ],
    [
      'a mixture',
      'a\n\r\n\rb',
      [
        [1, 1],
        [1, 2],
        [2, 1],
        [2, 2],
        [3, 1],
        [4, 1],
        [4, 2],
      ],
    ],
    ['nothing', '', [[1, 1]]],
    [
      'astral characters, counted in UTF-16',
      '🙂\nx',
      [
        [1, 1],
        [1, 2],
        [1, 3],
        [2, 1],
        [2, 2],
      ],
    ],
    [
      'line separators of Unicode, which end no line',
      'a\u{2028}b\u{85}c',
      [
        [1, 1],
        [1, 2],
        [1, 3],
        [1, 4],
        [1, 5],
        [1, 6],
      ],
    ],
  ] as const)('places every offset of a text with %s', ([, text, places]) => {
    const index = new LineIndex(text)
    const found = Array.from({ length: text.length + 1 }, (_, offset) => index.position(offset))
    expect(found).toEqual(places.map(([line, column], offset) => ({ line, column, offset })))
  })

  test('agrees with counting from the start, whatever the text', () => {
    const random = seedRandom(3)
    for (let round = 0; round < 300; round++) {
      const text = random.text(['a', 'é', '\n', '\r', '\r\n', '例', '🙂'], 40)
      const index = new LineIndex(text)
      for (let offset = 0; offset <= text.length; offset++) {
        // Between CR and LF the line has not ended yet.
        const before = text.slice(0, text[offset - 1] === '\r' && text[offset] === '\n' ? offset - 1 : offset)
        const lines = before.split(/\r\n|\n|\r/)
        expect(index.position(offset).line).toBe(lines.length)
      }
    }
  })

  test('keeps offsets outside the text inside it', () => {
    const index = new LineIndex('ab\ncd')
    expect(index.position(-5)).toEqual({ line: 1, column: 1, offset: 0 })
    expect(index.position(99)).toEqual({ line: 2, column: 3, offset: 5 })
  })

  test('never gives a range that ends before it starts', () => {
    const { start, end } = new LineIndex('ab\ncd').range(4, 1)
    expect(end).toEqual(start)
  })
})

describe('sortDiagnostics', () => {
  const at = (file: string, offset: number | undefined, code = 'a/b', message = 'm'): Diagnostic => ({
    code,
    severity: 'error',
    message,
    file,
    ...(offset === undefined ? {} : { range: new LineIndex('x'.repeat(99)).range(offset, offset) }),
  })

  test('orders by file, place, code and message, the file itself first', () => {
    const sorted = [
      at('a.md', undefined),
      at('a.md', 0),
      at('a.md', 9),
      at('a.md', 10, 'a/a'),
      at('a.md', 10, 'a/b', 'l'),
      at('a.md', 10, 'a/b', 'm'),
      at('b.md', 1),
    ]
    expect(sortDiagnostics(sorted.toReversed())).toEqual(sorted)
  })

  test('leaves the list it is given as it is', () => {
    const list = [at('b.md', 1), at('a.md', 1)]
    sortDiagnostics(list)
    expect(list[0]?.file).toBe('b.md')
  })
})
