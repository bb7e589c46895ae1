import { isStyled, type StyleLog } from './style-log.ts'

/** An image that cannot be shown: the browser puts the alternative text in its place, as apps do that block images. */
const BLOCKED = 'data:,'
const SOURCES = ['src', 'srcset'] as const

/** Hides the images and the background images of a mail. */
export function hideImages(page: Document, log: StyleLog): void {
  for (const image of page.querySelectorAll('img, source, input[type=image]')) {
    for (const name of SOURCES) {
      if (image.hasAttribute(name)) log.setAttribute(image, name, name === 'src' ? BLOCKED : null)
    }
  }
  for (const element of page.querySelectorAll<HTMLElement>('body, body *')) {
    if (isStyled(element) && getComputedStyle(element).backgroundImage.includes('url(')) {
      log.setStyle(element, 'background-image', 'none')
    }
  }
}
