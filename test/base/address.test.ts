import { describe, expect, test } from 'vitest'
import { isAsciiAddress, maskAddress, parseAddress } from '../../src/base/index.ts'
import { seedRandom } from '../helpers/random.ts'

const long = (length: number) => 'a'.repeat(length)
/** Domain of exactly this many octets. */
const domain = (length: number) =>
  `${`${long(59)}.`.repeat(4)}${long(300)}`.slice(0, length - 4).replace(/\.$/, 'x') + '.com'

const VALID: readonly (readonly [text: string, address?: string])[] = [
  ['ada@example.com'],
  ['a@b.co'],
  ['Ada.Lovelace@example.com'],
  ['ada+news@example.com'],
  ['ada_l@example.com'],
  ["o'brien@example.com"],
  ['a.b.c.d@example.com'],
  ['1234567890@example.com'],
  ['#$&*-/=^?_`{}~@example.com'],
  ['-ada@example.com'],
  ['ada@EXAMPLE.Com', 'ada@example.com'],
  ['ADA@example.com'],
  ['ada@sub.sub.sub.example.com'],
  ['ada@1.example.com'],
  ['ada@123.com'],
  ['ada@a-b.example.com'],
  ['ada@xn--r8jz45g.jp'],
  ['ada@例え.jp', 'ada@xn--r8jz45g.jp'],
  ['ada@münchen.de', 'ada@xn--mnchen-3ya.de'],
  ['ada@MÜNCHEN.de', 'ada@xn--mnchen-3ya.de'],
  ['ada@straße.de', 'ada@xn--strae-oqa.de'],
  ['ada@пример.рф', 'ada@xn--e1afmkfd.xn--p1ai'],
  ['ada@مثال.إختبار', 'ada@xn--mgbh0fb.xn--kgbechtv'],
  ['ada@उदाहरण.परीक्षा', 'ada@xn--p1b6ci4b4b3a.xn--11b5bs3a9aj6g'],
  ['ada@mu\u{308}nchen.de', 'ada@xn--mnchen-3ya.de'],
  ['jürgen@example.com'],
  ['用户@example.com'],
  ['अनन्या@example.com'],
  [`${long(64)}@example.com`],
  [`a@${domain(252)}`],
  [`ada@${long(63)}.com`],
]

const INVALID: readonly string[] = [
  // No address, or more than one.
  '',
  ' ',
  '@',
  'ada',
  'ada@',
  '@example.com',
  'ada@@example.com',
  'ada@x@example.com',
  'a@example.com b@example.com',
  'a@example.com,b@example.com',
  'a@example.com;b@example.com',
  'a,b@example.com',
  'a;b@example.com',
  'a:b@example.com',
  'group:a@example.com;',
  'mailto:ada@example.com',
  // What a header parser reads as structure.
  'Ada <ada@example.com>',
  '<ada@example.com>',
  'ada@example.com>',
  'ada<x@evil.example>@example.com',
  '"ada"@example.com',
  '"a b"@example.com',
  '"ada@evil.example"@example.com',
  'a"b@example.com',
  'a\\b@example.com',
  'a\\@b@example.com',
  'ada(comment)@example.com',
  'ada@(comment)example.com',
  '(c)ada@example.com',
  'ada@example.com(c)',
  'a[b@example.com',
  '=?utf-8?q?ada=40evil.example=3e?=@example.com',
  '=?x?q?ada@example.com',
  'ada@=?utf-8?q?evil.example?=',
  // What a mail server reads as a route or a command.
  'ada%evil.example@example.com',
  'evil.example!ada@example.com',
  '|sh@example.com',
  '/etc/passwd@example.com',
  // Blanks and control characters.
  ' ada@example.com',
  'ada@example.com ',
  'a da@example.com',
  'ada @example.com',
  'ada@ example.com',
  'ada@example .com',
  'ada\t@example.com',
  'ada@example.com\r\n',
  'ada@example.com\n',
  '\nada@example.com',
  'ada\r\nBcc: x@evil.example@example.com',
  'ada@example.com\r\nBcc: x@evil.example',
  'ada@exam\r\nple.com',
  'ada\u{0}@example.com',
  'ada@example.com\u{0}',
  'ada@exa\u{0}mple.com',
  'ada\u{7f}@example.com',
  'ada\u{85}@example.com',
  'ada\u{a0}@example.com',
  'ada\u{2028}@example.com',
  'ada@example.com\u{2029}',
  'ada\u{3000}@example.com',
  'ada@example.com>\r\nRCPT TO:<x@evil.example',
  'ada@example.com\r\n.\r\n',
  // Dots and hyphens.
  '.ada@example.com',
  'ada.@example.com',
  'a..b@example.com',
  'ada@.example.com',
  'ada@example.com.',
  'ada@example..com',
  'ada@-example.com',
  'ada@example-.com',
  'ada@example.com-',
  'ada@example.-com',
  'ada@.',
  'ada@..',
  // Domains that are none.
  'ada@localhost',
  'ada@com',
  'ada@127.0.0.1',
  'ada@1.2.3.4',
  'ada@0x7f.1',
  'ada@example.1',
  'ada@[127.0.0.1]',
  'ada@[IPv6:::1]',
  'ada@[example.com]',
  'ada@a_b.com',
  'ada@_dmarc.example.com',
  'ada@exa!mple.com',
  'ada@exa%6dple.com',
  'ada@example.com/x',
  'ada@example.com:25',
  'ada@example.com?x',
  'ada@example.com#x',
  'ada@*.com',
  'ada@example.c',
  'ada@xn--zzzz--.com',
  'ada@xn--.com',
  // Characters that fold to something else.
  'ada＠example.com',
  'x＠evil.example@example.com',
  'ada@evil.example＠example.com',
  'ada@example．com',
  'ada@example。com',
  'ada﹫example.com',
  'ada@a\u{ad}b.com',
  'ada@a\u{200b}b.com',
  'ada@a\u{200d}b.com',
  'ada@\u{202e}moc.elpmaxe',
  'ada\u{202e}@example.com',
  'ada\u{200b}@example.com',
  'ada\u{feff}@example.com',
  'ada⑴@example.com',
  'ada⒈@example.com',
  'ﷺ@example.com',
  'a\u{37a}b@example.com',
  'ada\u{e000}@example.com',
  'ada\u{d800}@example.com',
  'ada@a\u{d800}b.com',
  'ada@☃.com',
  'ada@℀.com',
  'ada😀@example.com',
  // Too long.
  `${long(65)}@example.com`,
  `${'ü'.repeat(33)}@example.com`,
  `ada@${long(64)}.com`,
  `a@${domain(253)}`,
  `${long(64)}@${domain(200)}`,
  `ada@${'ü'.repeat(60)}.com`,
  long(100_000),
  `${long(100_000)}@example.com`,
  `ada@${'a.'.repeat(50_000)}com`,
]

test.for(VALID)('takes %s', ([text, address = text]) => {
  expect(parseAddress(text)).toBe(address)
})

test.for(INVALID.map((text) => [JSON.stringify(text).slice(0, 80), text] as const))('refuses %s', ([, text]) => {
  expect(parseAddress(text)).toBeUndefined()
})

describe('whatever the text', () => {
  const PIECES = [
    ...Array.from(
      'ab.@-_+%!=?"\\,;:<>()[]|/ \t\r\n\u{0}\u{7f}\u{85}\u{a0}\u{ad}\u{200b}\u{200d}\u{202e}\u{2028}\u{3000}\u{e000}\u{feff}＠．。⑴ﷺ🙂',
    ),
    'example.com',
    'é',
    'e\u{301}',
    'ü',
    '例',
    'ß',
    'ل',
    '=?utf-8?q?',
    '?=',
    '\r\n.\r\n',
    'xn--',
    '\u{d800}',
    'Bcc: x@evil.example',
  ]

  test('an address that is let through is one plain addr-spec, and reads the same again', () => {
    const random = seedRandom(1)
    let taken = 0
    for (let round = 0; round < 60_000; round++) {
      const text =
        round % 2 === 0
          ? random.text(PIECES, 12)
          : `a${random.text(PIECES, 2)}b@${random.text(PIECES, 1)}ex${random.text(PIECES, 1)}ample.com${random.text(PIECES, 1)}`
      const address = parseAddress(text)
      if (address === undefined) continue
      taken++
      expect(address, JSON.stringify(text)).toMatch(/^[^\s@<>()[\]\\,;:"%!\p{C}]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/u)
      expect(address).not.toMatch(/=\?|\.\.|\.@|@\.|^[./|]/)
      expect(address.normalize('NFKC'), 'folds to another structure').toMatch(
        /^[^\s@<>()[\]\\,;:"%!\p{C}]+@[a-z0-9.-]+$/u,
      )
      expect(Buffer.byteLength(address)).toBeLessThanOrEqual(254)
      expect(parseAddress(address)).toBe(address)
    }
    expect(taken).toBeGreaterThan(1000)
  })
})

test('tells addresses that every server takes from those that need SMTPUTF8', () => {
  const [ascii, idn, utf8] = ['ada@example.com', 'ada@例え.jp', 'jürgen@example.com'].map((text) => parseAddress(text))
  expect([ascii, idn, utf8].map((address) => address && isAsciiAddress(address))).toEqual([true, true, false])
})

test('masks an address so that the local part cannot be guessed', () => {
  expect(maskAddress('ada.lovelace@example.com')).toBe('a…@example.com')
  expect(maskAddress('no address')).toBe('…')
  expect(maskAddress('@example.com')).toBe('…')
  expect(maskAddress('')).toBe('…')
})
