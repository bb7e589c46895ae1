import { getHeapStatistics } from 'node:v8'
import { collectGarbage } from '../base/index.ts'

/** After work somebody waits for its answer: not in that moment. */
const PAUSE_MS = 60
/** Nobody has wanted anything for this long. */
const QUIET_MS = 1500
const MB = 2 ** 20
/** What loading everything and the first mail take; a page that is opening is not made to wait. */
const START_BYTES = 64 * MB
/** What the heap may grow by while there is work, and in quiet. */
const MAX_GROWTH = { busy: 48 * MB, quiet: 8 * MB }

/**
 * Keeps a process small that works for hours. Left alone, V8 collects the more seldom the more memory the machine has:
 * each save leaves megabytes, and after an hour of writing the preview holds half a gigabyte.
 */
export interface MemoryCare {
  /** Something was rendered. */
  note(): void
  close(): void
}

/** @param parts - the heap's size in bytes, and how it is collected. */
export function createMemoryCare(
  parts = { readBytes: () => getHeapStatistics().total_heap_size, collect: collectGarbage },
): MemoryCare {
  let timer: NodeJS.Timeout | undefined
  let isSoon = false
  let isClosed = false
  let notedAt = 0
  /** The heap after the last collection. */
  let keptBytes: number | undefined
  const schedule = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(look, ms)
    timer.unref()
  }
  const look = () => {
    isSoon = false
    const restsMs = performance.now() - notedAt
    const isQuiet = restsMs >= QUIET_MS
    const limit = (keptBytes ?? START_BYTES) + (isQuiet ? MAX_GROWTH.quiet : MAX_GROWTH.busy)
    if ((isQuiet && keptBytes === undefined) || parts.readBytes() > limit) {
      parts.collect()
      keptBytes = parts.readBytes()
    }
    if (!isQuiet) schedule(Math.max(PAUSE_MS, QUIET_MS - restsMs))
  }
  return {
    note() {
      notedAt = performance.now()
      if (isSoon || isClosed) return
      isSoon = true
      schedule(PAUSE_MS)
    },
    close() {
      isClosed = true
      clearTimeout(timer)
    },
  }
}
