import { z } from 'zod'
import { decodeWords } from '../../message/index.ts'
import { isPlainAddress, readAddresses } from '../mailboxes.ts'
import { type MessageField, placeField, viewMessage } from '../message-view.ts'
import { quote } from '../quote.ts'
import { defineRule } from '../rule.ts'

/** What is wrong with a value; undefined when nothing is. */
type Judge = (field: MessageField) => string | undefined

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
/** RFC 5322 §3.3, without the obsolete forms. */
const DATE =
  /^(?:(Sun|Mon|Tue|Wed|Thu|Fri|Sat),\s+)?(\d{1,2})\s+(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s+(\d{4})\s+(\d\d):(\d\d)(?::(\d\d))?\s+([+-]\d{4})(?:\s+\([^()]*\))?$/
const ATOMS = String.raw`[\w!#$%&'*+\-/=?^\`{|}~]+(?:\.[\w!#$%&'*+\-/=?^\`{|}~]+)*`
const MESSAGE_ID = new RegExp(String.raw`^<${ATOMS}@(?:${ATOMS}|\[[^\[\]\s]+\])>$`)
const LIST_ID = new RegExp(String.raw`^[^<>]*<${ATOMS}>$`)
/** Google reads no identifiers longer than this (inbox rules of 14016360). */
const MAX_MESSAGE_ID = 500

const JUDGES: Readonly<Record<string, Judge>> = {
  from: ({ value }) => {
    const addresses = readAddresses(value)
    if (addresses.length === 0) return 'names nobody'
    if (addresses.length > 1) return `names ${addresses.length} addresses; there must be one`
    return judgeAddresses(value)
  },
  sender: ({ value }) => judgeAddresses(value),
  'reply-to': ({ value }) => judgeAddresses(value),
  to: ({ value }) => (readAddresses(value).length === 0 ? 'names nobody' : judgeAddresses(value)),
  subject: ({ value }) => (decodeWords(value).trim() === '' ? 'is empty' : undefined),
  date: judgeDate,
  'message-id': ({ value }) => {
    if (value.length > MAX_MESSAGE_ID) return `has ${value.length} characters; ${MAX_MESSAGE_ID} are the most`
    return MESSAGE_ID.test(value) ? undefined : 'is no identifier of the form <left@right>'
  },
  // A bracket in a quoted name is no bracket.
  'list-id': ({ value }) =>
    LIST_ID.test(value.replaceAll(/"(?:[^"\\]|\\.)*"/g, '')) && value.includes('.', value.lastIndexOf('<'))
      ? undefined
      : 'has no <name.of.the.list> at its end',
  'feedback-id': ({ value }) => {
    const parts = value.split(':')
    return parts.length === 4 && /^[\w.-]{5,15}$/.test(parts[3]?.trim() ?? '')
      ? undefined
      : 'is not a:b:c:sender with a sender of 5 to 15 characters'
  },
}

export const headerSyntax = defineRule({
  id: 'header-syntax',
  severity: 'error',
  needs: 'message',
  summary: 'Header field that does not follow its grammar',
  why: 'Gmail refuses messages whose From names nobody or several addresses, and whose Date or Message-ID it cannot read; a List-Id or Feedback-ID out of form is ignored, and with it the statistics it is for.',
  remedy: 'Write the field as its grammar asks.',
  reference: 'RFC 5322 §3.3, §3.4 and §3.6; RFC 2919 §3; Google 81126 and 6254652 (Feedback-ID)',
  bad: 'Date: 15.03.2024 09:00',
  good: 'Date: Fri, 15 Mar 2024 09:00:00 +0000',
  options: z.strictObject({}),
  check({ message, report }) {
    const view = viewMessage(message)
    for (const field of view.root.fields) {
      const trouble = JUDGES[field.key]?.(field)
      if (trouble !== undefined) {
        report({ message: `${field.name} ${trouble}: ${quote(field.value)}.`, ...placeField(view, field) })
      }
    }
  },
})

function judgeAddresses(value: string): string | undefined {
  const broken = readAddresses(value).find(({ address }) => !isPlainAddress(address))
  return broken ? 'holds what is no address' : undefined
}

function judgeDate({ value }: MessageField): string | undefined {
  const [, weekday, day, month, year, hour, minute, second] = DATE.exec(value) ?? []
  if (day === undefined) return 'is no date of the form "Fri, 15 Mar 2024 09:00:00 +0000"'
  const at = new Date(`${day} ${month} ${year} 00:00:00 UTC`)
  const isThere = at.getUTCDate() === Number(day) && isTime(Number(hour), Number(minute), Number(second ?? 0))
  if (!isThere) return 'names a moment that does not exist'
  const right = DAYS[at.getUTCDay()]
  return weekday === undefined || weekday === right ? undefined : `was a ${right ?? ''}`
}

// A minute may have a leap second.
function isTime(hour: number, minute: number, second: number): boolean {
  return hour <= 23 && minute <= 59 && second <= 60
}
