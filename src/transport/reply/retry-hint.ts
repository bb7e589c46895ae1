const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const MAX_MS = 86_400_000
const AMOUNT = String.raw`(?:(?:\d{1,6}|an?|one) ?(?:seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?)\b)`
/** A word of waiting, then, in the same clause, how long: other times in a reply are limits ("100 in 1 hour"). */
const HINT = new RegExp(
  String.raw`\b(?:again|retry|retrying|retried|come back|wait|resend|reconnect|delayed|deferred|gr[ae]y-?listed|gr[ae]y-?listing)\b` +
    String.raw`[^.,;!()\d]{0,40}?\b(?:(?:in|after|for|least|wait|about|another):? )+` +
    String.raw`(?:(\d{1,2}):(\d{2}):(\d{2})\b|(${AMOUNT}(?:(?:,? and |,? )${AMOUNT}){0,2}))`,
)

/**
 * How long a server asks to wait, from its English words: `try again in 5 minutes`, `come back in 00:04:51`.
 *
 * @returns milliseconds, at most 24 hours; undefined when it does not say.
 */
export function findRetryHint(text: string): number | undefined {
  // `wait 1 hour` has no preposition between.
  const words = text
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\bwait (?=\d|an? |one )/g, 'wait for ')
  const [, hours, minutes, seconds, amounts] = HINT.exec(words) ?? []
  const ms = amounts
    ? sum(amounts)
    : Number(hours ?? 0) * 3_600_000 + Number(minutes ?? 0) * 60_000 + Number(seconds ?? 0) * 1000
  return ms > 0 ? Math.min(ms, MAX_MS) : undefined
}

function sum(amounts: string): number {
  let ms = 0
  for (const [, count = '', unit = ''] of amounts.matchAll(/(\d+ ?|\b(?:an?|one) )([a-z])[a-z]*/g))
    ms += (/\d/.test(count) ? Number(count) : 1) * (UNIT_MS[unit] ?? 0)
  return ms
}
