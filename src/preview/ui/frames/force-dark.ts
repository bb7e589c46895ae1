import { type Colour, formatColour, layOver, parseColour } from './colour.ts'
import { forceBackground, forceLine, type ForcedScheme, forceText } from './forced-colours.ts'
import { isStyled, type StyleLog } from './style-log.ts'

const SIDES = ['border-top-color', 'border-right-color', 'border-bottom-color', 'border-left-color'] as const
const WHITE: Colour = { red: 255, green: 255, blue: 255, alpha: 1 }
/** Chromium's canvas under `color-scheme: dark`. */
const DARK_CANVAS: Colour = { red: 18, green: 18, blue: 18, alpha: 1 }
/** What Outlook leaves behind on what it changed. */
const OUTLOOK_MARKS = ['data-ogsc', 'data-ogsb'] as const

/** Computed colours of an element, as text. */
interface Looks {
  readonly colour: string
  readonly background: string
  readonly sides: readonly string[]
}

/** What an element lies on, itself included. */
interface Ground {
  readonly before: Colour
  readonly after: Colour
}

/**
 * Changes the colours of a document as an app does in its dark theme.
 *
 * @param page - in a frame without scripts; all is done from outside, with computed colours.
 * @param log - keeps what was changed.
 */
export function forceDark(page: Document, scheme: ForcedScheme, log: StyleLog): void {
  const elements = [...page.querySelectorAll<HTMLElement>('html, body, body *')].filter(isStyled)
  const written = scheme === 'outlook' ? elements.map(readLooks) : []
  if (scheme === 'outlook') for (const name of OUTLOOK_MARKS) log.setAttribute(page.documentElement, name, '')
  const looks = elements.map(readLooks)
  const grounds = new Map<Element, Ground>()
  const canvas = readCanvas(page, scheme)
  elements.forEach((element, index) => {
    const now = looks[index]
    if (!now) return
    const ground = grounds.get(element.parentElement ?? element) ?? canvas
    grounds.set(element, change({ element, now, past: written[index] ?? now, ground, scheme, log }))
  })
  if (!isPainted(looks[0]) && !isPainted(looks[1])) {
    log.setStyle(page.documentElement, 'background-color', formatColour(canvas.after))
  }
}

interface ChangeOptions {
  readonly element: HTMLElement
  readonly now: Looks
  /** Before the app left its marks; what they changed is the author's answer, and stays. */
  readonly past: Looks
  /** Of the element around it. */
  readonly ground: Ground
  readonly scheme: ForcedScheme
  readonly log: StyleLog
}

function change({ element, now, past, ground, scheme, log }: ChangeOptions): Ground {
  const own = parseColour(now.background)
  const isOwnAnswer = now.background !== past.background
  const background = own && own.alpha > 0 ? (isOwnAnswer ? own : forceBackground(scheme, own)) : undefined
  const below: Ground =
    own && background ? { before: layOver(own, ground.before), after: layOver(background, ground.after) } : ground
  if (background && !isOwnAnswer) log.setStyle(element, 'background-color', formatColour(background))
  const colour = parseColour(now.colour)
  if (colour && now.colour === past.colour) {
    log.setStyle(element, 'color', formatColour(forceText(scheme, { colour, ...below })))
  }
  now.sides.forEach((side, index) => {
    const line = parseColour(side)
    const name = SIDES[index]
    if (!line || !name || line.alpha === 0 || side !== past.sides[index]) return
    log.setStyle(element, name, formatColour(forceLine(scheme, { colour: line, ...ground })))
  })
  return below
}

/** Sides without a line have none to change. */
function readLooks(element: HTMLElement): Looks {
  const style = getComputedStyle(element)
  const sides = SIDES.map((name) =>
    style.getPropertyValue(name.replace('color', 'style')) === 'none' ? '' : style.getPropertyValue(name),
  )
  return { colour: style.color, background: style.backgroundColor, sides }
}

function isPainted(looks: Looks | undefined): boolean {
  return (parseColour(looks?.background ?? '')?.alpha ?? 0) > 0
}

// The canvas is as dark as the scheme that the mail takes part in; only Outlook lets it.
function readCanvas(page: Document, scheme: ForcedScheme): Ground {
  const isDark = scheme === 'outlook' && /\bdark\b/.test(getComputedStyle(page.documentElement).colorScheme)
  const before = isDark ? DARK_CANVAS : WHITE
  return { before, after: forceBackground(scheme, before) }
}
