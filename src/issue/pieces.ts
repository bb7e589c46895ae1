import { readBlock } from './block-reader.ts'
import { dataErrors } from './errors/data.ts'
import type { Piece } from './model.ts'
import type { Reading } from './reading.ts'
import type { Sourced } from './source/sourced.ts'
import { readText } from './text/read.ts'
import { describeValue } from './validate/problems.ts'

/** Text and blocks in their order: first the text of its own key, then the list. */
export function readPieces(intro: Sourced | undefined, list: Sourced | undefined, reading: Reading): Piece[] {
  const nodes = [...(intro ? [intro] : []), ...(list?.kind === 'list' ? list.items : [])]
  if (list && list.kind !== 'list') refuse(list, reading)
  return nodes.flatMap((node) => readPiece(node, reading))
}

function readPiece(node: Sourced, reading: Reading): Piece[] {
  switch (node.kind) {
    case 'map': {
      const block = readBlock(node, reading)
      return block ? [block] : []
    }
    case 'fragment':
      return readProse(node, reading)
    case 'scalar':
      // Anything else than text in the place of an introduction is told by the schema.
      return typeof node.value === 'string' ? readProse(node, reading) : refuse(node, reading)
    case 'list':
      return refuse(node, reading)
  }
}

function readProse(node: Sourced, reading: Reading): Piece[] {
  const children = readText(node, reading)
  return children.length === 0 ? [] : [{ type: 'prose', children, range: node.range }]
}

function refuse(node: Sourced, reading: Reading): [] {
  const example = 'blocks: [{ type: toc }, { type: promo, name: ebook }]'
  reading.report(
    dataErrors.wrongValue,
    node.range,
    'blocks',
    'a list of blocks, each with its type',
    describeValue(node),
    example,
  )
  return []
}
