import { z } from 'zod'
import { decodeWords } from '../../message/index.ts'
import { domainOf, type FieldAddress, readAddresses } from '../mailboxes.ts'
import { listFields, placeField, viewMessage } from '../message-view.ts'
import { quote } from '../quote.ts'
import { defineRule } from '../rule.ts'

/** Pictures, not the signs ©, ® and ™ nor digits, which are of the same class. */
const PICTURE = /(?![\d#*©®™])\p{Extended_Pictographic}|[✓✔☑✅]/u
const HOST = /(?:^|[\s@(])((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,})(?=$|[\s),])/i
/** Shorter names and subjects may be part of each other by chance. */
const MIN_SHARED = 8
const MIN_NAME = 3

export const fromName = defineRule({
  id: 'from-name',
  severity: 'warning',
  needs: 'message',
  summary: 'Sender’s name that does not say who writes',
  why: 'Google asks that the name of the sender says who sends, and nothing else: no subject, no name of the reader, no "Re:" or "(2)" as in a conversation, no emoji or check marks that look like a badge, no address of somebody else. Mail that does is held for phishing.',
  remedy: 'Write the newsletter’s or the author’s name in `from`: "Ada Example <ada@news.example.com>".',
  reference: 'Google 81126 (display names, since April 2025)',
  bad: 'From: "✅ Ada (2)" <ada@news.example.com>',
  good: 'From: "Ada Example" <ada@news.example.com>',
  options: z.strictObject({}),
  check({ message, report }) {
    const view = viewMessage(message)
    const [field] = listFields(view, 'From')
    const [from] = readAddresses(field?.value ?? '')
    if (!field || !from) return
    const [to] = readAddresses(listFields(view, 'To')[0]?.value ?? '')
    const subject = decodeWords(listFields(view, 'Subject')[0]?.value ?? '')
    const trouble = judge(from, to?.name ?? '', subject)
    if (trouble !== undefined) report({ message: trouble, ...placeField(view, field) })
  },
})

function judge({ name, address }: FieldAddress, reader: string, subject: string): string | undefined {
  const quoted = quote(name)
  const lower = name.toLowerCase()
  if (name.trim() === '') return 'The sender has no name; mail programs show the address instead.'
  if (PICTURE.test(name)) return `The sender’s name has an emoji or a mark: ${quoted}.`
  if (/^\s*(?:re|fwd?|aw|wg|rv|tr)\s*:/i.test(name)) return `The sender’s name begins like a reply: ${quoted}.`
  if (/\(\d+\)/.test(name)) return `The sender’s name counts messages: ${quoted}.`
  if (reader.length >= MIN_NAME && isWithin(reader.toLowerCase(), lower)) {
    return `The sender’s name holds the reader’s: ${quoted}.`
  }
  if (isSubject(lower, subject.toLowerCase())) return `The sender’s name repeats the subject: ${quoted}.`
  const [, host] = HOST.exec(name) ?? []
  if (host !== undefined && !isSameSite(host.toLowerCase(), domainOf(address))) {
    return `The sender’s name looks like an address of ${host}: ${quoted}.`
  }
  return undefined
}

function isWithin(inner: string, outer: string): boolean {
  const at = outer.indexOf(inner)
  if (at < 0) return false
  const isEdge = (character: string) => !/[\p{L}\p{N}]/u.test(character)
  return isEdge(outer.charAt(at - 1)) && isEdge(outer.charAt(at + inner.length))
}

// A newsletter may well open its subject with its own name; a name that holds the whole subject is another matter.
function isSubject(name: string, subject: string): boolean {
  const [one, other] = [name.trim(), subject.trim()]
  return one === other || (other.length >= MIN_SHARED && one.includes(other))
}

function isSameSite(host: string, domain: string): boolean {
  const bare = host.replace(/^www\./, '')
  const site = (text: string) => text.split('.').slice(-2).join('.')
  return domain === bare || domain.endsWith(`.${bare}`) || bare.endsWith(`.${domain}`) || site(bare) === site(domain)
}
