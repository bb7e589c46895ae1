import { defineProbe } from '../probe.ts'

export const resolver = defineProbe<'deaf'>({
  id: 'resolver',
  group: 'DNS',
  isOnline: true,
  blames: 'environment',
  looksAt: 'Whether the name server that is asked answers at all.',
  faults: {
    deaf: {
      level: 'problem',
      title: 'A name server that does not answer',
      effect: 'Nothing is known of SPF, DKIM, DMARC, MX and PTR. Your mail has no part in it.',
      remedy: 'See whether this machine is online, or ask another name server: --resolver 9.9.9.9.',
      source: 'resolv.conf(5)',
    },
  },
  run: async ({ dns }, report) => {
    const reason = await dns.deafness()
    if (reason === undefined) report.ok(`Asked is ${dns.place}.`)
    else report.fault('deaf', { message: `Asked was ${dns.place}, and ${reason}.` })
  },
})
