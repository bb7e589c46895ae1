/** React DOM's marks between texts and around Suspense and document parts; never an author's, whose `<` is escaped. */
const REACT_COMMENT = /<!--(?: |\/?\$[?!~]?|\/?&|html|head|body|F!?)-->/g

/** React 19 asks the browser to load every image early; in a mail that is one more request and no mail client obeys. */
const PRELOAD_LINK = /<link(?=[^>]*\srel="preload")[^>]*>/g

/** What `<Mso html="…">` in `emails/components` prints. */
const MARKER = /<template data-mso="([^"]*)"><\/template>/g

/** A tag with its attributes, or the text up to the next one. */
const TAG_OR_TEXT = /<(?:[^"'<>]|"[^"]*"|'[^']*')*>|[^<]+/g

/**
 * HTML as React printed it, made fit for mail: markers become conditional comments for classic Outlook, React's own
 * comments and preload links go, and quotation marks in text stand for themselves: five bytes less for each in code,
 * and in a style sheet, where `&quot;` is no quotation mark at all.
 */
export function finishMarkup(html: string): string {
  return expandMso(unescapeQuotes(html.replaceAll(REACT_COMMENT, '').replaceAll(PRELOAD_LINK, '')))
}

function unescapeQuotes(html: string): string {
  if (!/&(?:#x27|quot);/.test(html)) return html
  return html.replaceAll(TAG_OR_TEXT, (part) =>
    part.startsWith('<') ? part : part.replaceAll('&#x27;', "'").replaceAll('&quot;', '"'),
  )
}

/**
 * Expands `<template data-mso="ENCODED"></template>` to `<!--[if mso]>RAW<![endif]-->`.
 * ENCODED is `encodeURIComponent(RAW)` in an attribute, so of HTML's own characters only `'` can be escaped in it.
 *
 * @throws URIError on a marker that `Mso` did not write.
 */
export function expandMso(html: string): string {
  return html.replaceAll(MARKER, (_, encoded: string) => {
    const raw = decodeURIComponent(encoded.replaceAll('&#x27;', "'").replaceAll('&#39;', "'"))
    // `-->` in it would end the comment for every other client and show the rest of it.
    return `<!--[if mso]>${raw.replaceAll(/--(?=!?>)/g, '&#45;&#45;')}<![endif]-->`
  })
}
