import type { RootContent } from 'mdast'
import type { Position } from 'unist'
import type { Range } from '../../base/index.ts'
import { blockErrors } from '../errors/block.ts'
import { Fragment, type MarkdownText } from '../markdown/fragment.ts'
import type { Directive, DirectiveAttribute } from '../markdown/nodes.ts'
import type { Reading } from '../reading.ts'
import { decodeReferences } from './decode-references.ts'
import { locateAt, locateWhole } from './locate.ts'
import type { Sourced } from './sourced.ts'

/** The entry that a `::meta` speaks about, if any. */
export interface MetaPlace {
  readonly entry?: { readonly meta: Map<string, Sourced>; hasMeta: boolean } | undefined
}

export interface ReadDirective {
  /** Missing for `::meta`. */
  readonly block?: Sourced
  /** Nodes of a container that belong behind it, since it was not closed in time. */
  readonly rest: RootContent[]
}

/** Reads a block of a Markdown file into the map that YAML writes for it. */
export function readDirective(node: Directive, text: MarkdownText, reading: Reading, place: MetaPlace): ReadDirective {
  const range = locate(node.position, text)
  const name = node.name?.value ?? ''
  if (node.label) reading.report(blockErrors.label, locate(node.label, text), name)
  const attributes = readAttributes(node, text, reading)
  if (name === 'meta' && !node.isContainer) {
    takeMeta(attributes, range, reading, place)
    return { rest: [] }
  }
  const { body, rest } = splitBody(node, text, reading)
  const type = locate(node.name?.position, text)
  attributes.set('type', { kind: 'scalar', value: name, range: type, locate: locateWhole(type) })
  if (node.isContainer) attributes.set('body', toBody(body, text, range))
  return { block: { kind: 'map', entries: attributes, range, key: type }, rest }
}

function locate(position: Position | undefined, text: MarkdownText): Range {
  return text.locate(position?.start.offset ?? 0, position?.end.offset ?? 0)
}

function toBody(nodes: readonly RootContent[], text: MarkdownText, block: Range): Sourced {
  const first = nodes[0]?.position
  const range = first ? { start: locate(first, text).start, end: locate(nodes.at(-1)?.position, text).end } : block
  return { kind: 'fragment', fragment: new Fragment(text, nodes), range }
}

function readAttributes(node: Directive, text: MarkdownText, reading: Reading): Map<string, Sourced> {
  const entries = new Map<string, Sourced>()
  for (const attribute of node.attributes) {
    const key = locate(attribute.name.position, text)
    const name = attribute.name.value
    if (entries.has(name)) reading.report(blockErrors.duplicateAttribute, key, name)
    // YAML's own words for a block; as attributes they would name it twice.
    else if (name === 'type' || name === 'body' || name === 'actions') {
      reading.report(blockErrors.unknownAttribute, key, node.name?.value ?? '', name, [])
    } else entries.set(name, readAttribute(attribute, key, text, reading))
  }
  return entries
}

function readAttribute({ value }: DirectiveAttribute, key: Range, text: MarkdownText, reading: Reading): Sourced {
  if (!value) return { kind: 'scalar', value: true, range: key, key, locate: locateWhole(key) }
  const range = locate(value.position, text)
  // Without straight quotes a value ends at the first blank, and these would be part of it.
  if (/^[“”„‘’«»]/u.test(value.value) && reading.source[range.start.offset - 1] === '=') {
    reading.report(blockErrors.malformed, range, 'values need straight quotes, "…"')
  }
  const decoded = decodeReferences(value.value)
  const place = decoded === value.value ? locateAt(reading.lines, range.start.offset) : locateWhole(range)
  return { kind: 'scalar', value: decoded, range, key, locate: place }
}

function takeMeta(attributes: Map<string, Sourced>, range: Range, reading: Reading, { entry }: MetaPlace): void {
  if (!entry) reading.report(blockErrors.misplacedMeta, range)
  else if (entry.hasMeta) reading.report(blockErrors.duplicateMeta, range)
  else {
    entry.hasMeta = true
    for (const [name, value] of attributes) {
      // They stand beside the entry's own keys in YAML; `title` in a meta would be another title.
      if (META_KEYS.includes(name)) entry.meta.set(name, value)
      else reading.report(blockErrors.unknownAttribute, value.key, 'meta', name, META_KEYS)
    }
  }
}

/** Attributes of `::meta`. */
export const META_KEYS: readonly string[] = ['authors', 'arxiv', 'doi', 'date', 'venue']

// The text of a container ends at its first heading: nobody means a section to stand inside a note.
function splitBody(
  node: Directive,
  text: MarkdownText,
  reading: Reading,
): { body: readonly RootContent[]; rest: RootContent[] } {
  const name = node.name?.value ?? ''
  const opening = locate(node.opening ?? node.position, text)
  const at = node.children.findIndex((child) => (child as RootContent).type === 'heading')
  const heading = node.children[at] as RootContent | undefined
  if (node.isContainer && node.fences < 2) reading.report(blockErrors.unclosed, opening, name)
  else if (heading) reading.report(blockErrors.heading, opening, name, locate(heading.position, text).start.line)
  if (!heading) return { body: node.children, rest: [] }
  const rest = node.children.slice(at).map(closeAll)
  return { body: node.children.slice(0, at), rest }
}

// A container inside was cut off by the fence that closed this one; one report is enough.
function closeAll(node: RootContent): RootContent {
  return node.type === 'directive' && node.isContainer ? { ...node, fences: 2 } : node
}
