import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { toLine } from '../../src/base/index.ts'
import { seedRandom } from '../helpers/random.ts'
import { hasPython, readWithPython } from '../helpers/python-mail.ts'
import { address, compose, findFaults, readField, readHead } from './make.ts'

/** Texts that somebody may put into a name, a field or a subject. */
const HOSTILE: readonly (readonly [what: string, text: string])[] = [
  ['a line of its own', 'Eve\r\nBcc: x@evil.example'],
  ['a bare LF', 'Eve\nBcc: x@evil.example'],
  ['a bare CR', 'Eve\rBcc: x@evil.example'],
  ['the end of the head', 'Eve\r\n\r\n<script>alert(1)</script>'],
  ['a folded line', 'Eve\r\n Bcc: x@evil.example'],
  ['a field', 'Bcc: x@evil.example'],
  ['NEL and separators', 'Eve\u{85}Bcc: x@evil.example\u{2028}b\u{2029}c'],
  ['NUL, escape and DEL', 'E\u{0}v\u{1b}[31me\u{7f}\u{9b}2J'],
  ['bidirectional controls', '\u{202e}moc.elpmaxe@eve\u{202c}\u{2066}x\u{2069}'],
  ['quotes and backslashes', '"Eve" \\"x\\" \\'],
  ['an address', 'x@evil.example'],
  ['a mailbox', 'Eve <x@evil.example>'],
  ['a mailbox that closes the name', 'Eve" <x@evil.example>, "Y'],
  ['several mailboxes', 'a@evil.example, b@evil.example; c@evil.example'],
  ['a group', 'group: a@evil.example, b@evil.example;'],
  ['a comment', 'Eve (x@evil.example)'],
  ['an encoded-word', '=?utf-8?B?QmNjOiB4QGV2aWwuZXhhbXBsZQ==?='],
  ['an encoded-word that holds a line', '=?utf-8?Q?Eve=0D=0ABcc:_x=40evil.example?='],
  ['an encoded-word that holds an address', '=?utf-8?q?x=40evil.example=3E=2C?='],
  ['an encoded-word in another charset', 'a =?iso-2022-jp?B?GyRCRnxLXBsoQg==?= b'],
  ['half an encoded-word', '=?utf-8?B?'],
  ['the other half', '?=  =?'],
  ['an encoded-word beside other scripts', 'é =?utf-8?Q?a?='],
  ['2,000 letters', 'x'.repeat(2000)],
  ['2,000 wide letters', '語'.repeat(2000)],
  ['500 words', 'word '.repeat(500).trim()],
  ['2,000 quotes', '"'.repeat(2000)],
  ['2,000 backslashes', '\\'.repeat(2000)],
  ['emoji with joiners and flags', '👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ 1️⃣'],
  ['200 emoji', '🙂'.repeat(200)],
  ['combining marks', `e${'\u{301}'.repeat(300)}`],
  ['lone surrogates', 'a\u{d800}b\u{dc00}c'],
  ['private-use characters, as slots have', '\u{e000}unsubscribeUrl\u{e001}-\u{e002}'],
  ['Arabic with Latin', 'ليلى Smith حدّاد'],
  ['a slot', '{{ unsubscribeUrl }}'],
  ['percent signs and plus', '%0d%0aBcc:+x@evil.example'],
]

test.for(HOSTILE)('a reader’s name that is %s stays the name of one recipient', async ([, name]) => {
  const { raw, envelope } = await compose({ reader: { name } })
  expect(findFaults(raw)).toEqual([])
  expect(envelope.to).toBe('lucia@example.com')
  const mail = await PostalMime.parse(raw)
  expect(mail.to).toEqual([{ name: toLine(name), address: 'lucia@example.com' }])
  expect(mail.cc ?? mail.bcc).toBeUndefined()
})

test.for(HOSTILE)('a subject that is %s stays a subject', async ([, subject]) => {
  const { raw } = await compose({ rendered: { subject: subject.replaceAll(/[{}\p{Co}]/gu, '') } })
  expect(findFaults(raw)).toEqual([])
  expect((await PostalMime.parse(raw)).subject).toBe(toLine(subject.replaceAll(/[{}\p{Co}]/gu, '')))
})

test.for(HOSTILE)('a field in the subject that is %s stays in the subject', async ([, value]) => {
  const { raw } = await compose({
    rendered: { subject: 'For {{subscriber.fields.role|you}}!' },
    reader: { fields: { role: value } },
  })
  expect(findFaults(raw)).toEqual([])
  expect((await PostalMime.parse(raw)).subject).toBe(`For ${toLine(value)}!`)
})

test.for(HOSTILE)('a newsletter and a sender that are called %s stay those', async ([, name]) => {
  const from = { name, address: address('ada@news.example.com') }
  const { raw } = await compose({ options: { name, from, replyTo: { name, address: address('reply@example.com') } } })
  expect(findFaults(raw)).toEqual([])
  const mail = await PostalMime.parse(raw)
  expect(mail.from).toEqual({ name: toLine(name), address: 'ada@news.example.com' })
  expect(mail.replyTo).toEqual([{ name: toLine(name), address: 'reply@example.com' }])
  expect(readField(raw, 'List-Id')).toMatch(/ <[a-z0-9-]{1,63}\.news\.example\.com>$/)
  expect(readField(raw, 'Feedback-ID')).toMatch(/^[a-z0-9-]+:[a-z0-9-]+:newsletter:[a-z0-9-]{5,15}$/)
})

describe('a line of the head', () => {
  test('has at most 76 characters where the text has words', async () => {
    const subject =
      'Progress and benchmarking, reasoning and planning, training and alignment: seventeen papers in five categories for the week'
    for (const text of [subject, `${subject} – äöü`, '田中さくら'.repeat(20), 'ليلى حدّاد '.repeat(10)]) {
      const { raw } = await compose({ rendered: { subject: text }, reader: { name: text } })
      const lines = raw.toString('latin1').split('\r\n\r\n')[0]?.split('\r\n') ?? []
      const own = lines.filter((line) => !/^(?:List-| <https| <mailto|Feedback)/.test(line))
      expect(own.filter((line) => line.length > 76)).toEqual([])
      expect((await PostalMime.parse(raw)).subject).toBe(text.trim())
    }
  })

  test('that is short is not folded, and plain text stays readable', async () => {
    const { raw } = await compose({ rendered: { subject: 'Five papers' }, reader: { name: "O'Brien, Pat" } })
    expect(raw.toString()).toContain(`\r\nTo: "O'Brien, Pat" <lucia@example.com>\r\n`)
    expect(raw.toString()).toContain('\r\nSubject: Five papers\r\n')
    expect(raw.toString()).toContain('\r\nList-Id: "LLM Papers Weekly" <llm-papers-weekly.news.example.com>\r\n')
  })

  test('holds whole characters only in every encoded-word', async () => {
    const { raw } = await compose({ rendered: { subject: `x${'🙂語é'.repeat(60)}` } })
    const words = [...(readField(raw, 'Subject') ?? '').matchAll(/=\?utf-8\?B\?([^?]*)\?=/g)].map(
      ([, text = '']) => text,
    )
    expect(words.length).toBeGreaterThan(3)
    for (const word of words) expect(Buffer.from(word, 'base64').toString()).not.toContain('\u{fffd}')
  })
})

test('a subject that is empty for a reader is the newsletter’s name', async () => {
  for (const subject of ['', '  ', '{{subscriber.fields.none}}', '\u{0}\r\n']) {
    expect(readField((await compose({ rendered: { subject } })).raw, 'Subject')).toBe('LLM Papers Weekly')
  }
})

test('a reader without a name, or with an empty one, has an address alone', async () => {
  for (const name of ['', '  ', '\r\n', '\u{202e}\u{0}']) {
    expect(readField((await compose({ reader: { name } })).raw, 'To')).toBe('lucia@example.com')
  }
})

describe('400 random names and subjects', () => {
  const PIECES = [
    ...Array.from('ab "\\<>(),;:@.=?_\r\n\t\u{0}\u{1b}\u{85}\u{202e}é語ل🙂\u{301}'),
    '=?utf-8?B?',
    '=?utf-8?Q?',
    '?=',
    '=0D=0A',
    '\r\nBcc: ',
    'x@evil.example',
    '\r\n\r\n',
    '{{',
    '}}',
    'word ',
    'x'.repeat(70),
  ]
  const random = seedRandom(6)
  const texts = Array.from({ length: 400 }, () => random.text(PIECES, 14))

  test('come out as they went in, as postal-mime reads them', async () => {
    for (const text of texts) {
      const { raw } = await compose({
        rendered: { subject: `S ${text.replaceAll(/\{\{|\}\}/g, '')}` },
        reader: { name: text },
      })
      const names = readHead(raw).map(({ name }) => name)
      expect(new Set(names).size, JSON.stringify(text)).toBe(names.length)
      expect(findFaults(raw), JSON.stringify(text)).toEqual([])
      const mail = await PostalMime.parse(raw)
      expect(mail.to, JSON.stringify(text)).toEqual([{ name: toLine(text), address: 'lucia@example.com' }])
      expect(mail.subject).toBe(toLine(`S ${text.replaceAll(/\{\{|\}\}/g, '')}`))
    }
  })

  // Python keeps the blank between two encoded-words of a name, against RFC 2047 §6.2 (cpython issue 92081).
  const join = ([name, to]: readonly [string, string]) => [name.replaceAll(' ', ''), to]

  test.skipIf(!hasPython)('and as Python reads them (skipped without python3)', async () => {
    const messages = await Promise.all(texts.map(async (text) => (await compose({ reader: { name: text } })).raw))
    for (const [index, mail] of readWithPython(messages).entries()) {
      const text = texts[index] ?? ''
      expect(mail.defects, JSON.stringify(text)).toEqual([])
      expect(mail.to.map(join), JSON.stringify(text)).toEqual([join([toLine(text), 'lucia@example.com'])])
      expect(mail.names.filter((name) => /^(?:to|cc|bcc)$/i.test(name))).toEqual(['To'])
    }
  })

  test.skipIf(!hasPython)('hostile names and subjects among them (skipped without python3)', async () => {
    const messages = await Promise.all(
      HOSTILE.map(
        async ([, text]) =>
          (await compose({ rendered: { subject: text.replaceAll(/[{}\p{Co}]/gu, '') }, reader: { name: text } })).raw,
      ),
    )
    for (const [index, mail] of readWithPython(messages).entries()) {
      const [what = '', text = ''] = HOSTILE[index] ?? []
      expect(mail.defects, what).toEqual([])
      expect(mail.to.map(join), what).toEqual([join([toLine(text), 'lucia@example.com'])])
      expect(mail.subject, what).toBe(toLine(text.replaceAll(/[{}\p{Co}]/gu, '')))
    }
  })
})
