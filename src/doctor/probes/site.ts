import { defineProbe } from '../probe.ts'

export const site = defineProbe<'no-way-out' | 'mail-only' | 'local'>({
  id: 'site',
  group: 'Configuration',
  isOnline: false,
  blames: 'configuration',
  looksAt: 'Whether readers can unsubscribe: by a site with https, which one-click needs, or at least by mail.',
  faults: {
    'no-way-out': {
      level: 'problem',
      title: 'No way to unsubscribe',
      effect: '`send` refuses to mail a list that cannot be left, and the law of many countries forbids it.',
      remedy: "Set url to the site where `serve` answers, or unsubscribe: 'mailto'.",
      source: 'RFC 8058; CAN-SPAM 15 U.S.C. §7704(a)(3)',
    },
    'mail-only': {
      level: 'warning',
      title: 'Readers unsubscribe by mail alone',
      effect: 'Gmail and Yahoo ask bulk senders for one-click unsubscribe, which needs a site with https.',
      remedy: 'Run `serve` behind a web server with https, and set url to its address.',
      source: 'RFC 8058 §3.1; https://support.google.com/a/answer/81126',
    },
    local: {
      level: 'warning',
      title: 'A site on this machine',
      effect: 'Its links lead nowhere for readers.',
      remedy: 'Set url (LETTERPRESS_URL) to the https address that readers reach.',
      source: 'RFC 8058 §3.1',
    },
  },
  run: ({ newsletter: { url, leavesByMail } }, report) => {
    if (url !== undefined && !url.startsWith('https:')) return report.fault('local', { message: `url is ${url}.` })
    if (url !== undefined) return report.ok(`The site is ${url}, with https.`)
    if (leavesByMail) return report.fault('mail-only', { message: 'No url is set.' })
    return report.fault('no-way-out', { message: 'Neither url nor unsubscribe is set.' })
  },
})
