import { z } from 'zod'
import { placeTextNode } from '../html.ts'
import { joinWords } from '../quote.ts'
import { defineRule, type RenderedContext } from '../rule.ts'
import { type Color, formatColor, measureContrast } from '../style/color.ts'
import { type Computed, showText } from '../style/computed.ts'
import type { Look } from '../style/look.ts'
import type { Screen } from '../style/media.ts'
import { DARK, LIGHT } from '../style/screens.ts'
import { listShown, type ShownText, tally, tellMore } from '../style/shown.ts'

type Options = { readonly ratio: number; readonly largeRatio: number }
type Context = RenderedContext<Options>

interface Weak extends ShownText {
  readonly text: ShownText['text']
  readonly colors: string
  readonly ratio: number
  readonly needed: number
}

/** Below this the text is not faint but gone. */
export const GONE_RATIO = 1.1

export const contrast = defineRule({
  id: 'contrast',
  severity: 'error',
  needs: 'rendered',
  summary: 'Text too faint on its background, in light or in dark',
  why: 'Nobody reads grey on grey in the sun, and one reader in twelve has weak sight. The colours come from inline styles, `bgcolor` and the styles in the head; for a mail with styles for the dark, in the dark too. Large text (24 px, or 18.66 px in bold) needs 3:1. A mail that says `color-scheme: … dark` must give each text a colour and a background: what it leaves open, clients paint white, or black, as they like. Signs without letters or digits, text on an image alone, and colours that only a browser can compute are passed over.',
  remedy: 'Make the text darker or its background lighter (in the dark the other way round), and give both.',
  reference: 'WCAG 2.2, 1.4.3 (contrast, minimum)',
  bad: '<p style="color:#999999;background-color:#ffffff">Unsubscribe at any time.</p>',
  good: '<p style="color:#595959;background-color:#ffffff">Unsubscribe at any time.</p>',
  options: z.strictObject({
    ratio: z.number().min(1).max(21).default(4.5).describe('Least contrast of text.'),
    largeRatio: z.number().min(1).max(21).default(3).describe('Least contrast of large text.'),
  }),
  check(context) {
    const look = context.look()
    const faint = new Map<string, { first: Weak; count: number; schemes: string[] }>()
    for (const screen of look.hasDark ? [LIGHT, DARK] : [LIGHT]) {
      const shown = listShown(context.html, look, screen)
      const isOpen = look.claimsDark && screen === DARK
      if (isOpen) reportOpen(shown, context)
      const closed = isOpen ? shown.filter(({ style }) => style.isColorSet && style.isBackdropSet) : shown
      for (const { first, count } of tally(findFaint(closed, screen, context.options), kindOf)) {
        const known = faint.get(kindOf(first))
        if (known) known.schemes.push('dark')
        else faint.set(kindOf(first), { first, count, schemes: [screen === DARK ? 'dark' : 'light'] })
      }
    }
    for (const { first, count, schemes } of faint.values()) reportFaint(first, count, schemes, look, context)
  },
})

function findFaint(shown: readonly ShownText[], screen: Screen, options: Options): Weak[] {
  return shown.flatMap(({ text, style }) => {
    const seen = showText(style)
    if (!seen) return []
    const needed = isLarge(style) ? options.largeRatio : options.ratio
    const ratio = measureContrast(seen.text, seen.on)
    // Text in the colour of its background is hidden in the light, and forgotten in the dark.
    if (ratio >= needed || (ratio < GONE_RATIO && screen === LIGHT)) return []
    return [{ text, style, colors: describeColors(seen.text, seen.on), ratio, needed }]
  })
}

function isLarge({ fontSizePx, isBold }: Computed): boolean {
  return fontSizePx >= 24 || (isBold && fontSizePx >= 18.66)
}

function kindOf({ colors, needed }: Weak): string {
  return `${colors} ${needed}`
}

function describeColors(text: Color, on: Color): string {
  return `${formatColor(text)} on ${formatColor(on)}`
}

// Cut, not rounded: 4.499 must not read as 4.5.
function formatRatio(ratio: number): string {
  return `${(Math.floor(ratio * 100) / 100).toString()}:1`
}

function reportFaint(
  { text, colors, ratio, needed }: Weak,
  count: number,
  schemes: readonly string[],
  { hasDark }: Look,
  { html, report }: Context,
): void {
  const where = hasDark ? `In ${joinWords(schemes)} colours the text is` : 'The text is'
  const message = `${where} ${colors}, a contrast of ${formatRatio(ratio)}; it needs ${needed}:1.${tellMore(count)}`
  report({ message, ...placeTextNode(html, text) })
}

function reportOpen(shown: readonly ShownText[], { html, report }: Context): void {
  const [inkless] = tally(
    shown.filter(({ style }) => !style.isColorSet),
    () => '',
  )
  const [paperless] = tally(
    shown.filter(({ style }) => !style.isBackdropSet),
    () => '',
  )
  if (inkless) {
    const message = `The mail says that it knows the dark, and this text has no colour of its own: in the dark clients paint it white, whatever it stands on.${tellMore(inkless.count)}`
    const remedy =
      'Give the text, or the cell around it, a `color`, and one for the dark; a link takes none from around it.'
    report({ message, remedy, ...placeTextNode(html, inkless.first.text) })
  }
  if (paperless) {
    const message = `The mail says that it knows the dark, and nothing above this text has a background colour: in the dark clients paint it black, whatever colour the text has.${tellMore(paperless.count)}`
    const remedy = 'Give the body and the cells `bgcolor` and `background-color`, and a colour for the dark.'
    report({ message, remedy, ...placeTextNode(html, paperless.first.text) })
  }
}
