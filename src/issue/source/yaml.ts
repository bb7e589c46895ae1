import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml'
import type { Range } from '../../base/index.ts'
import { dataErrors } from '../errors/data.ts'
import { fileErrors } from '../errors/file.ts'
import type { Reading } from '../reading.ts'
import type { Sourced, SourcedMap } from './sourced.ts'
import { locateScalar } from './yaml-scalar.ts'
import { reportYamlError } from './yaml-problems.ts'

/** Deeper lists and maps are not read; an issue needs six levels. */
const MAX_DEPTH = 30

interface Reader {
  readonly reading: Reading
  readonly shift: number
  readonly text: string
  isSound: boolean
}

/**
 * Reads YAML 1.2 as plain data: no tags, aliases or merge keys.
 *
 * @param shift - offset of `text` in the file.
 * @returns undefined after a report.
 */
export function readYaml(text: string, shift: number, reading: Reading): Sourced | undefined {
  const range = reading.lines.range(shift, shift + text.length)
  if (isTooDeep(text)) {
    reading.report(fileErrors.tooDeep, range)
    return undefined
  }
  // The parser knows no lone CR; a line feed in its place keeps every offset.
  const document = parseDocument(text.replaceAll(/\r(?!\n)/g, '\n'), {
    schema: 'core',
    merge: false,
    strict: true,
    // Told below, with the place of the key; the parser's own search grows with the square of the keys.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
    keepSourceTokens: true,
    lineCounter: new LineCounter(),
  })
  for (const problem of [...document.errors, ...document.warnings])
    reportYamlError(problem, document, shift, text, reading)
  if (document.errors.length + document.warnings.length > 0) return undefined
  return convertDocument(document, { reading, shift, text, isSound: true }, range)
}

function convertDocument(document: Document, reader: Reader, range: Range): Sourced | undefined {
  if (document.contents === null) return { kind: 'map', entries: new Map(), range }
  const root = convert(document.contents, reader, 0)
  return reader.isSound ? root : undefined
}

// The parser of flow collections recurses; a thousand brackets are an attack, not an issue.
function isTooDeep(text: string): boolean {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === '[' || char === '{') depth++
    else if (char === ']' || char === '}') depth = Math.max(0, depth - 1)
    if (depth > 200) return true
  }
  return /^(?:[-?][ \t]+){40}/m.test(text) || /^ {400}/m.test(text)
}

function convert(node: unknown, reader: Reader, depth: number, key?: Range): Sourced {
  const range = rangeOf(node, reader)
  const placed = { range, ...(key ? { key } : {}) }
  const empty: Sourced = { kind: 'scalar', value: null, locate: () => range, ...placed }
  if (depth > MAX_DEPTH) return refuse(reader, () => reader.reading.report(fileErrors.tooDeep, range), empty)
  if (isAlias(node)) return refuse(reader, () => reader.reading.report(dataErrors.alias, range, node.source), empty)
  if (isMap(node)) return { ...convertMap(node, reader, depth, range), ...placed }
  if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => convert(item, reader, depth + 1)), ...placed }
  if (!isScalar(node)) return empty
  if (node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:')) return empty
  return { kind: 'scalar', ...readScalar(node, reader, range), ...placed }
}

function refuse(reader: Reader, report: () => void, instead: Sourced): Sourced {
  report()
  reader.isSound = false
  return instead
}

function readScalar(
  node: Scalar,
  reader: Reader,
  range: Range,
): Pick<Sourced & { kind: 'scalar' }, 'value' | 'locate'> {
  const { value } = node
  if (typeof value === 'string' && node.type === 'PLAIN') checkComment(node, reader)
  if (typeof value === 'string')
    return { value, locate: locateScalar(node, value, reader.text, reader.shift, range, reader.reading.lines) }
  const isPlain = typeof value === 'number' || typeof value === 'boolean'
  return { value: isPlain ? value : null, locate: () => range }
}

// `the #1 thing` ends before its number; a comment that is meant has a blank behind the mark.
function checkComment(node: Scalar, { text, shift, reading }: Reader): void {
  const end = node.range?.[1] ?? text.length
  const rest = /^[^\r\n]*/.exec(text.slice(end, end + 1000))?.[0] ?? ''
  const comment = /^[ \t]+(#[^\s#!].*)$/u.exec(rest)?.[1]?.trimEnd()
  if (comment === undefined) return
  const start = shift + end + rest.indexOf('#')
  reading.report(dataErrors.yamlComment, reading.lines.range(start, start + comment.length), comment.slice(0, 60))
}

function convertMap(map: YAMLMap, reader: Reader, depth: number, range: Range): SourcedMap {
  const entries = new Map<string, Sourced>()
  for (const pair of map.items) {
    if (!isPair(pair)) continue
    const place = rangeOf(pair.key, reader)
    const name = isScalar(pair.key) ? String(pair.key.value) : ''
    if (entries.has(name)) reader.reading.report(dataErrors.duplicateKey, place, name)
    entries.set(name, convert(pair.value, reader, depth + 1, place))
  }
  return { kind: 'map', entries, range }
}

function rangeOf(node: unknown, { reading, shift }: Reader): Range {
  const range =
    typeof node === 'object' && node !== null && 'range' in node ? (node.range as [number, number] | null) : null
  return range ? reading.lines.range(range[0] + shift, range[1] + shift) : reading.lines.range(shift, shift)
}
