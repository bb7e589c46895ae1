import type { PhrasingContent } from 'mdast'
import { structureErrors } from '../errors/structure.ts'
import { textErrors } from '../errors/text.ts'
import { Fragment } from '../markdown/fragment.ts'
import { guardNesting } from '../markdown/guard.ts'
import { parseInline, parseLine, parseMarkdown } from '../markdown/parse.ts'
import type { Flow, Inline, SlotNode, Text } from '../model.ts'
import type { Reading } from '../reading.ts'
import type { Sourced } from '../source/sourced.ts'
import { readFlow } from './flow.ts'
import { readInlines } from './inline.ts'
import { toPlain } from './plain.ts'

/** Markdown of several paragraphs, from a string or parsed already. */
export function readText(node: Sourced | undefined, reading: Reading): Flow[] {
  const fragment = toFragment(node, parseMarkdown, reading)
  return fragment ? readFlow(fragment, reading) : []
}

/** The Markdown of a heading. */
export function readTitle(node: Sourced | undefined, what: string, reading: Reading): Inline[] {
  const fragment = toFragment(node, parseInline, reading)
  if (!node || !fragment) return []
  checkOneLine(node, what, reading)
  const nodes = fragment.nodes.flatMap((child) => (child.type === 'paragraph' ? child.children : [child]))
  const inlines = readInlines(nodes as PhrasingContent[], fragment.text, reading)
  forbidSlots(inlines, 'a heading', reading)
  if (toPlain(inlines).trim() === '') reading.report(structureErrors.emptyTitle, node.range, what)
  return inlines
}

/** A line that is no Markdown, in which slots may stand: the subject, the preheader. */
export function readLine(node: Sourced, key: string, reading: Reading): (Text | SlotNode)[] {
  const fragment = toFragment(node, parseLine, reading)
  if (!fragment) return []
  checkOneLine(node, key, reading)
  const nodes = fragment.nodes.flatMap((child) => (child.type === 'paragraph' ? child.children : []))
  return flatten(readInlines(nodes, fragment.text, reading, 'line'))
}

/** A line that is the same for every reader: the title, the subtitle. */
export function readPlainLine(node: Sourced, key: string, reading: Reading): string {
  const inlines = readLine(node, key, reading)
  forbidSlots(inlines, `"${key}"`, reading)
  return toPlain(inlines).replaceAll(/\s+/g, ' ').trim()
}

function toFragment(node: Sourced | undefined, parse: typeof parseMarkdown, reading: Reading): Fragment | undefined {
  if (node?.kind === 'fragment') return node.fragment
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') return undefined
  if (!guardNesting(node.value, node.locate, reading)) return undefined
  const fragment = parse(node.value, node.locate)
  reading.texts.push(fragment.text)
  return fragment
}

function checkOneLine(node: Sourced, key: string, reading: Reading): void {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return
  if (/[\r\n]/.test(node.value.trimEnd())) reading.report(structureErrors.notOneLine, node.range, key)
}

function forbidSlots(inlines: readonly Inline[], where: string, reading: Reading): void {
  for (const node of inlines) {
    if (node.type === 'slot') reading.report(textErrors.slotHere, node.range, where)
    else if ('children' in node) forbidSlots(node.children, where, reading)
  }
}

// A header and a title have no raised text: Unicode's characters stand for it.
function flatten(inlines: readonly Inline[]): (Text | SlotNode)[] {
  return inlines.map((node) =>
    node.type === 'text' || node.type === 'slot' ? node : { type: 'text', value: toPlain([node]), range: node.range },
  )
}
