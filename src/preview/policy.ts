/*
 * Content security policies. Three kinds of answers: the studio's page, mail in its frame, everything else.
 */

/** Of every answer. */
export const COMMON_HEADERS = {
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const

/** For data, images and words: should a browser take one for a document, it can do nothing. */
export const DATA_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"

/**
 * What the frame around a mail and the policy of the mail's own answer both allow. `allow-same-origin` lets the page
 * read and restore the frame's scroll position and hear its keys. That is safe as long as `allow-scripts` never
 * stands beside it: the mail can then run nothing that could use the origin. Popups are the mail's links; without
 * `allow-popups-to-escape-sandbox` the site they lead to would have no scripts.
 */
export const MAIL_SANDBOX = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox'

/** For the HTML of a mail. It may be anybody's: the inbox takes whatever is sent to it. */
export const MAIL_POLICY = [
  `sandbox ${MAIL_SANDBOX}`,
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "img-src 'self' https: data:",
  'font-src https: data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ')

/**
 * For the page: its script by a nonce, its style sheets from here. Mantine writes a few style elements of its own, with
 * the nonce.
 */
export function buildPagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    // A link inside a mail cannot put another site into the frame.
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
