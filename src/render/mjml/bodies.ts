import { SafeHtml } from './drops.ts'

// Private-use characters, as in slot.ts: neither a template nor author's text holds them.
const OPEN = '\u{E012}'
const CLOSE = '\u{E013}'
const MARK = /\u{E012}(\d+)\u{E013}/gu

/**
 * Author's text as a Liquid value that prints a mark. MJML parses and our tidying walks through what a template prints;
 * the text itself is finished and most of a mail, so it is put in at the end: faster, and untouched by either.
 */
export function keepBody(html: string, bodies: string[]): SafeHtml {
  return new SafeHtml(html, `${OPEN}${bodies.push(html) - 1}${CLOSE}`)
}

/** @param bodies - as `keepBody` filled it. */
export function restoreBodies(html: string, bodies: readonly string[]): string {
  return html.replaceAll(MARK, (_, index: string) => bodies[Number(index)] ?? '')
}
