import type { App } from '../app.ts'
import { sampleLinks } from '../composer.ts'
import type { MissingValues } from '../delivery/index.ts'
import { buildSlotValues } from '../message/index.ts'
import type { MissingValue } from '../preview/index.ts'
import type { Rendered } from '../render/index.ts'
import { createSubscriberStore, parseSegment, type Reader } from '../subscriber/index.ts'
import type { StoreView } from './store-view.ts'

/** The list is not looked through more often; a send changes the store every second. */
const AT_MOST_EVERY_MS = 30_000
/** Contents whose readers are counted at a time; a list may be long. */
const MAX_KEPT = 50

/** What of an issue readers have no value for. */
export interface MissingCounts {
  /** With the counts that are known; begins to count the others. @param query - the audience. */
  find(app: App, rendered: Rendered, reader: Reader, query: string): Promise<readonly MissingValue[]>
  /** Resolves when nothing is being counted any more. */
  settled(): Promise<void>
}

interface Count {
  readonly key: string
  readonly beganAt: number
  /** Missing while it is being counted. */
  result?: { readonly missing: readonly MissingValues[]; readonly audience: number }
}

/** @param onCounted - told that `find` knows more of this content now. */
export function createMissingCounts(store: StoreView, onCounted: () => void): MissingCounts {
  const kept = new Map<string, Count>()
  let last = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  const remind = (ms: number) => {
    timer ??= setTimeout(() => {
      timer = undefined
      onCounted()
    }, ms)
    timer.unref()
  }
  const count = async (app: App, rendered: Rendered, query: string) =>
    await store.read(app, async (db) => {
      const { countMissing } = await import('../delivery/index.ts')
      const list = createSubscriberStore(db, app.clock)
      const segment = parseSegment(query)
      const links = sampleLinks(app.listReaders()[0], app.config)
      const missing = await countMissing(rendered, links, list.readAudience(segment))
      return { missing, audience: await list.countAudience(segment) }
    })
  const begin = (app: App, rendered: Rendered, query: string, item: Count) => {
    last = last.then(async () => {
      try {
        const result = await count(app, rendered, query)
        if (!result || kept.get(rendered.hash) !== item) return
        item.result = result
        onCounted()
      } catch {
        // A store that cannot be read is told where it is asked for.
      }
    })
  }
  return {
    async find(app, rendered, reader, query) {
      const bare = listBareSlots(rendered)
      const values = buildSlotValues(reader, sampleLinks(reader, app.config), rendered)
      const here = bare.filter((slot) => !values[slot]?.trim())
      // Every reader has an address, a language and links: only for other values the list is looked through.
      if (!bare.some((slot) => /^subscriber\.(?:name|fields\.)/.test(slot)))
        return here.map((slot) => ({ slot, isMissingHere: true }))
      const key = `${query} ${store.stamp(app)}`
      const known = kept.get(rendered.hash)
      const now = performance.now()
      const isSoon = known?.result !== undefined && now - known.beganAt < AT_MOST_EVERY_MS
      if (isSoon && known.key !== key) remind(known.beganAt + AT_MOST_EVERY_MS - now)
      // What was counted before the list changed is better than nothing.
      const item: Count =
        known && (known.key === key || isSoon)
          ? known
          : { key, beganAt: now, ...(known?.result ? { result: known.result } : {}) }
      if (item !== known) {
        kept.delete(rendered.hash)
        kept.set(rendered.hash, item)
        const [oldest] = kept.keys()
        if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest)
        begin(app, rendered, query, item)
      }
      return join(here, item.result)
    },
    settled: async () => await last,
  }
}

function join(here: readonly string[], counted: Count['result']): MissingValue[] {
  const own = new Set(here)
  const others = new Map(counted?.missing.map(({ slot, readers }) => [slot, readers]))
  return [...new Set([...own, ...others.keys()])].map((slot) => ({
    slot,
    isMissingHere: own.has(slot),
    ...(counted ? { readers: others.get(slot) ?? 0, audience: counted.audience } : {}),
  }))
}

function listBareSlots({ subject, preheader, html, text }: Rendered): string[] {
  const segments = [...subject, ...preheader, ...html, ...text]
  return [...new Set(segments.flatMap((part) => (typeof part === 'string' || part.fallback ? [] : part.slot)))]
}
