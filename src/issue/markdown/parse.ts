import type { Definition, FootnoteDefinition, Root } from 'mdast'
import { fromMarkdown, type Extension as FromMarkdown } from 'mdast-util-from-markdown'
import { directive } from 'micromark-extension-directive'
import { gfm } from 'micromark-extension-gfm'
import type { Extension } from 'micromark-util-types'
import type { Locate } from '../source/locate.ts'
import { destinationNodes } from './destination-nodes.ts'
import { directiveNodes, strayColonsSyntax } from './directive-nodes.ts'
import { Fragment, type MarkdownText } from './fragment.ts'
import { gfmNodes } from './gfm-nodes.ts'
import { latexNodes, latexSyntax } from './latex-syntax.ts'
import { slotNodes, slotSyntax } from './slot-syntax.ts'

const own: Extension[] = [slotSyntax, latexSyntax]
const ownNodes: FromMarkdown[] = [slotNodes, latexNodes]

// Without the text construct, so that `10:30` and `arXiv:cs.CL` stay prose.
const blocks: Extension = { flow: directive().flow ?? {} }
const markdown: Extension[] = [gfm({ singleTilde: false }), blocks, strayColonsSyntax, ...own]

/** CommonMark underlines headings with `---`, which an author means as the end of the sections. */
const headings: FromMarkdown = {
  enter: {
    setextHeading(token) {
      this.enter({ type: 'heading', depth: 2, children: [], data: { isSetext: true } }, token)
    },
  },
}

const lineOnly: Extension = {
  disable: {
    null: [
      'attention',
      'autolink',
      'blockQuote',
      'characterEscape',
      'characterReference',
      'codeFenced',
      'codeIndented',
      'codeText',
      'definition',
      'hardBreakEscape',
      'headingAtx',
      'htmlFlow',
      'htmlText',
      'labelEnd',
      'labelStartImage',
      'labelStartLink',
      'list',
      'setextUnderline',
      'thematicBreak',
    ],
  },
}

/** Parses Markdown with blocks, slots and LaTeX; never fails, since every text is Markdown. */
export function parseMarkdown(source: string, locate: Locate): Fragment {
  return wrap(
    fromMarkdown(source, {
      extensions: markdown,
      mdastExtensions: [gfmNodes, destinationNodes, directiveNodes, headings, ...ownNodes],
    }),
    locate,
  )
}

const { document: _containers, flow: _flow, ...inlineGfm } = gfm({ singleTilde: false })
const inlineOnly: Extension = {
  disable: {
    null: [
      'blockQuote',
      'codeFenced',
      'codeIndented',
      'definition',
      'headingAtx',
      'htmlFlow',
      'list',
      'setextUnderline',
      'thematicBreak',
    ],
  },
}

/** Parses the text of a heading: inline Markdown, so that `1. Results` is no list. */
export function parseInline(source: string, locate: Locate): Fragment {
  return wrap(
    fromMarkdown(source, {
      extensions: [inlineGfm, inlineOnly, ...own],
      mdastExtensions: [gfmNodes, destinationNodes, ...ownNodes],
    }),
    locate,
  )
}

/** Parses a line that is no Markdown (subject, preheader, title): only slots and LaTeX mean something. */
export function parseLine(source: string, locate: Locate): Fragment {
  return wrap(fromMarkdown(source, { extensions: [lineOnly, ...own], mdastExtensions: ownNodes }), locate)
}

function wrap(root: Root, locate: Locate): Fragment {
  const definitions = new Map<string, Definition>()
  const notes = new Map<string, FootnoteDefinition>()
  const queue: Root['children'][] = [root.children]
  for (let nodes = queue.pop(); nodes; nodes = queue.pop()) {
    for (const node of nodes) {
      // The first of two definitions counts (CommonMark §4.7).
      if (node.type === 'definition' && !definitions.has(node.identifier)) definitions.set(node.identifier, node)
      if (node.type === 'footnoteDefinition' && !notes.has(node.identifier)) notes.set(node.identifier, node)
      if ('children' in node) queue.push(node.children)
    }
  }
  const text: MarkdownText = { locate, definitions, notes, numbers: new Map(), shown: new Set() }
  return new Fragment(text, root.children)
}
