import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isAsciiAddress, parseAddress } from '../../src/base/index.ts'

/** What has a meaning for parsers of addresses, headers, SMTP or shells, and what folds to it. */
const LOADED = fc.constantFrom(
  ...Array.from('\r\n<>,;: "\'\\()[]@.|/%!`$&=?_-+\t\u{0}\u{7f}\u{85}\u{a0}\u{ad}\u{200b}\u{2028}＠．。＜，；⑴⒈'),
  '=?utf-8?q?',
  '\r\nBcc: evil@evil.example',
  'xn--',
)
function letters(alphabet: string) {
  return fc.string({ unit: fc.constantFrom(...Array.from(alphabet)), minLength: 1, maxLength: 8 })
}
const WORD = fc.oneof(
  { weight: 12, arbitrary: letters('abzABZ059') },
  { weight: 4, arbitrary: letters('éßżółw例語لмअ') },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }) },
)
const PIECES = fc.array(fc.oneof({ weight: 12, arbitrary: WORD }, { weight: 1, arbitrary: LOADED }), { maxLength: 4 })
const ADDRESS_LIKE = fc
  .tuple(PIECES, PIECES, fc.constantFrom('com', 'example', 'рф', 'com', 'c'))
  .map(([local, domain, top]) => `${local.join('')}@${domain.join('')}.${top}`)
/** Mostly something that looks like an address, so that many are taken. */
const TEXT = fc.oneof(
  { weight: 4, arbitrary: ADDRESS_LIKE },
  fc.string({ unit: 'binary' }),
  PIECES.map((pieces) => pieces.join('')),
)

test('whatever the text: an address that is taken is plain, short, and reads the same again', () => {
  let taken = 0
  fc.assert(
    fc.property(TEXT, (text) => {
      const address = parseAddress(text)
      if (address === undefined) return
      taken++
      expect(address).not.toMatch(/[\s<>,;:"\\()[\]\p{C}]/u)
      expect(address.normalize('NFKC')).not.toMatch(/[\s<>,;:"\\()[\]\p{C}]/u)
      expect(address.split('@')).toHaveLength(2)
      const [local = '', domain = ''] = address.split('@')
      expect(Buffer.byteLength(local)).toBeLessThanOrEqual(64)
      expect(Buffer.byteLength(address)).toBeLessThanOrEqual(254)
      expect(domain).toMatch(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/)
      // The local part is the writer's own, letter for letter.
      expect(text.startsWith(`${local}@`)).toBe(true)
      expect(parseAddress(address)).toBe(address)
      expect(isAsciiAddress(address)).toBe(/^\p{ASCII}*$/u.test(local))
    }),
    { numRuns: 20_000, seed: 1 },
  )
  expect(taken).toBeGreaterThan(2000)
})

test('a domain in letters of its own is written in A-labels', () => {
  expect(parseAddress('ada@żółw.example')).toBe('ada@xn--w-uga1v8h.example')
  expect(parseAddress('żółw@żółw.example')).toBe('żółw@xn--w-uga1v8h.example')
})
