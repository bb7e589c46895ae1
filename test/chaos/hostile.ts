import fc from 'fast-check'
import { Parser } from 'htmlparser2'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import PostalMime, { type Email } from 'postal-mime'
import { expect } from 'vitest'
import { runCli } from '../helpers/cli.ts'
import { makeNewsletter } from '../helpers/newsletter.ts'
import { hasPython, type PythonMail, readWithPython } from '../helpers/python-mail.ts'
import { brokenAddress, hostileJsonText, hostileText, toCell, toWire, validAddress } from './hostile-values.ts'
import { startReceiver } from './receiver-process.ts'
import type { Taken } from './receiver-types.ts'

const ISSUE = `---
title: Good
week: 2026-W34
subject: 'For {{ subscriber.name | default: "you" }}: {{ subscriber.fields.note | default: "news" }}'
preheader: '{{ subscriber.fields.note | default: "Something else" }}'
---
Hello {{ subscriber.name | default: "there" }}.

{{ subscriber.fields.note | default: "Nothing" }}

## One

### [Entry](https://example.com/a)

Text {{ subscriber.fields.note | default: "none" }}.
`
const CONFIG =
  "export default { name: 'Test Letter', from: 'Test <test@news.example.com>', postalAddress: '1 Test Street', unsubscribe: 'mailto' }\n"
/** The first reader, whom the others' messages are compared with. */
const PLAIN = 'plain@example.com'
/** Longer names are refused. */
const MAX_NAME = 300
const ONCE = [
  'from',
  'to',
  'subject',
  'date',
  'message-id',
  'mime-version',
  'content-type',
  'list-id',
  'list-unsubscribe',
]

/** A message as it was taken. */
interface Mail {
  readonly to: string
  readonly raw: Buffer
}

async function makeHostile(issues: Readonly<Record<string, string>>, extensions?: readonly string[]) {
  const root = makeNewsletter({ ...issues, 'letterpress.config.ts': CONFIG })
  const log = join(root, 'taken.log')
  const receiver = await startReceiver({ log, keep: true, ...(extensions ? { extensions } : {}) })
  const env = {
    SMTP_URL: `smtp://127.0.0.1:${receiver.port}`,
    LETTERPRESS_LIMITS_PER_SECOND: 'unlimited',
    LETTERPRESS_RETRY_RECONNECT_MS: '20',
  }
  return { root, receiver, run: async (args: readonly string[]) => await runCli(root, args, env) }
}

function toMail({ to, raw = '' }: Taken): Mail {
  const stuffed = Buffer.from(raw, 'base64').toString('latin1')
  const text = `${stuffed.replace(/^\.\./gm, '.')}\r\n`
  return { to: to.join(' '), raw: Buffer.from(text, 'latin1') }
}

/** Imports hostile readers, mails them, and reads what came: see expectMails. */
export async function mailHostileReaders(
  readers: number,
  seed: number,
): Promise<{ imported: number; refused: number }> {
  const { root, receiver, run } = await makeHostile({ 'issues/good.md': ISSUE })
  const sample = <Value>(arbitrary: fc.Arbitrary<Value>, salt: number) =>
    fc.sample(arbitrary, { numRuns: readers, seed: seed + salt })
  const [names, notes, makers] = [sample(hostileText, 1), sample(hostileText, 2), sample(validAddress, 3)]
  const valid = makers.map((make, index) => make(index))
  const broken = fc.sample(brokenAddress, { numRuns: Math.ceil(readers / 10), seed })
  const rows = [PLAIN, ...valid, ...broken].map((email, index) =>
    index === 0
      ? `${PLAIN},Ada,News`
      : [email, (names[index % readers] ?? '').slice(0, MAX_NAME), notes[index % readers] ?? ''].map(toCell).join(','),
  )
  writeFileSync(join(root, 'list.csv'), ['email,name,note', ...rows, ''].join('\r\n'))
  const imported = await run(['subscribers', 'import', 'list.csv', '--yes'])
  expect(imported.code, imported.stderr).toBe(1)
  const sent = await run(['--json', 'send', 'good', '--yes', '--force'])
  expect(sent.code, `${sent.stdout}${sent.stderr}`).toBe(0)
  const mails = receiver.log().map(toMail)
  const expected = [PLAIN, ...valid].map(toWire)
  expect(mails.map(({ to }) => to).toSorted()).toEqual(expected.toSorted())
  const exported = await run(['subscribers', 'export'])
  expect(exported.code).toBe(0)
  await expectMails(mails)
  return { imported: expected.length, refused: broken.length }
}

/**
 * Mails issues whose own texts are hostile. An issue may be refused for them; what is mailed must be sound.
 *
 * @returns How many were mailed.
 */
export async function mailHostileIssues(issues: number, seed: number): Promise<number> {
  const texts = fc.sample(fc.tuple(hostileJsonText, hostileJsonText, hostileJsonText), { numRuns: issues, seed })
  const files = texts.map(([title, subject, preheader], index) => {
    const sections = [{ title, entries: [{ title: 'Entry', url: 'https://example.com/a', body: 'Text.' }] }]
    const issue = { title: `Issue ${index}`, week: '2026-W34', subject, preheader, intro: 'Hello.', sections }
    return [`issues/i${index}.json`, JSON.stringify(issue)] as const
  })
  const plain = { title: 'Plain', week: '2026-W34', subject: 'Plain', preheader: 'Words', intro: 'Hello.' }
  const sections = [{ title: 'One', entries: [{ title: 'Entry', url: 'https://example.com/a', body: 'Text.' }] }]
  const { receiver, run } = await makeHostile({
    ...Object.fromEntries(files),
    'issues/plain.json': JSON.stringify({ ...plain, sections }),
  })
  expect((await run(['subscribers', 'add', PLAIN])).code).toBe(0)
  let mailed = 0
  for (const slug of ['plain', ...files.map((_, index) => `i${index}`)]) {
    const before = receiver.log().length
    const { code, stderr } = await run(['send', slug, '--yes', '--force'])
    expect(code === 0 || code === 1, `${slug}, seed ${seed}: ${stderr}`).toBe(true)
    expect(stderr).not.toContain('error unexpected')
    expect(receiver.log().length - before).toBe(code === 0 ? 1 : 0)
    if (code === 0) mailed++
  }
  const mails = receiver.log().map(toMail)
  expect(mails.every(({ to }) => to === PLAIN)).toBe(true)
  // Their texts differ, and so may what lies around them.
  await expectMails(mails, false)
  return mailed
}

/**
 * The wire's rules; the fields of the header those of the first message; the same reader in RCPT and To; no finding of
 * Python's strict parser, which agrees with postal-mime.
 *
 * @param areAlike - Whether all HTML must consist of the same elements.
 */
async function expectMails(mails: readonly Mail[], areAlike = true): Promise<void> {
  const plain = mails.find(({ to }) => to === PLAIN)
  if (!plain) throw new Error('the plain reader got nothing')
  const names = listFields(plain.raw)
  expect(names).toEqual(expect.arrayContaining(ONCE))
  expect(new Set(names).size).toBe(names.length)
  const elements = listElements((await PostalMime.parse(plain.raw)).html ?? '')
  for (const mail of mails) {
    const email = await expectMail(mail, names)
    if (areAlike) expect(listElements(email.html ?? ''), mail.to).toEqual(elements)
  }
  if (!hasPython) return console.warn('python3 is not there: its strict parser has not read the messages')
  const read = readWithPython(mails.map(({ raw }) => raw))
  for (const [index, mail] of mails.entries()) await expectSame(mail, read[index])
}

async function expectSame({ to, raw }: Mail, read: PythonMail | undefined): Promise<void> {
  expect(read?.defects, to).toEqual([])
  expect(read?.to.map(([, address]) => address)).toEqual([to])
  expect(read?.from.map(([, address]) => address)).toEqual(['test@news.example.com'])
  expect(read?.subject.trim(), to).toBe((await PostalMime.parse(raw)).subject?.trim())
}

async function expectMail({ to, raw }: Mail, names: readonly string[]): Promise<Email> {
  expectWire(raw, to)
  expect(listFields(raw), to).toEqual(names)
  const mail = await PostalMime.parse(raw)
  expect([mail.to?.map(({ address }) => address), mail.cc, mail.bcc], to).toEqual([[to], undefined, undefined])
  expect(mail.from?.address).toBe('test@news.example.com')
  return mail
}

/** RFC 5322 §2.1.1, RFC 5321 §2.3.8: lines of at most 998 octets that end in CRLF, nothing that controls anything. */
function expectWire(raw: Buffer, to: string): void {
  const text = raw.toString('latin1')
  const lines = text.split('\r\n')
  expect(Math.max(...lines.map((line) => line.length)), to).toBeLessThanOrEqual(998)
  // oxlint-disable-next-line no-control-regex
  expect(
    lines.filter((line) => /[^\t\x20-\x7e]/.test(line)),
    to,
  ).toEqual([])
}

function listFields(raw: Buffer): string[] {
  const head = raw.subarray(0, raw.indexOf('\r\n\r\n')).toString('latin1')
  return head.split(/\r\n(?![ \t])/).map((line) => line.slice(0, line.indexOf(':')).toLowerCase())
}

function listElements(html: string): string {
  const found: string[] = []
  const parser = new Parser({
    onopentag: (name, attributes) => found.push(`${name} ${Object.keys(attributes).join(' ')}`),
  })
  parser.end(html)
  return found.join('\n')
}

/** Whether bytes that are no UTF-8 are taken for text. They may be refused or replaced; nothing breaks. */
export async function importHalves(): Promise<void> {
  const { root, run } = await makeHostile({ 'issues/good.md': ISSUE })
  const half = Buffer.from([0xed, 0xa0, 0x80])
  writeFileSync(
    join(root, 'list.csv'),
    Buffer.concat([Buffer.from('email,name\na@example.com,'), half, Buffer.from('\n')]),
  )
  const { code, stderr } = await run(['subscribers', 'import', 'list.csv', '--yes'])
  expect([0, 1, 2]).toContain(code)
  expect(stderr).not.toContain('error unexpected')
  expect(readFileSync(join(root, 'list.csv')).includes(half)).toBe(true)
}

const INTERNATIONAL = ['ünï@example.com', '用户@例え.example', 'ада@example.org']

/** RFC 6531: local parts beyond ASCII go to servers that offer SMTPUTF8, and to no other. */
export async function mailInternational(hasUtf8: boolean): Promise<void> {
  const { root, receiver, run } = await makeHostile({ 'issues/good.md': ISSUE }, [
    'PIPELINING',
    '8BITMIME',
    ...(hasUtf8 ? ['SMTPUTF8'] : []),
  ])
  const list = [PLAIN, ...INTERNATIONAL]
  writeFileSync(join(root, 'list.csv'), ['email,name,note', ...list.map((email) => `${email},Ada,News`), ''].join('\n'))
  expect((await run(['subscribers', 'import', 'list.csv', '--yes'])).code).toBe(0)
  const { code, stderr } = await run(['send', 'good', '--yes', '--force'])
  expect([0, 3], stderr).toContain(code)
  const expected = hasUtf8 ? list.map(toWire) : [PLAIN]
  expect(
    receiver
      .log()
      .flatMap(({ to }) => to)
      .toSorted(),
  ).toEqual(expected.toSorted())
}
