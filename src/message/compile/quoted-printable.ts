/** Ends a line of the wire that goes on in the text. */
export const SOFT_BREAK = '=\r\n'

/** One less than the 76 of RFC 2045 §6.7, for the `=` of a soft break. */
const COLUMNS = 75

/** What needs no encoding wherever it stands, as most names and addresses of pages are. */
const PLAIN = /^[!-<>-~]+(?: [!-<>-~]+)*$/
const PERILOUS_START = /^(?:\.|From )/

/**
 * A text in quoted-printable from column 0 on: UTF-8, a line feed is a line end, no line over 76 characters, none that
 * begins with a dot (SMTP doubles it) or with `From ` (mailboxes put `>` before it), no blank at a line's end. The bytes
 * of a character stay on one line.
 *
 * @param isOpen - the last line goes on: the caller puts a soft break after it.
 * @see RFC 2045 §6.7; RFC 2049 §3 on dots and `From `
 */
export function encodeQuotedPrintable(text: string, isOpen = false): string {
  if (PLAIN.test(text)) {
    const lines = cutColumns(text)
    if (!lines.some((line) => PERILOUS_START.test(line))) return lines.join(SOFT_BREAK)
  }
  const lines = text.toWellFormed().replaceAll(/\r\n?/g, '\n').split('\n')
  return lines.map((line, index) => encodeLine(line, isOpen && index === lines.length - 1)).join('\r\n')
}

function cutColumns(text: string): string[] {
  if (text.length <= COLUMNS) return [text]
  const lines: string[] = []
  for (let at = 0; at < text.length; at += COLUMNS) lines.push(text.slice(at, at + COLUMNS))
  return lines
}

function encodeLine(line: string, isOpen: boolean): string {
  let out = ''
  let column = 0
  let at = 0
  for (const char of line) {
    const isEnd = at + char.length === line.length && !isOpen
    let piece = encodeChar(char, isEnd)
    if (column + piece.length > COLUMNS) {
      out += SOFT_BREAK
      column = 0
    }
    if (column === 0 && (char === '.' || (char === 'F' && line.startsWith('From ', at)))) piece = encodeAscii(char)
    out += piece
    column += piece.length
    at += char.length
  }
  return out
}

function encodeChar(char: string, isEnd: boolean): string {
  if (char >= '\u{80}') return encodeURIComponent(char).replaceAll('%', '=')
  const isLiteral = char === ' ' || char === '\t' ? !isEnd : char > ' ' && char < '\u{7F}' && char !== '='
  return isLiteral ? char : encodeAscii(char)
}

function encodeAscii(char: string): string {
  return `=${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}
