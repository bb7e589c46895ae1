/**
 * What a line of a message is. `field`: begins a header field; `fold`: goes on with it; `blank`: ends a header;
 * `boundary`: between parts; `soft`: goes on in the next line (quoted-printable); `body`: all others.
 */
export type LineKind = 'field' | 'fold' | 'blank' | 'boundary' | 'soft' | 'body'

export interface WireLine {
  readonly kind: LineKind
  readonly text: string
}

/** A part of a message that has no parts itself. */
export interface WirePart {
  /** `text/html` */
  readonly type: string
  /** Index of the line it begins with. */
  readonly line: number
  /** Octets of its body as it travels, about. */
  readonly octets: number
}

export interface WireMessage {
  readonly lines: readonly WireLine[]
  readonly parts: readonly WirePart[]
}

/** Tells the lines of a message apart. @see RFC 5322 §2.2.3, RFC 2046 §5.1, RFC 2045 §6.7 */
export function readWire(raw: string): WireMessage {
  const boundaries = new Set<string>()
  const lines: WireLine[] = []
  const parts: { type: string; line: number; octets: number }[] = []
  let part = { type: 'text/plain', line: 0, octets: 0 }
  let isHead = true
  let isQuoted = false
  let field = ''
  const endField = () => {
    const boundary = /^content-type:.*?boundary="?([^";]+)"?/is.exec(field)?.[1]
    if (boundary !== undefined) boundaries.add(boundary.trim())
    part.type = /^content-type:\s*([^\s;]+)/i.exec(field)?.[1]?.toLowerCase() ?? part.type
    if (/^content-transfer-encoding:\s*quoted-printable/i.test(field)) isQuoted = true
    field = ''
  }
  // What stands after the last boundary is no part.
  let isOver = false
  const endPart = () => {
    if (!part.type.startsWith('multipart/') && !isOver) parts.push(part)
  }
  for (const text of raw.split(/\r?\n/)) {
    const isBoundary = text.startsWith('--') && isOneOf(boundaries, text.slice(2))
    if (isBoundary) {
      endPart()
      part = { type: 'text/plain', line: lines.length, octets: 0 }
      isOver = text.trimEnd().endsWith('--')
      isHead = !isOver
      isQuoted = false
      lines.push({ kind: 'boundary', text })
    } else if (!isHead) {
      part.octets += text.length + 2
      lines.push({ kind: isQuoted && text.endsWith('=') ? 'soft' : 'body', text })
    } else if (text === '') {
      endField()
      isHead = false
      lines.push({ kind: 'blank', text })
    } else if (/^[ \t]/.test(text)) {
      field += text
      lines.push({ kind: 'fold', text })
    } else {
      endField()
      field = text
      lines.push({ kind: 'field', text })
    }
  }
  endPart()
  return { lines, parts }
}

function isOneOf(boundaries: ReadonlySet<string>, text: string): boolean {
  const name = text.trimEnd()
  return boundaries.has(name) || (name.endsWith('--') && boundaries.has(name.slice(0, -2)))
}
