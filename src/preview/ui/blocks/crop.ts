import { findPlace } from '../frames/place.ts'

/** Lines that the sample has around its block. @see src/studio/blocks.ts */
const BEFORE = 'A line of text before it.'
const AFTER = 'And a line after it.'
const MARGIN = 20
const USUAL_HEIGHT = 240

/** Shows of a frame what lies between the line before the block and the line after it. */
export function cropToBlock(window: HTMLElement, frame: HTMLIFrameElement): void {
  const page = frame.contentDocument
  if (!page?.body || page.URL === 'about:blank') return
  const [before, after] = [BEFORE, AFTER].map((words) => findPlace(page, { words }))
  frame.style.height = `${page.documentElement.scrollHeight}px`
  // A template of one's own may leave the lines out.
  const top = before ? before.getBoundingClientRect().top + (page.defaultView?.scrollY ?? 0) - MARGIN : 0
  const bottom = after
    ? after.getBoundingClientRect().bottom + (page.defaultView?.scrollY ?? 0) + MARGIN
    : top + USUAL_HEIGHT
  frame.style.top = `${-Math.max(0, top)}px`
  const height = `${Math.max(80, Math.round(bottom - Math.max(0, top)))}px`
  if (window.style.height !== height) window.style.height = height
}
