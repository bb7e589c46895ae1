import type { Lookup } from '../dns/lookup.ts'
import { isDmarc, type PolicyRecord, readPolicyRecord } from './record.ts'

/** What the walk from a domain up to its top found. */
export interface TreeWalk {
  /** Longest name first. */
  readonly found: readonly { readonly domain: string; readonly record: PolicyRecord }[]
  /** Names with more than one record: as if they had none. */
  readonly several: readonly { readonly domain: string; readonly count: number }[]
  /** TXT records that begin almost like one of DMARC. */
  readonly misspelt: readonly { readonly domain: string; readonly text: string }[]
  /** Where DNS did not answer; nothing above it is known. */
  readonly failure?: { readonly domain: string; readonly reason: string }
}

/** RFC 9989 §4.10: of longer names only the last seven labels are asked, so that no walk takes more than eight steps. */
const MAX_LABELS = 7

/** @see RFC 9989 §4.10 */
export async function walkTree(domain: string, dns: Lookup): Promise<TreeWalk> {
  const found: { domain: string; record: PolicyRecord }[] = []
  const several: { domain: string; count: number }[] = []
  const misspelt: { domain: string; text: string }[] = []
  let labels = domain.toLowerCase().split('.')
  while (labels.length > 0) {
    const name = labels.join('.')
    const answer = await dns.txt(`_dmarc.${name}`)
    if (answer.kind === 'failed') return { found, several, misspelt, failure: { domain: name, reason: answer.reason } }
    const texts = answer.kind === 'found' ? answer.values : []
    const records = texts.filter(isDmarc)
    misspelt.push(
      ...texts.filter((text) => !isDmarc(text) && /dmarc1/i.test(text)).map((text) => ({ domain: name, text })),
    )
    if (records.length > 1) several.push({ domain: name, count: records.length })
    const record = records.length === 1 ? readPolicyRecord(records[0] ?? '') : undefined
    if (record) found.push({ domain: name, record })
    if (record?.psd === 'y' || record?.psd === 'n') break
    labels = labels.length > MAX_LABELS ? labels.slice(-MAX_LABELS) : labels.slice(1)
  }
  return { found, several, misspelt }
}

/** The organisational domain of where a walk began. @see RFC 9989 §4.10.2 */
export function chooseOrganisation(domain: string, { found }: TreeWalk): string {
  for (const { domain: at, record } of found) {
    if (record.psd === 'n') return at
    if (record.psd === 'y' && at !== domain) {
      const count = at.split('.').length + 1
      return domain.split('.').slice(-count).join('.')
    }
  }
  return found.at(-1)?.domain ?? domain
}

/** The record that holds for mail of a domain: its own, its organisation's, or that of the public suffix above. @see RFC 9989 §4.10.1 */
export function choosePolicy(domain: string, walk: TreeWalk): { domain: string; record: PolicyRecord } | undefined {
  const organisation = chooseOrganisation(domain, walk)
  const at = (name: string) => walk.found.find((each) => each.domain === name)
  return at(domain) ?? at(organisation) ?? walk.found.find(({ record }) => record.psd === 'y')
}

/** Organisational domain of any domain; undefined when DNS does not answer. */
export async function findOrganisation(domain: string, dns: Lookup): Promise<string | undefined> {
  const walk = await walkTree(domain, dns)
  return walk.failure ? undefined : chooseOrganisation(domain.toLowerCase(), walk)
}
