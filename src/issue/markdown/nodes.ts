import type { Literal, Node, Position } from 'unist'
import type { BlockContent, DefinitionContent, PhrasingContent } from 'mdast'

/** A name or value of a directive with its place. */
export interface PlacedText {
  readonly value: string
  readonly position: Position
}

export interface DirectiveAttribute {
  readonly name: PlacedText
  /** Missing for an attribute without a value. */
  value?: PlacedText
}

/** `::name{…}` or `:::name{…}`. */
export interface Directive extends Node {
  type: 'directive'
  isContainer: boolean
  name?: PlacedText
  label?: Position
  attributes: DirectiveAttribute[]
  /** Place of the opening line. */
  opening?: Position
  /** Fences seen: 2 when the container was closed. */
  fences: number
  children: (BlockContent | DefinitionContent)[]
}

/** `{{ … }}` as written; `isClosed` is false for a lone `{{`. */
export interface SlotMark extends Literal {
  type: 'slotMark'
  value: string
  isClosed: boolean
}

/** LaTeX as written: a formula without its marks, a command with its arguments, or an opening quote. */
export interface LatexMark extends Literal {
  type: 'latexMark'
  value: string
  kind: 'formula' | 'command' | 'quote'
  /** Length of the mark before `value`. */
  shift: number
}

/** Marks at the beginning of a line that begin no block, as their author meant: colons, or a line of equals signs. */
export interface StrayMarks extends Literal {
  type: 'strayColons' | 'strayUnderline' | 'strayNote'
  value: string
}

declare module 'mdast' {
  interface RootContentMap {
    directive: Directive
    slotMark: SlotMark
    latexMark: LatexMark
    strayMarks: StrayMarks
  }
  interface BlockContentMap {
    directive: Directive
  }
  interface PhrasingContentMap {
    slotMark: SlotMark
    latexMark: LatexMark
    strayMarks: StrayMarks
  }
}

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    slotMark: 'slotMark'
    slotOpening: 'slotOpening'
    latexDollars: 'latexDollars'
    latexParens: 'latexParens'
    latexCommand: 'latexCommand'
    latexQuote: 'latexQuote'
    strayColons: 'strayColons'
    strayUnderline: 'strayUnderline'
    strayNote: 'strayNote'
  }
}

export type Phrasing = PhrasingContent
