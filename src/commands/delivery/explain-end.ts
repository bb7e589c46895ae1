import { shortenWords } from './shorten-words.ts'
import type { RunEnd, RunStatus } from '../../delivery/index.ts'
import { describeLimit } from './limits.ts'

/** Why a send stopped before everybody was served, and what to do. */
export function explainEnd(end: RunEnd, status: RunStatus, slug: string): string[] {
  const lines = explainWhy(end, status, slug)
  if (end.kind === 'limited') lines.push('`letterpress send` goes on then; with --wait it waits.')
  return [...lines, ...explainLeft(end, status)]
}

/** Why it stopped; nothing for one that is done, or whose error is told. */
export function explainWhy(end: RunEnd, { skipped }: Pick<RunStatus, 'skipped'>, slug: string): string[] {
  const lines: string[] = []
  if (end.kind === 'interrupted') lines.push('Stopped as asked.')
  if (end.kind === 'server') lines.push(`The server refuses or is away: ${shortenWords(end.attempt)}`)
  if (end.kind === 'broken-off') lines.push(...explainBrokenOff(end, slug))
  if (end.kind === 'later') {
    lines.push(`The server takes no more for now: ${shortenWords(end.attempt)}`)
    lines.push(`Nothing is wrong with your readers. It may take the rest from ${end.dueAt.toISOString()} on.`)
  }
  if (end.kind === 'limited') {
    lines.push(`Stopped: ${describeLimit(end)} are used up until ${end.until.toISOString()}.`)
  }
  if (end.kind === 'refusals') {
    lines.push(`Stopped: the server refuses one reader after the other: ${shortenWords(end.attempt)}`)
    lines.push(
      'That is more likely its settings than your readers: they stay pending, and nobody was suppressed for it.',
    )
  }
  if (end.kind === 'unknowns') {
    lines.push(`Stopped: ${end.count} connections were lost right after a message: ${shortenWords(end.attempt)}`)
    lines.push('See what is wrong with the server or the way to it before you go on: each costs one more in doubt.')
  }
  if (end.kind === 'paused') lines.push(`Paused: \`letterpress resume ${slug}\` goes on.`)
  if (end.kind === 'cancelled') lines.push(`Cancelled: ${skipped} are skipped.`)
  return lines
}

function explainBrokenOff(
  { attempt, count, readers }: RunEnd & { readonly kind: 'broken-off' },
  slug: string,
): string[] {
  const who = count === 1 ? 'Only 1 reader is' : `Only ${count} readers are`
  const more = count > readers.length ? ` and ${count - readers.length} more` : ''
  return [
    `${who} still pending: the server took the others, and breaks off when it hears of ${count === 1 ? 'this one' : 'these'}: ${shortenWords(attempt)}`,
    `${count === 1 ? 'It is' : 'They are'} ${readers.join(', ')}${more}; \`letterpress status ${slug} --who pending\` lists ${count === 1 ? 'the address' : 'them'}. Nobody is marked for it.`,
  ]
}

function explainLeft(end: RunEnd, { deferred, unknown, pending }: RunStatus): string[] {
  const lines: string[] = []
  if (end.kind === 'paused') lines.push(`${pending + deferred} are left.`)
  else if (pending > 0) lines.push(`${pending} were not sent. Run \`letterpress send\` again for them.`)
  if (deferred > 0 && end.kind !== 'paused') {
    const due = end.kind === 'done' && end.dueAt ? `, the first at ${end.dueAt.toISOString()}` : ''
    lines.push(`${deferred} were deferred by the server and are due later${due}. Run \`letterpress send\` again then.`)
  }
  if (unknown > 0) {
    lines.push(
      `${unknown} may or may not have arrived: the connection was lost after the message. Most such messages arrive. ` +
        'They are not sent again, unless you say so with `--unknown resend`.',
    )
  }
  return lines
}
