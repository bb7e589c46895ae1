import { z } from 'zod'
import { findNearest } from '../../base/index.ts'
import { dataErrors } from '../errors/data.ts'
import { textErrors } from '../errors/text.ts'
import type { Reading } from '../reading.ts'
import { FRONT_MATTER } from './schema.ts'
import { follow, getChild, keyOf, type Sourced } from '../source/sourced.ts'

type Issue = z.core.$ZodIssue

/** Tells a writer, at the right place, what Zod found in the data of an issue. */
export function reportProblems(problems: readonly Issue[], schema: z.ZodType, root: Sourced, reading: Reading): void {
  for (const problem of problems) {
    if (problem.code === 'unrecognized_keys') reportKeys(problem, schema, root, reading)
    else reportValue(problem, schema, root, reading)
  }
}

function reportKeys(
  problem: Issue & { code: 'unrecognized_keys' },
  schema: z.ZodType,
  root: Sourced,
  reading: Reading,
): void {
  const { node } = follow(root, problem.path)
  const all = listKeys(schemaAt(schema, problem.path))
  // A Markdown file writes the rest below its front matter.
  const isFrontMatter = problem.path.length === 0 && /\.md$/i.test(reading.file)
  const known = isFrontMatter ? all.filter((key) => Object.hasOwn(FRONT_MATTER, key)) : all
  for (const key of problem.keys) {
    const child = getChild(node, key)
    reading.report(dataErrors.unknownKey, child?.key ?? node.range, key, known, findNearest(key, known))
  }
}

function reportValue(problem: Issue, schema: z.ZodType, root: Sourced, reading: Reading): void {
  const { node, isWhole } = follow(root, problem.path)
  const { key, at } = nameOf(problem.path)
  const { description = 'something else', example } = describeAt(schema, at)
  if (!isWhole) reading.report(dataErrors.missingKey, keyOf(node), key, afterColon(example))
  else if (problem.code === 'custom' && problem.params?.['code'] === 'issue/forbidden-link') {
    reading.report(textErrors.forbiddenLink, node.range, describeValue(node))
  } else reportWrong(key, node, description, example, reading)
}

function reportWrong(
  key: string,
  node: Sourced,
  expected: string,
  example: string | undefined,
  reading: Reading,
): void {
  const value = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : ''
  if (key === 'week' && value !== '') reading.report(dataErrors.wrongWeek, node.range, quote(value))
  else if (['date', 'from', 'to'].includes(key) && value !== '')
    reading.report(dataErrors.wrongDate, node.range, key, quote(value))
  else reading.report(dataErrors.wrongValue, node.range, key, expected, describeValue(node), example)
}

// A list's item is named by the list: `tags`, not `1`.
function nameOf(path: readonly PropertyKey[]): { key: string; at: readonly PropertyKey[] } {
  const end = path.findLastIndex((step) => typeof step === 'string')
  return { key: String(path[end] ?? 'issue'), at: path }
}

function quote(text: string): string {
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`
}

/** A value in words: what a writer finds at that place. */
export function describeValue(node: Sourced): string {
  switch (node.kind) {
    case 'list':
      return 'a list'
    case 'map':
      return 'keys with values'
    case 'fragment':
      return 'a text'
    case 'scalar':
      if (node.value === null) return 'nothing'
      if (typeof node.value === 'string') return node.value === '' ? 'an empty text' : quote(node.value)
      return `the ${typeof node.value === 'number' ? 'number' : 'value'} ${node.value}`
  }
}

function afterColon(example: string | undefined): string | undefined {
  return example?.slice(example.indexOf(':') + 1).trim()
}

/** What the schema says of the value at a path. */
function describeAt(schema: z.ZodType, path: readonly PropertyKey[]): { description?: string; example?: string } {
  for (let end = path.length; end >= 0; end--) {
    const meta = schemaAt(schema, path.slice(0, end))?.meta()
    if (meta?.description !== undefined) return meta as { description: string; example?: string }
  }
  return {}
}

function schemaAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  let current: z.ZodType | undefined = schema
  for (const step of path) {
    const inner = unwrap(current)
    if (inner instanceof z.ZodObject) current = inner.shape[String(step)] as z.ZodType | undefined
    else if (inner instanceof z.ZodArray) current = inner.element as z.ZodType
    else if (inner instanceof z.ZodRecord) current = inner.valueType as z.ZodType
    else return undefined
  }
  return current
}

function unwrap(schema: z.ZodType | undefined): z.ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return unwrap(schema.unwrap() as z.ZodType)
  if (schema instanceof z.ZodPipe) return unwrap(schema.in as z.ZodType)
  return schema
}

/** Names of an object schema's keys. */
export function listKeys(schema: z.ZodType | undefined): string[] {
  const inner = unwrap(schema)
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : []
}

/** What an attribute's schema says of it. */
export function describeAttribute(schema: z.ZodType, name: string): string | undefined {
  return schemaAt(schema, [name])?.meta()?.description
}
