/**
 * Text made safe for headers, HTML and terminals: C0 (but line feed and tab), C1, lone surrogates, non-characters,
 * private-use characters and bidirectional overrides are removed. Private use is reserved for the tool's own marks.
 *
 * @see Unicode Technical Report 36 §2.10; CVE-2021-42574 for the overrides
 */
export function stripUnsafe(text: string): string {
  return text.replaceAll(UNSAFE, '')
}

const UNSAFE =
  // oxlint-disable-next-line no-control-regex
  /[\u{0}-\u{8}\u{B}-\u{1F}\u{7F}-\u{9F}\u{202A}-\u{202E}\u{2066}-\u{2069}\u{FEFF}\u{FFF9}-\u{FFFB}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}]/gu

// Most values of most readers: there is nothing to do, and a list of a million asks several million times.
const CLEAN_LINE =
  // oxlint-disable-next-line no-control-regex
  /^[^\s\u{0}-\u{8}\u{B}-\u{1F}\u{7F}-\u{9F}\u{202A}-\u{202E}\u{2066}-\u{2069}\u{FEFF}\u{FFF9}-\u{FFFB}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}]+(?: [^\s\u{0}-\u{8}\u{B}-\u{1F}\u{7F}-\u{9F}\u{202A}-\u{202E}\u{2066}-\u{2069}\u{FEFF}\u{FFF9}-\u{FFFB}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}]+)*$/u

/** One line of text: every run of white space becomes a blank. */
export function toLine(text: string): string {
  if (CLEAN_LINE.test(text)) return text
  return stripUnsafe(text.replaceAll(/[\s\u{85}]/gu, ' '))
    .replaceAll(/ +/g, ' ')
    .trim()
}

/** At most so many characters, an ellipsis at the end when some are left out. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text
  // The cut can leave half of a surrogate pair.
  return `${text.slice(0, most - 1).replace(/\p{Cs}$/u, '')}…`
}

/** Escaped for HTML text and double-quoted attributes. */
export function escapeHtml(text: string): string {
  if (!/[&<>"']/.test(text)) return text
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/**
 * A stable, readable id: letters and digits of any script in lower case, joined by hyphens.
 *
 * @returns empty when the text has neither.
 */
export function slugify(text: string): string {
  const words = text
    .normalize('NFKD')
    // Latin accents only: in other scripts a mark can be half of the letter (Japanese dakuten, й, Arabic hamza).
    .replaceAll(/(\p{Script=Latin})[\u{300}-\u{36F}]+/gu, '$1')
    .replaceAll(EMOJI_MARKS, '')
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu)
  // The cut can leave a hyphen or half of a surrogate pair.
  return (words ?? [])
    .join('-')
    .slice(0, 60)
    .replace(/[-\p{Cs}]+$/u, '')
}

/** What makes an emoji of a letter or digit: variation selectors and the keycap. */
const EMOJI_MARKS = /[\u{20D0}-\u{20FF}\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/gu
