/*
 * Names that may stand in a URL of the studio, beside slugs. They are looked up in lists, yet whoever implements the services may
 * join one to a path, so nothing passes here that could lead out of a folder: no separators, no leading dot, no
 * control characters, no names of devices on Windows that need a colon.
 */
const NAME = /^[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_@+(),'!&~-]|[ .](?![ .]|$)){0,199}$/u

/** Whether a text can be an image's name or a message's id. */
export function isSafeName(text: string): boolean {
  return NAME.test(text)
}

/**
 * Whether a text can be the slug of an issue. The author names files as they like (`q&a #1.md`), so all but what could
 * lead out of a folder passes: a slug is looked up in the list of issues, and never joined to a path.
 */
export function isSlug(text: string): boolean {
  return text !== '' && text.length <= MAX_SLUG && !text.startsWith('.') && !/[/\\\0]/.test(text)
}

/** File systems take 255 octets. */
const MAX_SLUG = 255

/** Where the studio serves an image of an issue; for whoever rewrites the HTML. */
export function imageUrl(slug: string, name: string): string {
  return `/issues/${encodeURIComponent(slug)}/images/${encodeURIComponent(name)}`
}
