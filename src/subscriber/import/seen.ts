/** Remembers texts by 62-bit hashes in flat memory: 8 bytes a slot where a `Set` takes a hundred a text. */
export interface Seen {
  /** Whether this text was there before; true may, rarely, be wrong and must be proved. */
  readonly has: (text: string) => boolean
}

const FIRST_SLOTS = 1 << 14

/** Starts empty and doubles at half load. */
export function createSeen(): Seen {
  let slots = new Int32Array(FIRST_SLOTS * 2)
  let mask = FIRST_SLOTS - 1
  let count = 0
  const insert = (low: number, high: number): boolean => {
    for (let at = low & mask; ; at = (at + 1) & mask) {
      const [slotLow, slotHigh] = [slots[at * 2], slots[at * 2 + 1]]
      if (slotLow === low && slotHigh === high) return true
      if (slotHigh === 0) {
        slots[at * 2] = low
        slots[at * 2 + 1] = high
        count++
        return false
      }
    }
  }
  const grow = () => {
    const before = slots
    slots = new Int32Array(before.length * 2)
    mask = slots.length / 2 - 1
    count = 0
    for (let at = 0; at < before.length; at += 2) {
      const high = before[at + 1] ?? 0
      if (high !== 0) insert(before[at] ?? 0, high)
    }
  }
  return {
    has: (text) => {
      if (count * 2 > mask) grow()
      // Two FNV-1a sums with different primes; an odd `high` tells a used slot from an empty one.
      let low = -2_128_831_035
      let high = 1_540_483_477
      for (let index = 0; index < text.length; index++) {
        const unit = text.charCodeAt(index)
        low = Math.imul(low ^ unit, 16_777_619)
        high = Math.imul(high ^ unit, 461_845_907)
      }
      // The lower bits of the sum depend on the lower bits of the text alone; mix the upper ones in.
      low ^= low >>> 15
      high = (high ^ (high >>> 13)) | 1
      return insert(low, high)
    },
  }
}
