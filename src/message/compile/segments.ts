import { fillSlot, type Segments, type SlotFormat, type SlotUse, type SlotValues } from '../../render/index.ts'
import { encodeQuotedPrintable, SOFT_BREAK } from './quoted-printable.ts'

/** A slot of a part: where one reader's value stands on lines of its own. */
export interface BodySlot {
  readonly use: SlotUse
  readonly format: SlotFormat
}

/** Bytes of a body and slots in order. ASCII. */
export type BodyPieces = readonly (string | BodySlot)[]

/**
 * Text and slots in quoted-printable. Before a slot the fixed text ends with a soft break, and after it another one
 * follows unless the line ends there: soft breaks vanish in decoding, so that a value may stand anywhere, even within
 * an attribute, and the fixed bytes do not depend on it.
 */
export function encodeSegments(segments: Segments, format: SlotFormat): BodyPieces {
  return segments.flatMap((segment, index) => {
    const isFirst = index === 0
    if (typeof segment === 'string') return [encodeFixed(segment, isFirst, index === segments.length - 1)]
    // A value may end in the middle of a line.
    const isAfterSlot = !isFirst && typeof segments[index - 1] !== 'string'
    return [...(isAfterSlot ? [SOFT_BREAK] : []), { use: segment, format }]
  })
}

function encodeFixed(text: string, isFirst: boolean, isLast: boolean): string {
  const start = isFirst || /^[\r\n]/.test(text) ? '' : SOFT_BREAK
  const encoded = start + encodeQuotedPrintable(text, !isLast)
  return isLast || encoded === '' || encoded.endsWith('\r\n') ? encoded : encoded + SOFT_BREAK
}

/** A body that is filled by copying: fixed bytes, and between two of them the value of a slot. */
export interface CompiledBody {
  /** One more than there are places. */
  readonly fixed: readonly Uint8Array[]
  readonly fixedBytes: number
  /** Each slot once. */
  readonly slots: readonly BodySlot[]
  /** Which of `slots` stands at each place. */
  readonly places: readonly number[]
}

/** Joins what is fixed, and gives equal slots one value. */
export function packBody(pieces: BodyPieces): CompiledBody {
  const texts = ['']
  const slots = new Map<string, { readonly index: number; readonly slot: BodySlot }>()
  const places: number[] = []
  for (const piece of pieces) {
    if (typeof piece === 'string') texts.push((texts.pop() ?? '') + piece)
    else {
      const key = JSON.stringify([piece.format, piece.use.slot, piece.use.fallback])
      const known = slots.get(key) ?? { index: slots.size, slot: piece }
      slots.set(key, known)
      places.push(known.index)
      texts.push('')
    }
  }
  const fixed = texts.map((text) => Buffer.from(text, 'latin1'))
  return {
    fixed,
    fixedBytes: fixed.reduce((sum, bytes) => sum + bytes.length, 0),
    slots: Array.from(slots.values(), ({ slot }) => slot),
    places,
  }
}

/** One reader's value for each of the slots, in quoted-printable. ASCII. */
export function encodeValues(slots: readonly BodySlot[], values: SlotValues): string[] {
  const filled: string[] = []
  const encoded: string[] = []
  for (const { use, format } of slots) {
    const value = fillSlot(use, values, format)
    // Most are the same in text and HTML, with and without a fallback.
    const known = encoded[filled.indexOf(value)]
    filled.push(value)
    encoded.push(known ?? encodeQuotedPrintable(value))
  }
  return encoded
}
