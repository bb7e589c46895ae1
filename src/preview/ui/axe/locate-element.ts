const MAX_WORDS = 60

/** Where an element of a mail is, in the words of frames/place.ts. */
export interface ElementPlace {
  /** Missing: before the first anchor. */
  readonly anchor?: string
  /** What it says first; empty for an image. */
  readonly words: string
}

export function locateElement(element: Element): ElementPlace {
  const page = element.ownerDocument
  const anchors = [...page.querySelectorAll<HTMLElement>('body [id], body a[name]')]
  const before = anchors.findLast(
    (one) => one.contains(element) || one.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING,
  )
  const anchor = before?.id || before?.getAttribute('name')
  return { words: readWords(element), ...(anchor ? { anchor } : {}) }
}

/** The first text that stands in one piece. */
function readWords(element: Element): string {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = (node.textContent ?? '').replaceAll(/\s+/g, ' ').trim()
    if (text !== '') return text.slice(0, MAX_WORDS)
  }
  return element.querySelector('img')?.alt.slice(0, MAX_WORDS) ?? ''
}
