import type { Block, CssNode, List } from 'css-tree'
import parse from 'css-tree/parser'
import type { HtmlPage } from '../html.ts'
import { compileMedia, type MediaTest } from './media.ts'
import { readStyleText } from './stylesheet-text.ts'
import { type CompiledSelector, compileSelector } from './selector.ts'

/** One declaration as written; the property in lower case. */
export interface Declaration {
  readonly property: string
  readonly value: string
  readonly isImportant: boolean
}

/** A selector with its declarations; a rule with three selectors gives three. */
export interface StyleRule {
  readonly selector: CompiledSelector
  readonly declarations: readonly Declaration[]
  /** All must hold. */
  readonly media: readonly MediaTest[]
  readonly order: number
  /** Where it stands in the document. */
  readonly offset: number
}

/** What the `<style>` elements of a page say; what cannot be read is left out. */
export interface StyleSheet {
  readonly rules: readonly StyleRule[]
  /** Where rules stand inside rules. */
  readonly nested: readonly number[]
}

/** Reads every `<style>` of a page; never throws. */
export function readStyleSheet(page: HtmlPage): StyleSheet {
  const reader = new SheetReader()
  for (const element of page.elements) {
    if (element.name !== 'style') continue
    const media = element.attributes['media']?.trim()
    const tests = media ? [compileMedia(parseSafely(media, { context: 'mediaQueryList' }))] : []
    reader.read(readStyleText(page, element), element.openEnd, tests)
  }
  return reader
}

/** Reads a `style` attribute; never throws. */
export function readInlineStyle(style: string): Declaration[] {
  return listDeclarations(parseSafely(style, { context: 'declarationList' }))
}

function parseSafely(text: string, options: Parameters<typeof parse>[1]): CssNode | null {
  try {
    return parse(text, { parseValue: false, ...options })
  } catch {
    // The parser recovers from what it knows to be wrong; a style it gives up on says nothing.
    return null
  }
}

class SheetReader implements StyleSheet {
  readonly rules: StyleRule[] = []
  readonly nested: number[] = []

  read(text: string, base: number, media: readonly MediaTest[]): void {
    const sheet = parseSafely(text, { positions: true })
    if (sheet?.type === 'StyleSheet') this.#walk(sheet.children, base, media)
  }

  #walk(nodes: List<CssNode>, base: number, media: readonly MediaTest[]): void {
    for (const node of nodes) {
      if (node.type === 'Rule') this.#addRule(node, base, media)
      else if (node.type === 'Atrule' && node.name.toLowerCase() === 'media' && node.block)
        this.#walk(node.block.children, base, [...media, compileMedia(node.prelude)])
    }
  }

  #addRule(
    { prelude, block, loc }: CssNode & { readonly type: 'Rule' },
    base: number,
    media: readonly MediaTest[],
  ): void {
    const offset = base + (loc?.start.offset ?? 0)
    if (hasNested(block)) this.nested.push(offset)
    if (prelude.type !== 'SelectorList') return
    const declarations = listDeclarations(block)
    for (const node of prelude.children) {
      const selector = node.type === 'Selector' ? compileSelector(node) : undefined
      if (selector) this.rules.push({ selector, declarations, media, order: this.rules.length, offset })
    }
  }
}

function hasNested(block: Block): boolean {
  return block.children.some(({ type }) => type === 'Rule' || type === 'Atrule')
}

function listDeclarations(node: CssNode | null): Declaration[] {
  if (node?.type !== 'DeclarationList' && node?.type !== 'Block') return []
  return node.children.toArray().flatMap((child) => {
    if (child.type !== 'Declaration' || child.value.type !== 'Raw') return []
    const property = child.property.startsWith('--') ? child.property : child.property.toLowerCase()
    return [{ property, value: child.value.value.trim(), isImportant: child.important === true }]
  })
}
