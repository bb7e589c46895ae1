/**
 * The HTML of a mail as the frame shows it: links leave the frame, so that the mail stays on the screen. Jumps
 * inside the mail stay inside. A link that this misses is stopped by the page's `frame-src`.
 */
export function prepareMailHtml(html: string): string {
  // Comments, conditional ones for Outlook among them, are passed over: they hold tags that are no tags here.
  return html.replaceAll(/<!--[\s\S]*?-->|<(?:a|area)\b(?:[^>"']|"[^"]*"|'[^']*')*>/gi, (tag) => {
    if (tag.startsWith('<!--') || !LEAVES.test(tag)) return tag
    const bare = tag.replaceAll(/\s(?:target|rel)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+)/gi, '')
    return bare.replace(/\s*\/?>$/, ' target="_blank" rel="noopener noreferrer">')
  })
}

const LEAVES = /\shref\s*=\s*["']?\s*(?!#)[^\s"'>]/i
