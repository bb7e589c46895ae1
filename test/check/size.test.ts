import MailComposer from 'nodemailer/lib/mail-composer'
import { expect, test } from 'vitest'
import { measureText } from '../../src/check/size.ts'

const TEXTS = {
  empty: '',
  'one line': 'Hello',
  'a long line of ASCII': 'x'.repeat(1000),
  'exactly 76 columns': `${'x'.repeat(76)}\n${'y'.repeat(77)}\nz`,
  'equals signs': '<a href="https://example.com/?a=1&b=2">'.repeat(50),
  'Japanese without line breaks': '新しい論文'.repeat(200),
  'blanks at line ends': 'one \ntwo\t\n three',
}

test.for(Object.entries(TEXTS))('counts what nodemailer sends: %s', async ([, html]) => {
  const built = await new MailComposer({ html, textEncoding: 'quoted-printable', newline: '\r\n' }).compile().build()
  const raw = built.toString('latin1')
  const body = raw.slice(raw.indexOf('\r\n\r\n') + 4).replace(/\r\n$/, '')
  const { decodedBytes, encodedBytes } = measureText(html)
  expect(decodedBytes).toBe(Buffer.byteLength(html))
  // Encoders may break a line a few columns earlier, and need not escape a blank before a line's end.
  expect(Math.abs(encodedBytes - body.length)).toBeLessThanOrEqual(4 + body.length * 0.01)
})
