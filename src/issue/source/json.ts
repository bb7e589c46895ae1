import type { Range } from '../../base/index.ts'
import { dataErrors } from '../errors/data.ts'
import type { Reading } from '../reading.ts'
import { locateMapped, locateWhole } from './locate.ts'
import type { Sourced } from './sourced.ts'

const MAX_DEPTH = 30
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

interface Reader {
  readonly reading: Reading
  readonly text: string
  at: number
}

/** Where and why reading stopped. */
class JsonProblem extends Error {
  readonly at: number

  constructor(reason: string, at: number) {
    super(reason)
    this.at = at
  }
}

/**
 * Reads JSON strictly (RFC 8259), with the places that `JSON.parse` does not keep.
 *
 * @returns undefined after a report.
 */
export function readJson(text: string, reading: Reading): Sourced | undefined {
  const reader: Reader = { reading, text, at: 0 }
  try {
    const root = readValue(reader, 0)
    skip(reader)
    if (reader.at < text.length) throw new JsonProblem('something follows the end of the data', reader.at)
    return root
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error
    reading.report(dataErrors.json, reading.lines.range(error.at, Math.min(error.at + 1, text.length)), error.message)
    return undefined
  }
}

function skip(reader: Reader): string {
  while (' \t\r\n'.includes(reader.text[reader.at] ?? 'x')) reader.at++
  return reader.text[reader.at] ?? ''
}

function readValue(reader: Reader, depth: number, key?: Range): Sourced {
  const char = skip(reader)
  const start = reader.at
  if (depth > MAX_DEPTH) throw new JsonProblem('it is nested too deeply', start)
  if (char === '{') return readObject(reader, depth, start, key)
  if (char === '[') return readArray(reader, depth, start, key)
  if (char === '"') {
    const places: number[] = []
    const value = readString(reader, places)
    const range = reader.reading.lines.range(start, reader.at)
    const locate = locateMapped(reader.reading.lines, places)
    return { kind: 'scalar', value, range, locate, ...(key ? { key } : {}) }
  }
  return readWord(reader, start, key)
}

function readWord(reader: Reader, start: number, key?: Range): Sourced {
  const word = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/.exec(
    reader.text.slice(start, start + 400),
  )?.[0]
  if (word === undefined) throw new JsonProblem(explain(reader.text[start]), start)
  reader.at += word.length
  const range = reader.reading.lines.range(start, reader.at)
  const value = JSON.parse(word) as number | boolean | null
  return { kind: 'scalar', value, range, locate: locateWhole(range), ...(key ? { key } : {}) }
}

function explain(char: string | undefined): string {
  if (char === undefined) return 'it ends in the middle'
  if (char === '}' || char === ']') return 'a comma stands before the end, or a value is missing'
  if (char === "'") return 'text stands in "double quotes"'
  if (char === '/' || char === '#') return 'JSON has no comments'
  return 'here should be a value'
}

function readObject(reader: Reader, depth: number, start: number, key?: Range): Sourced {
  const entries = new Map<string, Sourced>()
  const { lines } = reader.reading
  reader.at++
  for (let isFirst = true; skip(reader) !== '}' || !isFirst; isFirst = false) {
    if (!isFirst) expect(reader, ',', 'a comma or } is missing')
    if (skip(reader) !== '"')
      throw new JsonProblem(
        reader.text[reader.at] === '}' ? explain('}') : 'a key stands in "double quotes"',
        reader.at,
      )
    const place = reader.at
    const name = readString(reader)
    const range = lines.range(place, reader.at)
    if (entries.has(name)) reader.reading.report(dataErrors.duplicateKey, range, name)
    expect(reader, ':', 'a colon is missing behind the key')
    entries.set(name, readValue(reader, depth + 1, range))
    if (skip(reader) === '}') break
  }
  reader.at++
  return { kind: 'map', entries, range: lines.range(start, reader.at), ...(key ? { key } : {}) }
}

function readArray(reader: Reader, depth: number, start: number, key?: Range): Sourced {
  const items: Sourced[] = []
  reader.at++
  for (let isFirst = true; skip(reader) !== ']' || !isFirst; isFirst = false) {
    if (!isFirst) expect(reader, ',', 'a comma or ] is missing')
    items.push(readValue(reader, depth + 1))
    if (skip(reader) === ']') break
  }
  reader.at++
  return { kind: 'list', items, range: reader.reading.lines.range(start, reader.at), ...(key ? { key } : {}) }
}

function expect(reader: Reader, char: string, reason: string): void {
  if (skip(reader) !== char)
    throw new JsonProblem(reader.at >= reader.text.length ? explain(undefined) : reason, reader.at)
  reader.at++
}

/** @param places - takes the offset of each character and of the closing quote. */
function readString(reader: Reader, places: number[] = []): string {
  const { text } = reader
  let out = ''
  reader.at++
  for (;;) {
    const char = text[reader.at]
    if (char === undefined || char === '\n' || char === '\r')
      throw new JsonProblem('a quote is not closed on this line', reader.at)
    if (char < ' ') throw new JsonProblem('a tab or control character stands in a text; write \\t', reader.at)
    places.push(reader.at)
    reader.at++
    if (char === '"') return out
    out += char === '\\' ? readEscape(reader) : char
  }
}

function readEscape(reader: Reader): string {
  const char = reader.text[reader.at] ?? ''
  const code = /^u([\da-f]{4})/i.exec(reader.text.slice(reader.at, reader.at + 5))?.[1]
  reader.at += code === undefined ? 1 : 5
  const value = code === undefined ? ESCAPES[char] : String.fromCharCode(Number.parseInt(code, 16))
  if (value === undefined) throw new JsonProblem('this backslash means nothing; write \\\\', reader.at - 2)
  return value
}
