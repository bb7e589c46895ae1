import { PerformanceObserver } from 'node:perf_hooks'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'
import { collectGarbage } from './collect-garbage.ts'

const MB = 2 ** 20
/** Both halves of the young generation; more than work that drops each thing within milliseconds can use. */
const YOUNG_BYTES = 16 * MB
/** What the old generation may gain before it is looked through. */
const GROWTH_BYTES = 24 * MB

/**
 * Keeps the heap small during long work that makes much and keeps little. Left alone, V8 gives the young generation up
 * to 128 MB on a large machine, and lets the old one grow to several times of what it holds. `--max-semi-space-size` is
 * read only as a process starts; the factor by which it grows is read each time.
 *
 * @returns ends it.
 */
export function keepHeapLean(): () => void {
  let keptBytes: number | undefined
  const observer = new PerformanceObserver(() => {
    const usedBytes = readSpace('old_space').space_used_size
    if (keptBytes === undefined || usedBytes > keptBytes + GROWTH_BYTES) {
      // What led up to the work is over, its code and its room in the young generation too. Short work never gets here.
      collectGarbage(keptBytes === undefined ? 'last-resort' : 'regular')
      keptBytes = readSpace('old_space').space_used_size
    }
    // A collection may have made it smaller than it need be.
    setGrowth(readSpace('new_space').space_size < YOUNG_BYTES ? 2 : 1)
  })
  observer.observe({ entryTypes: ['gc'] })
  return () => {
    observer.disconnect()
    setGrowth(2)
  }
}

function setGrowth(factor: number): void {
  setFlagsFromString(`--semi-space-growth-factor=${factor}`)
}

function readSpace(name: string) {
  const space = getHeapSpaceStatistics().find(({ space_name: own }) => own === name)
  if (!space) throw new TypeError(`V8 has no space called ${name}`)
  return space
}
