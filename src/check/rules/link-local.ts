import { z } from 'zod'
import { listAddresses } from '../addresses.ts'
import { readHost } from '../links.ts'
import { describeLocalHost } from '../local-host.ts'
import { quote } from '../quote.ts'
import { defineRule } from '../rule.ts'

export const linkLocal = defineRule({
  id: 'link-local',
  severity: 'error',
  needs: 'rendered',
  summary: 'Link or image that only your own network can reach',
  why: 'It works on the machine it was written on and nowhere else: localhost, addresses of a local network, names without a dot, and names that end in `.local`, `.internal`, `.localhost` or `.test`. Pages of the newsletter itself are left out while its `url` is such an address, so that everything can be tried out on one machine.',
  remedy: 'Link to the public address of the page.',
  reference: 'RFC 6761 and 6762 (special-use names); RFC 1918, 4193, 6598 (local addresses)',
  bad: '[The results](http://localhost:3000/results)',
  good: '[The results](https://lab.example.com/results)',
  options: z.strictObject({}),
  check({ issue, html, newsletter, report }) {
    const site = newsletter?.url === undefined ? undefined : readHost(newsletter.url)
    for (const { url, place, kind } of listAddresses(issue, html)) {
      const host = readHost(url)
      const reason = host === undefined || host === site ? undefined : describeLocalHost(host)
      if (reason === undefined) continue
      report({ message: `The ${kind} ${quote(url)} cannot be reached by readers: ${host} ${reason}.`, ...place })
    }
  },
})
