import { existsSync } from 'node:fs'
import { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import {
  AppError,
  createPaint,
  createTerminal,
  entryUrl,
  fixClock,
  messageOf,
  packageRoot,
  readVersion,
  systemClock,
} from '../../src/base/index.ts'

describe('clocks', () => {
  test('a fixed one stands still, and cannot be moved by what it gave', () => {
    const time = new Date('2024-03-11T09:00:00Z')
    const clock = fixClock(time)
    clock.now().setFullYear(1999)
    time.setFullYear(1999)
    expect(clock.now().toISOString()).toBe('2024-03-11T09:00:00.000Z')
  })

  test('the system’s does not run backwards', () => {
    const first = systemClock.now()
    expect(systemClock.now().getTime()).toBeGreaterThanOrEqual(first.getTime())
  })
})

describe('errors', () => {
  test('carry code, kind, hint and cause', () => {
    const cause = new Error('below')
    const error = new AppError('a/b', 'What happened.', { kind: 'usage', hint: 'Do this.', cause })
    expect(error).toMatchObject({
      name: 'AppError',
      code: 'a/b',
      kind: 'usage',
      hint: 'Do this.',
      message: 'What happened.',
      cause,
    })
    expect(new AppError('a/b', 'x', { kind: 'environment' }).hint).toBeUndefined()
  })

  test.for([
    [new Error('one\n  two\r\nthree'), 'one two three'],
    ['text', 'text'],
    [undefined, 'undefined'],
    [{ toString: (): string => 'own' }, 'own'],
    [new AppError('a/b', 'x', { kind: 'usage' }), 'x'],
  ] as const)('have a message of one line, whatever was thrown (%#)', ([thrown, message]) => {
    expect(messageOf(thrown)).toBe(message)
  })
})

describe('the package', () => {
  test('knows its folder, version and entry points', () => {
    expect(existsSync(`${packageRoot}/package.json`)).toBe(true)
    expect(readVersion()).toMatch(/^\d+\.\d+\.\d+/)
    for (const name of ['index', 'define'] as const) expect(existsSync(fileURLToPath(entryUrl(name)))).toBe(true)
  })
})

describe('a terminal', () => {
  function open(options: { quiet?: boolean; colour?: boolean; isTTY?: boolean; hasColors?: boolean } = {}) {
    const { quiet = false, colour = true, isTTY = false, hasColors = false } = options
    const written = { out: '', err: '' }
    const stream = (name: 'out' | 'err') => {
      const sink = new Writable({
        write: (chunk: Buffer, _, done) => {
          written[name] += String(chunk)
          done()
        },
      })
      return Object.assign(sink, { isTTY, hasColors: () => hasColors }) as unknown as NodeJS.WriteStream
    }
    return { written, terminal: createTerminal({ stdout: stream('out'), stderr: stream('err'), quiet, colour }) }
  }

  test('writes results to one stream and remarks to the other', () => {
    const { terminal, written } = open()
    terminal.out('result')
    terminal.note('remark')
    terminal.err('warning')
    expect(written).toEqual({ out: 'result\n', err: 'remark\nwarning\n' })
  })

  test('is silent about remarks when asked, never about errors', () => {
    const { terminal, written } = open({ quiet: true })
    terminal.out('result')
    terminal.note('remark')
    terminal.err('warning')
    expect(written).toEqual({ out: 'result\n', err: 'warning\n' })
  })

  test.for([
    [{ isTTY: true, hasColors: true }, true],
    [{ isTTY: true, hasColors: true, colour: false }, false],
    [{ isTTY: true, hasColors: false }, false],
    [{ isTTY: false, hasColors: true }, false],
  ] as const)('given %j has colours: %s', ([options, expected]) => {
    const { terminal } = open(options)
    for (const paint of [terminal.paint, terminal.errPaint]) expect(paint.red('x') !== 'x').toBe(expected)
    expect(terminal.isInteractive).toBe(options.isTTY)
  })
})

test('paint changes nothing but the look', () => {
  const [plain, coloured] = [createPaint(false), createPaint(true)]
  for (const style of ['red', 'yellow', 'dim', 'bold', 'cyan', 'green'] as const) {
    expect(plain[style]('a b')).toBe('a b')
    expect(stripVTControlCharacters(coloured[style]('a b'))).toBe('a b')
    expect(coloured[style]('a b')).not.toBe('a b')
  }
})
