import { z } from 'zod'

/**
 * What `issue/` must know of a block to read it; the registry in `emails/blocks/` adds how it looks.
 * `app.ts` hands the list over, so a user's block equals a built-in one.
 */
export interface BlockSchema {
  /** Directive name, lower case: `promo`. */
  readonly name: string
  readonly summary: string
  /** Strict object of the attributes, without `type`, `name` and `body`, which the reader adds. */
  readonly attributes: z.ZodObject
  /** `none`: a leaf. `markdown`: text. `actions`: text whose list of only links becomes buttons. */
  readonly body: 'none' | 'markdown' | 'actions'
  /** Attributes that a block must have unless `name` brings a shared one. */
  readonly canBeShared: boolean
}

/** Schemes a link of an issue may have (DESIGN §4). */
export const LINK_SCHEMES = ['https', 'http', 'mailto', 'tel'] as const

/**
 * Whether a link may stand in a mail: an absolute URL with an allowed scheme, or a fragment.
 * Control characters and blanks are refused, since clients drop them before they read the scheme.
 */
export function isAllowedLink(url: string): boolean {
  if (/[\p{Cc}\p{Cf}\p{Zs}\p{Co}\p{Cs}\\]/u.test(url)) return false
  if (/^#[^#]+$/.test(url)) return true
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase()
  if (scheme === 'mailto' || scheme === 'tel') return url.length > scheme.length + 1
  if ((scheme !== 'https' && scheme !== 'http') || !/^https?:\/\/[^/?#]/i.test(url)) return false
  return URL.canParse(url)
}

/** Attribute schema for a link a reader can follow. */
export function link(): z.ZodType<string, string> {
  return z.string().refine(isAllowedLink, {
    error: 'links begin with https:, http:, mailto:, tel: or #',
    params: { code: 'issue/forbidden-link' },
  })
}

/** What `image()` gives before the reader has looked for the file. */
export interface ImageSource {
  readonly kind: 'image-source'
  readonly source: string
}

/** Attribute schema for an image: a path relative to the issue file, or an https URL; components get `ImageData`. */
export function image(): z.ZodType<ImageSource, string> {
  return z
    .string()
    .min(1)
    .transform((source): ImageSource => ({ kind: 'image-source', source }))
}
