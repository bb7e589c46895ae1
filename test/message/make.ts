import { parseAddress } from '../../src/base/index.ts'
import { type ComposeOptions, composeMessage, type Message } from '../../src/message/index.ts'
import { markSlot, type Rendered, splitSlots } from '../../src/render/index.ts'
import type { Reader } from '../../src/subscriber/index.ts'

export const KEY = { id: 'k1', secret: 'a secret of at least thirty-two characters' }
export const DATE = new Date('2024-03-11T09:00:00Z')

export function address(text: string) {
  const read = parseAddress(text)
  if (!read) throw new TypeError(`no address: ${text}`)
  return read
}

export const OPTIONS: ComposeOptions = {
  name: 'LLM Papers Weekly',
  from: { name: 'Ada Example', address: address('ada@news.example.com') },
  replyTo: { name: '', address: address('reply@example.com') },
  url: 'https://news.example.com',
  key: KEY,
  purpose: 'unsubscribe',
  date: DATE,
}

export function withoutUrl(): ComposeOptions {
  const { url: _, ...rest } = OPTIONS
  return rest
}

export function makeReader(over: Partial<Reader> = {}): Reader {
  return {
    id: 'lucia-ibanez',
    email: address('lucia@example.com'),
    name: 'Lucía Ibáñez',
    tags: [],
    fields: {},
    ...over,
  }
}

/** `{{name}}` and `{{name|fallback}}` become slots. */
export function segments(text: string) {
  return splitSlots(
    text.replaceAll(/\{\{([\w.]+)(?:\|([^}]*))?\}\}/g, (_, name: string, fallback?: string) =>
      markSlot(name, fallback),
    ),
  )
}

export function makeRendered(
  over: { subject?: string; html?: string; text?: string } & Partial<Omit<Rendered, 'subject' | 'html' | 'text'>> = {},
): Rendered {
  const { subject = 'LLM papers, 11–17 March', html = HTML, text = TEXT, ...rest } = over
  return {
    issueId: '2024-w11',
    template: 'digest',
    language: 'en',
    direction: 'ltr',
    preheader: [],
    images: [],
    hash: '0'.repeat(64),
    archiveUrl: 'https://news.example.com/issues/2024-w11/',
    ...rest,
    subject: segments(subject),
    html: segments(html),
    text: segments(text),
  }
}

const TEXT = 'Hello {{subscriber.name|there}},\n\nfive papers – a week.\n\nUnsubscribe: {{unsubscribeUrl}}\n'
const HTML =
  '<!doctype html><html lang="en"><title>Week 11</title><p>Hello {{subscriber.name|there}},</p><p>five papers – a week.</p><a href="{{unsubscribeUrl}}">Unsubscribe</a></html>'

export async function compose(
  over: {
    rendered?: Parameters<typeof makeRendered>[0]
    reader?: Partial<Reader>
    options?: Partial<ComposeOptions>
  } = {},
): Promise<Message> {
  return await composeMessage(makeRendered(over.rendered), makeReader(over.reader), { ...OPTIONS, ...over.options })
}

/** Fields of the head as written, folded lines joined by their line end. */
export function readHead(raw: Buffer): { name: string; value: string }[] {
  const head = raw.subarray(0, raw.indexOf('\r\n\r\n')).toString('latin1')
  return head.split(/\r\n(?![ \t])/).map((field) => {
    const colon = field.indexOf(':')
    return {
      name: field.slice(0, colon),
      value: field
        .slice(colon + 1)
        .replaceAll('\r\n', '')
        .trim(),
    }
  })
}

export function readField(raw: Buffer, name: string): string | undefined {
  return readHead(raw).find((field) => field.name === name)?.value
}

/**
 * Every fault against RFC 5322 and 5321 that the bytes themselves show.
 * An empty list: one each of the fields there may be one of, ASCII heads, CRLF only, no line over 998 octets.
 */
export function findFaults(raw: Buffer): string[] {
  const text = raw.toString('latin1')
  const head = text.slice(0, text.indexOf('\r\n\r\n'))
  const faults: string[] = []
  if (/\r(?!\n)|(?<!\r)\n/.test(text)) faults.push('a bare CR or LF')
  if (/[^\t\r\n\u{20}-\u{7e}]/u.test(head)) faults.push('an octet outside ASCII in the head')
  if (/[^\t\r\n\u{20}-\u{7e}]/u.test(text)) faults.push('an octet outside ASCII in the body')
  for (const line of text.split('\r\n')) if (line.length > 998) faults.push(`a line of ${line.length} octets`)
  for (const line of head.split('\r\n'))
    if (!/^(?:[!-9;-~]+: ?|[ \t]+\S)/.test(line)) faults.push(`no header line: ${line.slice(0, 40)}`)
  const names = readHead(raw).map(({ name }) => name.toLowerCase())
  for (const name of new Set(names)) if (names.filter((other) => other === name).length > 1) faults.push(`two ${name}`)
  for (const name of [
    'from',
    'to',
    'subject',
    'date',
    'message-id',
    'list-id',
    'list-unsubscribe',
    'mime-version',
    'content-type',
  ]) {
    if (!names.includes(name)) faults.push(`no ${name}`)
  }
  for (const name of names) if (!KNOWN.has(name)) faults.push(`a field ${name}`)
  return faults
}

const KNOWN = new Set(
  'from reply-to to subject date message-id mime-version content-type list-id list-unsubscribe list-unsubscribe-post list-archive feedback-id precedence'.split(
    ' ',
  ),
)
