import fc from 'fast-check'
import { domainToASCII } from 'node:url'

const PIECES = [
  '"',
  "'",
  ',',
  ';',
  ':',
  '<',
  '>',
  '@',
  '\\',
  '(',
  ')',
  '[',
  '&',
  '=',
  '?',
  '_',
  '.',
  ' ',
  '\t',
  '\r\n',
  '\n',
  '\r',
  '\0',
  '\u0007',
  '\u001b[2J',
  '\u007f',
  '\u0085',
  '\u009b',
  '\u00a0',
  '\u00ad',
  '\u2028',
  '\u200f',
  '\u202e',
  '\u2066',
  '\ufeff',
  '\ufffe',
  'é',
  'e\u0301\u0323',
  '漢字',
  'العربية',
  '👩‍👩‍👧',
  '𝕏',
  '=?utf-8?q?=62cc?=',
  '=?utf-8?b?DQpCY2M6IHhAZXZpbC5leGFtcGxl?=',
  '=?x?',
  '\r\nBcc: victim@evil.example',
  '\nBcc: victim@evil.example\n\n',
  '\r\n\r\n<script>alert(1)</script>',
  '</td></table></body>',
  '<img src=x onerror=alert(1)>',
  '" style="display:none',
  '%0d%0aBcc: victim@evil.example',
  '\r\n.\r\nMAIL FROM:<x@evil.example>\r\n',
  '\r\n.',
  '{{ subscriber.email }}',
  '{% raw %}',
  '$&$1',
  'w'.repeat(1000),
  '字'.repeat(300),
  'Ada',
  'Byron King',
]
/** What only JSON can hold: halves of a pair. */
const HALVES = ['\ud800', '\udfff', '\ud83d']

/** Text of up to nine pieces, of which each breaks something somewhere. */
export const hostileText = fc.array(fc.constantFrom(...PIECES), { maxLength: 9 }).map((pieces) => pieces.join(''))
/** Shorter: an issue is refused for some of them, a reader is not. */
export const hostileJsonText = fc
  .array(fc.constantFrom(...PIECES, ...HALVES), { minLength: 1, maxLength: 3 })
  .map((pieces) => pieces.join(''))

/** Pieces of dot-atoms (RFC 5322 §3.2.3) that look like something else. */
const ATOMS = [
  "o'brien",
  '{{x}}',
  '$id',
  'a/b=c',
  '`x`',
  '+',
  '-',
  '|',
  '#',
  '~',
  'ada',
  '*',
  '^',
  '&amp',
  '_',
  '?',
  '=x',
]
const DOMAINS = [
  'example.com',
  'sub-domain.example.org',
  'xn--bcher-kva.example',
  'bücher.example',
  '1.example',
  'a.b.c.d.example',
]

/** Addresses that are taken, however they look (src/base/address.ts says which are not, and why); the number makes each one unique. */
export const validAddress = fc
  .tuple(fc.array(fc.constantFrom(...ATOMS), { maxLength: 4 }), fc.constantFrom(...DOMAINS))
  .map(
    ([atoms, domain]) =>
      (number: number) =>
        `${[`r${number}`, ...atoms].join('').slice(0, 64)}@${domain}`,
  )

const BROKEN = [
  'a\r\nBcc: victim@evil.example',
  'a@example.com\r\nRCPT TO:<victim@evil.example>',
  'a@example.com>\r\nDATA',
  'a b@example.com',
  'a@example.com,victim@evil.example',
  'a@example.com;victim@evil.example',
  '<a@example.com>',
  'Ada <a@example.com>',
  'a@example.com (x)',
  'a@b@example.com',
  '.a@example.com',
  'a.@example.com',
  'a..b@example.com',
  '@example.com',
  'a@',
  'a',
  '"a b"@example.com',
  '"a\\"@evil.example"@example.com',
  'a@[127.0.0.1]',
  'a@-x.example',
  'a@x-.example',
  'a@exam ple.com',
  'a@example..com',
  'a@.example.com',
  'a@exa\u0000mple.com',
  'a\u0000@example.com',
  'a\u202e@example.com',
  'a\u200b@example.com',
  'a\u2028@example.com',
  '=?utf-8?q?bcc?=@example.com',
  'victim%evil.example@example.com',
  'evil.example!victim@example.com',
  '|id@example.com',
  'a%0d%0abcc@example.com',
  `${'a'.repeat(65)}@example.com`,
  `a@${'x'.repeat(64)}.example`,
  `a@${'xxxxxxxxx.'.repeat(26)}example`,
  'a%0d%0a@exa%6dple.com',
  'a@=?utf-8?q?example.com?=',
]
export const brokenAddress = fc.constantFrom(...BROKEN)

/** As it stands in RCPT: the domain in A-labels (RFC 5891). */
export function toWire(address: string): string {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`
}

/** One cell of a CSV file (RFC 4180). */
export function toCell(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}
