import { escapeHtml } from '../../base/index.ts'
import type { Flow, Footnotes, Image, Inline, List, ListItem } from '../../issue/index.ts'
import { type HtmlContext, startOf, writeAttributes } from './html-context.ts'
import { writeImage, writeInlineHtml } from './html-inline.ts'
import { writeTable } from './html-table.ts'

/** The box stands where bullets do. */
const TASK = 'list-style-type:none;text-indent:-24px'

const HEADINGS = { 4: '17px/1.4', 5: '16px/1.4', 6: '15px/1.4' } as const

/**
 * Author's text as HTML for the inside of `mj-text`. Colours stand inline; what only improves the look, and the
 * colours of the dark, come from `buildStyles`, which a template prints into its head.
 * Every text in it is escaped, so it ends no element and is no markup.
 */
export function writeHtml(nodes: readonly Flow[], context: HtmlContext): string {
  return nodes.map((node) => writeNode(node, context)).join('')
}

function writeNode(node: Flow, context: HtmlContext): string {
  switch (node.type) {
    case 'paragraph':
      return writeParagraph(node.children, context)
    case 'heading': {
      const { text } = context.theme.light
      const style = `margin:24px 0 6px;color:${text};font:bold ${HEADINGS[node.depth]} ${context.theme.fonts.body}`
      return `<h${node.depth}${writeAttributes({ class: 't', style })}>${writeInlineHtml(node.children, context)}</h${node.depth}>`
    }
    case 'list':
      return writeList(node, context)
    case 'table':
      return writeTable(node, context)
    case 'code':
      return writeCode(node.value, context)
    case 'blockquote':
      return writeQuote(node.children, context)
    case 'image':
      return writeFigure(node, context)
    case 'footnotes':
      return writeNotes(node, context)
  }
}

function writeParagraph(nodes: readonly Inline[], context: HtmlContext): string {
  return `<p>${writeInlineHtml(nodes, context)}</p>`
}

// Inside a list item or a note the first paragraph stands without a paragraph's margins.
function writeTight(nodes: readonly Flow[], context: HtmlContext): string {
  const [first, ...rest] = nodes
  if (first?.type !== 'paragraph') return writeHtml(nodes, context)
  return writeInlineHtml(first.children, context) + writeHtml(rest, context)
}

function writeList(list: List, context: HtmlContext): string {
  const tag = list.ordered ? 'ol' : 'ul'
  const start = list.ordered && list.start !== 1 ? list.start : undefined
  // The indent is a margin: Outlook ignores the padding of lists.
  const isTasks = list.items.every(({ checked, children }) => checked !== undefined && children.length === 1)
  const style = `margin:0 0 16px;margin-${startOf(context.direction)}:26px;padding:0${isTasks ? `;${TASK}` : ''}`
  const items = list.items.map((item) => writeItem(item, context, isTasks)).join('')
  return `<${tag}${writeAttributes({ start, style })}>${items}</${tag}>`
}

function writeItem(item: ListItem, context: HtmlContext, isAmongTasks: boolean): string {
  const style = item.checked === undefined || isAmongTasks ? '' : ` style="${TASK}"`
  return `<li${style}>${writeTask(item)}${writeTight(item.children, context)}</li>`
}

// In the line's own text: screen readers name the box, and a lone character in an element of its own is something
// that no contrast check decides about.
function writeTask({ checked }: ListItem): string {
  if (checked === undefined) return ''
  return checked ? '☑\u{2002}' : '☐\u{2002}'
}

// The face is a cell: Word paints no background behind `pre`. Long lines wrap, since not every client scrolls sideways.
function writeCode(value: string, { theme }: HtmlContext): string {
  const { panel, text } = theme.light
  const table = 'role="presentation" width="100%" cellpadding="14" cellspacing="0" style="margin:4px 0 20px"'
  const cell = {
    dir: 'ltr',
    align: 'left',
    bgcolor: panel,
    class: 'n t',
    style: `color:${text}`,
  }
  const style = `margin:0;font:14px/1.6 ${theme.fonts.code};white-space:pre-wrap`
  return `<table ${table}><tr><td${writeAttributes(cell)}><pre${writeAttributes({ style })}>${escapeHtml(value)}</pre></td></tr></table>`
}

function writeQuote(nodes: readonly Flow[], context: HtmlContext): string {
  const start = startOf(context.direction)
  const style = `margin:20px 0;padding:2px 0;padding-${start}:18px;border-${start}:3px solid ${context.theme.light.line};font-style:italic`
  return `<blockquote${writeAttributes({ class: 'l', style })}>${writeHtml(nodes, context)}</blockquote>`
}

function writeFigure(image: Image, context: HtmlContext): string {
  const picture = `<p style="margin:8px 0 ${image.title ? 6 : 20}px">${writeImage(image, context, true)}</p>`
  return image.title ? picture + writeSmall(image.title, context, '0 0 20px') : picture
}

// Each number stands in the text, since Outlook resets the numbers of lists.
function writeNotes(notes: Footnotes, context: HtmlContext): string {
  const { muted } = context.theme.light
  const items = notes.items.map((note) => {
    const anchor = `<a${writeAttributes({ id: note.id, name: note.id })}></a>`
    const style = `margin:0 0 8px;color:${muted};font-size:14px;line-height:1.5`
    return `<div${writeAttributes({ class: 'm', style })}>${anchor}${note.number}. ${writeTight(note.children, context)}</div>`
  })
  return writeSmall(context.words.notes, context, '20px 0 4px', ';font-weight:bold') + items.join('')
}

function writeSmall(text: string, { theme }: HtmlContext, margin: string, more = ''): string {
  const style = `margin:${margin};color:${theme.light.muted};font-size:14px;line-height:1.5${more}`
  return `<p${writeAttributes({ class: 'm', style })}>${escapeHtml(text)}</p>`
}
