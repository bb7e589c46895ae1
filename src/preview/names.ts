/*
 * Names that may stand in a URL of the studio. They are looked up in lists, yet whoever implements the services may
 * join one to a path, so nothing passes here that could lead out of a folder: no separators, no leading dot, no
 * control characters, no names of devices on Windows that need a colon.
 */
const NAME = /^[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_@+(),'!&~-]|[ .](?![ .]|$)){0,199}$/u

/** Whether a text can be an issue's slug, an image's name or a message's id. */
export function isSafeName(text: string): boolean {
  return NAME.test(text)
}

/** Where the studio serves an image of an issue; for whoever rewrites the HTML. */
export function imageUrl(slug: string, name: string): string {
  return `/issues/${encodeURIComponent(slug)}/images/${encodeURIComponent(name)}`
}
