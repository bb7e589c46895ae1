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

/** Colons at the beginning of a line that begin no valid directive. */
export interface StrayColons extends Literal {
  type: 'strayColons'
  value: string
}

declare module 'mdast' {
  interface RootContentMap {
    directive: Directive
    slotMark: SlotMark
    latexMark: LatexMark
    strayColons: StrayColons
  }
  interface BlockContentMap {
    directive: Directive
  }
  interface PhrasingContentMap {
    slotMark: SlotMark
    latexMark: LatexMark
    strayColons: StrayColons
  }
  interface HeadingData {
    /** Underlined instead of marked with `#`. */
    isSetext?: boolean
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
  }
}

export type Phrasing = PhrasingContent
