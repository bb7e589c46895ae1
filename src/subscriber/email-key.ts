import type { Address } from '../base/index.ts'

/** The same before and after. */
const PLAIN = /^[\x21-\x40\x5B-\x7E]+$/

/**
 * What all spellings of one address share, for comparing only: no provider in use tells `Ada@` from `ada@`, and an
 * accent may be one character or two. Mail goes to the spelling that was given.
 *
 * @param address - with its domain in lower-case A-labels, as `parseAddress` gives it.
 */
export function toEmailKey(address: Address): string {
  return PLAIN.test(address) ? address : address.normalize('NFC').toLowerCase()
}
