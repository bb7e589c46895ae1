import { defineProbe } from '../probe.ts'

const DAY_MS = 86_400_000
const SOON_DAYS = 14

export const smtpCertificate = defineProbe<'ends-soon'>({
  id: 'smtp-certificate',
  group: 'SMTP',
  isOnline: false,
  blames: 'environment',
  looksAt: `How long the certificate of the SMTP server is still valid: it warns ${SOON_DAYS} days before.`,
  faults: {
    'ends-soon': {
      level: 'warning',
      title: 'A certificate that ends soon',
      effect: 'After that day no login and no message goes to the server any more.',
      remedy:
        'If the server is yours, see why the certificate is not renewed. If not, its owner most likely does it in time.',
      source: 'RFC 5280 §4.1.2.5',
    },
  },
  run: async ({ smtp, clock }, report) => {
    const seen = await smtp()
    const end = seen?.tls?.validUntil
    if (!seen || !end) return
    const days = Math.floor((end.getTime() - clock.now().getTime()) / DAY_MS)
    const date = end.toISOString().slice(0, 10)
    const issuer = seen.tls?.issuer ? `, issued by ${seen.tls.issuer}` : ''
    if (days >= SOON_DAYS) report.ok(`Its certificate is valid until ${date}${issuer}.`)
    else
      report.fault('ends-soon', {
        message: `The certificate of ${seen.place} is valid until ${date}${issuer}, ${days} days more.`,
      })
  },
})
