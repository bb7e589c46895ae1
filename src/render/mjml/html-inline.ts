import { escapeHtml } from '../../base/index.ts'
import type { Image, Inline, Link } from '../../issue/index.ts'
import { markSlot } from '../slot.ts'
import { fitImage, type HtmlContext, writeAttributes } from './html-context.ts'

const TAGS = { strong: 'strong', emphasis: 'em', delete: 'del', superscript: 'sup', subscript: 'sub' } as const

/** Author's text within a line as HTML; every text in it is escaped. */
export function writeInlineHtml(nodes: readonly Inline[], context: HtmlContext): string {
  return nodes.map((node) => writeNode(node, context)).join('')
}

function writeNode(node: Inline, context: HtmlContext): string {
  switch (node.type) {
    case 'text':
      return escapeHtml(node.value)
    case 'strong':
    case 'emphasis':
    case 'delete':
    case 'superscript':
    case 'subscript':
      return `<${TAGS[node.type]}>${writeInlineHtml(node.children, context)}</${TAGS[node.type]}>`
    case 'inlineCode':
      return writeCode(node.value, context)
    case 'link':
      return writeLink(node, context)
    case 'image':
      return writeImage(node, context)
    case 'break':
      return '<br>'
    case 'slot':
      // A name may run against the direction of the sentence around it.
      return `<bdi>${markSlot(node.name, node.fallback)}</bdi>`
    case 'footnoteReference':
      return `<sup>${writeLink({ url: `#${node.id}`, text: String(node.number) }, context)}</sup>`
  }
}

function writeCode(value: string, { theme, direction }: HtmlContext): string {
  // Code runs from left to right among Arabic words too.
  const attributes = {
    class: 'n',
    dir: direction === 'rtl' ? 'ltr' : undefined,
    style: `background-color:${theme.light.panel}`,
  }
  return `<code${writeAttributes(attributes)}>${escapeHtml(value)}</code>`
}

// No target anywhere: it breaks `#` links, and the window is the reader's business.
function writeLink(
  link: Pick<Link, 'url' | 'title' | 'children'> | { url: string; text: string },
  context: HtmlContext,
): string {
  const inside = 'text' in link ? escapeHtml(link.text) : writeInlineHtml(link.children, context)
  const title = 'title' in link ? link.title : undefined
  return `<a${writeAttributes({ href: link.url, title, style: `color:${context.theme.light.accent}` })}>${inside}</a>`
}

/**
 * An image with the width attribute that Outlook obeys, and alternative text that can be read while images are off.
 *
 * @param isBlock - alone in its line: fills the room when its size is unknown, and its title is the caption's business.
 */
export function writeImage(image: Image, { theme, width: room }: HtmlContext, isBlock = false): string {
  const size: { width?: number; height?: number } = isBlock || image.width !== undefined ? fitImage(image, room) : {}
  const place = isBlock ? 'display:block' : 'vertical-align:middle'
  // A width in per cent lets the cell around it shrink while images are off, too; `max-width: 100%` alone does not.
  const flexible = isBlock && size.width ? `width:100%;max-width:${size.width}px` : 'max-width:100%'
  const style = `${place};${flexible};height:auto;color:${theme.light.muted};font-style:italic;line-height:1.5`
  const title = isBlock ? undefined : image.title
  return `<img${writeAttributes({ src: image.src, alt: image.alt, title, ...size, class: 'm', style })}>`
}
