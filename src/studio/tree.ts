import { escapeHtml, type Range } from '../base/index.ts'
import { measureAsSent } from '../check/index.ts'
import type { Inspection } from '../inspect.ts'
import { type Block, type Flow, type Inline, type Issue, type Piece } from '../issue/index.ts'
import type { IssueTree, TreeNode } from '../preview/index.ts'
import { locateAnchors } from './places.ts'

const MAX_TITLE = 60

/** What the HTML is made of. */
export type PartTree = Pick<IssueTree, 'file' | 'totalBytes' | 'nodes'>

/** A part of the mail, and how its beginning is found in the HTML. */
interface Part {
  readonly node: Omit<TreeNode, 'children' | 'bytes'>
  /** `id` of an element. */
  readonly anchor?: string
  /** Text that it begins with, as it stands in the HTML. */
  readonly needle?: string
  readonly children: readonly Part[]
}

/** What an issue is made of, with the share of the HTML that lies between where a part begins and where the next does. */
export function buildTree({ issue, html, file }: Inspection): PartTree | undefined {
  if (!issue || html === undefined) return undefined
  const parts = listParts(issue)
  const starts = findStarts(parts, html, issue)
  const totalBytes = measureAsSent(html)
  const shares = measureShares(html, [...starts.values()], totalBytes)
  const weigh = (part: Part): TreeNode => {
    const children = part.children.map(weigh)
    const own = shares.get(starts.get(part) ?? -1)
    const sum = children.reduce((bytes, child) => bytes + (child.bytes ?? 0), own ?? 0)
    return { ...part.node, children, ...(own === undefined && sum === 0 ? {} : { bytes: sum }) }
  }
  return { file, totalBytes, nodes: parts.map(weigh) }
}

function listParts(issue: Issue): Part[] {
  const frame = (title: string): Part => ({ node: { kind: 'frame', title }, children: [] })
  const group = (kind: 'opening' | 'closing', title: string, pieces: readonly Piece[]): Part[] => {
    const range = spanOf(pieces)
    return range ? [{ node: { kind, title, range }, children: pieces.map(toPart) }] : []
  }
  return [
    frame(HEAD),
    frame(MASTHEAD),
    ...group('opening', 'Opening', issue.opening),
    ...issue.sections.map(
      ({ id, number, titleText, range, intro, entries }): Part => ({
        node: { kind: 'section', anchor: id, number, title: titleText, range },
        anchor: id,
        children: [
          ...intro.map(toPart),
          ...entries.map(
            (entry): Part => ({
              node: {
                kind: 'entry',
                anchor: entry.id,
                number: entry.number,
                title: entry.titleText,
                range: entry.range,
              },
              anchor: entry.id,
              children: entry.after.map(toPart),
            }),
          ),
        ],
      }),
    ),
    ...group('closing', 'Closing', issue.closing),
    frame(FOOTER),
  ]
}

const HEAD = 'Head and styles'
const MASTHEAD = 'Masthead'
const FOOTER = 'Footer'

function toPart(piece: Piece): Part {
  if (piece.type === 'prose') {
    const needle = firstText(piece.children)
    return {
      node: { kind: 'prose', title: cut(needle) || 'Text', range: piece.range },
      ...(needle === '' ? {} : { needle }),
      children: [],
    }
  }
  const needle = blockText(piece)
  const title = typeof piece.props['title'] === 'string' ? `${piece.block}: ${piece.props['title']}` : piece.block
  return {
    node: { kind: 'block', title: cut(title), range: piece.range },
    ...(needle === '' ? {} : { needle }),
    children: [],
  }
}

function blockText({ props, body, actions }: Block): string {
  const title = props['title']
  return typeof title === 'string' && title !== '' ? title : firstText(body) || (actions[0]?.label ?? '')
}

/** The first words of a text that stand in one piece. */
function firstText(nodes: readonly (Flow | Inline)[]): string {
  for (const node of nodes) {
    if (node.type === 'text' && node.value.trim().length > 2) return node.value.trim()
    const inner = 'children' in node ? firstText(node.children) : 'items' in node ? firstText(listItems(node)) : ''
    if (inner !== '') return inner
  }
  return ''
}

function listItems(node: Extract<Flow, { readonly items: unknown }>): (Flow | Inline)[] {
  return node.items.flatMap(({ children }) => [...children])
}

/** Where each part begins that can be found, as offsets of the HTML. */
function findStarts(parts: readonly Part[], html: string, issue: Issue): Map<Part, number> {
  const all = flatten(parts)
  const anchors = new Map(
    locateAnchors(
      html,
      all.flatMap(({ anchor }) => (anchor === undefined ? [] : [{ id: anchor }])),
    ).map(({ id, offset }) => [id, offset]),
  )
  const starts = new Map<Part, number>()
  const firstSection = issue.sections[0]?.id
  let at = 0
  for (const part of all) {
    const start = findStart(part, { html, at, anchors, firstSection })
    if (start === undefined || (starts.size > 0 && start <= at)) continue
    starts.set(part, start)
    at = start
  }
  return starts
}

interface Search {
  readonly html: string
  /** Where the part before begins. */
  readonly at: number
  readonly anchors: ReadonlyMap<string, number>
  readonly firstSection: string | undefined
}

function findStart({ node, anchor, needle }: Part, { html, at, anchors, firstSection }: Search): number | undefined {
  if (node.title === HEAD && node.kind === 'frame') return 0
  if (node.title === MASTHEAD && node.kind === 'frame') return notFound(html.indexOf('<body'))
  if (node.title === FOOTER && node.kind === 'frame') return findFooter(html, at)
  if (anchor !== undefined) return openBefore(html, anchors.get(anchor), at)
  if (node.kind === 'block' && node.title.startsWith('toc') && firstSection !== undefined) {
    return openBefore(html, notFound(html.indexOf(`href="#${escapeHtml(firstSection)}"`, at)), at)
  }
  if (needle === undefined) return undefined
  return openBefore(html, notFound(html.indexOf(escapeHtml(needle).slice(0, 200), at)), at)
}

// The footer of a mail begins after the last of the author's words: with the first table or rule before the link to
// unsubscribe; templates of one's own may have another order.
function findFooter(html: string, at: number): number | undefined {
  const link = Math.max(html.lastIndexOf('/unsubscribe/'), html.lastIndexOf('href="mailto:'))
  return link > at ? openBefore(html, link, at) : undefined
}

/**
 * The start of the outermost table or paragraph of which a place is the first text, but not before `from`: an image may
 * stand before it.
 */
function openBefore(html: string, offset: number | undefined, from: number): number | undefined {
  if (offset === undefined) return undefined
  let start = offset
  for (let at = offset; at > from; ) {
    at = Math.max(...TAGS.map((tag) => html.lastIndexOf(tag, at - 1)))
    if (at <= from || hasText(html.slice(at, start))) break
    start = at
  }
  return start
}

const TAGS = ['<table', '<p', '<div', '<h2', '<h3', '<h4'] as const

function hasText(html: string): boolean {
  return /<\/(?:table|p|h[1-6])\b/i.test(html) || html.replaceAll(/<!--[\s\S]*?-->|<[^>]*>?/g, '').trim() !== ''
}

function notFound(index: number): number | undefined {
  return index < 0 ? undefined : index
}

/** Octets from each offset to the next one, by offset; they add up to the total. */
function measureShares(html: string, offsets: readonly number[], totalBytes: number): ReadonlyMap<number, number> {
  const starts = [...new Set(offsets)].toSorted((a, b) => a - b)
  const sizes = starts.map((start, index) => measureAsSent(html.slice(start, starts[index + 1] ?? html.length)))
  const sum = sizes.reduce((bytes, size) => bytes + size, 0)
  // Lines of quoted-printable break elsewhere in a piece than in the whole.
  let rest = totalBytes
  return new Map(
    starts.map((start, index) => {
      const isLast = index === starts.length - 1
      const bytes = isLast ? rest : Math.round(((sizes[index] ?? 0) / sum) * totalBytes)
      rest -= bytes
      return [start, bytes]
    }),
  )
}

function flatten(parts: readonly Part[]): Part[] {
  return parts.flatMap((part) => [part, ...flatten(part.children)])
}

function spanOf(pieces: readonly Piece[]): Range | undefined {
  const [first, last] = [pieces[0], pieces.at(-1)]
  return first && last ? { start: first.range.start, end: last.range.end } : undefined
}

function cut(text: string): string {
  return text.length > MAX_TITLE ? `${text.slice(0, MAX_TITLE - 1).trimEnd()}…` : text
}
