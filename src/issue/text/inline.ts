import type {
  Html,
  Image as MdImage,
  ImageReference,
  Link as MdLink,
  LinkReference,
  Nodes,
  PhrasingContent,
} from 'mdast'
import { reportEscapedControl } from '../control-characters.ts'
import { findNearest, type Range, stripUnsafe, toLine } from '../../base/index.ts'
import { fileErrors } from '../errors/file.ts'
import { blockErrors } from '../errors/block.ts'
import { structureErrors } from '../errors/structure.ts'
import { textErrors } from '../errors/text.ts'
import { convertCommand, convertFormula, type LatexPiece, listCommands } from '../latex/index.ts'
import type { MarkdownText } from '../markdown/fragment.ts'
import type { LatexMark, StrayMarks } from '../markdown/nodes.ts'
import type { FootnoteReference, Inline } from '../model.ts'
import type { Reading } from '../reading.ts'
import { readImage } from './image.ts'
import { readLink } from './link.ts'
import { explainMalformed } from './malformed.ts'
import { readSlot } from './slot.ts'
import { reportStrayMarkup } from './stray-markup.ts'
import { isInPath } from './windows-path.ts'
import { createTypographer, type Typographer } from './typography.ts'

/** Deeper spans are not read: a mail has a few levels, a hostile file thousands. */
const MAX_DEPTH = 40

/** One run of inline content on its way from syntax to the tree. */
interface Run {
  readonly text: MarkdownText
  readonly reading: Reading
  readonly typographer: Typographer
  readonly place: Place
}

/** A line of a `paragraph` can have been meant as a block; in a `line` nothing is Markdown. */
type Place = 'paragraph' | 'phrase' | 'line'

/** Turns inline syntax into the nodes, without blanks at either end. */
export function readInlines(
  nodes: readonly PhrasingContent[],
  text: MarkdownText,
  reading: Reading,
  place: Place = 'phrase',
): Inline[] {
  if (place !== 'line') reportStrayMarkup(nodes, text, reading)
  const run: Run = { text, reading, place, typographer: createTypographer(reading.language) }
  return trim(convertAll(nodes, run, 0))
}

/** The place of a node in the file. */
export function placeOf(node: Nodes, text: MarkdownText): Range {
  return text.locate(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0)
}

function convertAll(nodes: readonly PhrasingContent[], run: Run, depth: number): Inline[] {
  return nodes.flatMap((node, i) => {
    const before = nodes[i - 1]
    // With blanks in it a slot is no address for Markdown, and the link would fall apart into text.
    const isAddress = node.type === 'slotMark' && before?.type === 'text' && before.value.endsWith('](')
    if (isAddress) run.reading.report(textErrors.slotInLink, placeOf(node, run.text))
    return convert(node, run, depth)
  })
}

// oxlint-disable-next-line complexity -- one case for each kind of node
function convert(node: PhrasingContent, run: Run, depth: number): Inline[] {
  const range = placeOf(node, run.text)
  if (depth > MAX_DEPTH) {
    run.reading.report(fileErrors.tooDeep, range)
    return []
  }
  switch (node.type) {
    case 'text':
      reportEscapedControl(node.value, range, run.reading)
      return literal(run.typographer.set(cleanText(node.value)), range)
    case 'strong':
    case 'emphasis':
    case 'delete':
      return [{ type: node.type, children: convertAll(node.children, run, depth + 1), range }]
    case 'inlineCode':
      run.typographer.pass()
      return [{ type: 'inlineCode', value: cleanText(node.value), range }]
    case 'break':
      return [{ type: 'break', range }]
    case 'link':
    case 'linkReference':
      return convertLink(node, run, depth, range)
    case 'image':
    case 'imageReference':
      run.typographer.pass()
      return convertImage(node, run, range)
    case 'footnoteReference':
      return [referTo(node.identifier, run, range)]
    case 'html':
      return convertHtml(node, run, range)
    case 'slotMark': {
      run.typographer.pass()
      const slot = readSlot(node, node.position?.start.offset ?? 0, run.text.locate, run.reading)
      return slot ? [slot] : literal(node.value, range)
    }
    case 'latexMark':
      return convertLatex(node, run, range)
    case 'strayColons':
    case 'strayUnderline':
    case 'strayNote':
      reportStray(node, range, run)
      return literal(node.value, range)
  }
}

function literal(value: string, range: Range): Inline[] {
  return value === '' ? [] : [{ type: 'text', value, range }]
}

/** Text of a file without what is unsafe; a line ends with one line feed whatever the file has. */
export function cleanText(text: string): string {
  return stripUnsafe(text.replaceAll(/\r\n?/g, '\n'))
}

function convertLink(node: MdLink | LinkReference, run: Run, depth: number, range: Range): Inline[] {
  const target = node.type === 'link' ? node : run.text.definitions.get(node.identifier)
  const children = convertLabel(node, target?.url ?? '', run, depth)
  if (!target) return children
  const { destination } = target.data ?? {}
  const place = destination ? run.text.locate(destination.start.offset ?? 0, destination.end.offset ?? 0) : range
  const url = readLink(target.url, place, run.reading)
  if (url === undefined) return children
  return [{ type: 'link', url, ...titleOf(target.title), children, range }]
}

// An address that is its own label stays as it is: no dashes, no quotes.
function convertLabel(node: MdLink | LinkReference, url: string, run: Run, depth: number): Inline[] {
  const [only] = node.children
  if (node.children.length !== 1 || only?.type !== 'text' || !url.endsWith(only.value)) {
    return convertAll(node.children, run, depth + 1)
  }
  run.typographer.pass()
  return literal(cleanText(only.value), placeOf(only, run.text))
}

function titleOf(title: string | null | undefined): { title?: string } {
  return title ? { title: toLine(title) } : {}
}

function convertImage(node: MdImage | ImageReference, run: Run, range: Range): Inline[] {
  const target = node.type === 'image' ? node : run.text.definitions.get(node.identifier)
  if (!target) return []
  const { destination } = target.data ?? {}
  const place = destination ? run.text.locate(destination.start.offset ?? 0, destination.end.offset ?? 0) : range
  const image = readImage(target.url, run.reading.folder, place, run.reading)
  if (!image) return []
  return [{ type: 'image', ...image, alt: toLine(node.alt ?? ''), ...titleOf(target.title), range }]
}

function referTo(identifier: string, run: Run, range: Range): FootnoteReference {
  let note = run.text.numbers.get(identifier)
  if (!note) {
    const number = ++run.reading.noteCount
    note = { number, id: `fn-${number}` }
    run.text.numbers.set(identifier, note)
    run.text.pending.add(identifier)
  }
  run.typographer.pass()
  return { type: 'footnoteReference', ...note, range }
}

function convertHtml(node: Html, run: Run, range: Range): Inline[] {
  if (isComment(node.value)) return []
  reportHtml(node.value, range, run.reading)
  run.typographer.pass()
  return literal(cleanText(node.value), range)
}

/** Whether HTML is nothing but comments, which are an author's notes. */
export function isComment(html: string): boolean {
  return html.replaceAll(/<!--[\s\S]*?(?:-->|$)/g, '').trim() === ''
}

/** Tells that HTML is not passed on. */
export function reportHtml(html: string, range: Range, reading: Reading): void {
  const first = /^[^\n\r]{0,60}/.exec(html)?.[0] ?? ''
  reading.report(textErrors.rawHtml, range, stripUnsafe(first))
}

function convertLatex(node: LatexMark, run: Run, range: Range): Inline[] {
  if (node.kind === 'quote') return literal(run.typographer.openQuote(), range)
  if (node.kind === 'command' && isInPath(run.text.source, node.position?.start.offset ?? 0))
    return literal(node.value, range)
  const { pieces, unknown } = node.kind === 'formula' ? convertFormula(node.value) : convertCommand(node.value)
  const base = (node.position?.start.offset ?? 0) + node.shift
  run.typographer.pass()
  for (const { name, start, end } of unknown) {
    const near = findNearest(name.slice(1), listCommands())
    run.reading.report(textErrors.unknownLatex, run.text.locate(base + start, base + end), name, near)
  }
  // A formula that is one text covers its dollars too, so that places next to each other meet.
  const [only] = pieces
  if (pieces.length === 1 && only?.type === 'text') return literal(cleanText(only.value), range)
  return placePieces(pieces, base, run)
}

function placePieces(pieces: readonly LatexPiece[], base: number, run: Run): Inline[] {
  return pieces.flatMap((piece): Inline[] => {
    const range = run.text.locate(base + piece.start, base + piece.end)
    if (piece.type === 'text') return literal(cleanText(piece.value), range)
    return [{ type: piece.type, children: placePieces(piece.children, base, run), range }]
  })
}

function reportStray(node: StrayMarks, range: Range, run: Run): void {
  if (node.type === 'strayNote') run.reading.report(textErrors.unknownNote, range, cleanText(node.value.slice(2, -1)))
  else if (run.place !== 'paragraph') return
  else if (node.type === 'strayColons') reportColons(range, run)
  else run.reading.report(structureErrors.setextHeading, range, node.value.slice(0, 20))
}

function reportColons(range: Range, run: Run): void {
  const line = run.reading.source.slice(range.start.offset, range.start.offset + 300).split(/[\r\n]/, 1)[0] ?? ''
  const fence = /^:{3,}[ \t]*$/.test(line)
  if (fence) run.reading.report(blockErrors.strayFence, range)
  else run.reading.report(blockErrors.malformed, range, explainMalformed(line))
}

function trim(nodes: Inline[]): Inline[] {
  const out = [...nodes]
  const first = out[0]
  if (first?.type === 'text') replace(out, 0, first.value.trimStart())
  const last = out.at(-1)
  if (last?.type === 'text') replace(out, out.length - 1, last.value.trimEnd())
  return out
}

function replace(nodes: Inline[], at: number, value: string): void {
  const node = nodes[at]
  if (node?.type !== 'text' || node.value === value) return
  if (value === '') nodes.splice(at, 1)
  else nodes[at] = { ...node, value }
}
