import type { Attempt, SmtpInspection } from '../../transport/index.ts'
import { defineProbe, type Report } from '../probe.ts'

const NOTHING = '`test` and `send` stop before the first message; nothing is lost.'

type Id =
  | 'none'
  | 'unreachable'
  | 'expired'
  | 'wrong-name'
  | 'untrusted'
  | 'stripped'
  | 'tls'
  | 'login'
  | 'no-login'
  | 'busy'

export const smtp = defineProbe<Id>({
  id: 'smtp',
  group: 'SMTP',
  isOnline: false,
  blames: 'environment',
  looksAt:
    'Whether the SMTP server can be reached, speaks TLS with a valid certificate, and takes the login. No message is begun.',
  faults: {
    none: {
      level: 'warning',
      title: 'No SMTP server',
      effect: 'Mail goes into the embedded inbox on this machine, and nobody receives it.',
      remedy: 'Set SMTP_URL in .env, such as smtps://user:password@smtp.example.com:465.',
      source: 'docs/config.md',
    },
    unreachable: {
      level: 'problem',
      title: 'A server that cannot be reached',
      effect: NOTHING,
      remedy:
        'Check host and port in SMTP_URL. Many networks and hosting companies block ports 25, 465 and 587 until one asks.',
      source: 'RFC 8314 §3.3',
    },
    expired: {
      level: 'problem',
      title: 'A certificate that is out of date',
      effect: `Neither login nor message goes to such a server. ${NOTHING}`,
      remedy:
        'Renew the certificate of the server. If it is not yours, tell its owner. A wrong clock here looks the same.',
      source: 'RFC 5280 §4.1.2.5',
    },
    'wrong-name': {
      level: 'problem',
      title: 'A certificate for another name',
      effect: `Neither login nor message goes to such a server. ${NOTHING}`,
      remedy: 'Write the name that the certificate is for into SMTP_URL, or get one for this name.',
      source: 'RFC 9525 §6',
    },
    untrusted: {
      level: 'problem',
      title: 'A certificate that nobody vouches for',
      effect: `Neither login nor message goes to such a server. ${NOTHING}`,
      remedy:
        'Get a certificate of a public authority for the server, with all that lie between; or name the file of your own authority in NODE_EXTRA_CA_CERTS.',
      source: 'RFC 5280 §6; https://nodejs.org/api/cli.html#node_extra_ca_certsfile',
    },
    stripped: {
      level: 'problem',
      title: 'No STARTTLS',
      effect: `Something takes TLS away: the server is wrongly set up, or somebody listens in between. ${NOTHING}`,
      remedy:
        'Use smtps:// with port 465, where there is nothing to take away, or ask the service which port has STARTTLS.',
      source: 'RFC 8314 §3.3; RFC 3207 §6',
    },
    tls: {
      level: 'problem',
      title: 'TLS that does not come about',
      effect: NOTHING,
      remedy: 'smtps:// is TLS from the start (465), smtp:// asks for it with STARTTLS (587). TLS 1.2 is the least.',
      source: 'RFC 8314 §3.3; RFC 8996',
    },
    login: {
      level: 'problem',
      title: 'A login that is refused',
      effect: NOTHING,
      remedy:
        'Check user and password in SMTP_URL; write @ as %40 and % as %25 there. Many services want a password made for programs, not that of the account.',
      source: 'RFC 4954 §6',
    },
    'no-login': {
      level: 'warning',
      title: 'A login that the server does not offer',
      effect: 'The password was not told. The server may refuse the first message.',
      remedy: 'Check the port: most servers take logins on 465 and 587 only.',
      source: 'RFC 4954 §3; RFC 6409 §3.1',
    },
    busy: {
      level: 'problem',
      title: 'A server that refuses for now',
      effect: NOTHING,
      remedy: 'Try again in a few minutes. If it stays, the words of the server say what it wants.',
      source: 'RFC 5321 §4.2',
    },
  },
  run: async ({ smtp: inspect, newsletter }, report) => {
    const seen = await inspect()
    if (!seen) return report.fault('none', { message: 'SMTP_URL is not set.' })
    if (seen.attempt.kind !== 'accepted') {
      return report.fault(nameFault(seen.attempt), { message: `${seen.place} ${explain(seen.attempt)}` })
    }
    report.ok(
      `${seen.place} answers${seen.tls ? `, with ${seen.tls.version}` : ', in clear, as it may on this machine'}.`,
    )
    return tellLogin(seen, newsletter.smtp?.url ?? '', report)
  },
})

function tellLogin({ place, isLoggedIn }: SmtpInspection, url: string, report: Report<Id>): void {
  const hasLogin = URL.canParse(url) && new URL(url).username !== ''
  if (isLoggedIn) report.ok('It takes the login.')
  else if (hasLogin) report.fault('no-login', { message: `SMTP_URL has a user, and ${place} offers no login.` })
  else report.ok('It asks for no login, and SMTP_URL has none.')
}

// What OpenSSL, Node and servers say of a certificate, which the codes of the attempt do not tell apart.
function nameFault({ fault, code, text }: Attempt): Id {
  if (fault === 'login') return 'login'
  if (fault === 'connection') return 'unreachable'
  if (fault !== 'tls') return 'busy'
  if (/expired|not yet valid/i.test(text)) return 'expired'
  if (/altnames|does not match/i.test(text)) return 'wrong-name'
  if (/self[- ]signed|unable to (?:get|verify)|unknown (?:ca|authority)/i.test(text)) return 'untrusted'
  return code !== undefined || /STARTTLS|not secure/i.test(text) ? 'stripped' : 'tls'
}

/** What became of the connection, as the end of a sentence; the words of the server or of the system with it. */
function explain({ code, text }: Attempt): string {
  const words = /[.!?]$/.test(text) ? text : `${text}.`
  if (code !== undefined) return `answered: ${words}`
  if (text.includes('ECONNREFUSED')) return `takes no connection; nothing listens there: ${words}`
  if (/ENOTFOUND|EAI_AGAIN/.test(text)) return `has a name that cannot be resolved: ${words}`
  return `cannot be used: ${words}`
}
