import type { AttributeSelector, CssNode, Selector } from 'css-tree'
import type { HtmlElement } from '../html.ts'

/** A selector that can be asked. */
export interface CompiledSelector {
  readonly matches: (element: HtmlElement) => boolean
  /** Ids, classes and tags, as one number that compares right. */
  readonly specificity: number
  /** A class, `.name`, or a tag that each match has; without one every element must be asked. */
  readonly key?: string
  /** `before` or `after`, when it selects what stands there. */
  readonly pseudoElement?: string
}

interface Compound {
  readonly tests: ((element: HtmlElement) => boolean)[]
  /** How it stands to the compound on its right. */
  combinator: string
  key?: string
}

/**
 * Compiles what stands between two commas.
 *
 * @returns nothing where it holds what cannot be judged from a flat page: siblings, positions, states such as `:hover`.
 */
export function compileSelector({ children }: Selector): CompiledSelector | undefined {
  const compounds: Compound[] = [{ tests: [], combinator: '' }]
  let specificity = 0
  let pseudoElement: string | undefined
  for (const node of children) {
    if (node.type === 'PseudoElementSelector' || isOldPseudoElement(node)) pseudoElement = node.name.toLowerCase()
    const weight = pseudoElement === undefined ? addNode(node, compounds) : TAG
    if (weight === undefined) return undefined
    specificity += weight
  }
  const key = compounds.at(-1)?.key
  return {
    matches: (element) => matchFrom(compounds, compounds.length - 1, element),
    specificity,
    ...(key !== undefined && { key }),
    ...(pseudoElement !== undefined && { pseudoElement }),
  }
}

// Returns what the node adds to the specificity.
function addNode(node: CssNode, compounds: Compound[]): number | undefined {
  const last = compounds.at(-1)
  if (!last) return undefined
  if (node.type === 'Combinator') {
    if (node.name !== ' ' && node.name !== '>') return undefined
    last.combinator = node.name
    compounds.push({ tests: [], combinator: '' })
    return 0
  }
  const simple = compileSimple(node)
  if (!simple) return undefined
  last.tests.push(simple.test)
  if (simple.key !== undefined && (last.key === undefined || simple.key.startsWith('.'))) last.key = simple.key
  return simple.weight
}

/** `:before` is the old way to write `::before`. */
function isOldPseudoElement(node: CssNode): node is CssNode & { readonly name: string } {
  return node.type === 'PseudoClassSelector' && /^(?:before|after|first-line|first-letter)$/i.test(node.name)
}

function matchFrom(compounds: readonly Compound[], index: number, element: HtmlElement): boolean {
  const compound = compounds[index]
  if (!compound?.tests.every((test) => test(element))) return false
  const left = compounds[index - 1]
  if (!left) return true
  for (let outer = parentOf(element); outer; outer = parentOf(outer)) {
    if (matchFrom(compounds, index - 1, outer)) return true
    if (left.combinator === '>') return false
  }
  return false
}

// Browsers put rows that stand right in a table into a tbody (HTML Standard §13.2.6.4.9), and minified mails leave it out.
function parentOf({ name, parent }: HtmlElement): HtmlElement | undefined {
  return name === 'tr' && parent?.name === 'table' ? { ...parent, name: 'tbody', attributes: {}, parent } : parent
}

interface Simple {
  readonly test: (element: HtmlElement) => boolean
  readonly weight: number
  readonly key?: string
}

const ID = 1_000_000
const CLASS = 1_000
const TAG = 1

function compileSimple(node: CssNode): Simple | undefined {
  switch (node.type) {
    case 'TypeSelector': {
      const name = node.name.toLowerCase()
      return name === '*' ? { test: () => true, weight: 0 } : { test: (el) => el.name === name, weight: TAG, key: name }
    }
    case 'ClassSelector': {
      const { name } = node
      return { test: (element) => listClasses(element).includes(name), weight: CLASS, key: `.${name}` }
    }
    case 'IdSelector': {
      const { name } = node
      return { test: ({ attributes }) => attributes['id'] === name, weight: ID }
    }
    case 'AttributeSelector':
      return { test: compileAttribute(node), weight: CLASS }
    case 'PseudoClassSelector':
      return compilePseudoClass(node.name.toLowerCase())
    default:
      return undefined
  }
}

function compilePseudoClass(name: string): Simple | undefined {
  if (name === 'root') return { test: (element) => element.name === 'html', weight: CLASS }
  if (name === 'link' || name === 'any-link')
    return { test: ({ name: tag, attributes }) => tag === 'a' && 'href' in attributes, weight: CLASS }
  return undefined
}

function compileAttribute({ name, matcher, value, flags }: AttributeSelector): Simple['test'] {
  const key = name.name.toLowerCase()
  const isLoose = flags?.toLowerCase() === 'i'
  const fold = (text: string) => (isLoose ? text.toLowerCase() : text)
  const wanted = fold(value === null ? '' : value.type === 'String' ? value.value : value.name)
  return ({ attributes }) => {
    if (!Object.hasOwn(attributes, key)) return false
    const held = fold(attributes[key] ?? '')
    if (matcher === null) return true
    if (matcher === '=') return held === wanted
    if (matcher === '~=') return held.split(/\s+/).includes(wanted)
    if (matcher === '|=') return held === wanted || held.startsWith(`${wanted}-`)
    if (wanted === '') return false
    if (matcher === '^=') return held.startsWith(wanted)
    return matcher === '$=' ? held.endsWith(wanted) : held.includes(wanted)
  }
}

/** The classes of an element. */
export function listClasses({ attributes }: HtmlElement): string[] {
  return attributes['class']?.split(/\s+/).filter(Boolean) ?? []
}
