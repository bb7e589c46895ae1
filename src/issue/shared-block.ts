import { findNearest } from '../base/index.ts'
import type { BlockSchema } from './block.ts'
import { blockErrors } from './errors/block.ts'
import type { Reading } from './reading.ts'
import { locateWhole } from './source/locate.ts'
import type { Sourced, SourcedMap, SourcedScalar } from './source/sourced.ts'

/** A block with what it takes from the configuration. */
export interface ResolvedBlock {
  readonly attributes: ReadonlyMap<string, Sourced>
  readonly body?: Sourced | undefined
  readonly actions?: Sourced | undefined
}

/** Adds the shared block that `name` means; the block's own attributes and text win. */
export function resolveShared(node: SourcedMap, schema: BlockSchema, reading: Reading): ResolvedBlock | undefined {
  const attributes = new Map(node.entries)
  const { body, actions } = takeContent(attributes)
  const name = attributes.get('name')
  // Without sharing `name` is an attribute like any other, known or not.
  if (!name || !schema.canBeShared) return { attributes, body, actions }
  const shared = findShared(name, schema, reading)
  if (!shared) return undefined
  attributes.delete('name')
  const own = new Map(Object.entries(shared).map(([key, value]) => [key, toSourced(value, name)]))
  const content = takeContent(own)
  return {
    attributes: new Map([...own, ...attributes]),
    body: body ?? content.body,
    actions: actions ?? content.actions,
  }
}

function takeContent(attributes: Map<string, Sourced>): Pick<ResolvedBlock, 'body' | 'actions'> {
  const [body, actions] = [attributes.get('body'), attributes.get('actions')]
  for (const key of ['type', 'body', 'actions']) attributes.delete(key)
  return { body, actions }
}

function findShared(node: Sourced, schema: BlockSchema, reading: Reading): Record<string, unknown> | undefined {
  const { shared = {} } = reading.options
  const names = Object.keys(shared)
  const name = node.kind === 'scalar' ? String(node.value) : ''
  const found = Object.hasOwn(shared, name) ? shared[name] : undefined
  if (typeof found !== 'object' || found === null) {
    reading.report(blockErrors.unknownShared, node.range, name, names, findNearest(name, names))
    return undefined
  }
  const type = 'type' in found ? String(found.type) : ''
  if (type === schema.name) return { ...found }
  reading.report(blockErrors.sharedType, node.range, name, type, schema.name)
  return undefined
}

/** A value of the configuration; whatever is wrong in it is told at the name that brought it. */
function toSourced(value: unknown, name: Sourced): Sourced {
  const { range } = name
  const locate = locateWhole(range)
  if (Array.isArray(value)) return { kind: 'list', items: value.map((item) => toSourced(item, name)), range }
  if (typeof value === 'object' && value !== null) {
    return {
      kind: 'map',
      entries: new Map(Object.entries(value).map(([key, item]) => [key, toSourced(item, name)])),
      range,
    }
  }
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  return { kind: 'scalar', value: isScalar ? value : null, range, locate } satisfies SourcedScalar
}
