import { toLine } from '../base/index.ts'

/** A field as it stands in a head, and as a mail program shows it. */
export interface ReadHeader {
  readonly name: string
  /** Unfolded, decoded (RFC 2047), one line. */
  readonly value: string
  /** With its folds. */
  readonly raw: string
}

/** A header of our own has some 3 KB. */
const MAX_HEADER_BYTES = 256 * 1024

/** The fields of a message's header, in order. @see RFC 5322 §2.2 */
export function readHeaders(raw: Uint8Array): ReadHeader[] {
  const start = new TextDecoder().decode(raw.subarray(0, MAX_HEADER_BYTES))
  const [head = ''] = start.split(/\r?\n\r?\n/, 1)
  // A line that begins with a blank belongs to the one before.
  const fields = head.split(/\r?\n(?![ \t])/)
  return fields.flatMap((field) => {
    const colon = field.indexOf(':')
    if (colon < 1) return []
    const body = field.slice(colon + 1).replaceAll(/\r?\n(?=[ \t])/g, '')
    return [{ name: field.slice(0, colon).trimEnd(), value: toLine(decodeWords(body)).trim(), raw: field }]
  })
}

const WORD = /=\?([^?\s]+)\?([bq])\?([^?\s]*)\?=/gi

/** Encoded words as text; blanks between two of them do not count. @see RFC 2047 §6.2 */
export function decodeWords(text: string): string {
  return text
    .replaceAll(/(=\?[^?\s]+\?[bq]\?[^?\s]*\?=)\s+(?==\?[^?\s]+\?[bq]\?)/gi, '$1')
    .replaceAll(/(?:=\?[^?\s]+\?[bq]\?[^?\s]*\?=)+/gi, (run) => decodeRun(run) ?? run)
}

// A character may be cut in two between words, so that their bytes go together.
function decodeRun(run: string): string | undefined {
  const words = [...run.matchAll(WORD)]
  const pieces: { readonly charset: string; bytes: Buffer }[] = []
  for (const [, label = '', encoding = '', data = ''] of words) {
    const charset = label.replace(/\*.*$/, '').toLowerCase()
    const bytes = encoding.toLowerCase() === 'b' ? Buffer.from(data, 'base64') : decodeQ(data)
    const last = pieces.at(-1)
    if (last?.charset === charset) last.bytes = Buffer.concat([last.bytes, bytes])
    else pieces.push({ charset, bytes })
  }
  try {
    return pieces.map(({ charset, bytes }) => new TextDecoder(charset).decode(bytes)).join('')
  } catch {
    return undefined
  }
}

function decodeQ(data: string): Buffer {
  const text = data
    .replaceAll('_', ' ')
    .replaceAll(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(text, 'latin1')
}
