import { isAscii } from 'node:buffer'
import { defineProbe } from '../probe.ts'

export const smtpExtensions = defineProbe<'too-large' | 'no-smtputf8' | 'no-pipelining'>({
  id: 'smtp-extensions',
  group: 'SMTP',
  isOnline: false,
  blames: 'environment',
  looksAt:
    'What the SMTP server can carry: the largest message of all issues (SIZE), addresses in any script (SMTPUTF8), commands in one go (PIPELINING).',
  faults: {
    'too-large': {
      level: 'problem',
      title: 'A message larger than the server takes',
      effect: 'The server refuses it, and `send` stops at the first message.',
      remedy:
        'Make the images of the issue smaller, or set url, so that they are read from the site and not carried along.',
      source: 'RFC 1870 §6',
    },
    'no-smtputf8': {
      level: 'note',
      title: 'No SMTPUTF8',
      effect: 'Readers with letters beyond ASCII before the @ get nothing; the ledger says so. There are few of them.',
      remedy: 'Nothing, as long as the list has no such address.',
      source: 'RFC 6531 §3.2',
    },
    'no-pipelining': {
      level: 'note',
      title: 'No PIPELINING',
      effect: 'Each message takes two round trips more.',
      remedy: 'Nothing; with many readers, more connections (smtp.connections) make up for it.',
      source: 'RFC 2920 §3.1',
    },
  },
  run: async ({ smtp, services }, report) => {
    const seen = await smtp()
    if (!seen?.offers) return
    const { maxBytes, smtpUtf8, pipelining } = seen.offers
    const largest = await services.largestMessage()
    if (largest) {
      const { raw } = largest.message
      const size = `The largest message, that of ${largest.issue}, has ${format(raw.length)} bytes`
      if (maxBytes !== undefined && raw.length > maxBytes) {
        report.fault('too-large', { message: `${size}, and ${seen.place} takes ${format(maxBytes)} at most.` })
      } else
        report.ok(
          `${size}${maxBytes === undefined ? '; the server names no limit' : `, of ${format(maxBytes)} that the server takes`}${isAscii(raw) ? '' : ', 8-bit'}.`,
        )
    }
    if (!smtpUtf8) report.fault('no-smtputf8', { message: `${seen.place} does not offer SMTPUTF8.` })
    if (!pipelining) report.fault('no-pipelining', { message: `${seen.place} does not offer PIPELINING.` })
    if (smtpUtf8 && pipelining) report.ok('It offers SMTPUTF8 and PIPELINING.')
  },
})

function format(bytes: number): string {
  return bytes.toLocaleString('en')
}
