import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { composeMessage } from '../../src/message/index.ts'
import { createSigner } from '../../src/message/dkim/signer.ts'
import { ed25519Key, insertBefore, makeSigner, PASSED, rsaKey, verdicts } from './dkim-make.ts'
import { address, compose, findFaults, makeReader, makeRendered, readHead, withoutUrl } from './make.ts'

const signer = makeSigner()
const signed = async (over: Parameters<typeof compose>[0] = {}) => (await signer.sign(await compose(over))).raw
const signedWithoutUrl = async () =>
  (await signer.sign(await composeMessage(makeRendered(), makeReader(), withoutUrl()))).raw
const countOf = (names: readonly string[], name: string) => names.filter((each) => each === name).length

/** Names in `h=` of the first signature. */
function coveredBy(raw: Buffer): string[] {
  const field = readHead(raw).find(({ name }) => name === 'DKIM-Signature')
  return (
    /; h=([^;]+);/
      .exec(field?.value ?? '')?.[1]
      ?.replaceAll(' ', '')
      .split(':') ?? []
  )
}

describe('a signed message', () => {
  test('verifies with the public half of both keys', async () => {
    expect(await verdicts(await signed())).toEqual(PASSED)
  })

  test('has one signature per key in front, and is unchanged behind them', async () => {
    const message = await compose()
    const { raw, ...rest } = await signer.sign(message)
    const head = raw.subarray(0, raw.length - message.raw.length).toString()
    expect(raw.subarray(-message.raw.length).equals(message.raw)).toBe(true)
    expect(head.match(/^DKIM-Signature: v=1; a=(?:rsa|ed25519)-sha256; c=relaxed\/simple; d=/gm)).toHaveLength(2)
    expect(rest).toEqual({ ...message, raw: undefined, recycle: expect.any(Function) as () => void })
  })

  test('covers every field that matters, those of one click too', async () => {
    const names = coveredBy(await signed())
    const all = `From Reply-To To Subject Date Message-ID MIME-Version Content-Type List-Id List-Unsubscribe
      List-Unsubscribe-Post List-Archive Feedback-ID Precedence`.split(/\s+/)
    expect(all.filter((name) => !names.includes(name))).toEqual([])
  })

  test('names fields once more than there are, and those that may not be added', async () => {
    const names = coveredBy(await signedWithoutUrl())
    expect(['From', 'Subject', 'Reply-To', 'List-Id', 'List-Unsubscribe'].map((name) => countOf(names, name))).toEqual([
      2, 2, 2, 2, 2,
    ])
    expect(['List-Unsubscribe-Post', 'List-Archive'].map((name) => countOf(names, name))).toEqual([1, 1])
    expect(countOf(names, 'Feedback-ID')).toBe(1)
  })

  test('has the same bytes at every attempt, with the time of its Date field', async () => {
    const [one, other] = [await signed(), await makeSigner().sign(await compose())]
    expect(one.equals(other.raw)).toBe(true)
    expect(one.toString()).toContain(` t=${Date.parse('2024-03-11T09:00:00Z') / 1000};`)
  })

  test('has no line over 76 columns, no l= and no x=', async () => {
    const raw = await signed()
    const head = raw.toString('latin1').split('\r\nFrom:')[0] ?? ''
    expect(head.split('\r\n').filter((line) => line.length > 76)).toEqual([])
    expect(head).not.toMatch(/\b[lx]=/)
    expect(findFaults(raw).filter((fault) => !/dkim-signature/i.test(fault))).toEqual([])
  })
})

test('messages signed at the same time each have their own signatures', async () => {
  const ids = Array.from({ length: 40 }, (_, index) => `reader-${index}`)
  const messages = await Promise.all(ids.map(async (id) => await compose({ reader: { id, name: id } })))
  const results = await Promise.all(messages.map(async (message) => (await signer.sign(message)).raw))
  expect(new Set(results.map(String)).size).toBe(40)
  for (const raw of results) expect(await verdicts(raw)).toEqual(PASSED)
})

describe('verifies whatever stands in it:', () => {
  test.for([
    ['an empty name', { reader: { name: '' } }],
    ['blanks in a name', { reader: { name: ' a   b\t\tc ' } }],
    ['a name of 2,000 letters', { reader: { name: 'x'.repeat(2000) } }],
    ['a name in Arabic', { reader: { name: 'ليلى حدّاد' } }],
    ['an injection', { reader: { name: 'x\r\nBcc: evil@evil.example\r\n\r\nbody' } }],
    ['an encoded-word', { reader: { name: '=?utf-8?q?=0D=0ABcc?=' } }],
    ['semicolons and equal signs', { rendered: { subject: 'a; b=c; bh=d; h=From:To; d=evil.example' } }],
    ['a long subject', { rendered: { subject: 'five papers and more '.repeat(60) } }],
    ['a UTF-8 local part', { reader: { email: address('jürgen\u{e0}@example.com') } }],
    ['blank lines at the end', { rendered: { text: 'a\n\n\n\n', html: '<p>b</p>\n\n\n' } }],
    ['an empty body', { rendered: { text: '', html: '' } }],
  ] as const)('%s', async ([, over]) => {
    expect(await verdicts(await signed(over))).toEqual(PASSED)
  })

  test.for([
    ['no body', ''],
    ['empty lines alone', '\r\n\r\n\r\n'],
    ['a body without an end of line', 'text'],
    ['empty lines at the end', 'text\r\n\r\n\r\n'],
    ['blanks at ends of lines', 'text  \r\n \t\r\n'],
  ])('%s', async ([, body]) => {
    const raw = Buffer.from(`From: a@news.example.com\r\nsubject : x\r\n\t  y  \r\nDate: none\r\n\r\n${body}`)
    const { raw: out } = await signer.sign({ raw })
    expect(await verdicts(out)).toEqual(PASSED)
    expect(out.toString()).not.toContain(' t=')
  })

  test('fields that are there twice, from the last up', async () => {
    const raw = Buffer.from('From: a@news.example.com\r\nList-Id: <b.c>\r\nList-Id: <a.b>\r\n\r\nx\r\n')
    expect(await verdicts((await signer.sign({ raw })).raw)).toEqual(PASSED)
  })
})

describe('nobody can add', () => {
  test.for([
    'From: Evil <evil@evil.example>',
    'Subject: other',
    'Reply-To: evil@evil.example',
    'To: evil@evil.example',
    'Date: Mon, 11 Mar 2024 10:00:00 +0000',
    'Message-ID: <x@evil.example>',
    'MIME-Version: 1.0',
    'Content-Type: text/plain',
    'List-Id: <evil.example>',
    'List-Unsubscribe: <https://evil.example/>',
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    'List-Archive: <https://evil.example/>',
  ])('%s', async (line) => {
    const raw = await signed()
    const [name = ''] = line.split(':')
    for (const before of ['From', 'Precedence']) {
      const verdict = await verdicts(insertBefore(raw, before, line))
      expect(
        verdict.some((text) => text.endsWith('pass')),
        `${name} before ${before}`,
      ).toBe(false)
    }
  })

  test('and one click cannot be added to a mail that has none', async () => {
    const raw = await signedWithoutUrl()
    expect(await verdicts(raw)).toEqual(PASSED)
    const more = insertBefore(raw, 'Precedence', 'List-Unsubscribe-Post: List-Unsubscribe=One-Click')
    expect((await verdicts(more)).some((text) => text.endsWith('pass'))).toBe(false)
  })
})

test('what relays change on the way breaks nothing', async () => {
  const raw = (await signed()).toString('latin1')
  const changes = [
    `Received: from a by b; Mon, 11 Mar 2024 09:00:01 +0000\r\n${raw}`,
    `Return-Path: <b@b.example>\r\nX-Spam-Status: No\r\n${raw}`,
    `Feedback-ID: 1.relay:x\r\nSender: relay@relay.example\r\n${raw}`,
    raw.replace('\r\nSubject:', '\r\nSUBJECT:'),
    raw.replace('\r\nMIME-Version: 1.0', '\r\nMIME-Version:\r\n  1.0'),
    `${raw}\r\n\r\n`,
  ]
  for (const text of changes) expect(await verdicts(Buffer.from(text, 'latin1')), text.slice(0, 60)).toEqual(PASSED)
})

test('a key that cannot sign rejects: the message never goes out unsigned', async () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const message = await compose()
  for (const keys of [
    [{ ...rsaKey, privateKey: publicKey }],
    [rsaKey, { ...ed25519Key, privateKey: publicKey }],
    [{ ...rsaKey, privateKey: ed25519Key.privateKey }],
  ] as const) {
    const outcome = await createSigner(keys)
      .sign(message)
      .then(
        () => 'signed',
        (error: unknown) => error,
      )
    expect(outcome).toBeInstanceOf(Error)
  }
})

test('a text that is no message rejects', async () => {
  await expect(signer.sign({ raw: Buffer.from('From: a@b.example\r\n') })).rejects.toThrow(TypeError)
})
