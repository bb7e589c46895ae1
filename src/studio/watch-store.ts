import type { Desk } from './desk.ts'
import type { StoreView } from './store-view.ts'

const LOOK_EVERY_MS = 1000

/**
 * Looks once a second whether list or ledger have changed, by whatever process: a send in a terminal shows in the
 * studio as it goes. It costs the times and sizes of two files.
 */
export function watchStore(desk: Desk, store: StoreView, onChange: () => void): { close(): void } {
  let seen: string | undefined
  const look = async () => {
    try {
      const stamp = store.stamp(await desk.app())
      const isNew = seen !== undefined && stamp !== seen
      seen = stamp
      if (isNew) onChange()
    } catch {
      // A configuration that does not load is told to whoever asks for something.
    }
  }
  const timer = setInterval(() => void look(), LOOK_EVERY_MS)
  timer.unref()
  void look()
  return { close: () => clearInterval(timer) }
}
