import type { Inline } from '../../issue/index.ts'
import { toPlain } from '../../issue/index.ts'
import { markSlot } from '../slot.ts'

const SUPERSCRIPTS = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']

/** Links met in a text, numbered in order; the same address gets the same number. */
export class LinkNotes {
  readonly #urls: string[] = []

  /** @returns `[1]` */
  add(url: string): string {
    const known = this.#urls.indexOf(url)
    if (known >= 0) return `[${known + 1}]`
    return `[${this.#urls.push(url)}]`
  }

  /** The addresses with their numbers, from the last call on. */
  list(from: number): { readonly lines: readonly string[]; readonly next: number } {
    const lines = this.#urls.slice(from).map((url, index) => `[${from + index + 1}] ${url}`)
    return { lines, next: this.#urls.length }
  }
}

/** Inline nodes as one text; a hard break becomes `\n`. Marks of emphasis are dropped, as a reader aloud would. */
export function writeInlines(nodes: readonly Inline[], links: LinkNotes, imageWord: string): string {
  return nodes.map((node) => writeInline(node, links, imageWord)).join('')
}

/** `¹²` */
export function superscript(number: number): string {
  return Array.from(String(number), (digit) => SUPERSCRIPTS[Number(digit)]).join('')
}

function writeInline(node: Inline, links: LinkNotes, imageWord: string): string {
  switch (node.type) {
    case 'text':
      // Not every white space: some blanks are there to forbid a break.
      return node.value.replaceAll(/[ \t\r\n]+/g, ' ')
    case 'inlineCode':
      return node.value
    case 'strong':
    case 'emphasis':
      return writeInlines(node.children, links, imageWord)
    case 'delete':
      return `~${writeInlines(node.children, links, imageWord)}~`
    case 'superscript':
    case 'subscript':
      return toPlain([node])
    case 'link':
      return writeLink(node, links, imageWord)
    case 'image':
      return node.alt ? `[${imageWord}: ${node.alt}]` : ''
    case 'break':
      return '\n'
    case 'slot':
      return markSlot(node.name, node.fallback)
    case 'footnoteReference':
      return superscript(node.number)
  }
}

function writeLink(node: Extract<Inline, { type: 'link' }>, links: LinkNotes, imageWord: string): string {
  const label = writeInlines(node.children, links, imageWord)
  if (node.url.startsWith('#')) return label
  // An address that is its own label needs no note; a mail program makes it a link.
  if (label === node.url || `mailto:${label}` === node.url) return label
  return `${label} ${links.add(node.url)}`
}
