import type { CssNode, MediaQuery } from 'css-tree'

/**
 * What a mail is shown on. Without a scheme or a width no condition about it holds: what is left is what clients show
 * that know no media queries.
 */
export interface Screen {
  readonly scheme?: 'light' | 'dark'
  readonly widthPx?: number
}

/** Whether a media query holds there; conditions that nobody here knows do not. */
export type MediaTest = (screen: Screen) => boolean

/** Compiles the prelude of `@media`. */
export function compileMedia(prelude: CssNode | null): MediaTest {
  const queries = listNodes(prelude).flatMap((node) => (node.type === 'MediaQueryList' ? listNodes(node) : [node]))
  const tests = queries.map((query) => (query.type === 'MediaQuery' ? compileQuery(query) : () => false))
  return tests.length === 0 ? () => true : (screen) => tests.some((test) => test(screen))
}

function compileQuery({ modifier, mediaType, condition }: MediaQuery): MediaTest {
  const type = mediaType?.toLowerCase() ?? 'all'
  const isScreen = type === 'all' || type === 'screen'
  const test = condition ? compileCondition(condition) : () => true
  return modifier?.toLowerCase() === 'not'
    ? (screen) => !(isScreen && test(screen))
    : (screen) => isScreen && test(screen)
}

function compileCondition(node: CssNode): MediaTest {
  switch (node.type) {
    case 'Condition':
      return compileTerms(listNodes(node))
    case 'Feature':
      return compileFeature(node.name.toLowerCase(), node.value)
    case 'FeatureRange': {
      const terms = [node.left, node.middle, node.right].filter((term) => term !== null)
      return compileRange(terms, [node.leftComparison, node.rightComparison])
    }
    default:
      return () => false
  }
}

function compileTerms(nodes: readonly CssNode[]): MediaTest {
  const words = new Set(nodes.flatMap((node) => (node.type === 'Identifier' ? [node.name.toLowerCase()] : [])))
  const tests = nodes.filter((node) => node.type !== 'Identifier').map(compileCondition)
  if (words.has('not')) return (screen) => !tests.some((test) => test(screen))
  if (words.has('or')) return (screen) => tests.some((test) => test(screen))
  return (screen) => tests.every((test) => test(screen))
}

function compileFeature(name: string, value: CssNode | null): MediaTest {
  if (name === 'prefers-color-scheme') {
    const scheme = value?.type === 'Identifier' ? value.name.toLowerCase() : undefined
    return (screen) => screen.scheme !== undefined && screen.scheme === scheme
  }
  const limit = readLimit(value)
  if (limit === undefined) return () => false
  if (name === 'min-width' || name === 'min-device-width')
    return ({ widthPx }) => widthPx !== undefined && widthPx >= limit
  if (name === 'max-width' || name === 'max-device-width')
    return ({ widthPx }) => widthPx !== undefined && widthPx <= limit
  return () => false
}

/** `width <= 600px`, `400px <= width <= 600px` */
function compileRange(terms: readonly CssNode[], comparisons: readonly (string | null)[]): MediaTest {
  if (!terms.some((term) => term.type === 'Identifier' && term.name.toLowerCase() === 'width')) return () => false
  return ({ widthPx }) => {
    if (widthPx === undefined) return false
    const numbers = terms.map((term) => (term.type === 'Identifier' ? widthPx : readLimit(term)))
    return numbers.every((number, index) => {
      const next = numbers[index + 1]
      return index === numbers.length - 1 || holds(number, comparisons[index], next)
    })
  }
}

function holds(one: number | undefined, comparison: string | null | undefined, other: number | undefined): boolean {
  if (one === undefined || other === undefined) return false
  if (comparison === '<=') return one <= other
  if (comparison === '<') return one < other
  if (comparison === '>=') return one >= other
  return comparison === '>' ? one > other : one === other
}

function readLimit(value: CssNode | null): number | undefined {
  if (value?.type === 'Number') return Number(value.value) === 0 ? 0 : undefined
  if (value?.type !== 'Dimension') return undefined
  const unit = value.unit.toLowerCase()
  if (unit === 'px') return Number(value.value)
  return unit === 'em' || unit === 'rem' ? Number(value.value) * 16 : undefined
}

function listNodes(node: CssNode | null): CssNode[] {
  return node && 'children' in node && node.children ? [...(node.children as Iterable<CssNode>)] : []
}
