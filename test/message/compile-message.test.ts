import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import MailComposer from 'nodemailer/lib/mail-composer'
import PostalMime, { type Email } from 'postal-mime'
import { beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../src/app.ts'
import { findIssues } from '../../src/issue/index.ts'
import {
  buildReaderLinks,
  buildSlotValues,
  compileMessage,
  composeMessage,
  type MessageOptions,
} from '../../src/message/index.ts'
import { fillSlots, type Rendered } from '../../src/render/index.ts'
import { loadFixtureReaders, type Reader } from '../../src/subscriber/index.ts'
import { openNewsletter, repository } from '../helpers/newsletter.ts'
import { hasPython, readWithPython } from '../helpers/python-mail.ts'
import { expectFit, fillExactly, readLeaves } from './decode.ts'
import { address, DATE, makeReader, makeRendered, OPTIONS, readField, readHead } from './make.ts'

const READERS = loadFixtureReaders(fileURLToPath(new URL('../../readers.yaml', import.meta.url)))
const FILES = findIssues(repository)

let app: App
const issues = new Map<string, Rendered>()
beforeAll(async () => {
  app = await openNewsletter()
  for (const { file, rendered } of await app.inspect([])) if (rendered) issues.set(file, rendered)
})

function valuesOf(reader: Reader, rendered: Rendered, options: MessageOptions = OPTIONS) {
  const links = buildReaderLinks(reader, { ...options, unsubscribeMailbox: options.replyTo ?? options.from })
  return buildSlotValues(reader, links, rendered)
}

describe.each(FILES)('%s', (file) => {
  function compile() {
    const rendered = issues.get(file)
    if (!rendered) throw new Error(`${file} does not render`)
    return { rendered, template: compileMessage(rendered, OPTIONS) }
  }

  test('reaches every fixture reader exactly as it is filled, fit for the wire', () => {
    const { rendered, template } = compile()
    for (const reader of READERS) {
      const message = template.fill(reader, DATE)
      expectFit(message.raw)
      expect(message.isWireReady).toBe(true)
      const values = valuesOf(reader, rendered)
      const leaves = readLeaves(message.raw)
      expect(leaves.slice(0, 2).map(({ type }) => type)).toEqual(['text/plain', 'text/html'])
      expect(leaves[0]?.bytes.toString()).toBe(fillExactly(rendered.text, values, 'text').toString())
      expect(leaves[1]?.bytes.toString()).toBe(fillExactly(rendered.html, values, 'html').toString())
    }
  })

  test('is read by postal-mime as what nodemailer would have sent', async () => {
    const { rendered, template } = compile()
    for (const reader of READERS) {
      const { raw } = template.fill(reader, DATE)
      const [ours, theirs] = await Promise.all([
        PostalMime.parse(raw),
        PostalMime.parse(await composeWithNodemailer(rendered, reader)),
      ])
      expect(meaningOf(ours)).toEqual(meaningOf(theirs))
    }
  })

  test.skipIf(!hasPython)('is read by Python without a defect (skipped without python3)', () => {
    const { rendered, template } = compile()
    const mails = readWithPython(READERS.map((reader) => template.fill(reader, DATE).raw))
    for (const [index, mail] of mails.entries()) {
      const reader = READERS[index] ?? makeReader()
      const values = valuesOf(reader, rendered)
      expect(mail.defects).toEqual([])
      expect(mail.to).toEqual([[reader.name ?? '', reader.email]])
      expect(mail.subject).toBe(fillSlots(rendered.subject, values, 'header'))
      const texts = mail.parts.filter(({ type }) => type.startsWith('text/')).map(({ text }) => text)
      expect(texts).toEqual([
        fillExactly(rendered.text, values, 'text').toString(),
        fillExactly(rendered.html, values, 'html').toString(),
      ])
    }
  })
})

async function composeWithNodemailer(rendered: Rendered, reader: Reader): Promise<Buffer> {
  const values = valuesOf(reader, rendered)
  const { from, replyTo } = OPTIONS
  const mail = {
    from,
    ...(replyTo ? { replyTo } : {}),
    to: { name: reader.name ?? '', address: reader.email },
    subject: fillSlots(rendered.subject, values, 'header'),
    date: DATE,
    messageId: compileMessage(rendered, OPTIONS).fill(reader, DATE).messageId,
    text: fillSlots(rendered.text, values, 'text'),
    html: fillSlots(rendered.html, values, 'html'),
    newline: '\r\n',
    attachments: rendered.images.flatMap(({ cid, path, filename, contentType }) =>
      cid === undefined ? [] : [{ cid, path, filename, contentType, contentDisposition: 'inline' as const }],
    ),
  }
  return await new MailComposer(mail).compile().build()
}

function meaningOf({ from, to, replyTo, subject, date, messageId, text, html, attachments }: Email) {
  const images = attachments.map(({ filename, mimeType, disposition, related, contentId, content }) => {
    const bytes = Buffer.from(content as ArrayBuffer).toString('base64')
    return { filename, mimeType, disposition, related, contentId, bytes }
  })
  const own = { text: text?.trimEnd(), html: html?.trimEnd() }
  return { from, to, replyTo, subject, date, messageId, ...own, images }
}

test('a message of a list equals the one that was checked and tested, byte for byte', async () => {
  const template = compileMessage(makeRendered(), OPTIONS)
  for (const reader of READERS) {
    const { raw } = await composeMessage(makeRendered(), reader, { ...OPTIONS, date: DATE })
    expect(template.fill(reader, DATE).raw.equals(raw)).toBe(true)
  }
})

test('filling for one reader leaves nothing for the next', () => {
  const template = compileMessage(makeRendered(), OPTIONS)
  const before = template.fill(makeReader(), DATE).raw.toString('latin1')
  const kept = template.fill(makeReader(), DATE).raw
  template.fill(makeReader({ id: 'other', name: 'x'.repeat(500), email: address('other@example.com') }), DATE)
  expect(kept.toString('latin1')).toBe(before)
  expect(template.fill(makeReader(), DATE).raw.toString('latin1')).toBe(before)
})

test('the fields of the head stand in one order', () => {
  const { raw } = compileMessage(makeRendered(), OPTIONS).fill(makeReader(), DATE)
  expect(readHead(raw).map(({ name }) => name)).toEqual([
    'From',
    'Reply-To',
    'To',
    'Subject',
    'List-Id',
    'List-Unsubscribe',
    'List-Unsubscribe-Post',
    'List-Archive',
    'Feedback-ID',
    'Precedence',
    'Message-ID',
    'Date',
    'MIME-Version',
    'Content-Type',
  ])
  expect(readField(raw, 'Date')).toBe('Mon, 11 Mar 2024 09:00:00 +0000')
})

test('an address outside ASCII stands in the head as UTF-8, for servers that take it', () => {
  const reader = makeReader({ email: address('jürgen@example.com'), name: 'Jürgen' })
  const { raw, envelope } = compileMessage(makeRendered(), OPTIONS).fill(reader, DATE)
  expect(envelope.to).toBe('jürgen@example.com')
  expect(raw.toString()).toContain('\r\nTo: =?utf-8?Q?J=C3=BCrgen?= <jürgen@example.com>\r\n')
  expect(raw.subarray(-4).toString()).toBe('--\r\n')
})

test('images are read once for all readers', () => {
  let reads = 0
  const image = {
    src: 'cid:a@b',
    cid: 'a@b',
    path: join('issues', 'a.gif'),
    filename: 'a.gif',
    contentType: 'image/gif',
  }
  const readImage = () => {
    reads++
    return Buffer.alloc(1000, reads)
  }
  const template = compileMessage(makeRendered({ images: [image] }), { ...OPTIONS, readImage })
  const raws = READERS.map((reader) => template.fill(reader, DATE).raw)
  expect(reads).toBe(1)
  for (const raw of raws) {
    expectFit(raw)
    expect(readLeaves(raw)[2]?.bytes.equals(Buffer.alloc(1000, 1))).toBe(true)
  }
})

test('a line of the head that no server takes is refused', () => {
  const { url: _, ...byMail } = OPTIONS
  const reader = makeReader({ id: 'x'.repeat(1000) })
  const template = compileMessage(makeRendered(), byMail)
  expect(() => template.fill(reader, DATE)).toThrow(expect.objectContaining({ code: 'message/line-too-long' }))
})

test('an id that would end a field makes no message', () => {
  const { url: _, ...byMail } = OPTIONS
  const template = compileMessage(makeRendered(), byMail)
  for (const id of ['a\r\nBcc: x@evil.example', 'a\nb', 'a\rb', 'a\r\n.\r\nb']) {
    expect(() => template.fill(makeReader({ id }), DATE)).toThrow(TypeError)
  }
})

test.for(['from', 'replyTo'] as const)('a message has no %s that needs SMTPUTF8 of every server', (field) => {
  const mailbox = { name: 'Jürgen', address: address('jürgen@example.com') }
  expect(() => compileMessage(makeRendered(), { ...OPTIONS, [field]: mailbox })).toThrow('in ASCII')
})
