import { parseDocument } from 'htmlparser2'

type ChildNode = ReturnType<typeof parseDocument>['children'][number]

/** An element as htmlparser2 gives it. */
export type Element = Extract<ChildNode, { attribs: unknown }>

/** What a reader, a screen reader or a jump within the mail finds in an HTML part. */
export interface ReaderView {
  /** Visible text on one line; an image is its alternative text. */
  readonly text: string
  readonly elements: readonly Element[]
}

const UNSEEN = new Set(['head', 'script', 'style', 'template', 'title'])
const INLINE = new Set('a abbr b bdi bdo code del em i img ins mark q s small span strong sub sup u wbr'.split(' '))

export function viewHtml(html: string): ReaderView {
  const { children } = parseDocument(html)
  const elements: Element[] = []
  collect(children, elements)
  return { text: oneLine(readText(children)), elements }
}

/** Every white space is one blank, as in a browser. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim()
}

/** Letters and digits alone: what is left when lines, marks of quotes and raised figures differ. */
export function lettersOf(text: string): string {
  return text.normalize('NFKC').replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '')
}

/** All text inside an element on one line. */
export function textOf(element: Element): string {
  return oneLine(readText(element.children))
}

function collect(nodes: readonly ChildNode[], into: Element[]): void {
  for (const node of nodes) {
    if (!('attribs' in node)) continue
    into.push(node)
    collect(node.children, into)
  }
}

function readText(nodes: readonly ChildNode[]): string {
  return nodes.map(readNode).join('')
}

function readNode(node: ChildNode): string {
  if (node.type === 'text') return node.data
  if (!('attribs' in node) || UNSEEN.has(node.name) || /display:\s*none/.test(node.attribs['style'] ?? '')) return ''
  if (node.name === 'img') return ` ${node.attribs['alt'] ?? ''} `
  return INLINE.has(node.name) ? readText(node.children) : ` ${readText(node.children)} `
}
