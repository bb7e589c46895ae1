import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AttemptKind, readFailure, type ServerFault } from '../../src/transport/index.ts'

type Stage = 'CONN' | 'AUTH PLAIN' | 'MAIL FROM' | 'RCPT TO' | 'DATA'
type Row = readonly [stage: Stage, reply: string, kind: AttemptKind, fault?: ServerFault]

const GMAIL = 'support.google.com/a/answer/3726730, read 2026-11-23'
const SES = 'docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html, read 2026-11-23'
const EXCHANGE = 'learn.microsoft.com/exchange/troubleshoot/send-emails/smtp-submission-improvements, read 2026-11-23'
const EXCHANGE_LOOP =
  'learn.microsoft.com/exchange/mail-flow-best-practices/continuous-error-throttling-smtp-auth-submissions'
const POSTFIX = 'Postfix 3.7 src/smtpd/smtpd.c'

/** Texts that servers give, by their source. */
const TABLE: Readonly<Record<string, readonly Row[]>> = {
  [GMAIL]: [
    ['RCPT TO', '550 5.4.5 Daily user sending limit exceeded. For more information, visit', 'server', 'quota'],
    ['DATA', '550-5.4.5 Daily SMTP relay sending limit exceeded for user.\n550 5.4.5 - gsmtp', 'server', 'quota'],
    ['DATA', '550 5.4.5 https://support.google.com/mail/?p=DailyLimitExceeded', 'server', 'quota'],
    ['RCPT TO', '450 4.2.1 Peak SMTP relay limit exceeded for customer. For more information', 'server', 'throttled'],
    [
      'DATA',
      '421-4.7.28 [192.0.2.7] Our system has detected an unusual rate of unsolicited mail\n421-4.7.28 originating from your IP address.\n421 4.7.28 - gsmtp',
      'server',
      'throttled',
    ],
    ['MAIL FROM', '451 4.7.28 rate limited', 'server', 'throttled'],
    ['CONN', '421 4.7.0 Try again later, closing connection.', 'server', 'throttled'],
    ['AUTH PLAIN', '454 4.7.0 Too many login attempts, please try again later.', 'server', 'throttled'],
    ['AUTH PLAIN', '454 4.7.0 Cannot authenticate due to temporary system problem. Try again later.', 'server', 'busy'],
    ['MAIL FROM', '421 4.3.0 Temporary System Problem. Try again later', 'server', 'busy'],
    ['CONN', '421 4.4.5 Server busy, try again later.', 'server', 'busy'],
    [
      'RCPT TO',
      '450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered.',
      'transient',
    ],
    ['RCPT TO', '450 4.2.1 The user you are trying to contact is receiving mail too quickly.', 'transient'],
    ['RCPT TO', '452 4.2.2 The email account that you tried to reach is over quota.', 'transient'],
    ['RCPT TO', '552 5.2.2 The email account that you tried to reach is over quota.', 'permanent'],
    ['RCPT TO', '452 4.5.3 Your message has too many recipients.', 'transient'],
  ],
  [SES]: [
    ['DATA', '454 Throttling failure: Maximum sending rate exceeded', 'server', 'throttled'],
    ['DATA', '454 Throttling failure: Daily message quota exceeded', 'server', 'quota'],
  ],
  [EXCHANGE]: [
    ['MAIL FROM', '432 4.3.2 Concurrent connections limit exceeded.', 'server', 'throttled'],
    ['MAIL FROM', '432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded', 'server', 'throttled'],
    [
      'DATA',
      '554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; Failed to process message',
      'server',
      'quota',
    ],
    ['DATA', '554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException', 'permanent'],
  ],
  [EXCHANGE_LOOP]: [
    ['DATA', '550 5.2.252 Sender throttled due to continuous send as denied errors.', 'server', 'throttled'],
  ],
  'Outlook.com: sendersupport.olc.protection.outlook.com; Exchange Online: suped.com, 2026-05': [
    ['RCPT TO', '451 4.7.500 Server busy. Please try again later from [203.0.113.10]. (S77714)', 'server', 'throttled'],
    ['MAIL FROM', '451 4.7.650 The mail server [192.0.2.7] has been temporarily rate limited', 'server', 'throttled'],
    ['DATA', '550 5.7.515 Access denied, sending domain example.com does not meet the required level', 'permanent'],
  ],
  'Yahoo: community.fortinet.com ta-p/380206; senders.yahooinc.com/smtp-error-codes': [
    [
      'MAIL FROM',
      '421 4.7.0 [TSS05] Messages from 192.0.2.7 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1',
      'server',
      'throttled',
    ],
    ['MAIL FROM', '421 Message from 192.0.2.7 temporarily deferred - 4.16.50', 'server', 'throttled'],
  ],
  [POSTFIX]: [
    ['CONN', '421 4.7.0 mail.example.com Error: too many connections from 192.0.2.7', 'server', 'throttled'],
    ['MAIL FROM', '450 4.7.1 Error: too much mail from 192.0.2.7', 'server', 'throttled'],
    ['RCPT TO', '450 4.7.1 Error: too many recipients from 192.0.2.7', 'server', 'throttled'],
    ['RCPT TO', '421 4.7.0 mail.example.com Error: too many errors', 'server', 'busy'],
    ['RCPT TO', '452 4.5.3 Error: too many recipients', 'transient'],
    ['RCPT TO', '450 4.1.1 <x@example.com>: Recipient address rejected: unverified address', 'transient'],
  ],
  'Postgrey and milter-greylist: postgrey(8); stwalkerster.co.uk/support/greylisted': [
    ['RCPT TO', '450 4.2.0 <x@example.com>: Recipient address rejected: Greylisted, see http://x', 'transient'],
    ['RCPT TO', '451 4.7.1 Greylisting in action, please come back in 00:04:51', 'transient'],
    ['RCPT TO', '451 4.7.1 Service unavailable - try again later', 'transient'],
    ['RCPT TO', '421 4.7.0 greylisted, come back later', 'server', 'busy'],
  ],
  'Mailgun: github.com/slco-2016/clientcomm/issues/380': [
    ['MAIL FROM', '421 #4.4.5 Too many connections from your host.', 'server', 'throttled'],
  ],
  'Barracuda and Postal: github.com/postalserver/postal/issues/495 and 1200': [
    ['MAIL FROM', '421 too many messages in one session', 'server', 'busy'],
    ['MAIL FROM', '421 too many emails per connection', 'server', 'busy'],
  ],
  'luxletter: github.com/in2code-de/luxletter/issues/247 (Exim smtp_accept_max)': [
    ['CONN', '421 Too many concurrent SMTP connections; please try again later.', 'server', 'throttled'],
  ],
  'Mailu: github.com/Mailu/Mailu/issues/2416': [
    ['RCPT TO', '450 4.7.1 You are sending too many emails too fast.', 'server', 'throttled'],
  ],
  'cPanel: portal.webpal.net/knowledgebase/71, hostking.host/knowledgebase/201204705': [
    [
      'DATA',
      '550 Domain example.com has exceeded the max emails per hour (200/200 (100%)) allowed.',
      'server',
      'quota',
    ],
    [
      'DATA',
      '550 Domain example.com has exceeded the max defers and failures per hour (5/5 (100%)) allowed.',
      'server',
      'quota',
    ],
  ],
  'SendGrid: docs.sendgrid.com, SMTP errors': [
    ['AUTH PLAIN', '451 Authentication failed: Maximum credits exceeded', 'server', 'quota'],
  ],
  'RFC 3463 and RFC 5321': [
    ['DATA', '452 4.3.1 Insufficient system storage', 'transient'],
    ['RCPT TO', '452 4.2.2 Mailbox full', 'transient'],
    ['RCPT TO', '550 5.7.1 Message rejected due to the rate limit policy of this domain', 'permanent'],
    ['DATA', '552 5.3.4 Message size exceeds fixed limit', 'server', 'size'],
    ['DATA', '552 5.2.3 Message length exceeds administrative limit', 'permanent'],
  ],
}

/** Of one reader, whatever the words remind of. */
const OWN: readonly Row[] = [
  ['RCPT TO', '552 5.2.122 The recipient has exceeded their limit', 'permanent'],
  ['RCPT TO', "450 4.2.1 Recipient's hourly limit of messages exceeded", 'transient'],
  ['RCPT TO', '452 4.2.2 Account quota exceeded', 'transient'],
  ['RCPT TO', '452 account quota exceeded', 'transient'],
  ['RCPT TO', '552 account quota exceeded', 'permanent'],
  ['DATA', '552 5.2.3 Message exceeds the account limit', 'permanent'],
  ['RCPT TO', '452 4.5.3 Daily limit for incoming mail reached', 'transient'],
  ['DATA', '554 5.7.1 Your monthly newsletter is not allowed here', 'permanent'],
  ['RCPT TO', '452 Too many messages in this mailbox', 'transient'],
  ['RCPT TO', '451 4.3.0 <throttle@example.com>: Temporary lookup failure', 'transient'],
  ['RCPT TO', '451 4.3.0 <Rate.Limit.Exceeded@EXAMPLE.com>: lookup of rate.limit.exceeded failed', 'transient'],
  ['RCPT TO', '450 see https://example.com/?user=daily-quota-exceeded%40example.com', 'transient'],
  ['RCPT TO', '450 mx.too-many-connections.example says wait', 'transient'],
  ['RCPT TO', "451 4.3.0 'Throttled' (<throttled>) cannot be looked up", 'transient'],
]
/** Of the sender, although the codes are a mailbox's or an address's. */
const SENDERS: readonly Row[] = [
  [
    'RCPT TO',
    "550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients",
    'server',
    'quota',
  ],
  ['DATA', '550 5.2.251 Sender throttled', 'server', 'throttled'],
]

test.for([...OWN, ...SENDERS])('%s: %s is %s %s', ([command, response, kind, fault]) => {
  const addresses = [
    'news@example.com',
    'rate.limit.exceeded@example.com',
    'x@too-many-connections.example',
    'throttled@example.com',
  ]
  const attempt = readFailure({ command, response }, command === 'DATA', addresses)
  expect({ kind: attempt.kind, fault: attempt.fault }).toEqual({ kind, fault })
})

test('what a reader is called says nothing about the sender, wherever the server repeats it', () => {
  const replies = Object.values(TABLE).flat()
  const words = [...new Set(replies.flatMap(([, reply]) => reply.match(/[a-z]{3,}/gi) ?? []))]
  const local = fc
    .array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 })
    .chain((parts) => fc.constantFrom('.', '-', '_', '+').map((glue) => parts.join(glue)))
    .filter((name) => name.length <= 64)
  const shapes = ['451 4.3.0 <%a>: lookup failed', '550 no such user %l here', '450 %a', '452 mailbox of %l@mx: busy']
  fc.assert(
    fc.property(local, fc.constantFrom(...shapes), fc.boolean(), (name, shape, isUpper) => {
      const read = (address: string) => {
        const said = isUpper ? address.toUpperCase() : address
        const response = shape.replace('%a', said).replace('%l', said.split('@')[0] ?? '')
        const { text: _, ...told } = readFailure({ command: 'RCPT TO', response }, false, [address])
        return told
      }
      expect(read(`${name}@example.com`)).toEqual(read('somebody.else@example.com'))
    }),
  )
})

test.for([
  ['454 Throttling failure: Daily message quota exceeded', 'quota'],
  ['550 5.4.5 Daily user sending limit exceeded', 'quota'],
  ['550 Domain example.com has exceeded the max emails per hour (200/200 (100%)) allowed.', 'quota'],
  ['451 4.7.500 Server busy. Please try again later', 'throttled'],
  ['450 4.7.1 Error: too much mail from 192.0.2.7', 'throttled'],
  ['450 4.2.1 Peak SMTP relay limit exceeded for customer', 'throttled'],
] as const)('a sender called like a word of the server hides none of its words: %s', ([response, fault]) => {
  for (const name of new Set(response.toLowerCase().match(/[a-z]+/g))) {
    const attempt = readFailure({ command: 'DATA', response }, true, [
      `${name}@news.example.net`,
      `${name}@example.org`,
    ])
    expect(attempt, name).toMatchObject({ kind: 'server', fault })
  }
})

test('what is told in answer to one reader is marked so, unless the session ends with it', () => {
  const told = (command: string, response: string) => readFailure({ command, response }, command === 'DATA').isToldOfOne
  expect(told('RCPT TO', '550 5.4.5 Daily user sending limit exceeded')).toBe(true)
  expect(told('DATA', '454 Throttling failure: Daily message quota exceeded')).toBe(true)
  expect(told('MAIL FROM', '451 4.7.28 rate limited')).toBeUndefined()
  expect(told('RCPT TO', '421 4.7.28 rate limited')).toBeUndefined()
})

describe.for(Object.entries(TABLE))('%s', ([, rows]) => {
  test.for(rows)('%s: %s is %s %s', ([command, response, kind, fault]) => {
    const attempt = readFailure({ command, response }, command === 'DATA')
    expect({ kind: attempt.kind, fault: attempt.fault }).toEqual({ kind, fault })
  })
})

test.for([
  ['451 4.7.1 Greylisted, please try again in 5 minutes', 300_000],
  ['450 4.2.0 retry after 300 seconds', 300_000],
  ['451 4.7.1 Greylisting in action, please come back in 00:04:51', 291_000],
  ['451 4.7.1 please wait 1 hour', 3_600_000],
  ['451 4.7.1 Greylisted, see http://example.com or wait 300 seconds', 300_000],
  ['450 4.2.0 Sender address rejected: Greylisted for 60 sec.', 60_000],
  ['451 Try again in 1 hour, 5 minutes and 3 seconds', 3_903_000],
  ['451 try again in an hour', 3_600_000],
  ['451 Please retry in at least 10m', 600_000],
  ['421 4.7.0 deferred, try again in 2 days', 86_400_000],
  ['451 try again in 999999 days', 86_400_000],
  ['451 4.7.1 try again later', undefined],
  ['451 try again in 0 seconds', undefined],
  ['451 4.7.1 you sent too many messages in 1 hour', undefined],
  ['451 try again later, the limit is 100 messages in 1 hour', undefined],
  ['451 try again; 100 in 1 hour', undefined],
  ['550 5.1.1 no such user, do not try again in 5 minutes', undefined],
] as const)('%s: %d ms', ([response, ms]) => {
  expect(readFailure({ command: 'RCPT TO', response }, false).retryAfterMs).toBe(ms)
})

test('a reply made to keep a reader of words busy is read at once', () => {
  for (const part of ['try again ', 'wait wait for ', 'quota daily ', 'rate ', 'in 1 h, and 1 h ', 'too many ']) {
    const response = `451 ${part.repeat(50_000)}`
    expect(readFailure({ command: 'RCPT TO', response }, false).text.length).toBeLessThanOrEqual(20_480)
  }
})
