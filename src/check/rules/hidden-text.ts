import { z } from 'zod'
import { type HtmlElement, placeElement, type TextNode } from '../html.ts'
import { formatCount, quote } from '../quote.ts'
import { defineRule, type RenderedContext } from '../rule.ts'
import { measureContrast } from '../style/color.ts'
import { type Computed, showText } from '../style/computed.ts'
import type { Hiding } from '../style/hiding.ts'
import type { Look } from '../style/look.ts'
import { LIGHT } from '../style/screens.ts'
import { hasLetters } from '../style/shown.ts'
import { GONE_RATIO } from './contrast.ts'

type Means = Hiding | 'color'

/** What hides one piece of the mail, and the texts in it. */
interface HiddenPiece {
  readonly root: HtmlElement
  readonly means: Means
  readonly texts: TextNode[]
}

const NAMES: Readonly<Record<Means, string>> = {
  display: '`display: none`',
  visibility: '`visibility: hidden`',
  size: 'a font size of 0',
  height: 'a height of 0',
  opacity: 'an opacity of 0',
  place: 'a place off the screen',
  color: 'the colour of its background',
}

export const hiddenText = defineRule({
  id: 'hidden-text',
  severity: 'error',
  needs: 'rendered',
  summary: 'Text that readers cannot see',
  why: 'Google demands that nothing is hidden with HTML and CSS, and filters count words that only they can see as a trick of spammers. Not meant are the preheader, which is the first such piece and stands before the first words of the mail, what is written for classic Outlook in conditional comments, and what a media query shows on another screen or in the dark.',
  remedy: 'Remove the text, or show it.',
  reference: 'Google 81126 (no hidden content); SpamAssassin, rule HTML_FONT_LOW_CONTRAST',
  bad: '<div style="display:none">cheap papers best papers free papers</div>',
  good: '<body><div style="display:none">Seventeen papers in five categories</div><p>Hello …</p>',
  options: z.strictObject({
    maxPreheader: z.number().int().min(0).default(150).describe('Longest hidden preheader, in characters.'),
  }),
  check(context) {
    const { html, options, report } = context
    const pieces = listHidden(context)
    const firstShown = findFirstShown(context)
    for (const [index, { root, means, texts }] of pieces.entries()) {
      const words = readWords(texts)
      const isPreheader = index === 0 && root.start < firstShown && means !== 'color'
      if (!isPreheader) {
        report({ message: `Text is hidden by ${NAMES[means]}: ${quote(words)}.`, ...placeElement(html, root) })
        continue
      }
      const count = Array.from(words).length
      if (count <= options.maxPreheader) continue
      const message = `The hidden preheader has ${formatCount(count)} characters; what is beyond ${formatCount(options.maxPreheader)} counts as hidden text.`
      report({ message, remedy: 'Shorten it to one sentence.', ...placeElement(html, root) })
    }
  },
})

function listHidden({ html, look }: RenderedContext<unknown>): HiddenPiece[] {
  const pieces = new Map<HtmlElement, HiddenPiece>()
  for (const text of html.texts) {
    const found = hasLetters(text.value) ? findMeans(text, look()) : undefined
    if (!found || isInHead(found.root)) continue
    const piece = pieces.get(found.root)
    if (piece) piece.texts.push(text)
    else pieces.set(found.root, { ...found, texts: [text] })
  }
  return [...pieces.values()]
}

// Hidden is what no screen shows.
function findMeans(text: TextNode, look: Look): Pick<HiddenPiece, 'root' | 'means'> | undefined {
  const { hidden } = look.styleOfText(text, LIGHT)
  const isHidden = (style: Computed) => (hidden ? style.hidden !== undefined : isGone(style, text, look))
  if (!look.screens.every((screen) => isHidden(look.styleOfText(text, screen)))) return undefined
  if (hidden) return { root: hidden.root, means: hidden.by }
  return text.parent && { root: text.parent, means: 'color' }
}

function isGone(style: Computed, { parent }: TextNode, look: Look): boolean {
  const seen = style.hidden ? undefined : showText(style)
  if (!seen || measureContrast(seen.text, seen.on) >= GONE_RATIO) return false
  return !(parent && isClipped(parent, look))
}

// The background shines through the letters; clients that cannot do that are another rule's matter.
function isClipped(element: HtmlElement, look: Look): boolean {
  const { values } = look.styleOf(element, LIGHT)
  return ['background-clip', '-webkit-background-clip'].some((name) => /text/i.test(values.get(name) ?? ''))
}

function isInHead(element: HtmlElement): boolean {
  for (let at: HtmlElement | undefined = element; at; at = at.parent) {
    if (at.name === 'head' || at.name === 'title') return true
  }
  return false
}

function findFirstShown({ html, look }: RenderedContext<unknown>): number {
  const first = html.texts.find(({ value, parent }) => {
    return hasLetters(value) && !(parent && isInHead(parent)) && !look().styleOf(parent, LIGHT).hidden
  })
  return first?.offset ?? html.source.length
}

// What fills the line of the preview up is no text.
function readWords(texts: readonly TextNode[]): string {
  return texts
    .map(({ value }) => value)
    .join(' ')
    .replaceAll(/[\p{Cf}\u{34F}\u{A0}]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
