import { type Network, PUBLIC_NETWORK } from './ask.ts'
import { openLinkCache } from './cache.ts'
import { type LinkState, probe } from './probe.ts'

/** What asking for links needs. */
export interface OnlineOptions {
  /** Answers of the last 24 hours. */
  readonly cacheFile: string
  readonly now: Date
  readonly signal: AbortSignal
  /** For tests; missing: the public internet. */
  readonly network?: Network
  /** For tests; missing: one minute. */
  readonly limitMs?: number
}

const LIMIT_MS = 60_000
const MAX_AT_ONCE = 16
const MAX_PER_HOST = 2

/** From so many hosts on, all of which nobody knows, it is our own network that is missing. */
const MIN_HOSTS = 3

/**
 * Asks for pages, at most two of a host at a time.
 *
 * @param links - absolute http(s) addresses.
 * @returns the state of each link that answered, or was asked in the last 24 hours; what did not answer within the time
 * for all is left out.
 */
export async function askLinks(links: readonly string[], options: OnlineOptions): Promise<Map<string, LinkState>> {
  const { cacheFile, now, network = PUBLIC_NETWORK, limitMs = LIMIT_MS } = options
  const cache = openLinkCache(cacheFile, now.getTime())
  const states = new Map<string, LinkState>()
  const waiting: string[] = []
  for (const link of new Set(links)) {
    const known = cache.get(link)
    if (known) states.set(link, known)
    else waiting.push(link)
  }
  const queue = Map.groupBy(waiting, (link) => URL.parse(link)?.host ?? '')
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(limitMs)])
  await workOff(queue, signal, async (link) => {
    const state = await probe(link, network, signal)
    if (signal.aborted && state.state === 'unknown') return
    states.set(link, state)
    cache.set(link, state)
  })
  cache.save()
  if (isOffline(waiting.flatMap((link) => states.get(link) ?? []))) for (const link of waiting) states.delete(link)
  return states
}

// As many workers as may ask at once; each takes links of the next host that is asked less than twice.
async function workOff(
  queue: ReadonlyMap<string, string[]>,
  signal: AbortSignal,
  work: (link: string) => Promise<void>,
): Promise<void> {
  const lanes = [...queue.values()].flatMap((links) =>
    Array.from({ length: Math.min(MAX_PER_HOST, links.length) }, () => links),
  )
  const workers = Array.from({ length: Math.min(MAX_AT_ONCE, lanes.length) }, async () => {
    for (let lane = lanes.shift(); lane; lane = lanes.shift()) {
      for (let link = lane.shift(); link !== undefined && !signal.aborted; link = lane.shift()) await work(link)
    }
  })
  await Promise.all(workers)
}

function isOffline(states: readonly LinkState[]): boolean {
  const hosts = new Set(states.map((state) => (state.state === 'unresolved' ? state.host : undefined)))
  return !hosts.has(undefined) && hosts.size >= MIN_HOSTS
}
