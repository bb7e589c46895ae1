import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { networkInterfaces } from 'node:os'
import { isSafeName, isSlug } from './names.ts'

/** Why a request is not answered. */
export interface Refusal {
  readonly status: 400 | 403 | 404 | 405 | 411 | 413 | 414 | 415
  readonly message: string
  /** The page is one of an earlier start. */
  readonly isStale?: boolean
}

/** What is answered. */
export interface Gate {
  /** From `listHosts`. */
  readonly hosts: ReadonlySet<string>
  /** Of the page that this server hands out; whoever can read it is the page. */
  readonly token: string
}

/** Header with the token of the page. */
export const TOKEN_HEADER = 'x-letterpress-token'

const MAX_TARGET_LENGTH = 2048
/** A wish has some addresses and a slug. */
const MAX_BODY_BYTES = 64 * 1024

/**
 * Looks at a request as it stands on the wire, before any library has decoded or normalised it. A page of a foreign
 * site, a name rebound to this machine and a path that leads out of a folder must not get as far as the routes.
 *
 * @see GHSA-vg6x-rcgg-rjx6 (Vite), GHSA-g7r4-m6w7-qqqr (esbuild) for what happens without
 */
export function refuse(request: IncomingMessage, { hosts, token }: Gate): Refusal | undefined {
  return (
    refuseHost(request, hosts) ??
    refuseSite(request, hosts) ??
    refuseMethod(request) ??
    refuseTarget(request.url ?? '') ??
    (isAction(request) ? refuseAction(request, token) : undefined)
  )
}

function refuseHost(request: IncomingMessage, hosts: ReadonlySet<string>): Refusal | undefined {
  // Node keeps the first of several; a proxy may have gone by the last.
  const given = request.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host')
  const host = request.headers.host?.toLowerCase() ?? ''
  if (given.length === 1 && hosts.has(host)) return undefined
  return {
    status: 403,
    message:
      'This address is not one that the preview answers at. Open it by the address that "letterpress dev" shows; --host adds another.',
  }
}

function refuseSite(request: IncomingMessage, hosts: ReadonlySet<string>): Refusal | undefined {
  const { origin } = request.headers
  const foreign = { status: 403, message: 'The preview answers its own page only, not pages of other sites.' } as const
  if (
    origin !== undefined &&
    !(origin.startsWith('http://') && hosts.has(origin.slice('http://'.length).toLowerCase()))
  )
    return foreign
  const site = request.headers['sec-fetch-site']
  // A link on another page may open the studio; scripts, images and frames of other pages may not have it, and
  // "same-site" is any other port of localhost.
  const isLink =
    !isAction(request) &&
    request.headers['sec-fetch-mode'] === 'navigate' &&
    request.headers['sec-fetch-dest'] === 'document'
  if ((site === 'cross-site' || site === 'same-site') && !isLink) return foreign
  return undefined
}

function refuseMethod({ method = '', url = '' }: IncomingMessage): Refusal | undefined {
  const isKnown = method === 'GET' || method === 'HEAD'
  if (isKnown || ((method === 'POST' || method === 'DELETE') && url.startsWith('/api/'))) return undefined
  return { status: 405, message: `There the preview only shows things: it answers GET and HEAD, not ${method}.` }
}

/** Whether it would change or send something. */
function isAction({ method }: IncomingMessage): boolean {
  return method !== 'GET' && method !== 'HEAD'
}

// A page of another site can neither read the token nor set a header or this content type without a preflight, which
// is never answered.
function refuseAction({ headers, method }: IncomingMessage, token: string): Refusal | undefined {
  const given = headers[TOKEN_HEADER]
  if (typeof given !== 'string' || !isEqual(given, token))
    return { status: 403, isStale: true, message: 'This page is of an earlier start of the preview. Load it again.' }
  if (!/^application\/json(?:; ?charset=utf-8)?$/i.test(headers['content-type'] ?? ''))
    return { status: 415, message: 'The preview takes application/json only.' }
  if (headers['transfer-encoding'] !== undefined || headers['content-encoding'] !== undefined)
    return { status: 411, message: 'The length of the body must be known.' }
  const length = headers['content-length']
  if (length === undefined && method === 'POST')
    return { status: 411, message: 'The length of the body must be known.' }
  if (Number(length ?? 0) > MAX_BODY_BYTES) return { status: 413, message: 'This is more than the preview takes.' }
  return undefined
}

// Of equal length whatever was given, so that the time tells nothing.
function isEqual(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest())
  return left !== undefined && right !== undefined && timingSafeEqual(left, right)
}

function refuseTarget(target: string): Refusal | undefined {
  if (target.length > MAX_TARGET_LENGTH) return { status: 414, message: 'This address is too long.' }
  const path = target.split('?', 1)[0] ?? ''
  if (!path.startsWith('/') || /[^\x21-\x7e]|[\\#]/.test(path))
    return { status: 400, message: 'This is not an address of the preview.' }
  const segments = path.slice(1).split('/')
  const slugAt = SLUG_AT.find(([start]) => path.startsWith(start))?.[1]
  const isPlain =
    path === '/' || segments.every((segment, index) => isNamed(segment, index === slugAt ? isSlug : isSafeName))
  return isPlain ? undefined : { status: 404, message: 'There is nothing at this address.' }
}

/** Which segment is what the author has called an issue, by how the path begins. */
const SLUG_AT = [
  ['/mail/', 1],
  ['/issues/', 1],
  ['/api/issues/', 2],
  ['/api/runs/', 2],
] as const

function isNamed(segment: string, isName: (text: string) => boolean): boolean {
  try {
    return isName(decodeURIComponent(segment))
  } catch {
    return false
  }
}

/**
 * Values of Host that mean this server. Without such a list a name of an attacker's that resolves to 127.0.0.1 makes
 * the studio part of the attacker's site (DNS rebinding).
 *
 * @param host - what the server was told to listen on.
 */
export function listHosts(host: string, port: number): ReadonlySet<string> {
  const names = ['localhost', '127.0.0.1', '[::1]', bracket(host)]
  if (host === '0.0.0.0' || host === '::') {
    // A literal address cannot be rebound.
    for (const list of Object.values(networkInterfaces()))
      for (const { address } of list ?? []) names.push(bracket(address))
  }
  return new Set(names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])))
}

/**
 * Where other machines reach this server; empty when it listens for this one only.
 *
 * @param host - what the server was told to listen on.
 */
export function listOutsideUrls(host: string, port: number): readonly string[] {
  const isAll = host === '0.0.0.0' || host === '::'
  const own = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const outside = own.filter(({ internal, family }) => !internal && (host === '::' || family === 'IPv4'))
  const hosts = isAll ? outside.map(({ address }) => address) : isLoopback(host) ? [] : [host]
  return hosts.map((name) => `http://${bracket(name)}:${port}`)
}

/** Whether nobody but this machine reaches a host. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

/** A host as it stands in a URL. */
export function bracket(host: string): string {
  const name = host.toLowerCase()
  return name.includes(':') && !name.startsWith('[') ? `[${name.replace(/%.*$/, '')}]` : name
}
