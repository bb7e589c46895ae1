import { createWardrobe, type Dress } from './frames/dress.ts'
import { findPlace, type Place } from './frames/place.ts'

/** A frame that is not whole after this long is shown as it is: a remote image may never come. */
const PATIENCE_MS = 400
const POLL_MS = 10
const XLINK = 'http://www.w3.org/1999/xlink'

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
  setDress(dress: Dress): void
  /** Goes to a place of the mail, as soon as the mail is there. */
  seek(place: Place): void
  /** How far the mail was scrolled, CSS pixels; undefined before anything was shown. */
  readTop(): number | undefined
}

export interface MailFrameOptions {
  /** Holds the frame. */
  readonly element: HTMLElement
  /** Hears keys pressed inside the mail. */
  readonly onKey: (event: KeyboardEvent) => void
  /** Where the first mail begins, CSS pixels from its top. */
  readonly top?: number
}

export function createMailFrame({ element, onKey, top: firstTop = 0 }: MailFrameOptions): MailFrame {
  const wardrobe = createWardrobe()
  let shown: HTMLIFrameElement | undefined
  let coming: HTMLIFrameElement | undefined
  let current: Mail | undefined
  let sought: Place | undefined

  /** Makes ready what has just come into the frame that is shown. */
  const prepare = (frame: HTMLIFrameElement, top?: number) => {
    attempt(() => wardrobe.wear(frame))
    attempt(() => openLinksOutside(frame))
    attempt(() => top !== undefined && scrollFrame(frame, top))
    attempt(() => sought && lead(frame, sought) && (sought = undefined))
  }
  const settle = (frame: HTMLIFrameElement, top: number) => {
    if (coming !== frame) return
    coming = undefined
    const hadFocus = shown !== undefined && document.activeElement === shown
    shown?.remove()
    shown = frame
    const place = sought
    prepare(frame, top)
    frame.classList.remove('coming')
    if (hadFocus) frame.focus({ preventScroll: true })
    attempt(() => frame.contentDocument?.addEventListener('keydown', onKey))
    const onLoad = () => {
      // Images that come late push the place away from under the reader.
      prepare(frame, place ? undefined : top)
      attempt(() => place && lead(frame, place))
    }
    frame.addEventListener('load', onLoad, { once: true })
  }
  const load = ({ url, title }: Mail, top: () => number) => {
    coming?.remove()
    const frame = createFrame(title)
    frame.className = 'coming'
    frame.src = url
    coming = frame
    wardrobe.colour(frame)
    element.append(frame)
    waitForDocument(frame, () => settle(frame, top()))
  }
  return {
    show(mail) {
      if (current?.url === mail.url) return
      const isSame = current?.subject === mail.subject
      current = mail
      const { html } = mail
      if (isSame && shown && !coming && html !== undefined && attempt(() => shown && replaceDocument(shown, html))) {
        shown.title = mail.title
        prepare(shown)
      } else load(mail, () => (isSame && shown ? readTop(shown) : shown ? 0 : firstTop))
    },
    setDress(dress) {
      attempt(() => wardrobe.choose(dress, shown, coming))
    },
    seek(place) {
      sought = place
      if (shown && !coming) prepare(shown)
    },
    readTop: () => shown && readTop(shown),
  }
}

/**
 * A mail is anybody's: its elements are of any kind, and their names may hide the methods of its own document
 * (`<form name="querySelectorAll">`). What fails over one is told to the console, and the mail is shown all the same.
 */
function attempt<T>(step: () => T): T | undefined {
  try {
    return step()
  } catch (error) {
    reportError(error)
    return undefined
  }
}

/** Scrolls to a place of the mail and points at it. @returns false when there is none. */
function lead(frame: HTMLIFrameElement, place: Place): boolean {
  const found = frame.contentDocument && findPlace(frame.contentDocument, place)
  if (!found) return false
  found.scrollIntoView({ block: 'center' })
  // A ring that goes away.
  const ring = { outline: '3px solid #c95c36', outlineOffset: '4px' }
  found.animate([ring, ring, { ...ring, outlineColor: 'transparent' }], { duration: 2_400 })
  return true
}

/**
 * A frame in which nothing runs. Chromium and Firefox answer `prefers-color-scheme` inside it by its own `color-scheme`
 * (CSS Color Adjustment §2.1), so the mail is shown as it is, without a rewritten media query. An emulated scheme
 * (developer tools, Playwright's `colorScheme`) wins over it.
 */
export function createFrame(title: string): HTMLIFrameElement {
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', document.body.dataset['sandbox'] ?? '')
  frame.referrerPolicy = 'no-referrer'
  frame.title = title
  return frame
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
  // In SVG `target` cannot be assigned, `href` may have a prefix, and an animation may bring it later.
  for (const link of frame.contentDocument?.querySelectorAll('a, area') ?? []) {
    const href = link.getAttribute('href') ?? link.getAttributeNS(XLINK, 'href')
    if (href?.trim().startsWith('#')) continue
    link.setAttribute('target', '_blank')
    link.setAttribute('rel', 'noopener noreferrer')
  }
}

function readTop(frame: HTMLIFrameElement): number {
  return frame.contentDocument?.scrollingElement?.scrollTop ?? 0
}

function scrollFrame(frame: HTMLIFrameElement, top: number): void {
  const scroller = frame.contentDocument?.scrollingElement
  if (scroller) scroller.scrollTop = top
}
