import type { HtmlElement, HtmlPage } from '../html.ts'

/** The text between `<style>` and `</style>`. */
export function readStyleText(page: HtmlPage, element: HtmlElement): string {
  return page.source.slice(element.openEnd, element.end).replace(/<\/style[^>]*>?$/i, '')
}
