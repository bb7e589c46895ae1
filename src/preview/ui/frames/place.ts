/** A place in a mail, as an address carries it: `at=section-1~some words`. */
export interface Place {
  /** `id` of an element; missing: from the top. */
  readonly anchor?: string
  /** Words to be looked for after it. */
  readonly words?: string
}

export function formatPlace({ anchor = '', words }: Place): string {
  return words ? `${anchor}~${words}` : anchor
}

export function parsePlace(at: string): Place {
  const cut = at.indexOf('~')
  const [anchor, words] = cut < 0 ? [at, ''] : [at.slice(0, cut), at.slice(cut + 1)]
  return { ...(anchor ? { anchor } : {}), ...(words ? { words } : {}) }
}

/** The element of a mail that a place means; words that are gone leave the anchor. */
export function findPlace(page: Document, { anchor, words }: Place): Element | undefined {
  const start = anchor === undefined ? undefined : (page.getElementById(anchor) ?? findNamed(page, anchor))
  return (words === undefined ? undefined : findWords(page, words, start)) ?? start
}

function findNamed(page: Document, name: string): Element | undefined {
  return [...page.getElementsByName(name)][0]
}

function findWords(page: Document, words: string, start: Element | undefined): Element | undefined {
  const wanted = fold(words)
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const isAfter =
      !start || start.contains(node) || start.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING
    const element = node.parentElement
    if (!isAfter || !element || element.closest('style, title')) continue
    if (fold(node.textContent ?? '').includes(wanted)) return element
    // Words may be cut by a link or by emphasis.
    const block = element.closest('p, li, td, h1, h2, h3, h4, blockquote')
    if (block && block.childElementCount < 20 && fold(block.textContent ?? '').includes(wanted)) return block
  }
  return undefined
}

function fold(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().toLowerCase()
}
