import { type Answer, type Lookup, valuesOf } from '../dns/lookup.ts'
import { isSpf, type Mechanism, parseSpf } from './parse.ts'

/** What makes a receiver give up on a record, or wait. */
export type Obstacle =
  | { readonly kind: 'syntax'; readonly domain: string; readonly term: string }
  | { readonly kind: 'several' | 'missing'; readonly domain: string; readonly by: string }
  | { readonly kind: 'loop'; readonly path: readonly string[] }
  | { readonly kind: 'crowd'; readonly domain: string; readonly hosts: number }
  | { readonly kind: 'unanswered'; readonly domain: string; readonly reason: string }

/** A record with all that it leads to. */
export interface Walk {
  /** Terms that ask DNS, of the record and all that it includes (RFC 7208 §4.6.4). */
  readonly lookups: number
  /** What each term of the record itself costs, as written: the most expensive first. */
  readonly costs: readonly { readonly term: string; readonly lookups: number }[]
  /** Names that were asked for in vain. */
  readonly voids: readonly string[]
  readonly obstacles: readonly Obstacle[]
  /** Domains of every include and redirect. */
  readonly included: ReadonlySet<string>
  /** First addresses of its `ip4` and `ip6`, and of those of all that it includes. */
  readonly networks: readonly string[]
  /** Whether it ends in `all` or a redirect. */
  readonly hasEnd: boolean
  /** Whether everybody passes. */
  readonly isOpen: boolean
  readonly usesPtr: boolean
}

interface State {
  readonly dns: Lookup
  readonly voids: string[]
  readonly obstacles: Obstacle[]
  readonly included: Set<string>
  readonly networks: string[]
  lookups: number
}

/** RFC 7208 §4.6.4: a domain with more servers than this is a permanent error. */
const MAX_MX = 10
/** Far beyond what any receiver follows: only to tell by how much. */
const ENOUGH = 40

/** Follows a record as a receiver does that meets no match: the most it can cost. */
export async function walkSpf(domain: string, text: string, dns: Lookup): Promise<Walk> {
  const state: State = { dns, voids: [], obstacles: [], included: new Set(), networks: [], lookups: 0 }
  const costs = await follow(state, text, [domain.toLowerCase()])
  const { mechanisms, redirect } = parseSpf(text)
  const { lookups, voids, obstacles, included, networks } = state
  return {
    lookups,
    costs: costs.filter((cost) => cost.lookups > 0).toSorted((a, b) => b.lookups - a.lookups),
    voids,
    obstacles,
    included,
    networks,
    hasEnd: redirect !== undefined || mechanisms.some(({ name }) => name === 'all'),
    isOpen: mechanisms.some(({ name, qualifier }) => name === 'all' && qualifier === '+'),
    usesPtr: mechanisms.some(({ name }) => name === 'ptr'),
  }
}

async function follow(
  state: State,
  text: string,
  path: readonly string[],
): Promise<{ term: string; lookups: number }[]> {
  const domain = path.at(-1) ?? ''
  const { mechanisms, redirect, problem } = parseSpf(text)
  if (problem !== undefined) {
    state.obstacles.push({ kind: 'syntax', domain, term: problem })
    return []
  }
  const costs: { term: string; lookups: number }[] = []
  for (const mechanism of mechanisms) {
    const before = state.lookups
    // What stands after `all` is never looked at, a redirect included (RFC 7208 §5.1, §6.1).
    if (mechanism.name === 'all') return costs
    await ask(state, mechanism, path)
    costs.push({ term: mechanism.text, lookups: state.lookups - before })
  }
  if (redirect === undefined) return costs
  const before = state.lookups
  await descend(state, redirect, path, `redirect=${redirect}`)
  return [...costs, { term: `redirect=${redirect}`, lookups: state.lookups - before }]
}

async function ask(state: State, { name, value, text }: Mechanism, path: readonly string[]): Promise<void> {
  if (name === 'ip4' || name === 'ip6') {
    state.networks.push(value)
    return
  }
  if (name === 'include') return await descend(state, value, path, text)
  state.lookups++
  const target = value || (path.at(-1) ?? '')
  // What a macro stands for differs from mail to mail.
  if (name === 'ptr' || target.includes('%') || state.lookups > ENOUGH) return
  const answer = name === 'mx' ? await state.dns.mx(target) : await state.dns.addresses(target)
  noteAnswer(state, target, answer)
  const hosts = name === 'mx' ? valuesOf<unknown>(answer).length : 0
  if (hosts > MAX_MX) state.obstacles.push({ kind: 'crowd', domain: target, hosts })
}

function noteAnswer({ obstacles, voids }: State, domain: string, answer: Answer<unknown>): void {
  if (answer.kind === 'failed') obstacles.push({ kind: 'unanswered', domain, reason: answer.reason })
  else if (answer.kind !== 'found') voids.push(domain)
}

async function descend(state: State, target: string, path: readonly string[], by: string): Promise<void> {
  state.lookups++
  if (target.includes('%') || state.lookups > ENOUGH) return
  const domain = target.toLowerCase().replace(/\.$/, '')
  state.included.add(domain)
  const nextPath = [...path, domain]
  if (path.includes(domain)) {
    state.obstacles.push({ kind: 'loop', path: nextPath })
    return
  }
  const answer = await state.dns.txt(domain)
  noteAnswer(state, domain, answer)
  if (answer.kind === 'failed') return
  const [record, ...others] = valuesOf(answer).filter(isSpf)
  if (record === undefined) state.obstacles.push({ kind: 'missing', domain, by })
  else if (others.length > 0) state.obstacles.push({ kind: 'several', domain, by })
  else await follow(state, record, nextPath)
}
