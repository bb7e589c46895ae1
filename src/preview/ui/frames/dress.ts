import type { Look } from '../route.ts'
import { forceDark } from './force-dark.ts'
import { FORCED_SCHEMES } from './forced-colours.ts'
import { hideImages } from './images-off.ts'
import { createStyleLog } from './style-log.ts'

/** How the mail itself is changed. */
export type Dress = Pick<Look, 'scheme' | 'images'>

/** Shows the mails of frames as some app does. */
export interface Wardrobe {
  /** For these frames, from now on. */
  choose(dress: Dress, ...frames: (HTMLIFrameElement | undefined)[]): void
  /** Before a document is there. */
  colour(frame: HTMLIFrameElement): void
  /** Changes the document of a frame, or changes it anew. */
  wear(frame: HTMLIFrameElement): void
}

export function createWardrobe(): Wardrobe {
  const worn = new WeakMap<Document, () => void>()
  let dress: Dress = { scheme: 'light', images: 'on' }
  const colour = (frame: HTMLIFrameElement) => {
    frame.style.colorScheme = toFrameScheme(dress.scheme)
  }
  const wear = (frame: HTMLIFrameElement) => {
    const page = frame.contentDocument
    colour(frame)
    if (!page) return
    worn.get(page)?.()
    worn.delete(page)
    worn.set(page, dressPage(page, dress))
  }
  return {
    colour,
    wear,
    choose(next, ...frames) {
      if (dress.scheme === next.scheme && dress.images === next.images) return
      dress = next
      for (const frame of frames) if (frame) wear(frame)
    },
  }
}

/** What a mail is told of `prefers-color-scheme`: by Gmail nothing, so that it is as in the light. */
export function toFrameScheme(scheme: Look['scheme']): 'light' | 'dark' {
  return scheme === 'dark' || scheme === 'outlook' ? 'dark' : 'light'
}

/** Shows a document as some app does. @returns takes it back. @throws what a hostile document makes fail; nothing is changed then */
export function dressPage(page: Document, { scheme, images }: Dress): () => void {
  const log = createStyleLog()
  const forced = FORCED_SCHEMES.find((one) => one === scheme)
  try {
    if (forced) forceDark(page, forced, log)
    if (images === 'off') hideImages(page, log)
  } catch (error) {
    log.undo()
    throw error
  }
  return () => log.undo()
}
