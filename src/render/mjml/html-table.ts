import type { Table, TableCell } from '../../issue/index.ts'
import { type HtmlContext, startOf, writeAttributes } from './html-context.ts'
import { writeInlineHtml } from './html-inline.ts'

/** A table of data, so without `role="presentation"`: header cells have a scope. */
export function writeTable(table: Table, context: HtmlContext): string {
  const { theme, direction } = context
  const cell = `padding:8px 10px;border-bottom:1px solid ${theme.light.line};vertical-align:top`
  const head = `${cell};background-color:${theme.light.panel};font-weight:bold`
  const write = (cells: readonly TableCell[], isHead: boolean) => {
    const tag = isHead ? 'th' : 'td'
    const cellsHtml = cells.map((data, column) => {
      const align = table.align[column] ?? startOf(direction)
      const attributes = {
        scope: isHead ? 'col' : undefined,
        align,
        class: isHead ? 'panel line' : 'line',
        style: isHead ? head : cell,
      }
      return `<${tag}${writeAttributes(attributes)}>${writeInlineHtml(data.children, context)}</${tag}>`
    })
    return `<tr>${cellsHtml.join('')}</tr>`
  }
  // Word hands neither size nor colour of the text around down to a table.
  const style = `width:100%;margin:4px 0 20px;border-collapse:collapse;color:${theme.light.text};font-family:${theme.fonts.body};font-size:15px;line-height:1.5`
  const attributes = { class: 'text', width: '100%', border: 0, cellpadding: 0, cellspacing: 0, style }
  const body = table.rows.map((row) => write(row, false)).join('')
  return `<table${writeAttributes(attributes)}><thead>${write(table.header, true)}</thead><tbody>${body}</tbody></table>`
}
