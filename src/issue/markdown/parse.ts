import type { Definition, FootnoteDefinition, Root } from 'mdast'
import { fromMarkdown, type Extension as FromMarkdown } from 'mdast-util-from-markdown'
import { directive } from 'micromark-extension-directive'
import { gfm } from 'micromark-extension-gfm'
import type { Extension } from 'micromark-util-types'
import type { Locate } from '../source/locate.ts'
import { cjkEmphasis } from './cjk-emphasis.ts'
import { destinationNodes } from './destination-nodes.ts'
import { directiveNodes } from './directive-nodes.ts'
import { Fragment } from './fragment.ts'
import { gfmNodes } from './gfm-nodes.ts'
import { latexNodes, latexSyntax } from './latex-syntax.ts'
import { slotNodes, slotSyntax } from './slot-syntax.ts'
import { strayMarksNodes, strayMarksSyntax } from './stray-marks.ts'

const own: Extension[] = [slotSyntax, latexSyntax]
const ownNodes: FromMarkdown[] = [slotNodes, latexNodes]

// One tilde means "about" far more often than "struck out".
const github = gfm({ singleTilde: false })
const cjk = cjkEmphasis(github)

// Without the text construct, so that `10:30` and `arXiv:cs.CL` stay prose.
const blocks: Extension = { flow: directive().flow ?? {} }

/**
 * CommonMark makes a heading of text above `---`, which an author means as the end of the sections. Without the
 * construct the line is found and told of, and reading goes on as it was meant.
 */
const noUnderlines: Extension = disable('setextUnderline')

/** Parses Markdown with blocks, slots and LaTeX; never fails, since every text is Markdown. */
export function parseMarkdown(source: string, locate: Locate): Fragment {
  const extensions = [github, cjk, blocks, noUnderlines, strayMarksSyntax, ...own]
  const mdastExtensions = [gfmNodes, destinationNodes, directiveNodes, strayMarksNodes, ...ownNodes]
  return wrap(fromMarkdown(source, { extensions, mdastExtensions }), source, locate)
}

const CONTAINERS_AND_FLOW = [
  'blockQuote',
  'codeFenced',
  'codeIndented',
  'definition',
  'headingAtx',
  'htmlFlow',
  'list',
  'setextUnderline',
  'thematicBreak',
]

const { document: _containers, flow: _flow, ...inlineGithub } = github
const inlineOnly = disable(...CONTAINERS_AND_FLOW)

/** Parses the text of a heading: inline Markdown, so that `1. Results` is no list. */
export function parseInline(source: string, locate: Locate): Fragment {
  const mdastExtensions = [gfmNodes, destinationNodes, ...ownNodes]
  return wrap(
    fromMarkdown(source, { extensions: [inlineGithub, cjk, inlineOnly, ...own], mdastExtensions }),
    source,
    locate,
  )
}

const lineOnly = disable(
  ...CONTAINERS_AND_FLOW,
  'attention',
  'autolink',
  'characterEscape',
  'characterReference',
  'codeText',
  'hardBreakEscape',
  'htmlText',
  'labelEnd',
  'labelStartImage',
  'labelStartLink',
)

/** Parses a line that is no Markdown (subject, preheader, title): only slots and LaTeX mean something. */
export function parseLine(source: string, locate: Locate): Fragment {
  return wrap(fromMarkdown(source, { extensions: [lineOnly, ...own], mdastExtensions: ownNodes }), source, locate)
}

function disable(...names: string[]): Extension {
  return { disable: { null: names } }
}

function wrap(root: Root, source: string, locate: Locate): Fragment {
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
  return new Fragment({ source, locate, definitions, notes, numbers: new Map(), pending: new Set() }, root.children)
}
