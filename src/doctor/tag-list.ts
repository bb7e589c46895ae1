/** A tag list: `v=DKIM1; k=rsa; p=…`. */
export interface TagList {
  /** By name, as written; values without the blanks around them. Of a repeated one the first. */
  readonly tags: ReadonlyMap<string, string>
  /** Names that stand more than once. */
  readonly repeated: readonly string[]
  /** Parts that are no tag. */
  readonly malformed: readonly string[]
}

// RFC 6376 §3.2: a name begins with a letter; a value has printable characters but the semicolon, and folded blanks.
const TAG = /^[ \t\r\n]*([A-Za-z]\w*)[ \t\r\n]*=[ \t\r\n]*([\x21-\x3a\x3c-\x7e \t\r\n]*?)[ \t\r\n]*$/

/** Reads `name=value; …`, which DKIM and DMARC share. @see RFC 6376 §3.2, RFC 9989 §4.7 */
export function readTagList(text: string): TagList {
  const tags = new Map<string, string>()
  const repeated: string[] = []
  const malformed: string[] = []
  for (const part of text.split(';')) {
    // Two semicolons in a row are against the grammar, and trouble nobody.
    if (part.trim() === '') continue
    const [, name, value = ''] = TAG.exec(part) ?? []
    if (name === undefined) malformed.push(shorten(part.trim()))
    else if (tags.has(name)) repeated.push(name)
    else tags.set(name, value)
  }
  return { tags, repeated, malformed }
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
