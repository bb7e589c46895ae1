import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'rolldown/utils'

/** Folder of the repository. */
export const repository = fileURLToPath(new URL('../..', import.meta.url))

/** A node of the syntax tree (ESTree with TypeScript's own). */
export interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly [key: string]: unknown
}

/** A file of the repository, read once. */
export interface SourceFile {
  /** From the repository, `/` between folders. */
  readonly path: string
  readonly text: string
  readonly lineCount: number
  /** Empty for files that are not TypeScript. */
  readonly imports: readonly Import[]
  /** Every node, parents first. */
  readonly nodes: readonly SyntaxNode[]
}

export interface Import {
  /** As written: `zod`, `node:fs`. */
  readonly name: string
  /** File of the repository that a relative name leads to. */
  readonly to?: string
  readonly line: number
}

/** Files below a folder of the repository, sorted. */
export function listFiles(folder: string, pattern: RegExp): string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => relative(repository, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}

/** Reads and parses a file; imports of types and `import('x').T` count like any other. */
export function readSource(path: string): SourceFile {
  const text = readFileSync(join(repository, path), 'utf8')
  const lineCount = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
  const nodes = /\.tsx?$/.test(path) ? parse(path, text) : []
  const imports = nodes.flatMap((node) => {
    const name = IMPORTING.has(node.type) ? literalOf(node['source']) : undefined
    if (name === undefined) return []
    const to = name.startsWith('.') ? posix.join(dirname(path), name) : undefined
    return [{ name, line: lineAt(text, node.start), ...(to === undefined ? {} : { to }) }]
  })
  return { path, text, lineCount, imports, nodes }
}

const IMPORTING = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
])

/** The text of a string literal. */
export function literalOf(node: unknown): string | undefined {
  return isNode(node) && node.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : undefined
}

/** Name of an identifier, or `object.property` of a plain access to one. */
export function nameOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined
  if (node.type === 'Identifier') return String(node['name'])
  if (node.type !== 'MemberExpression') return undefined
  const object = nameOf(node['object'])
  const property = node['computed'] ? literalOf(node['property']) : nameOf(node['property'])
  return object !== undefined && property !== undefined ? `${object}.${property}` : undefined
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

function parse(path: string, text: string): SyntaxNode[] {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0]?.message ?? ''}`)
  const nodes: SyntaxNode[] = []
  collect(program, nodes)
  return nodes
}

function collect(value: unknown, into: SyntaxNode[]): void {
  if (Array.isArray(value)) for (const item of value) collect(item, into)
  else if (typeof value === 'object' && value !== null) {
    if (isNode(value)) into.push(value)
    for (const item of Object.values(value)) collect(item, into)
  }
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
}

/** Groups that can reach themselves, each sorted; a path in such a group is part of a cycle (Tarjan). */
export function findCycles(edges: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const cycles: string[][] = []
  const visit = (name: string): number => {
    order.set(name, order.size)
    let lowest = order.get(name) ?? 0
    stack.push(name)
    for (const next of edges.get(name) ?? []) {
      if (!order.has(next)) lowest = Math.min(lowest, visit(next))
      else if (stack.includes(next)) lowest = Math.min(lowest, order.get(next) ?? lowest)
    }
    low.set(name, lowest)
    if (lowest === order.get(name)) {
      const group = stack.splice(stack.indexOf(name))
      if (group.length > 1 || edges.get(name)?.has(name)) cycles.push(group.sort())
    }
    return lowest
  }
  for (const name of edges.keys()) if (!order.has(name)) visit(name)
  return cycles
}
