import type { Inline, Table, TableCell } from '../../issue/index.ts'
import { type HtmlContext, startOf, writeAttributes } from './html-context.ts'
import { writeInlineHtml } from './html-inline.ts'

/** A table of data, so without `role="presentation"`: header cells have a scope. */
export function writeTable(table: Table, context: HtmlContext): string {
  const { theme, direction } = context
  const broken = findBrokenColumns(table)
  const write = (cells: readonly TableCell[], isHead: boolean) => {
    const tag = isHead ? 'th' : 'td'
    const cellsHtml = cells.map((data, column) => {
      const attributes = {
        ...(isHead ? { scope: 'col', bgcolor: theme.light.panel } : {}),
        // A heading is centred unless told otherwise.
        align: table.align[column] ?? (isHead ? startOf(direction) : undefined),
        class: isHead ? 'n' : undefined,
        style: broken.has(column) ? 'word-break:break-word' : undefined,
      }
      return `<${tag}${writeAttributes(attributes)}>${writeInlineHtml(data.children, context)}</${tag}>`
    })
    return `<tr valign="top">${cellsHtml.join('')}</tr>`
  }
  // Word hands neither size nor colour of the text around down to a table.
  const style = `margin:4px 0 20px;color:${theme.light.text};font-size:15px;line-height:1.5;word-break:normal`
  const attributes = { class: 'd t', width: '100%', cellpadding: 7, cellspacing: 0, style }
  const body = table.rows.map((row) => write(row, false)).join('')
  return `<table${writeAttributes(attributes)}><thead>${write(table.header, true)}</thead><tbody>${body}</tbody></table>`
}

// Letters that fit side by side on a phone of 320 px.
const PHONE_LETTERS = 32
const CELL_PADDING_LETTERS = 1.5

/**
 * Columns whose words may break, so that the table is no wider than a phone: those with the longest words, as few as it
 * takes. A number stays in one piece.
 */
function findBrokenColumns(table: Table): ReadonlySet<number> {
  const rows = [table.header, ...table.rows]
  const longest = table.header.map((_, column) => Math.max(...rows.map((row) => measureLongestWord(row[column]))))
  const broken = new Set<number>()
  const room = PHONE_LETTERS - table.header.length * CELL_PADDING_LETTERS
  const measure = () =>
    longest.reduce((sum, letters, column) => sum + (broken.has(column) ? Math.min(letters, 5) : letters), 0)
  const widestFirst = [...longest.keys()].toSorted((a, b) => (longest[b] ?? 0) - (longest[a] ?? 0))
  for (const column of widestFirst) {
    if (measure() <= room) break
    broken.add(column)
  }
  return broken
}

function measureLongestWord(cell: TableCell | undefined): number {
  const words = collectText(cell?.children ?? []).split(/[\s\-/\u{AD}]+/u)
  return Math.max(...words.map((word) => word.length))
}

function collectText(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => ('value' in node ? node.value : 'children' in node ? collectText(node.children) : ''))
    .join('')
}
