import { ask, type Network, type Reply, type Silence } from './ask.ts'

/** What is known of a link; of `unknown` nothing may be said: the server is slow, busy, or keeps robots out. */
export type LinkState =
  | { readonly state: 'alive' | 'unknown' }
  | { readonly state: 'gone'; readonly status: number; readonly at: string }
  | { readonly state: 'unresolved'; readonly host: string }

const MAX_HOPS = 5
const TRIES = 2
const REDIRECTS = new Set([301, 302, 303, 307, 308])
const GONE = new Set([404, 410])

/** A state, or that asking once more may tell. */
type Outcome = LinkState | { readonly state: 'again' }

/**
 * Whether the page of a link is there: HEAD, then GET where that gave no clear answer, both once more when the server
 * was out of reach or out of order.
 */
export async function probe(link: string, network: Network, signal: AbortSignal): Promise<LinkState> {
  for (let attempt = 0; attempt < TRIES && !signal.aborted; attempt++) {
    const head = await follow(link, 'HEAD', network, signal)
    if (head.state === 'alive') return head
    const isLast = attempt === TRIES - 1
    if (head.state === 'unresolved') {
      if (isLast) return head
      continue
    }
    // Some servers do not know HEAD and say that the page is missing.
    const outcome = await follow(link, 'GET', network, signal)
    if (outcome.state !== 'again' && (outcome.state !== 'unresolved' || isLast)) return outcome
  }
  return { state: 'unknown' }
}

async function follow(link: string, method: 'HEAD' | 'GET', network: Network, signal: AbortSignal): Promise<Outcome> {
  let url = URL.parse(link)
  for (let hop = 0; hop <= MAX_HOPS && url && /^https?:$/.test(url.protocol); hop++) {
    const reply = await ask(url, method, network, signal)
    if (typeof reply === 'string') return tellSilence(reply, url)
    if (!REDIRECTS.has(reply.status) || reply.location === undefined) return tellStatus(reply, url)
    url = URL.parse(reply.location, url.href)
  }
  return { state: 'unknown' }
}

function tellSilence(silence: Silence, url: URL): Outcome {
  if (silence === 'unresolved') return { state: 'unresolved', host: url.hostname }
  return { state: silence === 'failed' ? 'again' : 'unknown' }
}

function tellStatus({ status }: Reply, url: URL): Outcome {
  if (GONE.has(status)) return { state: 'gone', status, at: url.href }
  if (status >= 500) return { state: 'again' }
  return { state: status >= 200 && status < 400 ? 'alive' : 'unknown' }
}
