import { type ChildNode, type Element, isComment, isTag, isText } from 'domhandler'
import { parseDocument } from 'htmlparser2'

/** Elements a mail of ours may hold. */
const ELEMENTS = new Set(
  'html head meta title style body table tbody thead tfoot tr td th div span p a img br hr h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code strong em b i s del sup sub u small center font bdi'.split(
    ' ',
  ),
)
/** Attributes whose words are shown, not obeyed. */
const WORDS = new Set(['alt', 'title', 'summary', 'content', 'aria-label', 'aria-describedby'])
const SAFE_SCHEME = /^(?:https?:\/\/|mailto:|tel:|cid:|#)/

/**
 * What is wrong with a mail made from hostile text; empty when it is inert.
 *
 * @param clean - HTML of the same template without the hostile text: what the template itself holds may be there.
 */
export function findActive(html: string, text: string, forbid: readonly string[], clean: string): string[] {
  const markup: string[] = []
  const cleanMarkup: string[] = []
  const problems = walk(parseDocument(html).children, markup)
  walk(parseDocument(clean).children, cleanMarkup)
  for (const word of forbid) {
    if (countIn(markup, word) > countIn(cleanMarkup, word)) problems.push(`markup holds ${word}`)
  }
  if (/root:x:0/.test(html + text)) problems.push('a local file leaked')
  return [...problems, ...findUnsafeText(text)]
}

function countIn(markup: readonly string[], word: string): number {
  return markup.join('\n').toLowerCase().split(word.toLowerCase()).length - 1
}

function walk(nodes: readonly ChildNode[], markup: string[]): string[] {
  return nodes.flatMap((node) => {
    if (isTag(node)) return [...checkElement(node, markup), ...walk(node.children, markup)]
    if (isComment(node)) {
      markup.push(`<!--${node.data}-->`)
      const inside = /^\[if [^\]]*\]>([^]*)<!\[endif\]$/.exec(node.data)?.[1]
      // Classic Outlook reads what stands in a conditional comment, so it is markup like any other.
      return inside === undefined ? checkComment(node.data) : walkConditional(inside, markup)
    }
    if (isText(node) && node.parent && isTag(node.parent) && node.parent.name === 'style') markup.push(node.data)
    return []
  })
}

function walkConditional(inside: string, markup: string[]): string[] {
  const problems = walk(parseDocument(inside).children, markup)
  return problems.filter((problem) => !/element (?:xml|o:|v:|w:|noscript)/.test(problem))
}

function checkComment(data: string): string[] {
  return /^(?:<!\[endif\]|\[if !mso[^\]]*\]><!)$/.test(data) || data.trim() === ''
    ? []
    : [`comment ${data.slice(0, 40)}`]
}

function checkElement(element: Element, markup: string[]): string[] {
  markup.push(`<${element.name}`)
  const problems = ELEMENTS.has(element.name) ? [] : [`element ${element.name}`]
  for (const [name, value] of Object.entries(element.attribs)) {
    // An anchor made of the letters of a heading may spell anything and do nothing.
    const isAnchor =
      /^(?:id|name|href)$/.test(name) &&
      /^(?:https:\/\/news\.example\.com\/issues\/hostile\/)?#?[\p{L}\p{M}\p{N}-]+$/u.test(value)
    if (!WORDS.has(name) && !isAnchor) markup.push(`${name}="${value}"`)
    problems.push(...checkAttribute(name, value))
  }
  return problems
}

function checkAttribute(name: string, value: string): string[] {
  if (/^(?:on|srcdoc$|formaction$)/i.test(name)) return [`attribute ${name}`]
  if (/^(?:href|src|background|action)$/.test(name)) {
    const folded = value.replaceAll(/[\s\p{Cc}\p{Cf}]/gu, '').toLowerCase()
    return folded === '' || SAFE_SCHEME.test(folded) ? [] : [`${name}=${value.slice(0, 60)}`]
  }
  const isLoaded = name === 'style' && /javascript|expression|url\(|@import|behavior|-moz-binding/i.test(value)
  return isLoaded ? [`style ${value}`] : []
}

// Line feeds alone may stand in a text part; an override without its end turns the lines after it.
function findUnsafeText(text: string): string[] {
  // oxlint-disable-next-line no-control-regex
  const found = /[\u{0}-\u{9}\u{B}-\u{1F}\u{7F}-\u{9F}\u{202A}-\u{202E}\u{2066}-\u{2069}]/u.exec(text)
  return found ? [`text part holds U+${found[0].codePointAt(0)?.toString(16) ?? ''}`] : []
}
