import type { Heading, RootContent } from 'mdast'
import type { Range } from '../../base/index.ts'
import { dataErrors } from '../errors/data.ts'
import { structureErrors } from '../errors/structure.ts'
import type { MarkdownText } from '../markdown/fragment.ts'
import { Fragment } from '../markdown/fragment.ts'
import { guardNesting } from '../markdown/guard.ts'
import { parseMarkdown } from '../markdown/parse.ts'
import type { Reading } from '../reading.ts'
import { readDirective } from './directive.ts'
import { blankOut, findFrontMatter, type FrontMatter } from './front-matter.ts'
import { locateAt } from './locate.ts'
import type { Sourced, SourcedMap } from './sourced.ts'
import { readYaml } from './yaml.ts'

/** Keys that YAML has for what a Markdown file writes as text. */
const BODY_KEYS = ['intro', 'blocks', 'sections', 'closing'] as const

/** Reads a Markdown file into the shape that a YAML file has. */
export function readMarkdownFile(source: string, reading: Reading): Sourced | undefined {
  const front = findFrontMatter(source)
  if (typeof front === 'string') {
    const firstLine = reading.lines.range(0, /^[^\r\n]*/.exec(source)?.[0].length ?? 0)
    if (front === 'missing') reading.report(dataErrors.missingFrontMatter, firstLine)
    else reading.report(dataErrors.unclosedFrontMatter, firstLine)
    return undefined
  }
  const fence = reading.lines.range(0, 3)
  const entries = readData(front, reading)
  const locate = locateAt(reading.lines, 0)
  const body = blankOut(source, front.end)
  if (guardNesting(body, locate, reading)) {
    const fragment = parseMarkdown(body, locate)
    reading.texts.push(fragment.text)
    for (const [key, value] of readStructure(fragment, reading)) entries.set(key, value)
  }
  return { kind: 'map', entries, range: fence, key: fence }
}

function readData(front: FrontMatter, reading: Reading): Map<string, Sourced> {
  const data = readYaml(front.yaml, front.start, reading)
  reading.hasData = data?.kind === 'map'
  if (data?.kind !== 'map') {
    if (data) reading.report(dataErrors.yaml, data.range, 'front matter is a list of keys with values')
    return new Map()
  }
  reading.language = languageOf(data.entries.get('language')) ?? reading.language
  const entries = new Map(data.entries)
  for (const key of BODY_KEYS) {
    const stray = entries.get(key)
    if (stray) reading.report(dataErrors.bodyKey, stray.key, key)
    entries.delete(key)
  }
  return entries
}

/** The language that a file names, before it is known to be one. */
export function languageOf(node: Sourced | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined
}

/** A place of the file on its way from headings and text to sections and entries. */
interface Part {
  readonly pieces: Sourced[]
  /** Text since the last block. */
  nodes: RootContent[]
  /** Attributes of `::meta`. */
  readonly meta: Map<string, Sourced>
  hasMeta: boolean
}

interface Open extends Part {
  readonly heading: Heading
  readonly entries: SourcedMap[]
  end: Range
}

interface State {
  readonly text: MarkdownText
  readonly reading: Reading
  readonly opening: Part
  readonly sections: SourcedMap[]
  readonly closing: Part
  section?: Open | undefined
  entry?: Open | undefined
  isClosing: boolean
}

function createPart(): Part {
  return { pieces: [], nodes: [], meta: new Map(), hasMeta: false }
}

function readStructure(fragment: Fragment, reading: Reading): Map<string, Sourced> {
  const { text } = fragment
  const state: State = { text, reading, opening: createPart(), sections: [], closing: createPart(), isClosing: false }
  // A container that was not closed gives its rest back, so the list grows while it is read.
  const queue = [...fragment.nodes]
  for (let node = queue.shift(); node; node = queue.shift()) queue.unshift(...take(node, state))
  closeSection(state)
  const whole = reading.lines.range(0, 0)
  const entries = new Map<string, Sourced>()
  entries.set('blocks', { kind: 'list', items: finish(state.opening, state), range: whole })
  entries.set('sections', { kind: 'list', items: state.sections, range: whole })
  const closing: Sourced = { kind: 'list', items: finish(state.closing, state), range: whole }
  entries.set('closing', { kind: 'map', entries: new Map([['blocks', closing]]), range: whole })
  return entries
}

/** Puts one node where it belongs; gives back what is to be read next. */
function take(node: RootContent, state: State): RootContent[] {
  if (node.type === 'heading' && node.depth < 4) takeHeading(node, placeOf(node, state), state)
  else if (node.type === 'thematicBreak') takeRule(placeOf(node, state), state)
  else if (node.type === 'directive') {
    const { block, rest } = readDirective(node, state.text, state.reading, state)
    if (block) addBlock(block, state)
    return rest
  } else add(node, state)
  return []
}

function takeRule(range: Range, state: State): void {
  const above = current(state).nodes.at(-1)
  // CommonMark would make a heading of the text; here it goes on as it was meant.
  if (above?.type === 'paragraph' && placeOf(above, state).end.line === range.start.line - 1) {
    const mark = state.reading.source.slice(range.start.offset, range.end.offset)
    if (mark.startsWith('-')) state.reading.report(structureErrors.setextHeading, range, mark.trim().slice(0, 20))
  }
  if (state.isClosing) state.reading.report(structureErrors.secondEnd, range)
  else startClosing(state)
}

function takeHeading(heading: Heading, range: Range, state: State): void {
  const { reading } = state
  if (heading.depth === 1) reading.report(structureErrors.titleInText, range)
  else if (state.isClosing) reading.report(structureErrors.headingInClosing, range)
  else if (heading.depth === 2) {
    closeSection(state)
    state.section = { ...createPart(), heading, entries: [], end: range }
  } else {
    closeEntry(state)
    if (!state.section) reading.report(structureErrors.entryOutsideSection, range)
    state.entry = { ...createPart(), heading, entries: [], end: range }
  }
}

function startClosing(state: State): void {
  closeSection(state)
  state.isClosing = true
}

function add(node: RootContent, state: State): void {
  const part = current(state)
  part.nodes.push(node)
  touch(placeOf(node, state), state)
}

function addBlock(block: Sourced, state: State): void {
  const part = current(state)
  flush(part, state)
  part.pieces.push(block)
  touch(block.range, state)
}

function current(state: State): Part {
  if (state.isClosing) return state.closing
  return state.entry ?? state.section ?? state.opening
}

function touch(range: Range, state: State): void {
  if (state.section) state.section.end = range
  if (state.entry) state.entry.end = range
}

function flush(part: Part, state: State): void {
  const [first] = part.nodes
  const last = part.nodes.at(-1)
  if (!first || !last) return
  const range = { start: placeOf(first, state).start, end: placeOf(last, state).end }
  part.pieces.push({ kind: 'fragment', fragment: new Fragment(state.text, part.nodes), range })
  part.nodes = []
}

function finish(part: Part, state: State): Sourced[] {
  flush(part, state)
  return part.pieces
}

function closeEntry(state: State): void {
  const { entry, section } = state
  if (!entry) return
  state.entry = undefined
  const [first, ...rest] = finish(entry, state)
  const entries = new Map<string, Sourced>([['title', titleOf(entry.heading, state)], ...entry.meta])
  const hasText = first?.kind === 'fragment'
  if (hasText) entries.set('body', first)
  const after = hasText ? rest : first ? [first, ...rest] : []
  const range = { start: placeOf(entry.heading, state).start, end: entry.end.end }
  if (after.length > 0) entries.set('after', { kind: 'list', items: after, range })
  const map: SourcedMap = { kind: 'map', entries, range, key: placeOf(entry.heading, state) }
  // An entry outside a section was reported; it is read for the problems in it.
  if (section) section.entries.push(map)
  else state.opening.pieces.push(...(hasText ? [first] : []), ...after)
}

function closeSection(state: State): void {
  closeEntry(state)
  const { section } = state
  if (!section) return
  state.section = undefined
  const range = { start: placeOf(section.heading, state).start, end: section.end.end }
  const entries = new Map<string, Sourced>([
    ['title', titleOf(section.heading, state)],
    ['blocks', { kind: 'list', items: finish(section, state), range }],
    ['entries', { kind: 'list', items: section.entries, range }],
  ])
  state.sections.push({ kind: 'map', entries, range, key: placeOf(section.heading, state) })
}

function titleOf(heading: Heading, state: State): Sourced {
  return { kind: 'fragment', fragment: new Fragment(state.text, heading.children), range: placeOf(heading, state) }
}

function placeOf(node: RootContent, state: State): Range {
  return state.text.locate(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0)
}
