import { isAscii, isUtf8 } from 'node:buffer'
import { AppError } from '../../base/index.ts'
import { invalidCsv, notUtf8 } from '../errors.ts'

/** A line longer than this is no line of a list. */
const MAX_LINE_BYTES = 16_000_000
const LF = 0x0a

/**
 * Bytes to text, in pieces that end at a line feed (the last one may not). UTF-8 with or without a mark, UTF-16 by its
 * mark; anything else is refused, never guessed: a guess turns names into rubbish that nobody notices.
 *
 * @throws AppError `subscriber/not-utf8` with line and byte; `subscriber/invalid-csv` for UTF-16 without a mark, binary
 * files and endless lines.
 */
export async function* decodeLines(input: AsyncIterable<Uint8Array>, fileName: string): AsyncGenerator<Piece, void> {
  let decoder: Decoder | undefined
  let start: Buffer = Buffer.alloc(0)
  let readBytes = 0
  for await (const part of input) {
    readBytes += part.byteLength
    let bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength)
    if (!decoder) {
      start = Buffer.concat([start, bytes])
      // A mark has up to three bytes, that of a ZIP four.
      if (start.length < 4) continue
      decoder = openDecoder(start, fileName)
      bytes = start
    }
    const text = decoder.write(bytes)
    if (text !== '') yield { text, readBytes }
  }
  const text = decoder ? decoder.end() : openDecoder(start, fileName).whole(start)
  if (text !== '') yield { text, readBytes }
}

interface Piece {
  readonly text: string
  /** Bytes of the input that were read so far. */
  readonly readBytes: number
}

interface Decoder {
  /** @returns whole lines; what is left over comes with the next piece. */
  readonly write: (bytes: Buffer) => string
  readonly end: () => string
  readonly whole: (bytes: Buffer) => string
}

function openDecoder(start: Buffer, fileName: string): Decoder {
  const utf16 = openUtf16(start)
  if (!utf16) refuseBinary(start, fileName)
  const { write, end } = utf16 ? createUtf16(utf16, fileName) : createUtf8(fileName)
  return { write, end, whole: (bytes) => write(bytes) + end() }
}

function createUtf8(fileName: string): Pick<Decoder, 'write' | 'end'> {
  let carry: Buffer = Buffer.alloc(0)
  let line = 1
  let isFirst = true
  return {
    write: (part) => {
      const bytes = carry.length === 0 ? part : Buffer.concat([carry, part])
      const end = bytes.lastIndexOf(LF) + 1
      carry = bytes.subarray(end)
      if (carry.length > MAX_LINE_BYTES) throw refuseLong(fileName, line)
      const from = isFirst && hasMark(bytes) ? 3 : 0
      if (end === 0) return ''
      isFirst = false
      const whole = bytes.subarray(from, end)
      const text = decodeUtf8(whole, line, fileName)
      line += countLines(whole)
      return text
    },
    end: () => decodeUtf8(isFirst && hasMark(carry) ? carry.subarray(3) : carry, line, fileName),
  }
}

/** TextDecoder drops the mark by itself. */
function createUtf16(decoder: TextDecoder, fileName: string): Pick<Decoder, 'write' | 'end'> {
  let carry = ''
  const decode = (bytes?: Buffer) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
    } catch {
      throw refuse(fileName, 'its UTF-16 is broken', 'Save it as "CSV UTF-8".')
    }
  }
  return {
    write: (bytes) => {
      const text = carry + decode(bytes)
      const end = text.lastIndexOf('\n') + 1
      carry = text.slice(end)
      if (carry.length * 2 > MAX_LINE_BYTES) throw refuse(fileName, 'it has a line longer than 16 MB')
      return text.slice(0, end)
    },
    end: () => carry + decode(),
  }
}

function refuseLong(fileName: string, line: number): AppError {
  return refuse(fileName, `line ${line} is longer than 16 MB`)
}

function hasMark(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}

function openUtf16(bytes: Buffer): TextDecoder | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le', { fatal: true })
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be', { fatal: true })
  return undefined
}

function refuseBinary(bytes: Buffer, fileName: string): void {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4) {
    throw refuse(
      fileName,
      'it is a ZIP or a spreadsheet (.xlsx, .ods), not CSV',
      'Save the sheet as "CSV UTF-8" first.',
    )
  }
  // A single one in a cell is taken out like other control characters; UTF-16 is half of them.
  const beginning = bytes.subarray(0, 1000)
  if (beginning.filter((byte) => byte === 0).length * 20 > beginning.length) {
    throw refuse(fileName, 'it holds zero bytes: UTF-16 without a mark, or no text', 'Save it as "CSV UTF-8".')
  }
}

function refuse(fileName: string, reason: string, hint?: string): AppError {
  return new AppError(invalidCsv.code, invalidCsv.message(fileName, reason), {
    kind: 'usage',
    ...(hint === undefined ? {} : { hint }),
  })
}

function decodeUtf8(bytes: Buffer, firstLine: number, fileName: string): string {
  // One byte a character: half the memory, and faster to search.
  if (isAscii(bytes)) return bytes.toString('latin1')
  if (isUtf8(bytes)) return bytes.toString('utf8')
  const { line, byte } = findInvalid(bytes, firstLine)
  throw new AppError(notUtf8.code, notUtf8.message(fileName, line, byte), {
    kind: 'usage',
    hint: notUtf8.hint(fileName),
  })
}

function findInvalid(bytes: Buffer, firstLine: number): { line: number; byte: string } {
  let line = firstLine
  for (let from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(LF, from)
    const one = bytes.subarray(from, end < 0 ? bytes.length : end + 1)
    if (!isUtf8(one)) return { line, byte: describeByte(one) }
    from += one.length
  }
  return { line, byte: '?' }
}

// What Windows would show for it tells an author which name it is about.
function describeByte(line: Buffer): string {
  let good = 0
  while (good < line.length && isUtf8(line.subarray(0, good + 1))) good++
  // A character may begin before the byte that breaks it.
  const at = line.findIndex((value, index) => index >= Math.max(0, good - 3) && value >= 0x80)
  const byte = line[at < 0 ? good : at] ?? 0
  const shown = new TextDecoder('windows-1252').decode(new Uint8Array([byte]))
  return `${byte.toString(16).toUpperCase().padStart(2, '0')}, which would be "${shown}" in Windows-1252`
}

function countLines(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) count++
  return count
}
