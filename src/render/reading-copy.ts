import { escapeHtml } from '../base/index.ts'
import type { Rendered, RenderedImage } from './rendered.ts'
import { fillSlots, type SlotValues } from './slot.ts'

/** A mail to be read in a browser: one reader's values, local images at an address the browser can load. */
export interface ReadingCopy {
  readonly subject: string
  readonly preheader: string
  readonly html: string
  readonly text: string
}

/**
 * @param locate - address of a local image, instead of its Content-ID or its place on a site that may not be up yet.
 */
export function fillForReading(
  rendered: Rendered,
  values: SlotValues,
  locate: (image: RenderedImage) => string,
): ReadingCopy {
  let html = fillSlots(rendered.html, values, 'html')
  for (const image of rendered.images) {
    // A function, since `$&` in a text would be replaced once more.
    html = html.replaceAll(`src="${escapeHtml(image.src)}"`, () => `src="${escapeHtml(locate(image))}"`)
  }
  return {
    subject: fillSlots(rendered.subject, values, 'header'),
    preheader: fillSlots(rendered.preheader, values, 'header'),
    html,
    text: fillSlots(rendered.text, values, 'text'),
  }
}
