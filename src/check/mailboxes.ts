import { decodeWords } from '../message/index.ts'
import { splitOutsideQuotes } from './message-view.ts'

/** One of the addresses of a field such as From. */
export interface FieldAddress {
  /** Decoded, without quotation marks; empty when there is none. */
  readonly name: string
  /** As it stands; empty when there is none. */
  readonly address: string
}

/** The addresses of From, To, Reply-To and their like. @see RFC 5322 §3.4 */
export function readAddresses(value: string): FieldAddress[] {
  return splitOutsideQuotes(value, ',')
    .map((text) => dropComments(text).trim())
    .filter((text) => text !== '')
    .map((text) => {
      const { text: hidden, restore } = hideQuoted(text)
      const [, name, address] = /^([^<]*)<([^>]*)>\s*$/.exec(hidden) ?? []
      if (name === undefined || address === undefined) return { name: '', address: text }
      return { name: decodeWords(unquote(restore(name).trim())), address: restore(address).trim() }
    })
}

/** Whether an address has the form that every server takes: one @, a dotted domain, ASCII, no blank. */
export function isPlainAddress(address: string): boolean {
  const form =
    /^[\w!#$%&'*+\-/=?^`{|}~]+(?:\.[\w!#$%&'*+\-/=?^`{|}~]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/i
  return form.test(address) && address.length <= 254
}

/** In lower case; empty when there is none. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}

function dropComments(text: string): string {
  const { text: hidden, restore } = hideQuoted(text)
  return restore(hidden.replaceAll(/\((?:[^()\\]|\\.)*\)/g, ''))
}

// A bracket in a quoted string is no bracket: strings stand as U+E000 and a number meanwhile.
function hideQuoted(text: string): { text: string; restore: (text: string) => string } {
  const quoted: string[] = []
  const hidden = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, (found) => `\u{E000}${quoted.push(found) - 1};`)
  return {
    text: hidden,
    restore: (part) => part.replaceAll(/\u{E000}(\d+);/gu, (_, at: string) => quoted[Number(at)] ?? ''),
  }
}

function unquote(text: string): string {
  return text.replaceAll(/"((?:[^"\\]|\\.)*)"/g, (_, inner: string) => inner.replaceAll(/\\(.)/g, '$1'))
}
