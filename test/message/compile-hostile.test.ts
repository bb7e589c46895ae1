import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { toLine } from '../../src/base/index.ts'
import { buildReaderLinks, buildSlotValues, compileMessage } from '../../src/message/index.ts'
import { fillSlots, type Segments } from '../../src/render/index.ts'
import { hasPython, readWithPython } from '../helpers/python-mail.ts'
import { expectFit, fillExactly, readLeaves } from './decode.ts'
import { address, DATE, makeReader, makeRendered, OPTIONS, readHead } from './make.ts'

/** What breaks mails: line ends, dots, marks of every encoding in use, controls, halves of characters, long words. */
const PIECES = [
  ...Array.from(
    'ab.=- "\\<>&\'(),;:@?_\t\r\n\u{0}\u{1b}\u{7f}\u{85}\u{9b}\u{2028}\u{202e}\u{2066}\u{feff}é語ل🙂\u{301}',
  ),
  '\u{d83d}',
  '\u{de42}',
  '\r\n',
  '\r\n.\r\n',
  '\n..',
  '.',
  ' \n',
  '  ',
  'From ',
  '=20',
  '=3D',
  '=\r\n',
  '=?utf-8?Q?=0D=0A?=',
  '\r\nBcc: x@evil.example',
  '\r\n\r\n--=_',
  'word ',
  'x'.repeat(74),
  'x'.repeat(300),
  '語'.repeat(30),
  '🙂'.repeat(20),
]

const hostile = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join(''))
/** A field of readers may be missing. */
const field = fc.option(hostile, { nil: undefined })
const NAMES = ['subscriber.name', 'subscriber.email', 'subscriber.fields.role', 'unsubscribeUrl', 'webUrl', 'nothing']
const slot = fc.record({ slot: fc.constantFrom(...NAMES), fallback: hostile }, { requiredKeys: ['slot'] })
const segments: fc.Arbitrary<Segments> = fc
  .array(fc.oneof({ arbitrary: hostile, weight: 2 }, { arbitrary: slot, weight: 3 }), { maxLength: 8 })
  // Never two texts side by side: see `Segments`.
  .map((parts) => parts.filter((part, index) => typeof part !== 'string' || typeof parts[index - 1] !== 'string'))

const mails = fc.record({
  subject: segments,
  text: segments,
  html: segments,
  name: field,
  role: field,
  sender: hostile,
  newsletter: hostile,
  email: fc.constantFrom(
    "o'hara+news=1@example.com",
    '{x}~|`@example.com',
    `${'a'.repeat(64)}@${'b'.repeat(60)}.example`,
  ),
  hasUrl: fc.boolean(),
})

type Mail = typeof mails extends fc.Arbitrary<infer T> ? T : never

function fill({ subject, text, html, name, role, sender, newsletter, email, hasUrl }: Mail) {
  const { url, ...byMail } = OPTIONS
  const options = {
    ...byMail,
    ...(hasUrl && url ? { url } : {}),
    name: newsletter,
    from: { name: sender, address: OPTIONS.from.address },
  }
  const reader = makeReader({
    email: address(email),
    fields: role === undefined ? {} : { role },
    ...(name === undefined ? {} : { name }),
  })
  const rendered = { ...makeRendered(), subject, text, html }
  const links = buildReaderLinks(reader, { ...options, unsubscribeMailbox: options.replyTo ?? options.from })
  const values = buildSlotValues(reader, links, rendered)
  return { message: compileMessage(rendered, options).fill(reader, DATE), values, rendered, reader, options }
}

const HEAD =
  'From Reply-To To Subject List-Id List-Unsubscribe List-Unsubscribe-Post List-Archive Feedback-ID Precedence Message-ID Date MIME-Version Content-Type'

test('whatever readers, senders and authors write stays where it was written', async () => {
  await fc.assert(
    fc.asyncProperty(mails, async (mail) => {
      const { message, values, rendered, reader, options } = fill(mail)
      expectFit(message.raw)
      expect(message.isWireReady).toBe(true)
      const names = HEAD.split(' ').filter((name) => mail.hasUrl || !/^List-(?:Archive|Unsubscribe-Post)$/.test(name))
      expect(readHead(message.raw).map(({ name }) => name)).toEqual(names)
      const [text, html, ...others] = readLeaves(message.raw)
      expect(others).toEqual([])
      expect(text?.bytes.toString()).toBe(fillExactly(rendered.text, values, 'text').toString())
      expect(html?.bytes.toString()).toBe(fillExactly(rendered.html, values, 'html').toString())
      const read = await PostalMime.parse(message.raw)
      const subject = toLine(fillSlots(rendered.subject, values, 'header')) || toLine(options.name)
      expect(read.subject ?? '').toBe(subject)
      expect(read.to).toEqual([{ name: toLine(reader.name ?? ''), address: reader.email }])
      expect(read.from).toEqual({ name: toLine(mail.sender), address: options.from.address })
      expect([read.cc, read.bcc]).toEqual([undefined, undefined])
    }),
    { numRuns: 300 },
  )
})

test.skipIf(!hasPython)('and Python finds no defect in it (skipped without python3)', () => {
  const filled = fc.sample(mails, 300).map(fill)
  const read = readWithPython(filled.map(({ message }) => message.raw))
  for (const [index, { values, rendered, reader }] of filled.entries()) {
    const mail = read[index]
    expect(mail?.defects).toEqual([])
    // Python keeps the blank between two encoded-words of a name, against RFC 2047 §6.2 (cpython issue 92081).
    const join = (name: string) => name.replaceAll(' ', '')
    expect(mail?.to.map(([name, to]) => [join(name), to])).toEqual([[join(toLine(reader.name ?? '')), reader.email]])
    expect(mail?.parts.slice(1).map(({ text }) => text)).toEqual([
      fillExactly(rendered.text, values, 'text').toString(),
      fillExactly(rendered.html, values, 'html').toString(),
    ])
  }
})
