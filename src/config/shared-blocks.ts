import { AppError, findNearest } from '../base/index.ts'
import { invalid } from './errors.ts'
import type { Config } from './schema.ts'

/** What must be known of a block to say whether the configuration may share it. */
interface BlockType {
  readonly name: string
  readonly canBeShared: boolean
}

/**
 * Refuses shared blocks that no issue could use. Later than the rest, since blocks may be the author's own.
 *
 * @param types - every block there is.
 * @throws AppError `config/invalid` with every such block by its name.
 */
export function assertSharedBlocks({ blocks }: Pick<Config, 'blocks'>, types: readonly BlockType[]): void {
  const problems = Object.entries(blocks).flatMap(([name, block]) => explain(`blocks.${name}`, block, types))
  if (problems.length > 0) throw new AppError(invalid.code, invalid.message(problems), { kind: 'usage' })
}

function explain(path: string, block: Config['blocks'][string], types: readonly BlockType[]): string[] {
  const type = types.find(({ name }) => name === block.type)
  const names = types.filter(({ canBeShared }) => canBeShared).map(({ name }) => name)
  const near = findNearest(block.type, names)
  const known = near ? ` Did you mean "${near}"?` : ` Blocks that can be shared are ${names.join(', ')}.`
  if (!type) return [`${path}.type: no block is named "${block.type}".${known}`]
  if (!type.canBeShared) return [`${path}.type: "${block.type}" cannot be shared.${known}`]
  return 'name' in block ? [`${path}.name: a shared block cannot take another one by name`] : []
}
