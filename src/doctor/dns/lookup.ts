import { Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import { AppError } from '../../base/index.ts'
import { invalidResolver } from '../errors.ts'

/**
 * What DNS says to a question. `none`: the name is there without records of that type. `no-such-name`: NXDOMAIN.
 * `failed`: nobody knows.
 */
export type Answer<T> =
  | { readonly kind: 'found'; readonly values: readonly T[] }
  | { readonly kind: 'none' | 'no-such-name' }
  | { readonly kind: 'failed'; readonly reason: string }

export interface MxHost {
  readonly priority: number
  /** Empty: the null MX of RFC 7505. */
  readonly host: string
}

/** Asks DNS; each question once. */
export interface Lookup {
  /** Which server is asked, for people. */
  readonly place: string
  /** Each record in one piece, its strings joined (RFC 7208 §3.3, RFC 6376 §3.6.2.2). */
  readonly txt: (name: string) => Promise<Answer<string>>
  readonly mx: (name: string) => Promise<Answer<MxHost>>
  /** IPv4 and IPv6. */
  readonly addresses: (name: string) => Promise<Answer<string>>
  readonly cname: (name: string) => Promise<Answer<string>>
  /** Names of an address. */
  readonly names: (address: string) => Promise<Answer<string>>
  /** Why no question at all is answered, in words without a full stop; undefined when some are. */
  readonly deafness: () => Promise<string | undefined>
  /** As node:dns has it, for libraries. */
  readonly resolve: (name: string, type: string) => Promise<unknown>
}

/** How DNS is asked. */
export interface LookupOptions {
  /** `HOST:PORT` with an address as host; missing: as this machine does. */
  readonly resolver?: string | undefined
  /** For one try; there are three. Default: 3 s. */
  readonly timeoutMs?: number | undefined
}

const TIMEOUT_MS = 3000
const TRIES = 3

const REASONS: Readonly<Record<string, string>> = {
  ESERVFAIL: 'the name server failed (SERVFAIL)',
  EREFUSED: 'the name server refused to answer (REFUSED)',
  ETIMEOUT: 'no answer came',
  ECONNREFUSED: 'the name server cannot be reached',
  ECANCELLED: 'it was called off',
}

const DEAF: ReadonlySet<string> = new Set(['ETIMEOUT', 'ECONNREFUSED', 'ECANCELLED'])

/** @throws AppError `doctor/invalid-resolver` */
export function createLookup({ resolver: server, timeoutMs = TIMEOUT_MS }: LookupOptions, signal: AbortSignal): Lookup {
  const resolver = new Resolver({ timeout: timeoutMs, tries: TRIES })
  if (server !== undefined) setServer(resolver, server)
  signal.addEventListener('abort', () => resolver.cancel(), { once: true })
  const asked = new Map<string, Promise<unknown>>()
  const resolve = async (name: string, type: string): Promise<unknown> => {
    const question = `${type} ${name.toLowerCase()}`
    const known = asked.get(question) ?? resolver.resolve(name, type)
    asked.set(question, known)
    return await known
  }
  const ask = async <T>(name: string, type: string): Promise<Answer<T>> =>
    await settle<T>(resolve(name, type) as Promise<readonly T[]>)
  return {
    place: server ?? 'the name server of this machine',
    resolve,
    txt: async (name) => change(await ask<readonly string[]>(name, 'TXT'), (strings) => strings.join('')),
    mx: async (name) =>
      change(await ask<{ priority: number; exchange: string }>(name, 'MX'), ({ priority, exchange }) => ({
        priority,
        host: exchange.toLowerCase(),
      })),
    addresses: async (name) => merge(await ask<string>(name, 'A'), await ask<string>(name, 'AAAA')),
    cname: async (name) => await ask<string>(name, 'CNAME'),
    names: async (address) => await settle(resolver.reverse(address)),
    // The root is known everywhere; what a server says of it, if only that it will not, is an answer.
    deafness: async () => await findDeafness(resolve('.', 'NS')),
  }
}

function setServer(resolver: Resolver, server: string): void {
  const { code, message, hint } = invalidResolver
  const host = /^(?:\[([^\]]+)\]|([^:]+))(?::\d{1,5})?$/.exec(server)
  try {
    if (isIP(host?.[1] ?? host?.[2] ?? server) === 0) throw new TypeError('no address')
    resolver.setServers([server])
  } catch (cause) {
    throw new AppError(code, message(server), { kind: 'usage', hint: hint(), cause })
  }
}

async function findDeafness(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    return DEAF.has(code) ? REASONS[code] : undefined
  }
}

async function settle<T>(work: Promise<readonly T[]>): Promise<Answer<T>> {
  try {
    const values = await work
    return values.length > 0 ? { kind: 'found', values } : { kind: 'none' }
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'ENODATA') return { kind: 'none' }
    // A name that cannot be asked for does not exist either.
    if (code === 'ENOTFOUND' || code === 'EBADNAME') return { kind: 'no-such-name' }
    return { kind: 'failed', reason: REASONS[code] ?? `the answer cannot be read (${code || String(error)})` }
  }
}

function change<A, B>(answer: Answer<A>, map: (value: A) => B): Answer<B> {
  return answer.kind === 'found' ? { kind: 'found', values: answer.values.map(map) } : answer
}

function merge(v4: Answer<string>, v6: Answer<string>): Answer<string> {
  if (v4.kind === 'found' && v6.kind === 'found') return { kind: 'found', values: [...v4.values, ...v6.values] }
  if (v4.kind === 'found') return v4
  if (v6.kind === 'found') return v6
  return v4.kind === 'failed' ? v4 : v6.kind === 'failed' ? v6 : v4
}

/** Values of an answer; none when there is none. */
export function valuesOf<T>(answer: Answer<T>): readonly T[] {
  return answer.kind === 'found' ? answer.values : []
}
