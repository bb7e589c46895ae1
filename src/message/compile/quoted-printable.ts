/** Ends a line of the wire that goes on in the text. */
export const SOFT_BREAK = '=\r\n'

/** One less than the 76 of RFC 2045 §6.7, for the `=` of a soft break. */
const COLUMNS = 75

/** What needs no encoding wherever it stands, as most names and addresses of pages are. */
const PLAIN = /^[!-<>-~]+(?: [!-<>-~]+)*$/
/** What `encodeURIComponent` and a look at the start are not enough for: controls, a blank at the end. */
// oxlint-disable-next-line no-control-regex
const DELICATE = /[\u{0}-\u{1F}\u{7F}-\u{9F}\u{D800}-\u{DFFF}]| $/u
const NO_LITERALS = /[^ -<>-~]+/g

/**
 * A text in quoted-printable from column 0 on: UTF-8, a line feed is a line end, no line over 76 characters, none that
 * begins with a dot (SMTP doubles it) or with `From ` (mailboxes put `>` before it), no blank at a line's end. The bytes
 * of a character stay on one line.
 *
 * @param isOpen - the last line goes on: the caller puts a soft break after it.
 * @see RFC 2045 §6.7; RFC 2049 §3 on dots and `From `
 */
export function encodeQuotedPrintable(text: string, isOpen = false): string {
  return encodePlain(text) ?? encodeShort(text) ?? encodeText(text, isOpen)
}

function encodePlain(text: string): string | undefined {
  if (!PLAIN.test(text)) return undefined
  let out = ''
  for (let at = 0; at < text.length; at += COLUMNS) {
    const line = text.slice(at, at + COLUMNS)
    if (isPerilous(line)) return undefined
    out += at === 0 ? line : SOFT_BREAK + line
  }
  return out
}

/** A name in any script, when it fits on a line. */
function encodeShort(text: string): string | undefined {
  if (text.length > COLUMNS || isPerilous(text) || DELICATE.test(text)) return undefined
  const line = text.replaceAll(NO_LITERALS, (run) => encodeURIComponent(run).replaceAll('%', '='))
  return line.length <= COLUMNS ? line : undefined
}

function isPerilous(line: string): boolean {
  return line.startsWith('.') || line.startsWith('From ')
}

function encodeText(text: string, isOpen: boolean): string {
  const lines = text.toWellFormed().replaceAll(/\r\n?/g, '\n').split('\n')
  return lines.map((line, index) => encodeLine(line, isOpen && index === lines.length - 1)).join('\r\n')
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
