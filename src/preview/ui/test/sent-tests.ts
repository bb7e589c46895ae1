import { useSyncExternalStore } from 'react'
import type { TestBody } from '../../api.ts'

/** A test that was sent since the page was opened. */
export interface SentTest {
  readonly slug: string
  /** ISO 8601. */
  readonly at: string
  /** As whom: the name, or the address. */
  readonly reader: string
  readonly body: TestBody
}

interface Memory {
  /** Whom the next test goes to, as last written. */
  readonly to: readonly string[]
  /** Newest first. */
  readonly sent: readonly SentTest[]
}

const MOST = 20

// Of this page alone: nothing is remembered beyond it.
let memory: Memory = { to: [], sent: [] }
const subscribers = new Set<() => void>()

export function useTestMemory(): Memory {
  return useSyncExternalStore(subscribe, () => memory)
}

export function rememberRecipients(to: readonly string[]): void {
  update({ ...memory, to })
}

export function rememberTest(test: SentTest): void {
  update({ ...memory, sent: [test, ...memory.sent].slice(0, MOST) })
}

function update(next: Memory): void {
  memory = next
  for (const onChange of subscribers) onChange()
}

function subscribe(onChange: () => void): () => void {
  subscribers.add(onChange)
  return () => subscribers.delete(onChange)
}
