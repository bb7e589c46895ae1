import type { HtmlElement, HtmlPage, TextNode } from '../html.ts'
import { Cascade, claimsDark } from './cascade.ts'
import { chooseCanvas, type Computed, compute, computeRoot } from './computed.ts'
import type { Screen } from './media.ts'
import { DARK, LIGHT, SCREENS } from './screens.ts'
import { readStyleSheet, type StyleSheet } from './stylesheet.ts'

/** How a page looks, from its styles alone; computed when asked, once for all rules. */
export interface Look {
  readonly sheet: StyleSheet
  readonly cascade: Cascade
  /** Elements that the mail styles, by rule or attribute. */
  isStyled(element: HtmlElement): boolean
  /** Whether the mail says `color-scheme` with dark: clients then paint what it leaves open in dark colours. */
  readonly claimsDark: boolean
  /** Whether it has styles for the dark, or says that it knows it. */
  readonly hasDark: boolean
  /** The screens on which it may look different. */
  readonly screens: readonly Screen[]
  styleOf(element: HtmlElement | undefined, screen: Screen): Computed
  /** The style of a text: of the element it stands in. */
  styleOfText(text: TextNode, screen: Screen): Computed
}

const looks = new WeakMap<HtmlPage, Look>()

/** The look of a page; later calls for the same page give the same. */
export function readLook(page: HtmlPage): Look {
  const known = looks.get(page)
  if (known) return known
  const look = createLook(page)
  looks.set(page, look)
  return look
}

function createLook(page: HtmlPage): Look {
  const sheet = readStyleSheet(page)
  const cascade = new Cascade(sheet)
  const saysDark = claimsDark(page, sheet)
  const hasDark = saysDark || sheet.rules.some(({ media }) => media.some((test) => test(DARK) !== test(LIGHT)))
  const computed = new Map<Screen, Map<HtmlElement, Computed>>()
  const canvasOf = (screen: Screen) => chooseCanvas(saysDark && screen.scheme === 'dark')

  // Neighbours that are styled alike look alike, and a mail has hundreds of those.
  const children = new WeakMap<Computed, Map<ReadonlyMap<string, string>, Computed>>()
  const share = (parent: Computed, element: HtmlElement, screen: Screen): Computed => {
    const values = cascade.computeValues(element, screen)
    let known = children.get(parent)
    if (!known) children.set(parent, (known = new Map()))
    const same = known.get(values)
    if (same) return same
    const style = compute(element, values, parent, canvasOf(screen))
    // What is hidden knows by which element.
    if (style.hidden === parent.hidden) known.set(values, style)
    return style
  }

  const roots = new Map<Screen, Computed>()
  const rootOf = (screen: Screen): Computed => {
    const root = roots.get(screen) ?? computeRoot(canvasOf(screen))
    roots.set(screen, root)
    return root
  }

  const styleOf = (element: HtmlElement | undefined, screen: Screen): Computed => {
    let styles = computed.get(screen)
    if (!styles) computed.set(screen, (styles = new Map()))
    // From the outside in, without recursion: a hostile mail nests elements by the thousand.
    const path: HtmlElement[] = []
    let at = element
    while (at && !styles.has(at)) {
      path.push(at)
      at = at.parent
    }
    let style = (at && styles.get(at)) ?? rootOf(screen)
    for (const inner of path.toReversed()) {
      style = share(style, inner, screen)
      styles.set(inner, style)
    }
    return style
  }
  return {
    sheet,
    cascade,
    isStyled: (element) => cascade.listApplied(element).length > 0 || 'background' in element.attributes,
    claimsDark: saysDark,
    hasDark,
    screens: sheet.rules.some(({ media }) => media.length > 0) ? SCREENS : [LIGHT],
    styleOf,
    styleOfText: ({ parent }, screen) => styleOf(parent, screen),
  }
}
