/** A tag list: `v=DKIM1; k=rsa; p=…`. */
export interface TagList {
  /** By name, as written; values without the blanks around them. */
  readonly tags: ReadonlyMap<string, string>
  /** What is wrong with it, in words without a full stop. */
  readonly problem?: string
}

// RFC 6376 §3.2: a name begins with a letter; a value has printable characters but the semicolon, and folded blanks.
const TAG = /^[ \t\r\n]*([A-Za-z]\w*)[ \t\r\n]*=[ \t\r\n]*([\x21-\x3a\x3c-\x7e \t\r\n]*?)[ \t\r\n]*$/

/** Reads `name=value; …`, which DKIM and DMARC share. @see RFC 6376 §3.2, RFC 9989 §4.7 */
export function readTagList(text: string): TagList {
  const tags = new Map<string, string>()
  const parts = text.split(';')
  if (parts.at(-1)?.trim() === '') parts.pop()
  for (const part of parts) {
    const [, name, value = ''] = TAG.exec(part) ?? []
    if (name === undefined) return { tags, problem: `"${shorten(part.trim())}" is no tag=value` }
    if (tags.has(name)) return { tags, problem: `${name}= stands twice` }
    tags.set(name, value)
  }
  return { tags }
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
