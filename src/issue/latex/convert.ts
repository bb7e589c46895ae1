import { countArguments, ESCAPED, isKnownCommand } from './commands.ts'
import { ACCENTS, FACES, OPERATORS, SILENT, SPACES, SYMBOLS } from './symbols.ts'

/** A piece of a converted formula; offsets count in its source. */
export type LatexPiece =
  | { readonly type: 'text'; readonly value: string; readonly start: number; readonly end: number }
  | {
      readonly type: 'superscript' | 'subscript'
      readonly children: readonly LatexPiece[]
      readonly start: number
      readonly end: number
    }

/** A command that stays as written. */
export interface UnknownCommand {
  readonly name: string
  readonly start: number
  readonly end: number
}

export interface Converted {
  readonly pieces: readonly LatexPiece[]
  readonly unknown: readonly UnknownCommand[]
}

/** Deeper groups stay as written. */
const MAX_DEPTH = 20

interface Reader {
  readonly source: string
  at: number
  depth: number
  readonly unknown: UnknownCommand[]
}

/** Turns the source of a formula, without its dollars, into text with raised and lowered spans. */
export function convertFormula(source: string): Converted {
  const reader: Reader = { source, at: 0, depth: 0, unknown: [] }
  const pieces = readRun(reader, '')
  return { pieces: merge(pieces), unknown: reader.unknown }
}

/** Turns one command of running text, with its arguments, into text. */
export function convertCommand(source: string): Converted {
  const reader: Reader = { source, at: 0, depth: 0, unknown: [] }
  const pieces: LatexPiece[] = readCommand(reader)
  return { pieces: merge(pieces), unknown: reader.unknown }
}

function readRun(reader: Reader, end: string): LatexPiece[] {
  const out: LatexPiece[] = []
  while (reader.at < reader.source.length) {
    if (end !== '' && reader.source[reader.at] === end) break
    out.push(...readItem(reader))
  }
  return out
}

function readItem(reader: Reader): LatexPiece[] {
  const start = reader.at
  const char = String.fromCodePoint(reader.source.codePointAt(start) ?? 32)
  switch (char) {
    case '\\':
      return readCommand(reader)
    case '{':
      return readGroup(reader)
    case '^':
    case '_':
      return readScript(reader, char === '^' ? 'superscript' : 'subscript')
    case '}':
      reader.at++
      return []
    case '&':
    case '~':
      reader.at++
      return [text(char === '~' ? '\u{A0}' : ' ', start, reader.at)]
    case '-':
      reader.at++
      return [text('\u{2212}', start, reader.at)]
    case "'":
      reader.at++
      return [text('\u{2032}', start, reader.at)]
    default:
      reader.at += char.length
      return [text(/\s/.test(char) ? ' ' : char, start, reader.at)]
  }
}

function readGroup(reader: Reader): LatexPiece[] {
  const start = reader.at
  if (reader.depth >= MAX_DEPTH) {
    reader.at = reader.source.length
    return [text(reader.source.slice(start), start, reader.at)]
  }
  reader.at++
  reader.depth++
  const inner = readRun(reader, '}')
  reader.depth--
  if (reader.source[reader.at] === '}') reader.at++
  return inner
}

function readScript(reader: Reader, type: 'superscript' | 'subscript'): LatexPiece[] {
  const start = reader.at
  reader.at++
  if (reader.at >= reader.source.length) return [text(reader.source.slice(start), start, reader.at)]
  const children = readArgument(reader)
  if (children.length === 0) return []
  // A degree is written `^\circ`.
  const only = children.length === 1 && children[0]?.type === 'text' ? children[0].value : ''
  if (only === '∘' && type === 'superscript') return [text('°', start, reader.at)]
  if (only === '′') return [text('′', start, reader.at)]
  return [{ type, children: merge(children), start, end: reader.at }]
}

/** A group, a command, or one character. */
function readArgument(reader: Reader): LatexPiece[] {
  while (reader.source[reader.at] === ' ') reader.at++
  if (reader.at >= reader.source.length) return []
  if (reader.depth >= MAX_DEPTH) return readGroup(reader)
  reader.depth++
  const pieces = readItem(reader)
  reader.depth--
  return pieces
}

function readCommand(reader: Reader): LatexPiece[] {
  const start = reader.at
  const name = /^(?:[A-Za-z]+\*?|[^A-Za-z])/su.exec(reader.source.slice(start + 1, start + 66))?.[0] ?? ''
  reader.at = start + 1 + name.length
  const place = (value: string): LatexPiece[] => (value === '' ? [] : [text(value, start, reader.at)])
  const symbol = SYMBOLS.get(name)
  if (symbol !== undefined) {
    skipDelimiter(reader, start)
    return place(symbol)
  }
  const plain = OPERATORS.get(name) ?? SPACES.get(name) ?? (ESCAPED.includes(name) && name !== '' ? name : undefined)
  if (plain !== undefined) return place(plain)
  if (SILENT.has(name)) {
    if (reader.source[reader.at] === '.') reader.at++
    return []
  }
  if (!isKnownCommand(name)) return keep(reader, name, start)
  return readForm(reader, name, start)
}

// LaTeX drops the blank that ends a command's name; where one stands before it too, the author set it apart.
function skipDelimiter(reader: Reader, start: number): void {
  if (start > 0 && !/\s/.test(reader.source[start - 1] ?? '') && /\s/.test(reader.source[reader.at] ?? '')) reader.at++
}

function readForm(reader: Reader, name: string, start: number): LatexPiece[] {
  const root = name === 'sqrt' ? readRoot(reader) : ''
  const parts = Array.from({ length: countArguments(name) }, () => readArgument(reader))
  const [first = [], second = []] = parts
  const sign = (value: string): LatexPiece => text(value, start, reader.at)
  const accent = ACCENTS.get(name)
  if (accent !== undefined) return mark(first, accent)
  const face = FACES.get(name)
  if (face) return change(first, (char) => face.get(char) ?? char)
  if (name === 'sqrt') return [sign(`${root}√`), ...wrap(first, sign)]
  if (name === 'binom') return [sign('C('), ...first, sign(', '), ...second, sign(')')]
  return [...wrap(first, sign), sign('/'), ...wrap(second, sign)]
}

function readRoot(reader: Reader): string {
  const match = /^\[([^\]]{1,8})\]/.exec(reader.source.slice(reader.at, reader.at + 12))
  if (!match) return ''
  reader.at += match[0].length
  const roots: Record<string, string> = { 2: '', 3: '³', 4: '⁴' }
  return roots[match[1] ?? ''] ?? (match[1] === 'n' ? 'ⁿ' : `${match[1]}`)
}

function keep(reader: Reader, name: string, start: number): LatexPiece[] {
  if (/^[A-Za-z]/.test(name)) reader.unknown.push({ name: `\\${name}`, start, end: reader.at })
  return [text(reader.source.slice(start, reader.at), start, reader.at)]
}

/** In parentheses when it is more than one number, name or sign. */
function wrap(pieces: readonly LatexPiece[], sign: (value: string) => LatexPiece): LatexPiece[] {
  const isAtom = pieces.every((piece) => piece.type !== 'text' || /^[\p{L}\p{N}.,\p{M}∞∂]*$/u.test(piece.value))
  return isAtom ? [...pieces] : [sign('('), ...pieces, sign(')')]
}

function mark(pieces: readonly LatexPiece[], accent: string): LatexPiece[] {
  return change(pieces, (char) => (/\s/.test(char) ? char : `${char}${accent}`.normalize('NFC')))
}

function change(pieces: readonly LatexPiece[], by: (char: string) => string): LatexPiece[] {
  return pieces.map((piece) =>
    piece.type === 'text'
      ? { ...piece, value: Array.from(piece.value, by).join('') }
      : { ...piece, children: change(piece.children, by) },
  )
}

function merge(pieces: readonly LatexPiece[]): LatexPiece[] {
  const out: LatexPiece[] = []
  for (const piece of pieces) {
    const last = out.at(-1)
    if (piece.type !== 'text') out.push(piece)
    else if (last?.type === 'text') {
      const value = last.value.endsWith(' ') ? last.value + piece.value.replace(/^ /, '') : last.value + piece.value
      out[out.length - 1] = { ...last, value, end: piece.end }
    } else out.push(piece)
  }
  return out
}

function text(value: string, start: number, end: number): LatexPiece {
  return { type: 'text', value, start, end }
}
