import type { Definition, FootnoteDefinition, RootContent } from 'mdast'
import type { Locate } from '../source/locate.ts'

/** What the pieces of one Markdown text share: references lead anywhere in it. */
export interface MarkdownText {
  /** The Markdown that places of the nodes count in. */
  readonly source: string
  readonly locate: Locate
  readonly definitions: ReadonlyMap<string, Definition>
  readonly notes: ReadonlyMap<string, FootnoteDefinition>
  /** Label of a note → its number and anchor, once it was referred to. */
  readonly numbers: Map<string, NoteNumber>
  /** Labels of the notes that were referred to and do not stand in the tree yet. */
  readonly pending: Set<string>
}

export interface NoteNumber {
  readonly number: number
  readonly id: string
}

/** A run of parsed Markdown; the nodes are syntax, not yet the tree. */
export class Fragment {
  readonly text: MarkdownText
  readonly nodes: readonly RootContent[]

  constructor(text: MarkdownText, nodes: readonly RootContent[]) {
    this.text = text
    this.nodes = nodes
  }
}
