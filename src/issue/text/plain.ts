import type { Inline } from '../model.ts'
import { toScript } from '../latex/scripts.ts'

/**
 * Inline content as plain text: for tables of contents, subjects and anchors. Raised and lowered text takes Unicode's
 * characters where each has one, else `^(…)` and `_(…)`; a slot gives its fallback.
 */
export function toPlain(inlines: readonly Inline[]): string {
  return inlines.map(plain).join('')
}

// oxlint-disable-next-line complexity -- one case for each kind of node
function plain(node: Inline): string {
  switch (node.type) {
    case 'text':
    case 'inlineCode':
      return node.value
    case 'break':
      return ' '
    case 'image':
      return node.alt
    case 'slot':
      return node.fallback ?? ''
    case 'footnoteReference':
      return ''
    case 'superscript':
    case 'subscript': {
      const text = toPlain(node.children)
      return toScript(text, node.type) ?? `${node.type === 'superscript' ? '^' : '_'}(${text})`
    }
    case 'strong':
    case 'emphasis':
    case 'delete':
    case 'link':
      return toPlain(node.children)
  }
}
