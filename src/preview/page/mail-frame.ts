import { h } from './element.ts'
import type { Look } from './route.ts'

/** A frame that is not whole after this long is shown as it is: a remote image may never come. */
const PATIENCE_MS = 400
const POLL_MS = 20

/** Shows a mail and swaps it for a newer build without a flash, at the same place. */
export interface MailFrame {
  readonly element: HTMLElement
  /** @param subject - what is shown; a new build of the same subject keeps the scroll position. */
  show(url: string, subject: string, title: string): void
  setLook(look: Look): void
  clear(): void
}

/** @param onKey - hears keys pressed inside the mail. */
export function createMailFrame(sandbox: string, onKey: (event: KeyboardEvent) => void): MailFrame {
  const element = h('div', { class: 'paper' })
  let shown: HTMLIFrameElement | undefined
  let coming: HTMLIFrameElement | undefined
  let current = { url: '', subject: '' }
  let scheme: Look['scheme'] = 'light'

  const settle = (frame: HTMLIFrameElement, top: number) => {
    if (coming !== frame) return
    coming = undefined
    scrollFrame(frame, top)
    const hadFocus = shown !== undefined && document.activeElement === shown
    shown?.remove()
    shown = frame
    frame.classList.remove('coming')
    if (hadFocus) frame.focus({ preventScroll: true })
    frame.contentDocument?.addEventListener('keydown', onKey)
    openLinksOutside(frame)
    // Images that come late push the place away from under the reader.
    frame.addEventListener('load', () => scrollFrame(frame, top), { once: true })
  }
  return {
    element,
    show(url, subject, title) {
      if (current.url === url) return
      const isSame = current.subject === subject
      current = { url, subject }
      coming?.remove()
      const frame = h('iframe', { class: 'coming', sandbox, src: url, title, referrerpolicy: 'no-referrer' })
      frame.style.colorScheme = scheme
      coming = frame
      element.append(frame)
      waitForDocument(frame, () => settle(frame, isSame && shown ? readTop(shown) : 0))
    },
    // Chromium and Firefox answer `prefers-color-scheme` inside a frame by the frame's own `color-scheme` (CSS Color
    // Adjustment §2.1), so the mail is shown as it is, without a rewritten media query. An emulated scheme (developer
    // tools, Playwright's `colorScheme`) wins over it.
    setLook(look) {
      scheme = look.scheme
      element.dataset['width'] = look.width
      for (const frame of [shown, coming]) if (frame) frame.style.colorScheme = scheme
    },
    clear() {
      shown?.remove()
      coming?.remove()
      shown = coming = undefined
      current = { url: '', subject: '' }
    },
  }
}

function waitForDocument(frame: HTMLIFrameElement, onReady: () => void): void {
  const startedAt = performance.now()
  const poll = setInterval(() => {
    if (!frame.isConnected) clearInterval(poll)
    const page = frame.contentDocument
    if (!page || page.URL === 'about:blank' || page.readyState === 'loading') return
    if (page.readyState !== 'complete' && performance.now() - startedAt < PATIENCE_MS) return
    clearInterval(poll)
    onReady()
  }, POLL_MS)
}

// The mail stays on the screen when one of its links is followed; jumps inside it stay inside. A link that this misses
// is stopped by the page's `frame-src`. Done here, not in the HTML: the server sends the mail as it is.
function openLinksOutside(frame: HTMLIFrameElement): void {
  for (const link of frame.contentDocument?.querySelectorAll<HTMLAnchorElement>('a[href], area[href]') ?? []) {
    if (link.getAttribute('href')?.trim().startsWith('#')) continue
    link.target = '_blank'
    link.rel = 'noopener noreferrer'
  }
}

function readTop(frame: HTMLIFrameElement): number {
  return frame.contentDocument?.scrollingElement?.scrollTop ?? 0
}

function scrollFrame(frame: HTMLIFrameElement, top: number): void {
  const scroller = frame.contentDocument?.scrollingElement
  if (scroller) scroller.scrollTop = top
}
