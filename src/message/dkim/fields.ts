/**
 * The header fields that a signature covers, in the order of `h=`.
 *
 * `sealed`: named once more than the message has it, even when it has none, so that nobody can add one (RFC 6376 §8.15):
 * those there may be one of by RFC 5322 §3.6, those that decide how the body is read, and those that lead readers out of
 * the list. The others are not: relays add their own.
 */
const FIELDS: readonly { readonly name: string; readonly isSealed: boolean }[] = [
  ...['From', 'Reply-To', 'To', 'Subject', 'Date', 'Message-ID'].map(seal),
  ...['MIME-Version', 'Content-Type'].map(seal),
  ...['List-Id', 'List-Unsubscribe', 'List-Unsubscribe-Post', 'List-Archive'].map(seal),
  { name: 'Content-Transfer-Encoding', isSealed: false },
  { name: 'Feedback-ID', isSealed: false },
  { name: 'Precedence', isSealed: false },
]

function seal(name: string) {
  return { name, isSealed: true }
}

/** What a signature says of a message's head. */
export interface SignedFields {
  /** Value of `h=`, not folded. */
  readonly names: string
  /** The fields as they are hashed, each with its CRLF. */
  readonly canonical: string
  /** Unix seconds of the Date field; undefined without a readable one. */
  readonly date: number | undefined
}

/**
 * Picks and canonicalises the fields of a head.
 *
 * @param head - one character per octet, without the empty line.
 */
export type ReadFields = (head: string) => SignedFields

/** Most fields are the same for every reader: each is canonicalised again only when it has changed. */
export function createFieldReader(): ReadFields {
  const kept = new Map<string, { readonly field: string; readonly canonical: string }>()
  const relaxKept = (name: string, field: string) => {
    const known = kept.get(name)
    if (known?.field === field) return known.canonical
    const canonical = relaxField(field)
    kept.set(name, { field, canonical })
    return canonical
  }
  return (head) => {
    const found = new Map<string, string[]>()
    for (const field of head.split(/\r\n(?![ \t])/)) {
      const name = field.slice(0, field.indexOf(':')).trimEnd().toLowerCase()
      const others = found.get(name)
      if (others) others.push(field)
      else found.set(name, [field])
    }
    const names: string[] = []
    let canonical = ''
    for (const { name, isSealed } of FIELDS) {
      const key = name.toLowerCase()
      // Of several the last comes first (RFC 6376 §5.4.2).
      for (const field of found.get(key)?.toReversed() ?? []) {
        names.push(name)
        canonical += `${relaxKept(key, field)}\r\n`
      }
      if (isSealed) names.push(name)
    }
    const [date = ''] = found.get('date') ?? []
    const dateMs = Date.parse(date.slice(date.indexOf(':') + 1))
    return { names: names.join(':'), canonical, date: Number.isNaN(dateMs) ? undefined : Math.floor(dateMs / 1000) }
  }
}

/**
 * A field in relaxed form, without its CRLF: name in lower case, unfolded, runs of blanks one space.
 *
 * @see RFC 6376 §3.4.2
 */
export function relaxField(field: string): string {
  const colon = field.indexOf(':')
  const value = field.slice(colon + 1).replaceAll('\r\n', '')
  // Not \s: a head may hold UTF-8, whose octets look like other blanks.
  const text = value.replaceAll(/[ \t]+/g, ' ').replace(/^ /, '')
  return `${field.slice(0, colon).trimEnd().toLowerCase()}:${text.endsWith(' ') ? text.slice(0, -1) : text}`
}
