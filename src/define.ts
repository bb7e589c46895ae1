/**
 * The light subpath `letterpress/define`: what configuration files, components and blocks are written with.
 * It loads neither the Markdown parser nor a template engine.
 */
import { createElement, Fragment, type ReactElement } from 'react'
import type { BlockDefinition } from './render/template.ts'
import { isSlotName, markSlot } from './render/slot.ts'
import type { ThemeInput } from './render/theme.ts'
import type { ConfigInput, EnvironmentValue } from './config/schema.ts'
import { AppError } from './base/index.ts'

export { image, isAllowedLink, link } from './issue/block.ts'
export type {
  Action,
  Block,
  Code,
  Entry,
  Flow,
  Footnotes,
  Image,
  ImageData,
  Inline,
  Issue,
  List,
  ListItem,
  Piece,
  Prose,
  Section,
  Table,
} from './issue/model.ts'
export type {
  BlockComponents,
  BlockDefinition,
  BlockOutline,
  BlockProps,
  ContentsRow,
  Newsletter,
  TemplateProps,
} from './render/template.ts'
export type { Palette, Theme, ThemeInput } from './render/theme.ts'
export type { Words } from './render/words/words.ts'
export { directionOf, loadWords } from './render/words/index.ts'
export { type Fact, listFacts } from './render/facts.ts'
export { formatPeriod } from './render/words/period.ts'

/** Names the type of a configuration, so that editors complete it. */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config
}

/** `smtp: { url: env('SMTP_URL') }` */
export function env(name: string): EnvironmentValue {
  return { kind: 'environment', name }
}

/** A theme, or what a newsletter changes of the built-in one. */
export function defineTheme<T extends ThemeInput>(theme: T): T {
  return theme
}

/** Ties a block's component to the type of its attributes. */
export function defineBlock<Attributes>(block: BlockDefinition<Attributes>): BlockDefinition {
  return block as unknown as BlockDefinition
}

/**
 * What a template puts where one reader's value stands, usable in attributes: `href={slot('unsubscribeUrl')}`.
 *
 * @throws AppError `render/unknown-slot`
 */
export function slot(name: string, fallback?: string): string {
  if (!isSlotName(name)) {
    throw new AppError('render/unknown-slot', `No slot is named "${name}".`, { kind: 'usage' })
  }
  return markSlot(name, fallback)
}

/** `<Slot name="subscriber.name" fallback="there" />` */
export function Slot(props: { readonly name: string; readonly fallback?: string }): ReactElement {
  return createElement(Fragment, null, slot(props.name, props.fallback))
}
