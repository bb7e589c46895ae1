import type {
  List as MdList,
  ListItem as MdListItem,
  Paragraph as MdParagraph,
  RootContent,
  Table as MdTable,
} from 'mdast'
import { blockErrors } from '../errors/block.ts'
import { fileErrors } from '../errors/file.ts'
import { structureErrors } from '../errors/structure.ts'
import { textErrors } from '../errors/text.ts'
import type { Fragment, MarkdownText } from '../markdown/fragment.ts'
import type { Flow, Footnote, Footnotes, Image, List, ListItem, Table, TableCell } from '../model.ts'
import type { Reading } from '../reading.ts'
import { cleanText, isComment, placeOf, readInlines, reportHtml } from './inline.ts'

/** A mail of 100 kB has room for a tenth of them. */
const MAX_CELLS = 5000

/** Deeper quotes and lists are not read: a mail shows a few levels, a hostile file has thousands. */
const MAX_DEPTH = 20

interface Run {
  readonly text: MarkdownText
  readonly reading: Reading
}

/**
 * Turns Markdown into the nodes.
 *
 * @returns its paragraphs, lists and so on, with the notes first referred to since the last call as the last node.
 */
export function readFlow(fragment: Fragment, reading: Reading): Flow[] {
  const run: Run = { text: fragment.text, reading }
  const flow = convertAll(fragment.nodes, run, 0)
  const notes = readNotes(run)
  return notes ? [...flow, notes] : flow
}

function convertAll(nodes: readonly RootContent[], run: Run, depth: number): Flow[] {
  const deep = depth > MAX_DEPTH ? nodes[0] : undefined
  if (deep) {
    run.reading.report(fileErrors.tooDeep, placeOf(deep, run.text))
    return []
  }
  return nodes.flatMap((node) => convert(node, run, depth))
}

// oxlint-disable-next-line complexity -- one case for each kind of node
function convert(node: RootContent, run: Run, depth: number): Flow[] {
  const range = placeOf(node, run.text)
  // oxlint-disable-next-line switch-exhaustiveness-check -- inline content cannot stand here
  switch (node.type) {
    case 'paragraph':
      return convertParagraph(node, run)
    case 'heading': {
      if (node.depth < 4 || depth > 0) run.reading.report(structureErrors.misplacedHeading, range)
      const children = readInlines(node.children, run.text, run.reading)
      return [{ type: 'heading', depth: node.depth === 5 || node.depth === 6 ? node.depth : 4, children, range }]
    }
    case 'list':
      return [convertList(node, run, depth)]
    case 'table':
      return [convertTable(node, run)]
    case 'code': {
      const language = /^[^\s{]{1,40}/.exec(node.lang ?? '')?.[0]
      return [{ type: 'code', ...(language ? { language } : {}), value: cleanText(node.value), range }]
    }
    case 'blockquote':
      return [{ type: 'blockquote', children: convertAll(node.children, run, depth + 1), range }]
    case 'html': {
      if (isComment(node.value)) return []
      reportHtml(node.value, range, run.reading)
      return [{ type: 'paragraph', children: [{ type: 'text', value: cleanText(node.value), range }], range }]
    }
    case 'thematicBreak':
      run.reading.report(structureErrors.strayRule, range)
      return []
    case 'directive':
      run.reading.report(blockErrors.misplaced, range, node.name?.value ?? '')
      return []
    default:
      // Definitions and notes are shown where they are referred to.
      return []
  }
}

function convertParagraph(node: MdParagraph, run: Run): Flow[] {
  const range = placeOf(node, run.text)
  const children = readInlines(node.children, run.text, run.reading, 'paragraph')
  const [only] = children
  if (children.length === 1 && only?.type === 'image') return [only satisfies Image]
  // Only comments, or an image that was refused.
  return children.length === 0 ? [] : [{ type: 'paragraph', children, range }]
}

function convertList(node: MdList, run: Run, depth: number): List {
  return {
    type: 'list',
    ordered: node.ordered === true,
    start: node.ordered ? (node.start ?? 1) : 1,
    items: node.children.map((item) => convertItem(item, run, depth + 1)),
    range: placeOf(node, run.text),
  }
}

function convertItem(node: MdListItem, run: Run, depth: number): ListItem {
  return {
    ...(typeof node.checked === 'boolean' ? { checked: node.checked } : {}),
    children: convertAll(node.children, run, depth),
    range: placeOf(node, run.text),
  }
}

function convertTable(node: MdTable, run: Run): Table {
  const rows = node.children.map((row) =>
    row.children.map((cell): TableCell => {
      return { children: readInlines(cell.children, run.text, run.reading), range: placeOf(cell, run.text) }
    }),
  )
  const [header = [], ...body] = rows
  // Some kilobytes of short rows under a wide header stand for hundreds of thousands of cells.
  if (header.length * rows.length > MAX_CELLS) {
    run.reading.report(textErrors.tableTooLarge, placeOf(node, run.text), header.length, rows.length)
    return { type: 'table', align: [], header: [], rows: [], range: placeOf(node, run.text) }
  }
  for (const cells of body) {
    const surplus = cells[header.length]
    if (surplus) run.reading.report(textErrors.surplusCell, surplus.range, header.length)
  }
  // GFM: a row may have too few cells or too many; the header decides.
  const filled = body.map((cells) => header.map((cell, i) => cells[i] ?? { children: [], range: cell.range }))
  const align = header.map((_, i) => node.align?.[i] ?? null)
  return { type: 'table', align, header, rows: filled, range: placeOf(node, run.text) }
}

// A note may refer to further notes, so the set grows while it is read.
function readNotes(run: Run): Footnotes | undefined {
  const items: Footnote[] = []
  const { numbers, pending, notes } = run.text
  for (const identifier of pending) {
    pending.delete(identifier)
    const [note, named] = [notes.get(identifier), numbers.get(identifier)]
    if (note && named)
      items.push({ ...named, children: convertAll(note.children, run, 1), range: placeOf(note, run.text) })
  }
  const [first] = items
  const last = items.at(-1)
  if (!first || !last) return undefined
  items.sort((a, b) => a.number - b.number)
  return { type: 'footnotes', items, range: { start: first.range.start, end: last.range.end } }
}
