import type { Flow, Inline, List, ListItem, Table } from '../../issue/index.ts'
import type { Words } from '../words/words.ts'
import { type LinkNotes, superscript, writeInlines } from './inline.ts'
import { measureCells, wrapText } from './wrap.ts'

/** What writing needs to know. */
export interface TextContext {
  /** Cells per line. */
  readonly width: number
  readonly links: LinkNotes
  readonly words: Words
}

/** Paragraphs of text, each a list of lines; a blank line belongs between two of them. */
export type Paragraphs = readonly (readonly string[])[]

/** Author's text as paragraphs of lines, each line beginning with `indent`. */
export function writeFlow(nodes: readonly Flow[], context: TextContext, indent = ''): Paragraphs {
  return nodes.flatMap((node) => writeNode(node, context, indent)).filter((lines) => lines.length > 0)
}

function writeNode(node: Flow, context: TextContext, indent: string): Paragraphs {
  const inline = (children: readonly Inline[]) => writeInlines(children, context.links, context.words.image)
  switch (node.type) {
    case 'paragraph':
      return [wrapText(inline(node.children), context.width, indent)]
    case 'heading':
      return [wrapText(inline(node.children), context.width, indent)]
    case 'list':
      return writeList(node, context, indent)
    case 'table':
      return [writeTable(node, inline, context.width, indent)]
    case 'code':
      return [node.value.split('\n').map((line) => `${indent}    ${line}`.trimEnd())]
    case 'blockquote':
      return joinParagraphs(writeFlow(node.children, context, `${indent}> `), `${indent}>`)
    case 'image':
      return node.alt ? [wrapText(`[${context.words.image}: ${node.alt}]`, context.width, indent)] : []
    case 'footnotes':
      return node.items.flatMap((item) => hang(item.children, context, indent, `${superscript(item.number)} `))
  }
}

function writeList(list: List, context: TextContext, indent: string): Paragraphs {
  const widest = String(list.start + list.items.length - 1).length
  const items = list.items.map((item, index) => {
    const marker = list.ordered ? `${String(list.start + index).padStart(widest)}. ` : '- '
    return hang(item.children, context, indent, marker + writeTask(item, context.words))
  })
  const isTight = items.every((paragraphs) => paragraphs.length <= 1)
  return isTight ? [items.flatMap((paragraphs) => paragraphs.flat())] : items.flat()
}

function writeTask(item: ListItem, words: Words): string {
  return item.checked === undefined ? '' : `[${item.checked ? words.done : words.open}] `
}

// The first line carries the marker, the others stand under its text.
function hang(nodes: readonly Flow[], context: TextContext, indent: string, marker: string): Paragraphs {
  const hanging = indent + ' '.repeat(measureCells(marker))
  const [first = [hanging], ...rest] = writeFlow(nodes, context, hanging)
  const [line = hanging, ...others] = first
  return [[(indent + marker + line.slice(hanging.length)).trimEnd(), ...others], ...rest]
}

function writeTable(
  table: Table,
  inline: (children: readonly Inline[]) => string,
  width: number,
  indent: string,
): string[] {
  const rows = [table.header, ...table.rows].map((row) =>
    row.map((cell) => inline(cell.children).replaceAll('\n', ' ')),
  )
  const columns = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => measureCells(row[column] ?? ''))))
  const total = columns.reduce((sum, cells) => sum + cells + 2, indent.length - 2)
  if (total > width) return writeRecords(rows, width, indent)
  const lines = rows.map((row) =>
    columns.map((cells, column) => pad(row[column] ?? '', cells, table.align[column] ?? 'left')).join('  '),
  )
  lines.splice(1, 0, columns.map((cells) => '-'.repeat(cells)).join('  '))
  return lines.map((line) => (indent + line).trimEnd())
}

// A table wider than the page is told row by row.
function writeRecords(rows: readonly (readonly string[])[], width: number, indent: string): string[] {
  const [header = [], ...records] = rows
  return records.flatMap((record) =>
    record.flatMap((value, column) => {
      const name = header[column] ? `${header[column]}: ` : ''
      return wrapText(name + value, width, `${indent}    `, `${indent}${column === 0 ? '- ' : '  '}`)
    }),
  )
}

function pad(text: string, cells: number, align: 'left' | 'right' | 'center'): string {
  const missing = cells - measureCells(text)
  const before = align === 'right' ? missing : align === 'center' ? Math.floor(missing / 2) : 0
  return ' '.repeat(before) + text + ' '.repeat(missing - before)
}

function joinParagraphs(paragraphs: Paragraphs, between: string): Paragraphs {
  return [paragraphs.flatMap((lines, index) => (index === 0 ? lines : [between, ...lines]))]
}
