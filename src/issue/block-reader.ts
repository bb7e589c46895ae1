import { z } from 'zod'
import { findNearest, stripUnsafe } from '../base/index.ts'
import type { BlockSchema, ImageSource } from './block.ts'
import { reportEscapedControl } from './control-characters.ts'
import { blockErrors } from './errors/block.ts'
import { textErrors } from './errors/text.ts'
import type { Action, Block, Flow } from './model.ts'
import type { Reading } from './reading.ts'
import { type ResolvedBlock, resolveShared } from './shared-block.ts'
import { getChild, keyOf, type Sourced, type SourcedMap, toValue } from './source/sourced.ts'
import { readActions, splitActions } from './text/actions.ts'
import { readImage } from './text/image.ts'
import { readText } from './text/read.ts'
import { explainProblem } from './validate/explain.ts'
import { describeAttribute, describeValue, listKeys } from './validate/problems.ts'

/** A block of the issue, or undefined after a report. */
export function readBlock(node: SourcedMap, reading: Reading): Block | undefined {
  const schema = findSchema(node, reading)
  if (!schema) return undefined
  const resolved = resolveShared(node, schema, reading)
  if (!resolved) return undefined
  const props = readProps(resolved, schema, node, reading)
  const content = readContent(resolved, schema, node, reading)
  return props ? { type: 'block', block: schema.name, props, ...content, range: node.range } : undefined
}

function findSchema(node: SourcedMap, reading: Reading): BlockSchema | undefined {
  const type = node.entries.get('type')
  const names = reading.options.blocks.map((block) => block.name)
  if (type?.kind !== 'scalar' || typeof type.value !== 'string') {
    reading.report(blockErrors.missingType, type?.range ?? keyOf(node))
    return undefined
  }
  const name = type.value
  const found = reading.options.blocks.find((block) => block.name === name)
  if (found) return found
  if (name === 'meta') reading.report(blockErrors.misplacedMeta, type.range)
  else reading.report(blockErrors.unknown, type.range, name, names, findNearest(name, [...names, 'meta']))
  return undefined
}

function readProps(
  { attributes }: ResolvedBlock,
  schema: BlockSchema,
  node: SourcedMap,
  reading: Reading,
): Record<string, unknown> | undefined {
  const before = reading.diagnostics.length
  for (const value of attributes.values()) checkSlots(value, schema.name, reading)
  const data = toData(attributes)
  const parsed = parse(schema.attributes, data, attributes)
  if (!parsed.success) {
    for (const problem of parsed.error.issues) reportProblem(problem, attributes, schema, node, reading)
    return undefined
  }
  const props = replaceImages(parsed.data, attributes, reading) as Record<string, unknown>
  return reading.diagnostics.slice(before).some((problem) => problem.severity === 'error') ? undefined : props
}

function toData(attributes: ReadonlyMap<string, Sourced>): Record<string, unknown> {
  const data = Object.create(null) as Record<string, unknown>
  for (const [key, value] of attributes) data[key] = clean(toValue(value))
  return data
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return stripUnsafe(value)
  return Array.isArray(value) ? value.map(clean) : value
}

type Parsed = z.ZodSafeParseResult<Record<string, unknown>>

// A directive's attributes are texts; where the schema wants a number or a boolean, the text is read as one.
function parse(schema: z.ZodObject, data: Record<string, unknown>, attributes: ReadonlyMap<string, Sourced>): Parsed {
  const first = schema.strict().safeParse(data)
  if (first.success) return first
  let isChanged = false
  for (const { path, code } of first.error.issues) {
    const key = String(path[0])
    const value = attributes.get(key)
    if (
      code === 'unrecognized_keys' ||
      path.length !== 1 ||
      value?.kind !== 'scalar' ||
      typeof value.value !== 'string'
    )
      continue
    if (/^-?\d+(?:\.\d+)?$/.test(value.value)) data[key] = Number(value.value)
    else if (/^(?:true|false)$/.test(value.value)) data[key] = value.value === 'true'
    else continue
    isChanged = true
  }
  if (!isChanged) return first
  const second = schema.strict().safeParse(data)
  return second.success || second.error.issues.length < first.error.issues.length ? second : first
}

function reportProblem(
  problem: z.core.$ZodIssue,
  attributes: ReadonlyMap<string, Sourced>,
  schema: BlockSchema,
  node: SourcedMap,
  reading: Reading,
): void {
  const known = [...(schema.canBeShared ? ['name'] : []), ...listKeys(schema.attributes)]
  if (problem.code === 'unrecognized_keys') {
    for (const key of problem.keys) {
      const place = attributes.get(key)
      reading.report(
        blockErrors.unknownAttribute,
        place?.key ?? place?.range,
        schema.name,
        key,
        known,
        findNearest(key, known),
      )
    }
    return
  }
  reportAttribute(problem, attributes, schema, node, reading)
}

function reportAttribute(
  problem: z.core.$ZodIssue,
  attributes: ReadonlyMap<string, Sourced>,
  schema: BlockSchema,
  node: SourcedMap,
  reading: Reading,
): void {
  const name = String(problem.path[0] ?? '')
  const value = attributes.get(name)
  const { range } = value ?? node
  if (!value) {
    const place = node.entries.get('type')?.range ?? range
    reading.report(blockErrors.missingAttribute, place, schema.name, name, schema.canBeShared)
  } else if (problem.code === 'custom' && problem.params?.['code'] === textErrors.forbiddenLink.code) {
    reading.report(textErrors.forbiddenLink, range, describeValue(value))
  } else {
    const reason = explainProblem(problem)
    const expected = describeAttribute(schema.attributes, name)?.replace(/\.$/, '')
    reading.report(blockErrors.wrongAttribute, range, schema.name, name, reason, expected)
  }
}

function checkSlots(value: Sourced, block: string, reading: Reading): void {
  if (value.kind !== 'scalar' || typeof value.value !== 'string') return
  reportEscapedControl(value.value, value.range, reading)
  const at = value.value.indexOf('{{')
  if (at >= 0) reading.report(textErrors.slotHere, value.locate(at, value.value.length), `an attribute of "${block}"`)
}

function replaceImages(
  value: unknown,
  attributes: ReadonlyMap<string, Sourced>,
  reading: Reading,
  key?: string,
): unknown {
  if (isImageSource(value)) {
    const place = attributes.get(key ?? '')
    if (!place) return value
    // Attributes of a shared block have no key in the file; their paths count from the configuration.
    return readImage(value.source, place.key ? reading.folder : reading.options.root, place.range, reading)
  }
  if (Array.isArray(value)) return value.map((item) => replaceImages(item, attributes, reading, key))
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, replaceImages(item, attributes, reading, key ?? name)]),
  )
}

function isImageSource(value: unknown): value is ImageSource {
  return (
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'image-source' && 'source' in value
  )
}

function readContent(
  resolved: ResolvedBlock,
  schema: BlockSchema,
  node: SourcedMap,
  reading: Reading,
): { body: readonly Flow[]; actions: readonly Action[] } {
  const { body, actions } = resolved
  if (actions && schema.body !== 'actions')
    reading.report(blockErrors.unexpectedActions, actions.key ?? actions.range, schema.name)
  const written = actions ? readActions(actions, reading) : []
  if (body && schema.body === 'none') {
    reading.report(blockErrors.unexpectedBody, body.key ?? getChild(node, 'type')?.range ?? node.range, schema.name)
    return { body: [], actions: [] }
  }
  const flow = readText(body, reading)
  if (schema.body !== 'actions') return { body: flow, actions: [] }
  const split = splitActions(flow)
  return { body: split.body, actions: [...split.actions, ...written] }
}
