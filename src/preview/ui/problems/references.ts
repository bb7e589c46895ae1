/** A piece of a reference; with an address when it names something that has one. */
export interface ReferencePart {
  readonly text: string
  readonly url?: string
}

/** Names that stand for an address; the order of the alternatives is the order of the groups. */
const NAMES =
  /(https:\/\/[^\s)]+)|RFC (\d+)(?: §([\d.]*\d))?|Google (\d{5,})|([\w.-]+\/[\w.-]+) ?#(\d+)|(WCAG 2\.\d), ([\d.]*\d)/g

/**
 * Parts a reference of a rule (`RFC 8058 §3.1; hteumeuleu/email-bugs #41`) into words and links.
 */
export function linkReference(reference: string): ReferencePart[] {
  const parts: ReferencePart[] = []
  let end = 0
  for (const match of reference.matchAll(NAMES)) {
    if (match.index > end) parts.push({ text: reference.slice(end, match.index) })
    parts.push({ text: match[0], url: toUrl(match) })
    end = match.index + match[0].length
  }
  if (end < reference.length) parts.push({ text: reference.slice(end) })
  return parts
}

function toUrl([, url, rfc, section, google, repository, number]: RegExpMatchArray): string {
  if (url) return url
  if (rfc) return `https://www.rfc-editor.org/rfc/rfc${rfc}${section ? `#section-${section}` : ''}`
  if (google) return `https://support.google.com/a/answer/${google}`
  if (repository) return `https://github.com/${repository}/issues/${number ?? ''}`
  return 'https://www.w3.org/TR/WCAG22/'
}
