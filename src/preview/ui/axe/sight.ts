import type { Problem } from '../problems/problem.ts'
import type { ElementPlace } from './locate-element.ts'

/** One element of a mail that axe-core has something to say of. */
export interface Sight extends ElementPlace {
  /** axe's own: `color-contrast`, `target-size`. */
  readonly rule: string
  readonly selector: string
  readonly data: SightData
  readonly looks: readonly SeenLook[]
}

export interface SeenLook {
  readonly scheme: 'light' | 'dark'
  readonly width: number
}

/** What axe-core measured. */
interface SightData {
  readonly fgColor?: string
  readonly bgColor?: string
  readonly contrastRatio?: number
  readonly expectedContrastRatio?: string
  /** Why the contrast is not known. */
  readonly messageKey?: string | null
  readonly width?: number
  readonly height?: number
}

const CONTRAST = {
  reference: 'WCAG 2.2, 1.4.3',
  why: 'Many people read mail in the sun, on a dim screen, or with eyes that are no longer young; text with too little contrast is skipped, and in the dark theme it may vanish.',
} as const
const TARGET = {
  reference: 'WCAG 2.2, 2.5.8',
  why: 'More than half of all mail is opened on a phone. A small link beside another one is missed, or the wrong one opens.',
  remedy: 'Give such links padding, or more room between them: 24 pixels from centre to centre are enough.',
} as const
const LOOK_AT_IT = 'Look at it in both schemes, or give it a plain background.'
const REMEDY = 'Choose a darker or lighter colour for the text or for what it lies on, in both schemes.'

/** Why axe cannot tell a contrast, by its key. */
const REASONS: Readonly<Record<string, string>> = {
  bgImage: 'it lies over an image',
  bgGradient: 'it lies over a gradient',
  imgNode: 'it holds an image',
  bgOverlap: 'another element lies over it',
  fgAlpha: 'its colour is translucent',
  elmPartiallyObscured: 'it is partly hidden by another element',
  elmPartiallyObscuring: 'it partly hides another element',
  outsideViewport: 'it lies outside of the mail',
  pseudoContent: 'its background is drawn by a pseudo-element',
  complexTextShadows: 'it has text shadows',
  colorParse: 'its colour is written in a way that cannot be read',
}

/** One card for each trouble: elements of the same colours are told together. */
export function listSeen(sights: readonly Sight[]): Problem[] {
  const groups = new Map<string, Sight[]>()
  for (const sight of sights) {
    const key = keyOf(sight)
    groups.set(key, [...(groups.get(key) ?? []), sight])
  }
  return [...groups.values()].flatMap((group) => toProblem(group) ?? [])
}

function keyOf({ rule, data }: Sight): string {
  if (rule === 'target-size') return rule
  return [rule, data.fgColor, data.bgColor, isKnown(data) ? '' : data.messageKey].join(' ')
}

// A text of one letter has a contrast like any other, and so has one in the colour of its background.
function isKnown({ messageKey, contrastRatio = 0, bgColor }: SightData): boolean {
  return (
    !messageKey || messageKey === 'equalRatio' || (messageKey === 'shortTextContent' && contrastRatio > 0 && !!bgColor)
  )
}

function toProblem(group: readonly Sight[]): Problem | undefined {
  const [first] = group
  if (!first) return undefined
  const elements = new Set(group.map(({ selector }) => selector)).size
  const looks = group.flatMap((sight) => sight.looks)
  const { anchor, words } = first
  return {
    look: 'seen',
    ...(first.rule === 'target-size' ? sayTarget(first, elements) : sayContrast(first, elements)),
    mail: { part: 'html', ...(anchor === undefined ? {} : { anchor }), ...(words === '' ? {} : { words }) },
    seenIn: sayLooks(looks),
    seenAs: chooseLook(looks),
  }
}

type Said = Pick<Problem, 'code' | 'message' | 'remedy' | 'why' | 'reference'>

function sayContrast({ words, data }: Sight, elements: number): Said {
  const { fgColor = '', bgColor = '', contrastRatio = 0, expectedContrastRatio = '4.5:1', messageKey } = data
  const what = `${quote(words)}${others(elements)}`
  if (!isKnown(data)) {
    const message = `The contrast of ${what} is not known: ${REASONS[messageKey ?? ''] ?? 'its background cannot be read'}.`
    return { ...CONTRAST, code: 'contrast-unknown', message, remedy: LOOK_AT_IT }
  }
  if (messageKey === 'equalRatio' || contrastRatio <= 1) {
    const message = `${capitalise(what)} cannot be seen: the text is ${fgColor}, and so is what it lies on.`
    return { ...CONTRAST, code: 'contrast', message, remedy: `Give the text a colour of its own. ${REMEDY}` }
  }
  const message = `The contrast of ${what} is ${contrastRatio}:1, ${fgColor} on ${bgColor}; ${expectedContrastRatio} is needed.`
  return { ...CONTRAST, code: 'contrast', message, remedy: REMEDY }
}

function sayTarget({ words, data: { width, height } }: Sight, elements: number): Said {
  const size =
    width !== undefined && height !== undefined ? `${width} × ${height} pixels` : 'smaller than 24 × 24 pixels'
  const what = words === '' ? 'A link without words' : `The link ${quote(words)}`
  const message = `${what}${others(elements)} is hard to tap: ${size}, and another link is close.`
  return { ...TARGET, code: 'tap-target', message }
}

function quote(words: string): string {
  return words === '' ? 'an element without words' : `“${words}”`
}

function others(elements: number): string {
  return elements < 2 ? '' : ` (and ${elements - 1} more)`
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** `dark, 320 and 640 pixels wide` */
function sayLooks(looks: readonly SeenLook[]): string {
  const schemes = [...new Set(looks.map(({ scheme }) => scheme))]
  const widths = [...new Set(looks.map(({ width }) => width))].toSorted((a, b) => a - b)
  const scheme = schemes.length > 1 ? 'Light and dark' : schemes[0] === 'dark' ? 'Dark' : 'Light'
  return `${scheme}, ${widths.join(' and ')} pixels wide`
}

function chooseLook(looks: readonly SeenLook[]): NonNullable<Problem['seenAs']> {
  const isEverywhere = looks.some(({ scheme }) => scheme === 'light') && looks.some(({ scheme }) => scheme === 'dark')
  const isNarrowOnly = looks.every(({ width }) => width < 640)
  return {
    ...(isEverywhere || !looks[0] ? {} : { scheme: looks[0].scheme }),
    ...(isNarrowOnly ? { device: '320' } : {}),
  }
}
