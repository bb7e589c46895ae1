import type { HtmlElement, HtmlPage } from '../../html.ts'
import { readPixels } from '../length.ts'
import type { Look } from '../look.ts'
import { PLAIN } from '../screens.ts'
import { type Detector, type Hit, hasContent, hasGhost, readBefore, readBeginning } from './hit.ts'

const TABLE_PARTS = new Set(['table', 'tbody', 'tr', 'td', 'th'])

/** Ways to set things beside or over each other; what stands in a media query is an extra and passed over. */
export const detectLayout: Detector = (page, look) => {
  const children = countContent(page)
  return page.elements.flatMap((element) => {
    const { values, hidden } = look.styleOf(element, PLAIN)
    if (hidden || !look.isStyled(element)) return []
    const found = [
      findPosition(page, element, values),
      findRow(page, element, values, children, look),
      findFloat(page, element, values),
      findLimit(page, element, look),
    ]
    return found.filter((hit) => hit !== undefined)
  })
}

type Values = ReadonlyMap<string, string>

/** How many children with content each element has. */
function countContent(page: HtmlPage): ReadonlyMap<HtmlElement, HtmlElement[]> {
  const children = new Map<HtmlElement, HtmlElement[]>()
  for (const element of page.elements) {
    if (!element.parent) continue
    const known = children.get(element.parent)
    if (known) known.push(element)
    else children.set(element.parent, [element])
  }
  return children
}

function findPosition(page: HtmlPage, element: HtmlElement, values: Values): Hit | undefined {
  const position = values.get('position')?.toLowerCase()
  if (position === undefined || !hasContent(page, element)) return undefined
  const isTaken = position === 'absolute' || position === 'fixed'
  const isMoved =
    position === 'relative' &&
    ['top', 'right', 'bottom', 'left'].some((side) => !/^(?:auto|0[a-z%]*)?$/i.test(values.get(side) ?? ''))
  if (!isTaken && !isMoved) return undefined
  return {
    features: ['css-position'],
    severity: isTaken ? 'error' : 'warning',
    what: `Content is placed with \`position: ${position}\``,
    effect: isTaken ? 'it stands in the flow of the mail, out of its place' : 'it stays where it was',
    remedy: 'Lay it out with a table.',
    at: element,
  }
}

function findRow(
  page: HtmlPage,
  element: HtmlElement,
  values: Values,
  children: ReadonlyMap<HtmlElement, HtmlElement[]>,
  look: Look,
): Hit | undefined {
  const kind = /^(?:inline-)?(flex|grid)$/i.exec(values.get('display') ?? '')?.[1]?.toLowerCase()
  if (!kind || TABLE_PARTS.has(element.name) || hasGhost(readBeginning(page, element))) return undefined
  const parts = (children.get(element) ?? []).filter((child) => hasContent(page, child))
  // A column of blocks looks the same without it.
  const isRow = kind === 'flex' ? !isColumn(values) : isGrid(values)
  if (!isRow || parts.length < 2 || parts.some((part) => standsBeside(look.styleOf(part, PLAIN).values)))
    return undefined
  return {
    features: kind === 'flex' ? ['css-display-flex'] : ['css-display-grid', 'css-grid-template'],
    severity: 'error',
    what: `${parts.length} pieces of content are set beside each other with \`display: ${kind}\``,
    effect: 'they stand one below the other, or run together',
    remedy: 'Lay them out with a table, or give classic Outlook one in a conditional comment.',
    at: element,
  }
}

function isColumn(values: Values): boolean {
  return /column/i.test(values.get('flex-direction') ?? values.get('flex-flow') ?? '')
}

/** Whether a part stands beside its neighbours also where flex and grid are not known. */
function standsBeside(values: Values): boolean {
  return (
    /^(?:inline-block|table-cell)$/i.test(values.get('display') ?? '') || /left|right/i.test(values.get('float') ?? '')
  )
}

function isGrid(values: Values): boolean {
  return ['grid-template-columns', 'grid-template', 'grid', 'grid-template-areas', 'grid-auto-flow'].some((name) =>
    values.has(name),
  )
}

function findFloat(page: HtmlPage, element: HtmlElement, values: Values): Hit | undefined {
  const { name, attributes } = element
  const side = /^(?:left|right|inline-start|inline-end)$/i.exec(values.get('float') ?? '')?.[0]
  const hasAlign = (name === 'img' || name === 'table') && attributes['align'] !== undefined
  if (!side || hasAlign || hasGhost(readBefore(page, element)) || !hasContent(page, element)) return undefined
  return {
    features: ['css-float'],
    severity: 'warning',
    what: `Content is set aside with \`float: ${side}\``,
    effect: 'it stays in the flow of the text',
    remedy: 'Give the image or table an `align` attribute as well, or use the cells of a table.',
    at: element,
  }
}

/** Limits that make a column of text; smaller ones are for parts of it. */
const COLUMN_PX = [400, 900] as const

function findLimit(page: HtmlPage, element: HtmlElement, look: Look): Hit | undefined {
  if (!/^(?:table|div|td|center|section|main|article)$/.test(element.name)) return undefined
  const limit = readLimit(element, look)
  if (limit === undefined || hasGhost(readBefore(page, element)) || !hasContent(page, element)) return undefined
  for (let at: HtmlElement | undefined = element; at; at = at.parent) {
    const isNarrow = /^\s*\d+(?:px)?\s*$/i.test(at.attributes['width'] ?? '')
    if (isNarrow || (at !== element && (readLimit(at, look) !== undefined || hasGhost(readBefore(page, at)))))
      return undefined
  }
  return {
    features: ['css-max-width'],
    severity: 'warning',
    what: `Only \`max-width\` keeps this \`<${element.name}>\` from being wider than ${limit} px`,
    effect: 'it is as wide as the window',
    remedy:
      'Put a table of that width around it in a conditional comment: `<!--[if mso]><table width="600"><tr><td><![endif]-->`.',
    at: element,
  }
}

function readLimit(element: HtmlElement, look: Look): number | undefined {
  if (!look.isStyled(element)) return undefined
  const { values, fontSizePx } = look.styleOf(element, PLAIN)
  const limit = readPixels(values.get('max-width') ?? '', { fontSizePx })
  return limit !== undefined && limit >= COLUMN_PX[0] && limit <= COLUMN_PX[1] ? limit : undefined
}
