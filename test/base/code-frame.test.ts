import { describe, expect, test } from 'vitest'
import { createPaint, type Diagnostic, formatCodeFrame, LineIndex } from '../../src/base/index.ts'

/** The frame of the first `marked` piece of a text. */
function frame(source: string, marked: string): string {
  const start = source.indexOf(marked)
  return frameAt(source, { range: new LineIndex(source).range(start, start + marked.length) })
}

function frameAt(source: string, place: Pick<Diagnostic, 'range'>): string {
  const diagnostic: Diagnostic = { code: 'a/b', severity: 'error', message: 'm', file: 'a.md', ...place }
  return formatCodeFrame(diagnostic, source, createPaint(false))
}

/** Cells before and under the carets, from the last line of a frame. */
function measureCarets(text: string): readonly [before: number, carets: number] {
  const line = text.split('\n').find((candidate) => /\^\s*$/.test(candidate)) ?? ''
  const inner = line.slice(line.indexOf('|') + 2)
  return [inner.indexOf('^'), inner.length - inner.indexOf('^')]
}

test('shows the line before and after, and carets under the place', () => {
  expect(frame('one\ntwo\n\n::promp{name="ebook"}\n\nsix\n', 'promp')).toBe(
    ['  3 |', '> 4 | ::promp{name="ebook"}', '    |   ^^^^^', '  5 |'].join('\n'),
  )
})

test('keeps the gutter straight where line numbers grow', () => {
  const source = Array.from({ length: 12 }, (_, index) => `line ${index + 1}`).join('\n')
  expect(frame(source, 'line 10')).toBe(
    ['   9 | line 9', '> 10 | line 10', '     | ^^^^^^^', '  11 | line 11'].join('\n'),
  )
})

test.for([
  ['first', 'ab\ncd', 'ab', '> 1 | ab\n    | ^^\n  2 | cd'],
  ['last', 'ab\ncd', 'cd', '  1 | ab\n> 2 | cd\n    | ^^'],
  ['only', 'ab', 'b', '> 1 | ab\n    |  ^'],
] as const)('stands on the %s line', ([, source, marked, expected]) => {
  expect(frame(source, marked)).toBe(expected)
})

test('counts lines that end in CR, LF or both', () => {
  expect(frame('a\rb\r\nc\nd', 'c')).toBe('  2 | b\n> 3 | c\n    | ^\n  4 | d')
})

test('marks a place of several lines up to the end of the first', () => {
  expect(frame('ab cd\nef gh', 'cd\nef')).toBe('> 1 | ab cd\n    |    ^^\n  2 | ef gh')
})

test('marks an empty place, and one behind the end, with one caret', () => {
  const index = new LineIndex('ab')
  expect(measureCarets(frameAt('ab', { range: index.range(1, 1) }))).toEqual([1, 1])
  expect(measureCarets(frameAt('ab', { range: index.range(2, 2) }))).toEqual([2, 1])
  expect(measureCarets(frameAt('', { range: new LineIndex('').range(0, 0) }))).toEqual([0, 1])
})

test('is empty without a place, and for a place in a file that has become shorter', () => {
  expect(frameAt('ab', {})).toBe('')
  const range = new LineIndex('a\nb\nc\nd').range(6, 7)
  expect(frameAt('a', { range })).toBe('')
})

describe('the carets stand under the place', () => {
  test.for([
    ['behind tabs', '\t\tab', 'ab', [2, 2]],
    ['behind wide characters', '日本語ab', 'ab', [6, 2]],
    ['behind full-width punctuation', '「あ」、ab', 'ab', [8, 2]],
    ['behind Hangul', '한국ab', 'ab', [4, 2]],
    ['behind an emoji', '🙂ab', 'ab', [2, 2]],
    ['behind combining marks', 'e\u{301}e\u{301}ab', 'ab', [2, 2]],
    ['and are as wide as wide characters', 'ab日本語', '日本語', [2, 6]],
    ['and are no wider than combined letters', 'e\u{301}x', 'e\u{301}', [0, 1]],
  ] as const)('%s', ([, source, marked, carets]) => {
    expect(measureCarets(frame(source, marked))).toEqual(carets)
  })
})

describe('a hostile file', () => {
  test('cannot write control characters to the terminal', () => {
    const shown = frame(
      '\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}\u{2066}\u{0}\u{d800}\u{feff}\u{2028}\u{85}X',
      'X',
    )
    expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
    expect(shown).toContain('X')
  })

  test('cannot fill the terminal with one line', () => {
    const shown = frame(`${'a'.repeat(50_000)}X${'b'.repeat(50_000)}\n${'c'.repeat(50_000)}`, 'X')
    expect(shown.split('\n').every((line) => line.length <= 110)).toBe(true)
    const [marked = '', carets = ''] = shown.split('\n')
    expect(marked[carets.indexOf('^')]).toBe('X')
  })

  test('cannot fill it with carets either', () => {
    const source = `x${'y'.repeat(10_000)}`
    expect(measureCarets(frame(source, 'y'.repeat(10_000)))[1]).toBeLessThanOrEqual(100)
  })

  test('is cut between characters', () => {
    expect(frame(`${'🙂'.repeat(80)}X`, 'X')).toContain('X')
    expect(frame(`${'🙂'.repeat(80)}X`, 'X').isWellFormed()).toBe(true)
  })
})

test('colours the gutter and the carets only', () => {
  const source = 'ab'
  const diagnostic: Diagnostic = {
    code: 'a/b',
    severity: 'error',
    message: 'm',
    file: 'a',
    range: new LineIndex(source).range(0, 1),
  }
  const shown = formatCodeFrame(diagnostic, source, {
    ...createPaint(false),
    dim: (text) => `{${text}}`,
    red: (text) => `<${text}>`,
  })
  expect(shown).toBe('{> 1 |} ab\n{    |} <^>')
})
