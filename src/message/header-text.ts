import { type Mailbox, toLine } from '../base/index.ts'

/** Room for the encoded text of an encoded-word: with its frame and `Reply-To: ` before it a line stays within 76 (RFC 2047 §2). */
const MAX_ENCODED = 52
/** Longest word that stands as it is: a longer one cannot be folded. */
const MAX_WORD = 60
const LINE_LENGTH = 76
/** `Reply-To: ` stands before it. */
const FIRST_LINE = LINE_LENGTH - 10

/** A text as the value of a field without structure, such as Subject: one line of meaning, ASCII, folded. */
export function encodeText(text: string): string {
  const line = toLine(text)
  return isPlain(line) ? fold(line.split(' ')) : encodeWords(line)
}

/** A text as RFC 5322 quoted-string or RFC 2047 encoded-words, for names before an address. */
function encodePhrase(text: string): string {
  const line = toLine(text)
  return isPlain(line) && line.length <= MAX_WORD
    ? `"${line.replaceAll(/["\\]/g, String.raw`\$&`)}"`
    : encodeWords(line)
}

/** `"Ada Example" <ada@example.com>`, or the address alone. */
export function formatMailbox({ name, address }: Mailbox): string {
  return toLine(name) === '' ? address : namePlace(name, address)
}

/** A name before an address or a list's id in angle brackets, folded where it must be. */
export function namePlace(name: string, place: string): string {
  const phrase = encodePhrase(name)
  const isLong = phrase.includes('\r\n') || phrase.length + place.length + 3 > FIRST_LINE
  return `${phrase}${isLong ? '\r\n' : ''} <${place}>`
}

// A reader's name or a title must not be read as an encoded-word: some programs decode it even between quotes.
function isPlain(line: string): boolean {
  return /^[\x20-\x7e]*$/.test(line) && !line.includes('=?') && line.split(' ').every((word) => word.length <= MAX_WORD)
}

function fold(words: readonly string[]): string {
  let out = ''
  let room = FIRST_LINE
  for (const [index, word] of words.entries()) {
    const isFolded = index > 0 && room < word.length + 1
    out += `${index === 0 ? '' : isFolded ? '\r\n ' : ' '}${word}`
    room = (isFolded ? LINE_LENGTH : room) - word.length - 1
  }
  return out
}

function encodeWords(line: string): string {
  const asQ = encodeQ(line)
  const [letter, encode, measure] =
    asQ.length <= measureB(line) ? (['Q', encodeQ, measureQ] as const) : (['B', encodeB, measureB] as const)
  // Most names need one word.
  if (letter === 'Q' && asQ.length <= MAX_ENCODED) return `=?utf-8?Q?${asQ}?=`
  return cut(line, measure)
    .map((part) => `=?utf-8?${letter}?${encode(part)}?=`)
    .join('\r\n ')
}

// Between characters: every encoded-word must be readable by itself (RFC 2047 §5).
function cut(line: string, measure: (text: string) => number): string[] {
  if (measure(line) <= MAX_ENCODED) return [line]
  const words: string[] = []
  let word = ''
  for (const char of line) {
    if (measure(word + char) > MAX_ENCODED) {
      words.push(word)
      word = ''
    }
    word += char
  }
  return [...words, word]
}

function encodeB(text: string): string {
  return Buffer.from(text).toString('base64')
}

function measureB(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 3) * 4
}

// Only what may stand in an encoded-word before an address (RFC 2047 §5.3).
function encodeQ(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9!*+\-/]/gu, (char) => {
    if (char === ' ') return '_'
    if (char >= '\u{80}') return encodeURIComponent(char).replaceAll('%', '=')
    return `=${char.charCodeAt(0).toString(16).toUpperCase()}`
  })
}

function measureQ(text: string): number {
  return encodeQ(text).length
}
