import { type Colour, contrastOf, fromLab, toLab } from './colour.ts'

/*
 * What mail apps make of a mail's colours in their dark theme. None of the makers says how; this follows what others
 * have seen and published, so it is an emulation: good for finding what goes wrong, not for judging a shade.
 *
 * - Gmail on Android turns light areas and the dark text on them, and leaves dark areas alone ("partial"); Gmail on iOS
 *   turns everything, so that a dark mail becomes light ("full"). Neither answers `prefers-color-scheme`; both leave
 *   images and gradients. hteumeuleu/email-bugs#68; R. Parmentier, "Fixing Gmail's dark mode issues with CSS Blend
 *   Modes", 2021 (black on iOS becomes white and white black); tomayac/dark-mode-email#4 (gradients stay).
 * - Outlook.com and the Outlook apps darken light backgrounds and change text until it has contrast to what it lies on;
 *   they keep the colours of before in `data-ogsc` (text) and `data-ogsb` (background), which rules of the mail may
 *   name. R. Parmentier, "Dealing with Outlook.com's Dark Mode", 2019. Lightness is turned as in Microsoft's own
 *   editor, microsoft/roosterjs, getDarkColor: L' = (100 − L) · (100 − base) / 100 + base in CIE Lab, base being that
 *   of #333333.
 *
 * Shared here: hue stays and lightness is turned in CIE Lab. The darkest grey of Gmail on Android is assumed.
 */

export const FORCED_SCHEMES = ['gmail', 'gmail-ios', 'outlook'] as const
export type ForcedScheme = (typeof FORCED_SCHEMES)[number]

/** Lightness that white becomes. */
const BASES = { gmail: 11.8, 'gmail-ios': 0, outlook: 21.247 } as const
/** Lighter than this is a light colour. */
const MIDDLE = 50
/** WCAG 2.2 §1.4.3; what Outlook aims at has the same size. */
const ENOUGH = 4.5

/** A text or a line, and what it lies on before and after. Backgrounds are opaque. */
export interface OnBackground {
  readonly colour: Colour
  readonly before: Colour
  readonly after: Colour
}

/** A background as an app shows it. */
export function forceBackground(scheme: ForcedScheme, colour: Colour): Colour {
  return scheme === 'gmail-ios' || isLight(colour) ? turn(scheme, colour) : colour
}

/** A text as an app shows it. */
export function forceText(scheme: ForcedScheme, text: OnBackground): Colour {
  const { colour, before, after } = text
  if (scheme === 'gmail-ios') return turn(scheme, colour)
  if (scheme === 'gmail') return isLight(before) && !isLight(colour) ? turn(scheme, colour) : colour
  return contrastOf(colour, after) >= ENOUGH ? colour : contrast(turn(scheme, colour), after)
}

/** A border as an app shows it. */
export function forceLine(scheme: ForcedScheme, { colour, before }: OnBackground): Colour {
  return scheme === 'gmail-ios' || isLight(before) ? turn(scheme, colour) : colour
}

function turn(scheme: ForcedScheme, colour: Colour): Colour {
  const lab = toLab(colour)
  const base = BASES[scheme]
  return fromLab({ ...lab, lightness: ((100 - lab.lightness) * (100 - base)) / 100 + base }, colour.alpha)
}

/** Goes away from the background until there is contrast, or no further way. */
function contrast(colour: Colour, background: Colour): Colour {
  const lab = toLab(colour)
  const by = isLight(background) ? -2 : 2
  let found = colour
  for (let { lightness } = lab; lightness >= 0 && lightness <= 100; lightness += by) {
    found = fromLab({ ...lab, lightness }, colour.alpha)
    if (contrastOf(found, background) >= ENOUGH) break
  }
  return found
}

function isLight(colour: Colour): boolean {
  return toLab(colour).lightness > MIDDLE
}
