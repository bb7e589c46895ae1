import { type ChildNode, type Element, isComment, isTag, isText } from 'domhandler'
import { parseDocument } from 'htmlparser2'

/** Elements a mail of ours may hold. */
const ELEMENTS = new Set(
  'html head meta title style body table tbody thead tfoot tr td th div span p a img br hr h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code strong em b i s del sup sub u small center font'.split(' '),
)
/** Attributes whose words are shown, not obeyed. */
const WORDS = new Set(['alt', 'title', 'summary', 'content', 'aria-label', 'aria-describedby'])
const SAFE_SCHEME = /^(?:https?:\/\/|mailto:|tel:|cid:|#)/

/** What is wrong with a mail made from hostile text; empty when it is inert. */
export function findActive(html: string, text: string, forbid: readonly string[]): string[] {
  const markup: string[] = []
  const problems = walk(parseDocument(html).children, markup)
  const whole = markup.join('\n').toLowerCase()
  for (const word of forbid) if (whole.includes(word.toLowerCase())) problems.push(`markup holds ${word}`)
  if (/root:x:0/.test(html + text)) problems.push('a local file leaked')
  return [...problems, ...findUnsafeText(text)]
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
  return /^(?:<!|\[endif\]|<!\[endif\])/.test(data) || data.trim() === '' ? [] : [`comment ${data.slice(0, 40)}`]
}

function checkElement(element: Element, markup: string[]): string[] {
  const problems: string[] = []
  markup.push(`<${element.name}`)
  if (!ELEMENTS.has(element.name)) problems.push(`element ${element.name}`)
  for (const [name, value] of Object.entries(element.attribs)) {
    if (!WORDS.has(name)) markup.push(`${name}="${value}"`)
    if (/^on/i.test(name)) problems.push(`attribute ${name}`)
    if (name === 'href' || name === 'src' || name === 'background' || name === 'action') {
      const folded = value.replaceAll(/[\s\p{Cc}\p{Cf}]/gu, '').toLowerCase()
      if (folded !== '' && !SAFE_SCHEME.test(folded)) problems.push(`${name}=${value.slice(0, 60)}`)
    }
    if (name === 'style' && /javascript|expression|url\(|@import|behavior|-moz-binding/i.test(value)) problems.push(`style ${value}`)
    if (name === 'srcdoc' || name === 'formaction') problems.push(`attribute ${name}`)
  }
  return problems
}

// Line feeds alone may stand in a text part; an override without its end turns the lines after it.
function findUnsafeText(text: string): string[] {
  // oxlint-disable-next-line no-control-regex
  const found = /[\u{0}-\u{9}\u{B}-\u{1F}\u{7F}-\u{9F}\u{202A}-\u{202E}\u{2066}-\u{2069}]/u.exec(text)
  return found ? [`text part holds U+${found[0].codePointAt(0)?.toString(16) ?? ''}`] : []
}
