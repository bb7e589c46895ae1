import { defineProbe } from '../probe.ts'

export const imprint = defineProbe<'no-address' | 'no-reason'>({
  id: 'imprint',
  group: 'Configuration',
  isOnline: false,
  blames: 'configuration',
  looksAt: 'What the footer owes readers: a postal address, and why they get the mail.',
  faults: {
    'no-address': {
      level: 'problem',
      title: 'No postal address',
      effect: 'The law of many countries, the United States among them, asks for one in every such mail.',
      remedy: 'Set postalAddress; a post-office box will do.',
      source: 'CAN-SPAM 15 U.S.C. §7704(a)(5)(A)(iii)',
    },
    'no-reason': {
      level: 'warning',
      title: 'No word on why readers get the mail',
      effect: 'Readers who do not remember signing up report spam.',
      remedy: 'Set reason, such as "You signed up at news.example.com."',
      source: 'GDPR article 13; https://support.google.com/a/answer/81126',
    },
  },
  run: ({ newsletter: { postalAddress, reason } }, report) => {
    if (postalAddress === undefined) report.fault('no-address', { message: 'No postalAddress is set.' })
    if (reason === undefined) report.fault('no-reason', { message: 'No reason is set.' })
    if (postalAddress !== undefined && reason !== undefined)
      report.ok('The footer has a postal address, and says why readers get the mail.')
  },
})
