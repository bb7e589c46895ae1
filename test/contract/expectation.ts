import type { Block, Entry, Flow, Inline, Issue, Piece } from '../../src/issue/index.ts'
import type { Newsletter, RenderedImage } from '../../src/render/index.ts'

/** One thing a mail must say, after those before it. */
export interface Expectation {
  readonly what: string
  readonly text: string
  /** `html`: the text part may say it elsewhere, or not at all. */
  readonly only?: 'html'
}

/** Everything an issue says, in reading order, from its tree alone. */
export function listExpectations(issue: Issue, newsletter: Newsletter): Expectation[] {
  return [
    { what: 'newsletter', text: newsletter.name },
    { what: 'title', text: issue.title },
    ...(issue.subtitle ? [{ what: 'subtitle', text: issue.subtitle }] : []),
    ...(issue.author ? [{ what: 'author', text: issue.author }] : []),
    ...readPieces(issue.opening, issue),
    ...issue.sections.flatMap((section) => [
      { what: 'section', text: `${section.number} ${readInlines(section.title)}` },
      ...readPieces(section.intro, issue),
      ...section.entries.flatMap((entry) => readEntry(entry, issue)),
    ]),
    ...readPieces(issue.closing, issue),
  ].filter(({ text }) => text.trim() !== '')
}

/** Links of titles and prose in order; `#` stands for places in the mail, which a text part cannot have. */
export function listLinks(issue: Issue): string[] {
  const ofPieces = (pieces: readonly Piece[]) =>
    pieces.flatMap((piece) => (piece.type === 'prose' ? linksOf(piece.children) : []))
  return [
    ...ofPieces(issue.opening),
    ...issue.sections.flatMap((section) => [
      ...linksOf(section.title),
      ...ofPieces(section.intro),
      ...section.entries.flatMap((entry) => [
        ...(entry.url ? [entry.url] : []),
        ...linksOf(entry.title),
        ...linksOf(entry.body),
        ...ofPieces(entry.after),
      ]),
    ]),
    ...ofPieces(issue.closing),
  ]
}

/** Links of blocks: their own, those of their text and their buttons. A template may put them in any order. */
export function listBlockLinks(issue: Issue): string[] {
  return listBlocks(issue).flatMap((block) => [
    ...(typeof block.props['url'] === 'string' ? [block.props['url']] : []),
    ...linksOf(block.body),
    ...block.actions.map((action) => action.url),
  ])
}

/** Images of blocks where readers load them from, with the alternative text an author gave them. */
export function listBlockImages(issue: Issue, placed: readonly RenderedImage[]): { src: string; alt: string }[] {
  return listBlocks(issue).flatMap(({ props }) => {
    const image = props['image'] as { src: string; path?: string } | undefined
    if (!image) return []
    const src = placed.find(({ path }) => path === image.path)?.src ?? image.src
    return [{ src, alt: typeof props['alt'] === 'string' ? props['alt'] : '' }]
  })
}

/** Text of inline nodes for a reader without values. */
export function readInlines(nodes: readonly Inline[]): string {
  return nodes.map(readInline).join('')
}

function readInline(node: Inline): string {
  switch (node.type) {
    case 'text':
    case 'inlineCode':
      return node.value
    case 'image':
      return ` ${node.alt} `
    case 'break':
      return ' '
    case 'slot':
      return node.fallback ?? ''
    case 'footnoteReference':
      return String(node.number)
    case 'strong':
    case 'emphasis':
    case 'delete':
    case 'superscript':
    case 'subscript':
    case 'link':
      return readInlines(node.children)
  }
}

function readEntry(entry: Entry, issue: Issue): Expectation[] {
  return [
    { what: 'entry', text: `${entry.number} ${readInlines(entry.title)}` },
    ...(entry.meta?.authors ?? []).map((text) => ({ what: 'author of an entry', text })),
    ...readFlows(entry.body),
    ...readPieces(entry.after, issue),
  ]
}

function readPieces(pieces: readonly Piece[], issue: Issue): Expectation[] {
  return pieces.flatMap((piece) => (piece.type === 'prose' ? readFlows(piece.children) : readBlock(piece, issue)))
}

function readBlock(block: Block, issue: Issue): Expectation[] {
  if (block.block === 'toc') return readContents(block, issue)
  const attribute = (name: string) => {
    const value = block.props[name]
    return typeof value === 'string' ? [{ what: `${name} of ${block.block}`, text: value }] : []
  }
  return [
    ...attribute('label'),
    ...attribute('title'),
    ...readFlows(block.body),
    ...attribute('action'),
    ...block.actions.map((action) => ({ what: `action of ${block.block}`, text: action.label })),
  ]
}

function readContents(block: Block, issue: Issue): Expectation[] {
  const title = block.props['title']
  const row = (number: string, text: string) => ({ what: 'row of contents', text: `${number} ${text}` })
  return [
    ...(typeof title === 'string' ? [{ what: 'title of contents', text: title }] : []),
    ...issue.sections.flatMap((section) => [
      row(section.number, section.titleText),
      ...(block.props['depth'] === 2 ? section.entries.map((entry) => row(entry.number, entry.titleText)) : []),
    ]),
  ]
}

function readFlows(nodes: readonly Flow[]): Expectation[] {
  return nodes.flatMap(readFlow)
}

function readFlow(node: Flow): Expectation[] {
  switch (node.type) {
    case 'paragraph':
    case 'heading':
      return [{ what: node.type, text: readInlines(node.children) }]
    case 'list':
      return node.items.flatMap((item) => readFlows(item.children))
    case 'table':
      return [
        // A text part may tell a wide table row by row, with the headings repeated.
        ...node.header.map((cell) => ({
          what: 'head of a table',
          text: readInlines(cell.children),
          only: 'html' as const,
        })),
        ...node.rows.flat().map((cell) => ({ what: 'cell', text: readInlines(cell.children) })),
      ]
    case 'code':
      return [{ what: 'code', text: node.value }]
    case 'blockquote':
      return readFlows(node.children)
    case 'image':
      return [{ what: 'image', text: node.alt }]
    case 'footnotes':
      return node.items.flatMap((note) => readFlows(note.children))
  }
}

function listBlocks(issue: Issue): Block[] {
  const pieces = [
    ...issue.opening,
    ...issue.sections.flatMap((section) => [...section.intro, ...section.entries.flatMap((entry) => entry.after)]),
    ...issue.closing,
  ]
  return pieces.filter((piece) => piece.type === 'block')
}

// Links stand at any depth of prose, so the tree is walked generically.
function linksOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(linksOf)
  if (typeof value !== 'object' || value === null) return []
  const own = 'type' in value && value.type === 'link' && 'url' in value ? [String(value.url)] : []
  return [...own, ...Object.entries(value).flatMap(([key, child]) => (key === 'range' ? [] : linksOf(child)))]
}
