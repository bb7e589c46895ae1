import type { Desk } from './desk.ts'
import type { StoreView } from './store-view.ts'

const LOOK_EVERY_MS = 1000

export interface WatchedStore {
  readonly desk: Desk
  readonly store: StoreView
  readonly isSending: () => boolean
}

/**
 * Looks once a second whether list or ledger have changed, by whatever process: a send in a terminal shows in the
 * studio as it goes. It costs the times and sizes of two files.
 */
export function watchStore({ desk, store, isSending }: WatchedStore, onChange: () => void): { close(): void } {
  let seen: string | undefined
  const look = async () => {
    try {
      const stamp = store.stamp(await desk.app())
      const isNew = seen !== undefined && stamp !== seen
      seen = stamp
      // While somebody sends, time passes as well; and a process may die without a word.
      if (isNew || isSending()) onChange()
    } catch {
      // A configuration that does not load is told to whoever asks for something.
    }
  }
  const timer = setInterval(() => void look(), LOOK_EVERY_MS)
  timer.unref()
  void look()
  return { close: () => clearInterval(timer) }
}
