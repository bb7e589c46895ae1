import type { Range } from '../base/index.ts'
import type { Block, Entry, Flow, Image, ImageData, Inline, Issue, Link, Piece, SlotNode } from '../issue/index.ts'

/** What an issue says, flattened for rules: each thing with its place. */
export interface IssueParts {
  readonly texts: readonly PlacedText[]
  readonly codes: readonly string[]
  readonly links: readonly PlacedLink[]
  readonly images: readonly PlacedImage[]
  /** Images that are an attribute of a block. */
  readonly blockImages: readonly BlockImage[]
  readonly slots: readonly SlotNode[]
}

/** Prose as it reads: never code. */
export interface PlacedText {
  readonly value: string
  readonly range: Range
  /** Whether `range` holds nothing but this text; false for an attribute of a block. */
  readonly isExact: boolean
}

export interface PlacedLink {
  readonly url: string
  readonly range: Range
  /** What it reads as, alternative texts included; missing where the template chooses the words. */
  readonly words?: string
  readonly hasImage: boolean
}

export interface PlacedImage {
  readonly image: Image
  /** The link around it, when it is all there is in the link. */
  readonly onlyChildOf?: Link
}

export interface BlockImage {
  readonly image: ImageData
  /** The block. */
  readonly range: Range
}

const parts = new WeakMap<Issue, IssueParts>()

/** Walks an issue once; later calls for the same issue give the same lists. */
export function listParts(issue: Issue): IssueParts {
  const known = parts.get(issue)
  if (known) return known
  const walker = new Walker()
  walker.walkIssue(issue)
  parts.set(issue, walker)
  return walker
}

/** Where an entry or section has its title. */
export function placeTitle(node: { readonly title: readonly Inline[]; readonly range: Range }): Range {
  const first = node.title[0]
  const last = node.title.at(-1)
  return first && last ? { start: first.range.start, end: last.range.end } : node.range
}

class Walker implements IssueParts {
  readonly texts: PlacedText[] = []
  readonly codes: string[] = []
  readonly links: PlacedLink[] = []
  readonly images: PlacedImage[] = []
  readonly blockImages: BlockImage[] = []
  readonly slots: SlotNode[] = []

  walkIssue(issue: Issue): void {
    this.#walkInlines(issue.subject)
    this.#walkInlines(issue.preheader ?? [])
    this.#walkPieces(issue.opening)
    for (const section of issue.sections) {
      this.#walkInlines(section.title)
      this.#walkPieces(section.intro)
      for (const entry of section.entries) this.#walkEntry(entry)
    }
    this.#walkPieces(issue.closing)
  }

  #walkEntry(entry: Entry): void {
    if (entry.url !== undefined) this.#addLink(entry.url, entry.places?.url ?? placeTitle(entry), entry.title)
    this.#walkInlines(entry.title)
    this.#walkFlows(entry.body)
    this.#walkPieces(entry.after)
  }

  #walkPieces(pieces: readonly Piece[]): void {
    for (const piece of pieces) {
      if (piece.type === 'prose') this.#walkFlows(piece.children)
      else this.#walkBlock(piece)
    }
  }

  #walkBlock(block: Block): void {
    for (const [key, value] of Object.entries(block.props)) {
      if (isImageData(value)) this.blockImages.push({ image: value, range: block.range })
      if (typeof value !== 'string') continue
      if (/url$/i.test(key)) this.links.push({ url: value, range: block.range, hasImage: false, ...readAction(block) })
      else this.texts.push({ value, range: block.range, isExact: false })
    }
    this.#walkFlows(block.body)
    for (const action of block.actions) {
      this.links.push({ url: action.url, range: block.range, words: action.label, hasImage: false })
      this.texts.push({ value: action.label, range: block.range, isExact: false })
    }
  }

  #walkFlows(flows: readonly Flow[]): void {
    for (const flow of flows) {
      switch (flow.type) {
        case 'paragraph':
        case 'heading':
          this.#walkInlines(flow.children)
          break
        case 'blockquote':
          this.#walkFlows(flow.children)
          break
        case 'list':
        case 'footnotes':
          for (const item of flow.items) this.#walkFlows(item.children)
          break
        case 'table':
          for (const cell of [...flow.header, ...flow.rows.flat()]) this.#walkInlines(cell.children)
          break
        case 'code':
          this.codes.push(flow.value)
          break
        case 'image':
          this.images.push({ image: flow })
          break
      }
    }
  }

  #walkInlines(nodes: readonly Inline[], link?: Link): void {
    for (const node of nodes) {
      if (node.type === 'text') this.texts.push({ value: node.value, range: node.range, isExact: true })
      else if (node.type === 'inlineCode') this.codes.push(node.value)
      else if (node.type === 'slot') this.slots.push(node)
      else if (node.type === 'image')
        this.images.push(link && isAlone(node, link) ? { image: node, onlyChildOf: link } : { image: node })
      else if (node.type === 'link') {
        this.#addLink(node.url, node.range, node.children)
        this.#walkInlines(node.children, node)
      } else if ('children' in node) this.#walkInlines(node.children, link)
    }
  }

  #addLink(url: string, range: Range, nodes: readonly Inline[]): void {
    this.links.push({ url, range, words: readLabel(nodes), hasImage: hasImage(nodes) })
  }
}

// The label of the one button that a block with an address has.
function readAction({ props }: Block): { readonly words?: string } {
  return typeof props['action'] === 'string' ? { words: props['action'] } : {}
}

function isImageData(value: unknown): value is ImageData {
  return typeof value === 'object' && value !== null && 'src' in value && typeof value.src === 'string'
}

function hasImage(nodes: readonly Inline[]): boolean {
  return nodes.some((node) => node.type === 'image' || ('children' in node && hasImage(node.children)))
}

/** Stands for a reader's value in the words of a link. */
const VALUE = '\u{FFFC}'

function readLabel(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'slot') return node.fallback || VALUE
      return 'children' in node ? readLabel(node.children) : readPlain([node])
    })
    .join('')
}

function isAlone(image: Image, link: Link): boolean {
  return link.children.every((child) => child === image || (child.type === 'text' && child.value.trim() === ''))
}

/** Inline nodes as they read to somebody of whom nothing is known. */
export function readPlain(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if ('value' in node) return node.value
      if ('children' in node) return readPlain(node.children)
      if (node.type === 'slot') return node.fallback ?? ''
      return node.type === 'image' ? node.alt : ''
    })
    .join('')
}
