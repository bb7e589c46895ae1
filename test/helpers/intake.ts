/** Bytes as they come in, taken out up to a mark. A message in a thousand pieces is neither copied nor searched a thousand times. */
export interface Intake {
  push(chunk: Buffer): void
  readonly size: () => number
  readonly startsWith: (text: string) => boolean
  /** What stands before the mark, which goes with it; undefined until the mark is there. */
  take(mark: string): Buffer | undefined
}

export function createIntake(): Intake {
  let bytes = Buffer.alloc(65_536)
  let [from, to, searchedTo] = [0, 0, 0]
  return {
    push: (chunk) => {
      if (to + chunk.length > bytes.length) {
        const held = bytes.subarray(from, to)
        bytes = Buffer.alloc(Math.max(bytes.length, 2 * (held.length + chunk.length)))
        held.copy(bytes)
        ;[from, to, searchedTo] = [0, held.length, searchedTo - from]
      }
      chunk.copy(bytes, to)
      to += chunk.length
    },
    size: () => to - from,
    startsWith: (text) => bytes.toString('latin1', from, Math.min(to, from + text.length)) === text,
    take: (mark) => {
      const at = bytes.subarray(0, to).indexOf(mark, Math.max(from, searchedTo))
      if (at < 0) {
        searchedTo = Math.max(from, to - mark.length + 1)
        return undefined
      }
      const taken = Buffer.from(bytes.subarray(from, at))
      from = at + mark.length
      searchedTo = from
      if (from === to) [from, to, searchedTo] = [0, 0, 0]
      return taken
    },
  }
}
