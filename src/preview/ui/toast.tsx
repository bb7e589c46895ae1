import { CloseButton } from '@mantine/core'
import { useEffect, useSyncExternalStore } from 'react'

/** A word on what was just done. */
export interface Toast {
  readonly words: string
  readonly look: 'done' | 'trouble'
}

/** Trouble stays until it is closed. */
const SHOWN_MS = 4_000

let current: Toast | undefined
const subscribers = new Set<() => void>()

/** Says something in the corner of the page, in the place of what was said before. */
export function toast(next: Toast | undefined): void {
  current = next
  for (const onChange of subscribers) onChange()
}

/** The corner. */
export function ToastCorner() {
  const shown = useSyncExternalStore(subscribe, () => current)
  useEffect(() => {
    if (shown?.look !== 'done') return undefined
    const timer = setTimeout(() => toast(undefined), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [shown])
  return (
    <div className="toasts" role="status">
      {shown ? (
        <div className={`toast ${shown.look}`}>
          <p>{shown.words}</p>
          <CloseButton size="sm" aria-label="Close" onClick={() => toast(undefined)} />
        </div>
      ) : null}
    </div>
  )
}

function subscribe(onChange: () => void): () => void {
  subscribers.add(onChange)
  return () => subscribers.delete(onChange)
}
