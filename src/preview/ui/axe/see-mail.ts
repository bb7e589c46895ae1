import type { NodeResult } from 'axe-core'
import { toFrameScheme } from '../frames/dress.ts'
import { locateElement } from './locate-element.ts'
import type { Sight } from './sight.ts'

/** How the mail is looked at; sizes do not depend on the scheme. */
const LOOKS = [
  { scheme: 'light', width: 320, rules: ['color-contrast', 'target-size'] },
  { scheme: 'light', width: 640, rules: ['color-contrast', 'target-size'] },
  { scheme: 'dark', width: 320, rules: ['color-contrast'] },
  { scheme: 'dark', width: 640, rules: ['color-contrast'] },
] as const
const HEIGHT = 800
const PATIENCE_MS = 5_000

/** What was seen, and in which looks; a browser may not show the dark one inside a frame. */
export interface SeenMail {
  readonly sights: readonly Sight[]
  readonly hasDark: boolean
}

/**
 * Looks at a mail as this browser renders it: contrast and the size of links, light and dark, at two widths.
 *
 * The mail is in a frame like any other of the studio: it runs nothing. axe-core stays outside and reads the frame's
 * document, so no script ever stands beside what an author or a stranger wrote.
 *
 * @param url - address of the mail's HTML.
 * @throws DOMException `AbortError`; Error when the mail cannot be looked at (a form that hides the document's own
 *   methods, say).
 */
export async function seeMail(url: string, signal: AbortSignal): Promise<SeenMail> {
  const { default: createAxe } = await import('virtual:axe')
  const { host, frame } = createHiddenFrame(url)
  try {
    const window = await load(frame, signal)
    const axe = createAxe(window)
    const sights: Sight[] = []
    let hasDark = false
    for (const { scheme, width, rules } of LOOKS) {
      frame.style.width = `${width}px`
      frame.style.colorScheme = toFrameScheme(scheme)
      await pause(signal)
      const isDark = window.matchMedia('(prefers-color-scheme: dark)').matches
      if (isDark !== (scheme === 'dark')) continue
      hasDark ||= isDark
      const { violations, incomplete } = await axe.run(window.document, {
        runOnly: { type: 'rule', values: [...rules] },
        resultTypes: ['violations', 'incomplete'],
        iframes: false,
      })
      for (const { id, nodes } of [...violations, ...incomplete])
        for (const node of nodes) sights.push(toSight(node, id, { scheme, width }, window.document))
    }
    return { sights, hasDark }
  } finally {
    host.remove()
  }
}

function toSight(node: NodeResult, rule: string, look: Sight['looks'][number], page: Document): Sight {
  const selector = node.target.join(' ')
  const element = page.querySelector(selector)
  // Without a check it is axe that failed.
  const [check] = node.any
  if (!check || !element) throw new Error('axe could not look at this mail')
  const data = (check.data ?? {}) as Sight['data']
  return { rule, selector, data, looks: [look], ...locateElement(element) }
}

/** In a closed tree of its own, where neither the page's styles nor its keys reach it. */
function createHiddenFrame(url: string): { readonly host: HTMLElement; readonly frame: HTMLIFrameElement } {
  const host = document.createElement('div')
  host.setAttribute('aria-hidden', 'true')
  host.inert = true
  Object.assign(host.style, { position: 'fixed', inset: '0 auto auto 0', width: '0', height: '0', overflow: 'hidden' })
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', document.body.dataset['sandbox'] ?? '')
  frame.referrerPolicy = 'no-referrer'
  frame.title = 'Mail, for the checks'
  frame.src = url
  Object.assign(frame.style, { width: '640px', height: `${HEIGHT}px`, border: '0', opacity: '0' })
  host.attachShadow({ mode: 'closed' }).append(frame)
  document.body.append(host)
  return { host, frame }
}

async function load(frame: HTMLIFrameElement, signal: AbortSignal): Promise<Window> {
  const startedAt = performance.now()
  for (;;) {
    await pause(signal)
    const { contentDocument: page, contentWindow: window } = frame
    if (window && page && page.URL !== 'about:blank' && page.readyState !== 'loading') {
      // A remote image may never come.
      if (page.readyState === 'complete' || performance.now() - startedAt > PATIENCE_MS) return window
    }
    if (performance.now() - startedAt > 2 * PATIENCE_MS) throw new Error('the mail did not come')
  }
}

// Between two looks the page answers to its author.
async function pause(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 30))
  signal.throwIfAborted()
}
