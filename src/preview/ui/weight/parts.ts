import type { TreeBody } from '../../api.ts'

type TreeNode = TreeBody['nodes'][number]

/** A row of the table. */
export interface WeighedPart {
  readonly key: string
  readonly kind: TreeNode['kind']
  readonly number?: string | undefined
  readonly title: string
  readonly anchor?: string | undefined
  readonly bytes: number
  /** Of the whole HTML. */
  readonly share: number
  readonly parts: readonly WeighedPart[]
}

export type PartOrder = 'mail' | 'size'

/** Sections with their entries, and the frame around them; what could not be told apart is in the part before it. */
export function listParts({ nodes, totalBytes }: TreeBody, order: PartOrder): WeighedPart[] {
  return sort(
    nodes.flatMap((node, index) => toPart(node, `${index}`, totalBytes, order) ?? []),
    order,
  )
}

function toPart(node: TreeNode, key: string, totalBytes: number, order: PartOrder): WeighedPart | undefined {
  const { kind, number, title, anchor, bytes, children } = node
  if (bytes === undefined) return undefined
  const entries = children.filter((child) => child.kind === 'entry')
  const parts = entries.flatMap((child, index) => toPart(child, `${key}.${index}`, totalBytes, order) ?? [])
  return { key, kind, number, title, anchor, bytes, share: bytes / totalBytes, parts: sort(parts, order) }
}

function sort(parts: WeighedPart[], order: PartOrder): WeighedPart[] {
  return order === 'mail' ? parts : parts.toSorted((a, b) => b.bytes - a.bytes)
}
