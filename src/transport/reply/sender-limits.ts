/** What slows this sender down as a whole; `session`: only this connection is over. */
export type SenderLimit = 'throttled' | 'quota' | 'session' | 'recipient'

interface Row {
  /** Over `<code> <enhanced code> <text>`, in lower case. */
  readonly pattern: RegExp
  readonly means: SenderLimit
}

/**
 * Replies whose words say more than their codes; the first row that matches counts. Words never make a delivery fail or
 * succeed: they only tell a limit of the sender, after which the run waits, from a refusal of one reader.
 * Texts of each provider, with their sources, are in test/transport/sender-limits.test.ts.
 */
const ROWS: readonly Row[] = [
  // Two that come with codes of a mailbox (RFC 3463 §3.3) and mean the sender: Gmail's relay, and Exchange.
  { pattern: /peak smtp relay limit/, means: 'throttled' },
  { pattern: /submissionquotaexceeded/, means: 'quota' },
  { pattern: /^550 5\.2\.25\d .*sender throttled/, means: 'throttled' },
  // Whatever the words: an address (x.1.y; 5.1.90 is Exchange's "your message can't be sent because you've reached your
  // daily limit for message recipients") and a mailbox are the reader's.
  { pattern: /^[45]\d\d [45]\.(?:1\.(?!90 )|2\.)/, means: 'recipient' },
  // One reader whose mailbox gets, or holds, too much.
  {
    pattern:
      /user you are trying to contact|recipient'?s? (?:mailbox|inbox|account|quota|limit)|(?:mailbox|account|disk|storage|user'?s?) (?:is )?(?:full|over (?:its )?quota|quota)|(?:in|for|of) (?:this|that|the|your) (?:mailbox|recipient|user)\b/,
    means: 'recipient',
  },
  {
    pattern: /\b(?:incoming|inbound|receiv(?:e|es|ing|ed))\b.{0,30}(?:limit|quota|mails?|messages?|rate)/,
    means: 'recipient',
  },
  { pattern: /gr[ae]y-?list/, means: 'recipient' },
  // Postfix smtpd_hard_error_limit and relays that count messages per session: the next connection is as good as new.
  { pattern: /too many (?:errors|protocol errors|unknown commands)/, means: 'session' },
  {
    pattern:
      /(?:messages?|mails?|emails?|transactions|recipients).{0,20}(?:(?:per|in one|this|in this|single) (?:session|connection))/,
    means: 'session',
  },
  // Gmail: rolling 24 hours; the codes of RFC 3463 mean congestion, which no relay says at RCPT or the dot.
  { pattern: /^\d{3} [45]\.4\.5 .*(?:limit|quota)/, means: 'quota' },
  {
    pattern: /(?:daily|hourly|monthly|24.hour|per[- ](?:day|hour|month)).{0,60}(?:quota|limit|exceeded|\) allowed)/,
    means: 'quota',
  },
  {
    pattern: /(?:quota|limit|exceeded|allowed).{0,60}(?:daily|hourly|monthly|per[- ](?:day|hour|month))/,
    means: 'quota',
  },
  {
    pattern: /(?:sending|sender|submission|relay(?:ing)?|outbound|outgoing) (?:quota|limit)s?\b/,
    means: 'quota',
  },
  {
    pattern: /exceeded the max (?:emails|defers)|maximum credits exceeded|(?:credits?|quota) (?:exhausted|used up)/,
    means: 'quota',
  },
]

/** Only for 4xx replies: the same words in a 5xx are a refusal for good. */
const THROTTLES: readonly RegExp[] = [
  // Gmail; Outlook.com 4.7.500 "Server busy", 4.7.650 and 4.7.651.
  /^\d{3} 4\.7\.(?:28|500|65\d) /,
  /\[tss?\d+\]|temporarily deferred due to|- 4\.16\.5\d/,
  /throttl|rate.{0,3}limit|(?:limit|restrict)\w* .{0,20}\brate\b|\brate .{0,40}(?:exceed|limit|too)|unusual rate|slow(?:ing)? down/,
  /too (?:many|much) (?:concurrent |simultaneous |new |tls |smtp |email )*(?:connections|sessions|messages|mails?|emails|requests|logins?|auth)/,
  /too many recipients from|too fast|(?:concurrent|simultaneous) connections|connections? (?:rate|limit)|sender thread limit|peak smtp relay limit/,
]
/** Whether a 4xx or 5xx reply speaks of a limit of this sender. @param text - without control characters. */
export function findSenderLimit(code: number, enhancedCode: string | undefined, text: string): SenderLimit | undefined {
  const words = text.replace(/^\d{3}[ -]?(?:[245]\.\d{1,3}\.\d{1,3}\b)?/, '').trim()
  const line = `${code} ${enhancedCode ?? '-'} ${words} `.toLowerCase()
  const row = ROWS.find(({ pattern }) => pattern.test(line))
  const isThrottled = code < 500 && THROTTLES.some((pattern) => pattern.test(line))
  // A rate looks like a quota.
  if (isThrottled && row?.means === 'quota' && /\brate\b/.test(line)) return 'throttled'
  if (row) return row.means
  if (isThrottled) return 'throttled'
  // A 421 for reasons of policy ends the session for everybody (RFC 3463 §3.8).
  return code === 421 && enhancedCode?.startsWith('4.7.') ? 'throttled' : undefined
}
