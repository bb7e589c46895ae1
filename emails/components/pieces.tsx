import type { Block, Piece, TemplateProps } from 'letterpress/define'
import type { ReactElement } from 'react'
import { Buttons } from './buttons.tsx'
import { Panel } from './panel.tsx'
import { Prose } from './prose.tsx'

/** Author's text and blocks in the order in which they stand in the issue. */
export function Pieces({
  mail,
  pieces,
}: {
  readonly mail: TemplateProps
  readonly pieces: readonly Piece[]
}): ReactElement {
  return (
    <>
      {pieces.map((piece) =>
        piece.type === 'prose' ? (
          <Prose key={piece.range.start.offset} mail={mail} nodes={piece.children} />
        ) : (
          <BlockPiece key={piece.range.start.offset} mail={mail} block={piece} />
        ),
      )}
    </>
  )
}

/** A block without a component keeps its words and links, so that no template loses content in silence. */
function BlockPiece({ mail, block }: { readonly mail: TemplateProps; readonly block: Block }): ReactElement {
  const Component = mail.blocks[block.block]
  if (Component === undefined) {
    return (
      <Panel mail={mail}>
        <Prose mail={mail} nodes={block.body} />
        <Buttons mail={mail} actions={block.actions} />
      </Panel>
    )
  }
  const { props, body, actions } = block
  return <Component attributes={props as never} body={body} actions={actions} block={block} mail={mail} />
}
