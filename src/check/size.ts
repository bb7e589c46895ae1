/** Octets of a text, plain and as the wire carries it. */
export interface TextSize {
  readonly decodedBytes: number
  readonly encodedBytes: number
}

const LF = 0x0a
const CR = 0x0d

/**
 * Octets of a text in UTF-8, and in quoted-printable with lines of at most 76 characters and CRLF.
 *
 * @see RFC 2045 §6.7
 */
export function measureText(text: string): TextSize {
  const bytes = Buffer.from(text)
  let encodedBytes = 0
  let column = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    const next = bytes[at + 1]
    if (byte === CR && next === LF) continue
    if (byte === LF) {
      encodedBytes += 2
      column = 0
      continue
    }
    const endsLine = next === undefined || next === LF || (next === CR && bytes[at + 2] === LF)
    const width = isLiteral(byte, endsLine) ? 1 : 3
    // The last of 76 columns belongs to `=`, unless the line ends here anyway.
    if (column + width > (endsLine ? 76 : 75)) {
      encodedBytes += 3
      column = 0
    }
    encodedBytes += width
    column += width
  }
  return { decodedBytes: bytes.length, encodedBytes }
}

function isLiteral(byte: number, endsLine: boolean): boolean {
  if (byte === 0x20 || byte === 0x09) return !endsLine
  return byte > 0x20 && byte < 0x7f && byte !== 0x3d
}

/** What counts for clipping: the larger of both. */
export function measureAsSent(text: string): number {
  const { decodedBytes, encodedBytes } = measureText(text)
  return Math.max(decodedBytes, encodedBytes)
}
