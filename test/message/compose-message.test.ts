import { fileURLToPath } from 'node:url'
import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { composeMessage } from '../../src/message/index.ts'
import { loadFixtureReaders, verifyToken } from '../../src/subscriber/index.ts'
import { makeFolder, write } from '../helpers/folder.ts'
import { hasPython, readWithPython } from '../helpers/python-mail.ts'
import {
  compose,
  DATE,
  findFaults,
  KEY,
  makeReader,
  makeRendered,
  OPTIONS,
  readField,
  readHead,
  withoutUrl,
} from './make.ts'

const READERS = loadFixtureReaders(fileURLToPath(new URL('../../readers.yaml', import.meta.url)))
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

test('writes the small mail of test/golden/message/small.eml, byte for byte', async () => {
  const { raw } = await compose()
  await expect(raw.toString('latin1').replaceAll('\r\n', '\n')).toMatchFileSnapshot('../golden/message/small.eml')
  expect(raw.toString('latin1').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
})

test('gives equal bytes for equal input', async () => {
  expect((await compose()).raw.equals((await compose()).raw)).toBe(true)
})

describe('every fixture reader gets a message', () => {
  test('without a fault', async () => {
    for (const reader of READERS) {
      const { raw } = await composeMessage(makeRendered(), reader, OPTIONS)
      expect(findFaults(raw), reader.id).toEqual([])
    }
  })

  test('whose names and text postal-mime reads as they are', async () => {
    for (const reader of READERS) {
      const { raw, envelope } = await composeMessage(
        makeRendered({ subject: 'Für {{subscriber.name|Sie}}' }),
        reader,
        OPTIONS,
      )
      const mail = await PostalMime.parse(raw)
      expect(mail.to).toEqual([{ name: reader.name ?? '', address: reader.email }])
      expect(mail.from).toEqual({ name: 'Ada Example', address: 'ada@news.example.com' })
      expect(mail.subject).toBe(`Für ${reader.name ?? 'Sie'}`)
      expect(mail.text).toContain(`Hello ${reader.name ?? 'there'},`)
      expect(mail.html).toContain(
        `<p>Hello ${(reader.name ?? 'there').replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;').replaceAll('"', '&quot;').replace("'", '&#39;')},</p>`,
      )
      expect(envelope).toEqual({ from: 'ada@news.example.com', to: reader.email })
    }
  })

  test.skipIf(!hasPython)(
    'whose names Python reads as they are, without a defect (skipped without python3)',
    async () => {
      const messages = await Promise.all(
        READERS.map(async (reader) => (await composeMessage(makeRendered(), reader, OPTIONS)).raw),
      )
      for (const [index, mail] of readWithPython(messages).entries()) {
        const reader = READERS[index]
        expect(mail.defects).toEqual([])
        expect(mail.to).toEqual([[reader?.name ?? '', reader?.email]])
        expect(mail.from).toEqual([['Ada Example', 'ada@news.example.com']])
        expect(mail.subject).toBe('LLM papers, 11–17 March')
        expect(mail.parts.map(({ type }) => type)).toEqual(['multipart/alternative', 'text/plain', 'text/html'])
        expect(mail.parts[1]?.text).toContain(`Hello ${reader?.name ?? 'there'},`)
      }
    },
  )
})

describe('the body', () => {
  test('is text first, then HTML, both quoted-printable', async () => {
    const raw = (await compose()).raw.toString()
    expect(readField(Buffer.from(raw), 'Content-Type')).toMatch(/^multipart\/alternative; {0,1}\s*boundary="[^"]+"$/)
    const types = [...raw.matchAll(/^Content-Type: (text\/\w+); charset=utf-8\r\nContent-Transfer-Encoding: (.*)\r$/gm)]
    expect(types.map(([, type, encoding]) => [type, encoding])).toEqual([
      ['text/plain', 'quoted-printable'],
      ['text/html', 'quoted-printable'],
    ])
  })

  test.for([
    ['short ASCII lines', 'a\nb\n'],
    ['a line of 5,000 characters', `${'x'.repeat(5000)}\n`],
    ['a line of 5,000 wide characters', `${'語'.repeat(5000)}\n`],
    ['lines that are dots', '.\n..\n.a\n'],
    ['lines that look like envelope lines', 'From me to you\n>From x\n'],
    ['blanks at line ends', 'a \nb\t\n  \n'],
    ['equals signs and boundaries', '=\n==20\n--_NmP-x-Part_1\n----\n'],
    ['emoji and scripts', '👩‍👩‍👧 ليلى 田中 अनन्या\n'],
  ] as const)('keeps %s', async ([, text]) => {
    const { raw } = await compose({ rendered: { text, html: `<pre>${text}</pre>` } })
    expect(findFaults(raw)).toEqual([])
    const mail = await PostalMime.parse(raw)
    expect(mail.text?.replace(/\n$/, '')).toBe(text)
    expect(mail.html?.trimEnd()).toBe(`<pre>${text}</pre>`)
  })

  test('has CRLF only, whatever line ends a template prints', async () => {
    const { raw } = await compose({ rendered: { html: '<p>a\r\nb\rc\nd</p>', text: 'a\r\nb\nc\n' } })
    expect(findFaults(raw)).toEqual([])
  })
})

describe('images that travel in the mail', () => {
  async function withImages() {
    const folder = makeFolder({ 'plot.gif': PIXEL })
    const path = write(folder, 'größe "x"; y.gif', PIXEL)
    const image = { contentType: 'image/gif', path, filename: 'größe-"x"-0123456789ab.gif' }
    const images = [
      { ...image, src: 'cid:0123456789ab@letterpress.invalid', cid: '0123456789ab@letterpress.invalid' },
      { ...image, src: 'https://news.example.com/issues/2024-w11/a.gif', filename: 'a.gif' },
    ]
    return await compose({ rendered: { images, html: '<img src="cid:0123456789ab@letterpress.invalid" alt="plot">' } })
  }

  test('are related to the HTML, inline, found by their Content-ID; those with a URL stay out', async () => {
    const { raw } = await withImages()
    expect(findFaults(raw)).toEqual([])
    const mail = await PostalMime.parse(raw)
    expect(mail.attachments).toHaveLength(1)
    const [attachment] = mail.attachments
    expect(attachment).toMatchObject({
      contentId: '<0123456789ab@letterpress.invalid>',
      disposition: 'inline',
      mimeType: 'image/gif',
      related: true,
    })
    expect(Buffer.from(attachment?.content as ArrayBuffer).equals(PIXEL)).toBe(true)
    expect(attachment?.filename).toBe('gre-x-0123456789ab.gif')
  })

  test.skipIf(!hasPython)('in an order that every reader knows (skipped without python3)', async () => {
    const [mail] = readWithPython([(await withImages()).raw])
    expect(mail?.defects).toEqual([])
    expect(mail?.parts.map(({ type }) => type)).toEqual([
      'multipart/alternative',
      'text/plain',
      'multipart/related',
      'text/html',
      'image/gif',
    ])
    expect(mail?.parts.at(-1)).toMatchObject({
      cid: '<0123456789ab@letterpress.invalid>',
      sizeBytes: PIXEL.length,
      encoding: 'base64',
    })
  })

  test('make equal bytes for equal input too', async () => {
    expect((await withImages()).raw.equals((await withImages()).raw)).toBe(true)
  })
})

describe('Message-ID', () => {
  test('is the same for one reader and issue, whatever else changes', async () => {
    const { messageId, raw } = await compose()
    expect(messageId).toMatch(/^<[0-9a-f]{32}@news\.example\.com>$/)
    expect(readField(raw, 'Message-ID')).toBe(messageId)
    for (const other of [
      await compose({ options: { date: new Date('2025-01-01T00:00:00Z') } }),
      await compose({ reader: { name: 'Somebody else' } }),
      await compose({ rendered: { subject: 'Another subject' } }),
    ]) {
      expect(other.messageId).toBe(messageId)
    }
  })

  test('differs for every reader, issue and purpose', async () => {
    const ids = await Promise.all([
      ...READERS.map(async (reader) => (await composeMessage(makeRendered(), reader, OPTIONS)).messageId),
      ...READERS.map(
        async (reader) => (await composeMessage(makeRendered({ issueId: '2024-w12' }), reader, OPTIONS)).messageId,
      ),
      ...READERS.map(
        async (reader) => (await composeMessage(makeRendered(), reader, { ...OPTIONS, purpose: 'test' })).messageId,
      ),
    ])
    expect(new Set(ids).size).toBe(READERS.length * 3)
  })

  test('of a test differs each time, so that no client hides the second', async () => {
    const first = await compose({ options: { purpose: 'test' } })
    const again = await compose({ options: { purpose: 'test' } })
    const later = await compose({ options: { purpose: 'test', date: new Date(DATE.getTime() + 1) } })
    expect(again.messageId).toBe(first.messageId)
    expect(later.messageId).not.toBe(first.messageId)
  })
})

describe('the way out', () => {
  const tokenIn = (text: string) => /u1\.[\w.-]+|t1\.[\w.-]+/.exec(text)?.[0] ?? ''

  test('stands in header, text and HTML with one token that verifies', async () => {
    const { raw } = await compose()
    const mail = await PostalMime.parse(raw)
    const tokens = [readField(raw, 'List-Unsubscribe') ?? '', mail.text ?? '', mail.html ?? ''].map(tokenIn)
    expect(new Set(tokens).size).toBe(1)
    expect(verifyToken(tokens[0] ?? '', [KEY])).toEqual({ purpose: 'unsubscribe', subscriberId: 'lucia-ibanez' })
  })

  test('of a test message changes nothing: its token is for tests only', async () => {
    const { raw } = await compose({ options: { purpose: 'test' } })
    const tokens = (readField(raw, 'List-Unsubscribe') ?? '').match(/[ut]1\.[\w.-]+/g) ?? []
    expect(tokens).toHaveLength(2)
    for (const token of tokens) {
      expect(verifyToken(token, [KEY])).toEqual({ purpose: 'test', subscriberId: 'lucia-ibanez' })
    }
    expect(raw.toString().replaceAll('=\r\n', '')).not.toMatch(/\bu1\.k1/)
  })

  test('is a mail where the newsletter has no site', async () => {
    const { raw } = await composeMessage(makeRendered(), makeReader(), withoutUrl())
    expect(findFaults(raw)).toEqual([])
    expect(readField(raw, 'List-Unsubscribe')).toMatch(
      /^<mailto:reply@example\.com\?subject=unsubscribe%20u1\.k1\.lucia-ibanez\.[\w-]{22}>$/,
    )
    expect(readHead(raw).map(({ name }) => name)).not.toContain('List-Unsubscribe-Post')
    expect(readHead(raw).map(({ name }) => name)).not.toContain('List-Archive')
    expect((await PostalMime.parse(raw)).text).toContain(
      'Unsubscribe: mailto:reply@example.com?subject=unsubscribe%20u1.',
    )
  })

  test('goes to the sender where no answers are wanted elsewhere', async () => {
    const { replyTo: _, ...options } = withoutUrl()
    const { raw } = await composeMessage(makeRendered(), makeReader(), options)
    expect(readField(raw, 'List-Unsubscribe')).toContain('<mailto:ada@news.example.com?')
    expect(readHead(raw).map(({ name }) => name)).not.toContain('Reply-To')
  })
})

test('bytes of a test differ from the real ones in token and Message-ID alone', async () => {
  const [real, rehearsal] = [await compose(), await compose({ options: { purpose: 'test' } })]
  const plain = (raw: Buffer) =>
    raw
      .toString()
      .replaceAll('=\r\n', '')
      .replaceAll(/[ut]1\.k1\.lucia-ibanez\.[\w-]{22}/g, 'TOKEN')
      .replaceAll(/[0-9a-f]{32}@/g, 'ID@')

  expect(plain(rehearsal.raw)).toBe(plain(real.raw))
})
