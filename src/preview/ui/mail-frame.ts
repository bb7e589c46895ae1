/** A frame that is not whole after this long is shown as it is: a remote image may never come. */
const PATIENCE_MS = 400
const POLL_MS = 10

/** What a frame shows. */
export interface Mail {
  readonly url: string
  /** What is at `url`, when it is known already. */
  readonly html?: string | undefined
  /** What it is about; a new build of the same subject keeps the scroll position. */
  readonly subject: string
  /** For those who hear the page. */
  readonly title: string
}

/** Shows a mail and swaps it for a newer build without a flash, at the same place. */
export interface MailFrame {
  show(mail: Mail): void
  setScheme(scheme: 'light' | 'dark'): void
}

/**
 * @param element - holds the frame.
 * @param onKey - hears keys pressed inside the mail.
 */
export function createMailFrame(element: HTMLElement, onKey: (event: KeyboardEvent) => void): MailFrame {
  const sandbox = document.body.dataset['sandbox'] ?? ''
  let shown: HTMLIFrameElement | undefined
  let coming: HTMLIFrameElement | undefined
  let current: Mail | undefined
  let scheme: 'light' | 'dark' = 'light'

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
  const load = ({ url, title }: Mail, top: () => number) => {
    coming?.remove()
    const frame = document.createElement('iframe')
    frame.className = 'coming'
    frame.setAttribute('sandbox', sandbox)
    frame.referrerPolicy = 'no-referrer'
    frame.title = title
    frame.src = url
    frame.style.colorScheme = scheme
    coming = frame
    element.append(frame)
    waitForDocument(frame, () => settle(frame, top()))
  }
  return {
    show(mail) {
      if (current?.url === mail.url) return
      const isSame = current?.subject === mail.subject
      current = mail
      if (isSame && shown && !coming && mail.html !== undefined && replaceDocument(shown, mail.html)) {
        shown.title = mail.title
        openLinksOutside(shown)
      } else load(mail, () => (isSame && shown ? readTop(shown) : 0))
    },
    // Chromium and Firefox answer `prefers-color-scheme` inside a frame by the frame's own `color-scheme` (CSS Color
    // Adjustment §2.1), so the mail is shown as it is, without a rewritten media query. An emulated scheme (developer
    // tools, Playwright's `colorScheme`) wins over it.
    setScheme(next) {
      scheme = next
      for (const frame of [shown, coming]) if (frame) frame.style.colorScheme = scheme
    },
  }
}

/**
 * Puts a newer build into a document that shows an older one: no request, no flash, images stay. The document keeps the
 * policy and the sandbox of its own answer, so nothing in the new HTML can do more than in the old.
 */
function replaceDocument(frame: HTMLIFrameElement, html: string): boolean {
  const page = frame.contentDocument
  const realm = frame.contentWindow as (Window & typeof globalThis) | null
  if (!page?.documentElement || !realm) return false
  // The frame's own parser: what it makes is under the mail's policy, not under the page's, which knows no inline style.
  const next = new realm.DOMParser().parseFromString(html, 'text/html')
  if (next.compatMode !== page.compatMode) return false
  if (new URL(page.URL).pathname !== new URL(frame.src).pathname) return false
  const top = readTop(frame)
  page.documentElement.replaceWith(page.adoptNode(next.documentElement))
  scrollFrame(frame, top)
  return true
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
