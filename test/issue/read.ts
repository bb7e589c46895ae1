import type { Flow, Inline, Issue, Piece } from '../../src/issue/index.ts'
import { parseIssue } from '../../src/issue/index.ts'
import { OPTIONS } from './blocks.ts'

export const FRONT = '---\ntitle: Papers\nweek: 2024-W11\n---\n'

/** Reads a Markdown issue; `text` follows four lines of front matter. */
export async function readBody(text: string) {
  return await parseIssue(FRONT + text, 'issues/test.md', OPTIONS)
}

/** Problems as `code line:column` and the text they mark. */
export async function listProblems(source: string, file = 'issues/test.md'): Promise<string[]> {
  const { diagnostics, source: text } = await parseIssue(source, file, OPTIONS)
  return diagnostics.map(({ code, range }) => {
    if (!range) return code
    const marked = text.slice(range.start.offset, range.end.offset).split(/[\r\n]/, 1)[0] ?? ''
    return `${code} ${range.start.line}:${range.start.column} ${marked}`.trimEnd()
  })
}

/** Problems of a body that stands below `FRONT`. */
export async function listBodyProblems(body: string): Promise<string[]> {
  return await listProblems(FRONT + body)
}

/** The issue, or an error with what is wrong. */
export async function readSound(source: string, file = 'issues/test.md'): Promise<Issue> {
  const { issue, diagnostics } = await parseIssue(source, file, OPTIONS)
  if (!issue)
    throw new Error(diagnostics.map(({ code, message, range }) => `${range?.start.line} ${code} ${message}`).join('\n'))
  return issue
}

/** The paragraphs of an introduction. */
export async function readIntro(body: string): Promise<readonly Flow[]> {
  const { opening } = await readSound(FRONT + body)
  return opening.flatMap((piece) => (piece.type === 'prose' ? piece.children : []))
}

/** Inline content of the first paragraph of an introduction, spelled out. */
export async function spellIntro(body: string, front = FRONT): Promise<string> {
  const { opening } = await readSound(front + body)
  const [first] = opening
  const paragraph = first?.type === 'prose' ? first.children[0] : undefined
  return paragraph?.type === 'paragraph' ? spell(paragraph.children) : ''
}

/** Inline content as text with marks: `<sup>2</sup>`, `[label](url)`, `{{name|fallback}}`. */
export function spell(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      switch (node.type) {
        case 'text':
          return node.value
        case 'inlineCode':
          return `\`${node.value}\``
        case 'slot':
          return `{{${node.name}${node.fallback === undefined ? '' : `|${node.fallback}`}}}`
        case 'break':
          return '⏎'
        case 'image':
          return `![${node.alt}](${node.src})`
        case 'footnoteReference':
          return `[^${node.number}]`
        case 'link':
          return `[${spell(node.children)}](${node.url})`
        case 'superscript':
          return `<sup>${spell(node.children)}</sup>`
        case 'subscript':
          return `<sub>${spell(node.children)}</sub>`
        default:
          return `<${node.type}>${spell(node.children)}</${node.type}>`
      }
    })
    .join('')
}

/** A copy without places. */
export function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key]) => !['range', 'places', 'file'].includes(key))
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutPlaces(item)]))
}

export function namesOf(pieces: readonly Piece[]): string[] {
  return pieces.map((piece) => (piece.type === 'block' ? piece.block : 'prose'))
}
