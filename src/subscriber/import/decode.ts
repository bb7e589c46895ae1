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
export async function* decodeLines(
  input: AsyncIterable<Uint8Array>,
  fileName: string,
): AsyncGenerator<{ readonly text: string; readonly readBytes: number }, void> {
  let utf16: TextDecoder | undefined
  let carry: Buffer = Buffer.alloc(0)
  let isFirst = true
  let line = 1
  let readBytes = 0
  for await (const part of input) {
    readBytes += part.byteLength
    let bytes =
      carry.length === 0 ? Buffer.from(part.buffer, part.byteOffset, part.byteLength) : Buffer.concat([carry, part])
    carry = Buffer.alloc(0)
    if (isFirst) {
      if (bytes.length < 4) {
        carry = bytes
        continue
      }
      isFirst = false
      utf16 = openUtf16(bytes)
      bytes = skipMark(bytes, utf16 !== undefined)
      if (!utf16) refuseBinary(bytes, fileName)
    }
    if (utf16) {
      yield { text: utf16.decode(bytes, { stream: true }), readBytes }
      continue
    }
    const end = bytes.lastIndexOf(LF) + 1
    carry = bytes.subarray(end)
    if (carry.length > MAX_LINE_BYTES) throw refuse(fileName, `line ${line} is longer than 16 MB`)
    if (end === 0) continue
    const whole = bytes.subarray(0, end)
    yield { text: decodeUtf8(whole, line, fileName), readBytes }
    line += countLines(whole)
  }
  const rest = isFirst ? skipMark(carry, false) : carry
  if (utf16) yield { text: utf16.decode(rest), readBytes }
  else if (rest.length > 0) yield { text: decodeUtf8(rest, line, fileName), readBytes }
}

function openUtf16(bytes: Buffer): TextDecoder | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be')
  return undefined
}

// TextDecoder drops a mark by itself.
function skipMark(bytes: Buffer, isUtf16: boolean): Buffer {
  const hasMark = !isUtf16 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  return hasMark ? bytes.subarray(3) : bytes
}

function refuseBinary(bytes: Buffer, fileName: string): void {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4) {
    throw refuse(
      fileName,
      'it is a ZIP or a spreadsheet (.xlsx, .ods), not CSV',
      'Save the sheet as "CSV UTF-8" first.',
    )
  }
  if (bytes.subarray(0, 1000).includes(0)) {
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
