import { type App, type AppOptions, keepReaders, openApp } from '../app.ts'
import { createIdleWork } from './idle-work.ts'
import { createMemoryCare } from './memory-care.ts'
import type { Inspection } from '../inspect.ts'
import { findIssues, slugOf } from '../issue/index.ts'
import { createIssueReader } from './issue-reader.ts'
import { createIssueRows } from './issue-rows.ts'
import { createLedgerView } from './ledger.ts'
import { createRowCache } from './row-cache.ts'
import type { StoreView } from './store-view.ts'
import type { IssueSummary } from '../preview/index.ts'

/** Issues of which everything is kept in memory; of the others only their row is. */
const MAX_KEPT = 12
/** Rows that were counted in idle time are told in batches. */
const BATCH_MS = 250

/** The issues of a newsletter as they were last read. Only what is asked for is read whole. */
export interface Desk {
  app(): Promise<App>
  /** The same object until the file, or anything it is rendered with, changes. */
  inspect(slug: string): Promise<Inspection | undefined>
  /** Newest period first; rows of files that nobody has opened are counted when nothing else is to do. */
  list(): Promise<readonly IssueSummary[]>
  /** What issues are rendered with has changed: configuration, blocks, templates; with `isWhole` their images too. */
  forget(change: { readonly isWhole: boolean }): void
  close(): void
}

/** @param onCounted - told which rows of the list have become exact in idle time. */
export function openDesk(options: AppOptions, store: StoreView, onCounted: (slugs: readonly string[]) => void): Desk {
  const { root } = options
  const cache = createRowCache(root)
  const rows = createIssueRows(root, cache)
  const readLedger = createLedgerView(store)
  const kept = createKept<Promise<Inspection | undefined>>()
  const memory = createMemoryCare()
  let opened: Promise<App> | undefined
  const reader = createIssueReader()
  let readers = keepReaders(root)
  const readIssue: AppOptions['readIssue'] = (file, known) => reader.read(file, known)
  const app = () => (opened ??= openApp({ ...options, cwd: root, readers, readIssue, isReloaded: true }))
  const read = async (file: string, stamp: string): Promise<Inspection | undefined> => {
    const mine = app()
    const [inspection] = await (await mine).inspect([file])
    // Meanwhile it may have been forgotten.
    if (inspection && mine === opened) rows.record(inspection, stamp)
    memory.note()
    return inspection
  }
  const countRow = async (file: string) => {
    if (!rows.recall(file)) await read(file, rows.readStamp(file) ?? '')
  }
  const idle = createIdleWork(
    countRows(rows.findInexact, countRow, (slugs) => {
      cache.save()
      onCounted(slugs)
    }),
  )
  return {
    app,
    async inspect(slug) {
      idle.postpone()
      const file = findIssues(root).find((candidate) => slugOf(candidate) === slug)
      const stamp = file && rows.readStamp(file)
      return file && stamp ? await kept.get(`${file} ${stamp}`, slug, async () => await read(file, stamp)) : undefined
    },
    async list() {
      // Every batch of rows that was counted is told by a new list: it must not put off the next.
      idle.wake()
      const opened = await app()
      return rows.list(opened.config.language, await readLedger(opened))
    },
    forget({ isWhole }) {
      opened = undefined
      if (isWhole) {
        reader.forget()
        readers = keepReaders(root)
      }
      kept.clear()
      cache.forget()
      rows.outdate()
      idle.postpone()
    },
    close: () => {
      idle.close()
      memory.close()
      cache.save()
    },
  }
}

/** Reads one file per step. */
function countRows(
  findFiles: () => string[],
  readFile: (file: string) => Promise<void>,
  onCounted: (slugs: readonly string[]) => void,
): () => Promise<boolean> {
  let waiting: string[] = []
  let counted: string[] = []
  let toldAt = 0
  return async () => {
    if (waiting.length === 0) waiting = findFiles()
    const file = waiting.shift()
    try {
      if (file !== undefined) {
        await readFile(file)
        counted.push(slugOf(file))
      }
    } catch {
      // A configuration that does not load is told to whoever asks for something.
      waiting = []
    }
    if (counted.length > 0 && (waiting.length === 0 || performance.now() - toldAt > BATCH_MS)) {
      onCounted(counted)
      counted = []
      toldAt = performance.now()
    }
    return waiting.length > 0
  }
}

interface Kept<T> {
  /** The value made for this key before, or a new one. @param name - of which one value is kept. */
  get(key: string, name: string, make: () => T): T
  clear(): void
}

function createKept<T>(): Kept<T> {
  const items = new Map<string, { readonly key: string; readonly value: T }>()
  return {
    get(key, name, make) {
      const known = items.get(name)
      const item = known?.key === key ? known : { key, value: make() }
      items.delete(name)
      items.set(name, item)
      const [oldest] = items.keys()
      if (items.size > MAX_KEPT && oldest !== undefined) items.delete(oldest)
      return item.value
    },
    clear: () => items.clear(),
  }
}
