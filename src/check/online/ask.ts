import { lookup } from 'node:dns/promises'
import type { IncomingMessage, RequestOptions } from 'node:http'
import { isIP } from 'node:net'
import { limitTime, messageOf } from '../../base/index.ts'
import { isPublicAddress } from './public-address.ts'

/** How names become addresses, and which addresses may be connected to; tests put a local network in their place. */
export interface Network {
  /** Every address of a host; fails as node:dns does. */
  readonly resolve: (host: string) => Promise<readonly string[]>
  readonly isAllowed: (address: string) => boolean
}

export const PUBLIC_NETWORK: Network = {
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  isAllowed: isPublicAddress,
}

/** What a server said, before any of its body was read. */
export interface Reply {
  readonly status: number
  readonly location?: string
}

/** Why there is no reply. */
export type Silence = 'unresolved' | 'forbidden' | 'failed'

const TIMEOUT_MS = 10_000

/**
 * Asks for one page, without its body, without credentials and without following it elsewhere.
 *
 * Every address of the host must be allowed, and the connection goes to one of those that were looked at: a name that
 * says something else the next time it is asked for changes nothing.
 */
export async function ask(
  url: URL,
  method: 'HEAD' | 'GET',
  network: Network,
  signal: AbortSignal,
): Promise<Reply | Silence> {
  const address = await findAddress(url, network)
  if (address === 'unresolved' || address === 'forbidden' || address === 'failed') return address
  try {
    return await request(url, method, address, AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]))
  } catch {
    return 'failed'
  }
}

async function findAddress(url: URL, { resolve, isAllowed }: Network): Promise<string> {
  const literal = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(literal)) return isAllowed(literal) ? literal : 'forbidden'
  try {
    const addresses = await limitTime(resolve(url.hostname), TIMEOUT_MS)
    if (!addresses.every(isAllowed)) return 'forbidden'
    return addresses[0] ?? 'unresolved'
  } catch (error) {
    return isUnknownName(error) ? 'unresolved' : 'failed'
  }
}

// EAI_AGAIN says that the resolver is out of reach, which says nothing of the name.
function isUnknownName(error: unknown): boolean {
  return (
    error instanceof Error && /\b(?:ENOTFOUND|ENODATA)\b/.test('code' in error ? String(error.code) : messageOf(error))
  )
}

async function request(url: URL, method: string, address: string, signal: AbortSignal): Promise<Reply> {
  const { request: open } = url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  const name = url.hostname.replace(/\.$/, '')
  const options: RequestOptions & { servername?: string } = {
    method,
    host: address,
    path: `${url.pathname}${url.search}`,
    ...(url.port ? { port: url.port } : {}),
    ...(isIP(name.replace(/^\[|\]$/g, '')) ? {} : { servername: name }),
    // Not a browser's: who keeps robots out answers 403, and that says nothing of the page.
    headers: { host: url.host, accept: '*/*', 'user-agent': 'letterpress-link-check' },
    agent: false,
    signal,
  }
  return await new Promise<Reply>((resolve, reject) => {
    const sent = open(options, (response: IncomingMessage) => {
      const { statusCode: status = 0, headers } = response
      // The status is all that is needed: not a byte of the body is kept, however long it is.
      response.destroy()
      resolve({ status, ...(headers.location === undefined ? {} : { location: headers.location }) })
    })
    sent.on('error', reject)
    sent.end()
  })
}
