import type { RunCounts, RunSummary } from '../../api.ts'
import { countOf } from '../figures.ts'
import { formatTime } from '../format.ts'

/** States of deliveries, in the order of bars and lists. */
export const KINDS = [
  'accepted',
  'failed',
  'unknown',
  'deferred',
  'skipped',
  'handed',
  'pending',
] as const satisfies readonly (keyof RunCounts)[]

export type Kind = (typeof KINDS)[number]

export const KIND_NAMES: Readonly<Record<Kind, string>> = {
  accepted: 'Accepted',
  failed: 'Refused',
  unknown: 'In doubt',
  deferred: 'Deferred',
  skipped: 'Skipped',
  handed: 'Under way',
  pending: 'Pending',
}

export const KIND_MEANINGS: Readonly<Record<Kind, string>> = {
  accepted: 'The server took the message over',
  failed: 'The server does not take mail for this address, or could not for too long',
  unknown: 'The connection broke before the answer: it may or may not have arrived, and is not sent again by itself',
  deferred: 'The server asked to try again later',
  skipped: 'Left the list since it was approved, or the send was cancelled',
  handed: 'On the wire right now',
  pending: 'Not tried yet',
}

const STATES: Readonly<Record<RunSummary['state'], string>> = {
  scheduled: 'Scheduled',
  sending: 'Sending',
  incomplete: 'Incomplete',
  paused: 'Paused',
  cancelled: 'Cancelled',
  finished: 'Sent',
}

/** How a send stands, in a few words. */
export function nameState({ state, transport }: RunSummary): string {
  return transport === 'inbox' && state === 'finished' ? 'Sent, rehearsed' : STATES[state]
}

/** Whether messages go out, and not only wait to be tried again. */
export function isUnderWay({ state, counts }: RunSummary): boolean {
  return state === 'sending' && counts.pending + counts.handed > 0
}

/** In a sentence or two: what is happening, and what the author may do. */
export function tellState(run: RunSummary): string {
  const { state, counts, startsAt } = run
  const left = counts.pending + counts.handed + counts.deferred
  switch (state) {
    case 'scheduled':
      return `It begins ${startsAt === undefined ? 'later' : formatTime(startsAt)}, when a process that waits for it is running.`
    case 'sending':
      return counts.pending + counts.handed === 0 && counts.deferred > 0
        ? `Everybody was tried. ${countOf(counts.deferred, 'reader')} will be tried again when the wait is over.`
        : ''
    case 'incomplete':
      return `${countOf(left, 'reader')} ${left === 1 ? 'has' : 'have'} not got it, and no process is sending. Nothing is lost: whoever has it does not get it again.`
    case 'paused':
      return `${countOf(left, 'reader')} ${left === 1 ? 'waits' : 'wait'}. Nothing goes out until it is resumed.`
    case 'cancelled':
      return `It was ended for good. ${countOf(counts.accepted, 'reader')} got it before.`
    case 'finished':
      return tellEnd(counts)
  }
}

function tellEnd({ failed, unknown }: RunCounts): string {
  if (failed + unknown === 0) return 'Everybody who was to get it has it.'
  const words = [
    failed === 0 ? '' : `${countOf(failed, 'reader')} ${failed === 1 ? 'was' : 'were'} refused.`,
    unknown === 0
      ? ''
      : `${countOf(unknown, 'reader')} may or may not have got it, and ${unknown === 1 ? 'is' : 'are'} not mailed again by itself.`,
  ]
  return words.filter((text) => text !== '').join(' ')
}

const STEPS: Readonly<Record<string, string>> = {
  approved: 'Approved',
  scheduled: 'Scheduled',
  moved: 'Put off',
  started: 'Begun',
  paused: 'Paused',
  resumed: 'Resumed',
  cancelled: 'Cancelled',
  retried: 'Refused ones tried again',
  resent: 'Doubtful ones sent again',
  'new-readers': 'New readers added',
  recovered: 'Found in doubt after a process died',
}

const HOW: Readonly<Record<string, string>> = {
  typed: 'the name was typed',
  flag: 'by a flag',
  command: 'by a command',
  studio: 'in the studio',
  serve: 'by serve',
}

interface StoryStep {
  readonly what: string
  readonly how?: string
  readonly detail?: string
}

/** One step of a send's story: its name, and what else is known of it. */
export function tellStep({ what, how, detail }: StoryStep): { readonly name: string; readonly more: string } {
  const more = [detail === undefined ? '' : tellDetail(detail), how === undefined ? '' : (HOW[how] ?? how)]
  return { name: STEPS[what] ?? what, more: more.filter((words) => words !== '').join(', ') }
}

/** A count, a time, or what was overridden (JSON list). */
function tellDetail(detail: string): string {
  if (/^\d+$/.test(detail)) return countOf(Number(detail), 'reader')
  if (/^\d{4}-\d\d-\d\dT/.test(detail)) return formatTime(detail)
  return detail.startsWith('[') ? `despite ${detail.replaceAll(/["[\]]/g, '').replaceAll(',', ', ')}` : detail
}

const REPLY_NAMES: Readonly<Record<string, string>> = {
  transient: 'Later',
  permanent: 'Refused',
  server: 'No service',
  unknown: 'In doubt',
  accepted: 'Accepted',
}

export function nameReply(kind: string): string {
  return REPLY_NAMES[kind] ?? kind
}

/** RFC 5321 §4.2.3. */
const CODES: Readonly<Record<number, string>> = {
  421: 'Service not available; it closes the connection',
  450: 'Mailbox not available now: busy, or held back for a first time (greylisting)',
  451: 'Error while processing, or held back for a first time (greylisting)',
  452: 'Out of storage, or too many recipients at a time',
  454: 'Login not possible for the moment',
  500: 'Command not understood',
  501: 'Arguments not understood',
  503: 'Commands in a wrong order',
  530: 'Login required',
  535: 'Wrong name or password',
  550: 'No such mailbox, or refused by policy',
  551: 'Mailbox is elsewhere',
  552: 'Over the quota, or too large',
  553: 'Name of the mailbox not allowed',
  554: 'Transaction failed, or refused by policy',
}

/** What a code says, whatever words the server has for it. */
export function explainReply(kind: string, code: number | undefined): string {
  const known = code === undefined ? undefined : CODES[code]
  if (known !== undefined) return known
  if (kind === 'unknown') return 'The connection broke before the answer'
  if (code === undefined) return 'The server could not be reached, or broke off'
  return code < 500 ? 'Try again later' : 'Refused'
}
