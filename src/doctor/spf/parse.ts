import { isIPv4, isIPv6 } from 'node:net'

/** One mechanism of a record. */
export interface Mechanism {
  /** As written. */
  readonly text: string
  readonly qualifier: '+' | '-' | '~' | '?'
  readonly name: 'all' | 'include' | 'a' | 'mx' | 'ptr' | 'ip4' | 'ip6' | 'exists'
  /** Without the prefix length; empty: the domain itself. */
  readonly value: string
}

/** A record, read. */
export interface SpfRecord {
  readonly mechanisms: readonly Mechanism[]
  readonly redirect?: string
  /** The term that makes the whole record a permanent error (RFC 7208 §4.6). */
  readonly problem?: string
}

const MECHANISM =
  /^([-+?~]?)(all|include|a|mx|ptr|ip4|ip6|exists)(?=[:/]|$)(?::([^/]*(?:\/(?!\d)[^/]*)*))?((?:\/\d{1,3})?(?:\/\/\d{1,3})?)$/i
const MODIFIER = /^([a-z][\w.-]*)=(.*)$/i
/** RFC 7208 §7.1: what may follow a percent sign. */
const MACROS = /%(?!%|_|-|\{[slodiphcrtv]\d*r?[-.+,/_=]*\})/i
const NEEDS_VALUE = new Set(['include', 'exists', 'ip4', 'ip6'])

/** Whether a TXT record is one of SPF (RFC 7208 §4.5). */
export function isSpf(text: string): boolean {
  return /^v=spf1(?: |$)/i.test(text)
}

/** @param text - begins with `v=spf1`. */
export function parseSpf(text: string): SpfRecord {
  const mechanisms: Mechanism[] = []
  const modifiers = new Map<string, string>()
  for (const term of text.split(/ +/).slice(1)) {
    if (term === '') continue
    const [, modifier, target = ''] = MODIFIER.exec(term) ?? []
    const name = modifier?.toLowerCase()
    if (name !== undefined) {
      const isOnce = name === 'redirect' || name === 'exp'
      if ((isOnce && (modifiers.has(name) || target === '')) || MACROS.test(target))
        return { mechanisms, problem: term }
      modifiers.set(name, target)
      continue
    }
    const mechanism = readMechanism(term)
    if (!mechanism) return { mechanisms, problem: term }
    mechanisms.push(mechanism)
  }
  const redirect = modifiers.get('redirect')
  return { mechanisms, ...(redirect === undefined ? {} : { redirect }) }
}

function readMechanism(text: string): Mechanism | undefined {
  const match = MECHANISM.exec(text)
  if (!match) return undefined
  const [, sign = '', word = '', value, prefix = ''] = match
  const name = word.toLowerCase() as Mechanism['name']
  const isFit =
    !(NEEDS_VALUE.has(name) && !value) && value !== '' && isPrefixFit(name, prefix) && isValueFit(name, value ?? '')
  return isFit ? { text, qualifier: (sign || '+') as Mechanism['qualifier'], name, value: value ?? '' } : undefined
}

function isValueFit(name: Mechanism['name'], value: string): boolean {
  if (name === 'all') return value === ''
  if (name === 'ip4') return isIPv4(value)
  if (name === 'ip6') return isIPv6(value)
  return !MACROS.test(value)
}

function isPrefixFit(name: Mechanism['name'], prefix: string): boolean {
  const [, v4, v6] = /^(?:\/(\d+))?(?:\/\/(\d+))?$/.exec(prefix) ?? []
  if (name === 'ip4') return v6 === undefined && Number(v4 ?? 0) <= 32
  if (name === 'ip6') return v6 === undefined && Number(v4 ?? 0) <= 128
  if (name === 'a' || name === 'mx') return Number(v4 ?? 0) <= 32 && Number(v6 ?? 0) <= 128
  return prefix === ''
}
