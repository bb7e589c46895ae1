import type { Range } from '../../base/index.ts'
import type { Fragment } from '../markdown/fragment.ts'
import type { Locate } from './locate.ts'

interface Placed {
  /** Place of the value. */
  readonly range: Range
  /** Place of the key it stands under. */
  readonly key?: Range
}

export interface SourcedScalar extends Placed {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
  /** Place of a part of a string. */
  readonly locate: Locate
}

export interface SourcedList extends Placed {
  readonly kind: 'list'
  readonly items: readonly Sourced[]
}

export interface SourcedMap extends Placed {
  readonly kind: 'map'
  /** A Map, since keys of hostile files are names of Object's own members. */
  readonly entries: ReadonlyMap<string, Sourced>
}

/** Markdown that is parsed already. */
export interface SourcedFragment extends Placed {
  readonly kind: 'fragment'
  readonly fragment: Fragment
}

/** Data of an issue file, whatever its format, with the places it was read from. */
export type Sourced = SourcedScalar | SourcedList | SourcedMap | SourcedFragment

/** The bare data, for Zod; objects have no prototype, so `__proto__` is a key like any other. */
export function toValue(node: Sourced): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value
    case 'fragment':
      return node.fragment
    case 'list':
      return node.items.map(toValue)
    case 'map': {
      const out = Object.create(null) as Record<string, unknown>
      for (const [key, value] of node.entries) out[key] = toValue(value)
      return out
    }
  }
}

/** The node that a Zod path leads to, or the last one on the way that exists. */
export function follow(node: Sourced, path: readonly PropertyKey[]): { node: Sourced; isWhole: boolean } {
  let current = node
  for (const step of path) {
    const next = getChild(current, step)
    if (!next) return { node: current, isWhole: false }
    current = next
  }
  return { node: current, isWhole: true }
}

/** A value of a map by key, or of a list by index. */
export function getChild(node: Sourced | undefined, step: PropertyKey): Sourced | undefined {
  if (node?.kind === 'map') return node.entries.get(String(step))
  if (node?.kind === 'list' && typeof step === 'number') return node.items[step]
  return undefined
}

/** The place to point at when something is missing in a node: its key, else its first key. */
export function keyOf(node: Sourced): Range {
  if (node.key) return node.key
  if (node.kind === 'map') for (const first of node.entries.values()) return first.key ?? first.range
  return node.range
}
