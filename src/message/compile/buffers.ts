/** Memory of messages that were sent, for those that come after them. */
export interface Buffers {
  /** Bytes that hold anything; they are the caller's alone until it gives them back, which it need not. */
  take(length: number): Lent
}

/** Memory that may be given back. */
export interface Lent {
  readonly bytes: Buffer
  /** Nobody reads or writes `bytes` any more. Once; after that it does nothing. */
  readonly giveBack: () => void
}

/** Messages of an issue differ by a name and an address; a buffer should do for all of them. */
const SPARE_BYTES = 1024

/**
 * New memory for each message costs more than filling it: the system clears its pages first. As many buffers come to be
 * as messages are on their way at a time.
 */
export function createBuffers(): Buffers {
  const free: Buffer[] = []
  return {
    take: (length) => {
      const last = free.pop()
      const buffer = last && last.length >= length ? last : Buffer.allocUnsafeSlow(length + SPARE_BYTES)
      let isLent = true
      return {
        bytes: buffer.subarray(0, length),
        giveBack: () => {
          if (isLent) free.push(buffer)
          isLent = false
        },
      }
    },
  }
}
