import type { ComponentType, ReactNode } from 'react'
import type { Action, Block, BlockSchema, Flow, Issue } from '../issue/index.ts'
import type { Theme } from './theme.ts'
import type { Words } from './words/words.ts'

/** What a mail says of the newsletter itself; from the configuration. */
export interface Newsletter {
  readonly name: string
  /** Site of the newsletter; missing: no archive, so no "read online". */
  readonly url?: string
  readonly postalAddress?: string
  /** Why the reader gets this: "You signed up at news.example.com." */
  readonly reason?: string
}

/** Props of a component in `emails/`. Without props it shows its own example. */
export interface TemplateProps {
  /** Images have the address that readers load them from. */
  readonly issue: Issue
  readonly newsletter: Newsletter
  readonly theme: Theme
  /** The mail's own words in the issue's language. */
  readonly words: Words
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  /** Looks of the blocks by name, the author's own included. */
  readonly blocks: BlockComponents
  /** Page of this issue in the archive; missing without `url`. */
  readonly archiveUrl?: string
}

/** What a block's component gets. */
export interface BlockProps<Attributes = Readonly<Record<string, unknown>>> {
  readonly attributes: Attributes
  readonly body: readonly Flow[]
  readonly actions: readonly Action[]
  readonly block: Block
  /** Everything the template has: a block draws text in its theme, words and direction. */
  readonly mail: TemplateProps
}

export type BlockComponents = Readonly<Record<string, ComponentType<BlockProps<never>>>>

/** A block reduced to what every medium can show; the text part and MJML templates are written from it. */
export interface BlockOutline {
  /** Small word above the title: "Sponsored". */
  readonly label?: string
  readonly title?: string
  readonly image?: { readonly src: string; readonly alt: string; readonly width?: number; readonly height?: number }
  readonly body: readonly Flow[]
  readonly actions: readonly Action[]
  /** A list of places in the mail itself: the table of contents. */
  readonly contents?: readonly ContentsRow[]
}

/** One line of the table of contents. */
export interface ContentsRow {
  readonly depth: 1 | 2
  readonly number: string
  readonly title: string
  /** Anchor without `#`. */
  readonly id: string
  /** Entries of a section; 0 for an entry. */
  readonly count: number
}

/** A block: how it is read (`BlockSchema`), how it looks, what it says where looks do not matter. */
export interface BlockDefinition<Attributes = never> extends BlockSchema {
  readonly Component: ComponentType<BlockProps<Attributes>>
  /** Default: `label`, `title`, `image`, `body`, and `action`+`url` of the attributes, with the actions. */
  readonly outline?: (props: BlockProps<Attributes>) => BlockOutline
  /** Shown in the gallery and kept as golden HTML and text: an issue's directive in Markdown. */
  readonly example: string
}

export type TemplateComponent = (props: TemplateProps) => ReactNode
