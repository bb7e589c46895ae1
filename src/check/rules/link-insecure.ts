import { z } from 'zod'
import { listAddresses } from '../addresses.ts'
import { readHost } from '../links.ts'
import { describeLocalHost } from '../local-host.ts'
import { quote } from '../quote.ts'
import { defineRule } from '../rule.ts'

export const linkInsecure = defineRule({
  id: 'link-insecure',
  severity: 'warning',
  needs: 'rendered',
  summary: 'Link or image without encryption',
  why: 'Browsers warn of pages that are fetched with `http:`, anyone on the way can read and change them, and many clients do not show such images. Nearly every site answers to `https:` as well. Addresses of one’s own machine are the matter of link-local.',
  remedy:
    'Write `https://` and try the link once. For a site that has no https, allow the rule in this issue with that reason, or list its host in the option `allow`.',
  reference: 'RFC 9110 §4.2.2; image proxies of mail clients refuse http',
  bad: '[The paper](http://arxiv.org/abs/2403.05530)',
  good: '[The paper](https://arxiv.org/abs/2403.05530)',
  options: z.strictObject({
    allow: z.array(z.string()).default([]).describe('Hosts that have no https: `old.example.org`.'),
  }),
  check({ issue, html, options, report }) {
    const allowed = new Set(options.allow.map((host) => host.toLowerCase()))
    for (const { url, place, kind } of listAddresses(issue, html)) {
      if (!/^http:/i.test(url)) continue
      const host = readHost(url)
      if (host === undefined || allowed.has(host) || describeLocalHost(host) !== undefined) continue
      report({ message: `The ${kind} ${quote(url)} is not encrypted.`, ...place })
    }
  },
})
