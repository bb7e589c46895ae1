import type { Newsletter } from './probe.ts'

/** The domain of return addresses, which SPF is asked for. */
export function envelopeDomain({ bounces, from }: Newsletter): string {
  return bounces?.domain ?? fromDomain({ from })
}

/** The domain that readers see. */
export function fromDomain({ from }: Pick<Newsletter, 'from'>): string {
  return from.address.slice(from.address.lastIndexOf('@') + 1)
}

/** Whether a server seems to be the newsletter's own, and not a service's: its name and that of the sender share two labels. */
export function isOwnHost(newsletter: Pick<Newsletter, 'from'>, host: string): boolean {
  return mayBelong(host, fromDomain(newsletter))
}

/** Whether two domains share two labels at least, which an organisation has; that they may share a public suffix is left open. */
export function mayBelong(domain: string, other: string): boolean {
  const last = (name: string) => name.toLowerCase().split('.').slice(-2).join('.')
  return last(domain) === last(other)
}
