import { type HtmlElement, type HtmlPage, hasWords, listInside } from '../../html.ts'
import type { Detector, Hit } from './hit.ts'

type Found = Omit<Hit, 'at'>

const FIELD = {
  severity: 'error',
  effect: 'none is shown, or one that does nothing',
  remedy: 'Link to a page that has the form.',
} as const

/** Elements that clients remove with all that is in them, or that do nothing there. */
export const detectElements: Detector = (page) =>
  page.elements.flatMap((element) => {
    const found = findUse(page, element)
    return found ? [{ ...found, at: element }] : []
  })

function findUse(page: HtmlPage, element: HtmlElement): Found | undefined {
  switch (element.name) {
    case 'video':
      return hasFallback(page, element) ? undefined : describePlayer('html-video', 'A video')
    case 'audio':
      return hasFallback(page, element) ? undefined : describePlayer('html-audio', 'A recording')
    case 'svg':
      return isDecoration(element) ? undefined : describeDrawing()
    case 'select':
      return { features: ['html-select'], what: 'A list to choose from', ...FIELD }
    case 'textarea':
      return { features: ['html-textarea'], what: 'A field to write in', ...FIELD }
    case 'button':
      return describeButton()
    case 'dialog':
      return hasWords(page, element) ? describeDialog() : undefined
    case 'link':
      return describeSheet(element)
    default:
      return undefined
  }
}

// What clients show that cannot play: words, or a picture with a link.
function hasFallback(page: HtmlPage, element: HtmlElement): boolean {
  return hasWords(page, element) || listInside(page, element).some(({ name }) => name === 'img')
}

function describePlayer(feature: 'html-video' | 'html-audio', what: string): Found {
  return {
    features: [feature],
    severity: 'error',
    what: `${what} without a fallback`,
    effect: 'nothing is shown in its place',
    remedy: 'Put a picture that links to it between its tags, or link to it and leave the player out.',
  }
}

function isDecoration({ attributes }: HtmlElement): boolean {
  return attributes['aria-hidden'] === 'true' || /^(?:presentation|none)$/i.test(attributes['role'] ?? '')
}

function describeDrawing(): Found {
  return {
    features: ['html-svg'],
    severity: 'error',
    what: 'A drawing in `<svg>`',
    effect: 'it is removed with all that is in it',
    remedy: 'Use a PNG with an `alt`.',
  }
}

function describeButton(): Found {
  return {
    features: ['html-button-submit'],
    severity: 'warning',
    what: 'A `<button>`',
    effect: 'it is plain words, and a tap does nothing',
    remedy: 'Use a link that looks like a button.',
  }
}

function describeDialog(): Found {
  return {
    features: ['html-dialog'],
    severity: 'error',
    what: 'Text in a `<dialog>`',
    effect: 'it never opens, or stands in the middle of the mail',
    remedy: 'Write the text into the mail.',
  }
}

// Fonts are an extra: their place is taken by the next one in the list.
function describeSheet({ attributes }: HtmlElement): Found | undefined {
  const { rel = '', href = '' } = attributes
  if (!/\bstylesheet\b/i.test(rel) || /font/i.test(href)) return undefined
  return {
    features: ['html-link'],
    severity: 'warning',
    what: 'A stylesheet that is linked to',
    effect: 'it is never loaded',
    remedy: 'Write the styles into the elements, or into a `<style>` in the head.',
  }
}
