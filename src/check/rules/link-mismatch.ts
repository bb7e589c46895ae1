import { createRequire } from 'node:module'
import { z } from 'zod'
import { listLinks, readHost } from '../links.ts'
import { quote } from '../quote.ts'
import { defineRule } from '../rule.ts'

/** Names of files that look like hosts, since their endings are top-level domains: `train.py`, `readme.md`. */
const FILE_NAME = /^[^./]+\.(?:cc|cl|gz|java|md|mk|ml|mov|pl|pm|ps|pt|py|rs|sh|so|zip)$/

export const linkMismatch = defineRule({
  id: 'link-mismatch',
  severity: 'error',
  needs: 'rendered',
  summary: 'Link that names one site and leads to another',
  why: 'This is how phishing looks, so filters and careful readers reject the mail. Only a text that is an address by itself is compared, and only by the domain that somebody registered: `www.`, other sub-domains and another page of the site are fine. Names such as Booking.com, in capitals, and names of files are no addresses.',
  remedy: 'Write the address that the link leads to, or describe the page in words.',
  reference: 'Scam warnings of mail clients (Thunderbird) and phishing heuristics of filters',
  bad: '[www.example.com](https://tracker.example.net/c/81723)',
  good: '[www.example.com](https://example.com/welcome)',
  options: z.strictObject({
    allow: z
      .array(z.string())
      .default([])
      .describe('Domains that a link may lead to whatever it says: `click.example.com` of your own, for instance.'),
  }),
  check({ issue, html, options, report }) {
    const allowed = options.allow.map((host) => host.toLowerCase())
    for (const { url, words, place } of listLinks(issue, html)) {
      const target = readHost(url)
      const shown = words === undefined || target === undefined ? undefined : readShownHost(words)
      if (words === undefined || target === undefined || shown === undefined || isWithin(target, shown)) continue
      if (isWithin(shown, target) || allowed.some((host) => isWithin(target, host))) continue
      if (!isRegistered(shown) || readDomain(shown) === readDomain(target)) continue
      report({ message: `The link reads ${quote(words)} and leads to ${target}.`, ...place })
    }
  },
})

function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`)
}

/** The host that a text is an address of; undefined for words. */
function readShownHost(words: string): string | undefined {
  const text = words.trim().replace(/^[<("'“‘«]+|[>)"'”’».,;:…]+$/gu, '')
  if (/[\s@]/.test(text)) return undefined
  if (/^https?:\/\//i.test(text)) return readHost(text)
  const host = /^[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?\.\p{L}{2,}(?=$|[/:?#])/u.exec(text)?.[0]
  if (host === undefined) return undefined
  const isAddress = host !== text || /^www\./i.test(host)
  if (!isAddress && (/\p{Lu}/u.test(host) || FILE_NAME.test(host))) return undefined
  return readHost(`https://${host}`)
}

type Tldts = typeof import('tldts')

let tldts: Tldts | undefined

// The list of public suffixes takes 30 ms to load, and few issues have such a link.
function loadTldts(): Tldts {
  return (tldts ??= createRequire(import.meta.url)('tldts') as Tldts)
}

// Suffixes under which a company hands out names (github.io) count: two of those are two sites.
function readDomain(host: string): string {
  return loadTldts().getDomain(host, { allowPrivateDomains: true }) ?? host
}

function isRegistered(host: string): boolean {
  const { isIcann, domain, isIp } = loadTldts().parse(host)
  return Boolean(isIp) || (isIcann === true && domain !== null)
}
