import type { HtmlElement, HtmlPage } from '../html.ts'
import { parseColor } from './color.ts'
import { describeKind, listDefaults } from './defaults.ts'
import type { MediaTest, Screen } from './media.ts'
import { listClasses } from './selector.ts'
import { expand, isUnknownColor } from './shorthand.ts'
import { type Declaration, readInlineStyle, type StyleRule, type StyleSheet } from './stylesheet.ts'

/** A declaration that reaches an element, in a list that rises in weight. */
export interface Applied extends Declaration {
  readonly media: readonly MediaTest[]
}

const NO_MEDIA: readonly MediaTest[] = []
const KEYWORD = /^(?:inherit|initial|unset|revert|revert-layer|currentcolor)$/i

/** All that applies to an element; elements to which the same applies share one. */
interface Match {
  readonly applied: readonly Applied[]
  /** Values by screen, then by what browsers do with the element by themselves. */
  readonly values: Map<Screen, Map<string, ReadonlyMap<string, string>>>
}

/** Finds what applies to an element; selectors are asked once for each element. */
export class Cascade {
  readonly #byKey = new Map<string, StyleRule[]>()
  readonly #inline = new Map<string, readonly Declaration[]>()
  readonly #matches = new Map<HtmlElement, Match>()
  readonly #shared = new Map<string, Match>()

  constructor({ rules }: StyleSheet) {
    for (const rule of rules) {
      if (rule.selector.pseudoElement !== undefined) continue
      const key = rule.selector.key ?? '*'
      const group = this.#byKey.get(key)
      if (group) group.push(rule)
      else this.#byKey.set(key, [rule])
    }
  }

  /** Shorthands taken apart, later ones win; empty for an element that nobody styled. */
  listApplied(element: HtmlElement): readonly Applied[] {
    return this.#match(element).applied
  }

  /**
   * The value that each longhand has there, attributes and what browsers do by themselves included. Elements that are
   * styled alike get the same map.
   */
  computeValues(element: HtmlElement, screen: Screen): ReadonlyMap<string, string> {
    const { applied, values } = this.#match(element)
    let known = values.get(screen)
    if (!known) values.set(screen, (known = new Map()))
    const kind = describeKind(element)
    const same = known.get(kind)
    if (same) return same
    const computed = new Map<string, string>(listDefaults(element))
    for (const { property, value, media } of applied) {
      if (media.every((test) => test(screen))) computed.set(property, value)
    }
    known.set(kind, computed)
    return computed
  }

  #match(element: HtmlElement): Match {
    const known = this.#matches.get(element)
    if (known) return known
    const rules = this.#listRules(element)
    const style = element.attributes['style'] ?? ''
    const key = `${rules.map(({ order }) => order).join()} ${style}`
    const match = this.#shared.get(key) ?? { applied: this.#apply(rules, style), values: new Map() }
    this.#shared.set(key, match)
    this.#matches.set(element, match)
    return match
  }

  #listRules(element: HtmlElement): StyleRule[] {
    const keys = ['*', element.name, ...listClasses(element).map((name) => `.${name}`)]
    return keys
      .flatMap((key) => this.#byKey.get(key) ?? [])
      .filter(({ selector }) => selector.matches(element))
      .toSorted((a, b) => a.selector.specificity - b.selector.specificity || a.order - b.order)
  }

  #apply(rules: readonly StyleRule[], style: string): readonly Applied[] {
    const applied = [
      ...rules.flatMap(({ declarations, media }) => declarations.flatMap((one) => toApplied(one, media))),
      ...(style === '' ? [] : this.#readInline(style).flatMap((one) => toApplied(one, NO_MEDIA))),
    ]
    return [...applied.filter((one) => !one.isImportant), ...applied.filter((one) => one.isImportant)]
  }

  // A mail repeats few styles many times.
  #readInline(style: string): readonly Declaration[] {
    const known = this.#inline.get(style)
    if (known) return known
    const read = readInlineStyle(style)
    this.#inline.set(style, read)
    return read
  }
}

function toApplied({ property, value, isImportant }: Declaration, media: readonly MediaTest[]): Applied[] {
  return expand(property, value)
    .filter(([name, part]) => isValid(name, part))
    .map(([name, part]) => ({ property: name, value: part, isImportant, media }))
}

// Browsers drop a colour that is none, and take what the next rule says.
function isValid(property: string, value: string): boolean {
  if (property !== 'color' && property !== 'background-color') return value !== ''
  return KEYWORD.test(value) || parseColor(value) !== undefined || isUnknownColor(value)
}

/** Whether the head or an attribute says that the mail knows the dark. */
export function claimsDark(page: HtmlPage, { rules }: StyleSheet): boolean {
  const isDark = (value: string | undefined) => value !== undefined && /\bdark\b/i.test(value)
  return (
    page.elements.some(
      ({ name, attributes }) =>
        (name === 'meta' && attributes['name']?.toLowerCase() === 'color-scheme' && isDark(attributes['content'])) ||
        ((name === 'html' || name === 'body') &&
          isDark(/(?:^|[;\s])color-scheme:([^;]*)/i.exec(attributes['style'] ?? '')?.[1])),
    ) ||
    rules.some(({ declarations }) =>
      declarations.some(({ property, value }) => property === 'color-scheme' && isDark(value)),
    )
  )
}
