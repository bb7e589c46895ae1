import { z } from 'zod'
import { listLinks, readHost } from '../links.ts'
import { quote } from '../quote.ts'
import { defineRule } from '../rule.ts'
import hosts from './shortener-hosts.json' with { type: 'json' }

const SHORTENERS: ReadonlySet<string> = new Set(hosts)

export const linkShortener = defineRule({
  id: 'link-shortener',
  severity: 'warning',
  needs: 'rendered',
  summary: 'Shortened link',
  why: 'A shortened link hides where it leads. Spammers use them for that, so filters count them against a mail, and the link dies with the service. Only hosts on the list are reported, never hosts that look like one.',
  remedy: 'Use the address it leads to. A short domain of your own goes into the option `allow`.',
  reference: 'SpamAssassin, rule HAS_SHORT_URL (plugin DecodeShortURLs)',
  bad: '[The paper](https://bit.ly/3xYzAbC)',
  good: '[The paper](https://arxiv.org/abs/2403.05530)',
  options: z.strictObject({
    allow: z
      .array(z.string())
      .default([])
      .describe('Hosts that may be linked to, as they stand in the link: `amzn.to`.'),
  }),
  check({ issue, html, options, report }) {
    const allowed = new Set(options.allow.map((host) => readSite(`https://${host}`)))
    for (const { url, place } of listLinks(issue, html)) {
      const host = readSite(url)
      if (host === undefined || !SHORTENERS.has(host) || allowed.has(host)) continue
      report({ message: `The link ${quote(url)} is shortened by ${host} and hides where it leads.`, ...place })
    }
  },
})

function readSite(url: string): string | undefined {
  return readHost(url)?.replace(/^www\./, '')
}
