import type { CompileContext, Extension as FromMarkdown, Token } from 'mdast-util-from-markdown'
import type { Position } from 'unist'

declare module 'mdast' {
  interface LinkData {
    destination?: Position
  }
  interface ImageData {
    destination?: Position
  }
  interface DefinitionData {
    destination?: Position
  }
}

/** Keeps the place of the address of a link, an image or a definition. */
export const destinationNodes: FromMarkdown = {
  enter: { resourceDestination: keep, definitionDestination: keep },
}

function keep(this: CompileContext, token: Token): void {
  const node = this.stack.at(-1)
  if (node?.type !== 'link' && node?.type !== 'image' && node?.type !== 'definition') return
  const { start, end } = token
  const destination: Position = {
    start: { line: start.line, column: start.column, offset: start.offset },
    end: { line: end.line, column: end.column, offset: end.offset },
  }
  node.data = { ...node.data, destination }
}
