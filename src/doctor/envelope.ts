import type { Newsletter } from './probe.ts'

/** The domain of return addresses, which SPF is asked for. */
export function envelopeDomain({ bounces, from }: Newsletter): string {
  return bounces?.domain ?? fromDomain({ from })
}

/** The domain that readers see. */
export function fromDomain({ from }: Pick<Newsletter, 'from'>): string {
  return from.address.slice(from.address.lastIndexOf('@') + 1)
}
