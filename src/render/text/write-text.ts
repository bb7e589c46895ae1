import type { Block, Entry, Piece, Section } from '../../issue/index.ts'
import { listFacts } from '../facts.ts'
import { outlineBlock } from '../outline.ts'
import { markSlot } from '../slot.ts'
import type { BlockDefinition, BlockOutline, TemplateProps } from '../template.ts'
import { formatPeriod } from '../words/period.ts'
import { type Paragraphs, type TextContext, writeFlow } from './flow.ts'
import { LinkNotes, writeInlines } from './inline.ts'
import { measureCells, wrapText } from './wrap.ts'

/** Cells per line, as RFC 3676 §4.2 advises below 78. */
const WIDTH = 72

/**
 * The plain-text part, written from the issue's tree: numbered headings, links as numbered notes under the piece of
 * text they stand in, the same order as the HTML.
 *
 * @returns lines joined with `\n`, ending in one; with slot marks.
 */
export function writeText(mail: TemplateProps, blocks: readonly BlockDefinition[]): string {
  const writer = new TextWriter(mail, blocks)
  const paragraphs = [
    ...writer.masthead(),
    ...writer.pieces(mail.issue.opening),
    ...mail.issue.sections.flatMap((section) => writer.section(section)),
    ...(mail.issue.closing.length > 0 ? [[rule('-')], ...writer.pieces(mail.issue.closing)] : []),
    ...writer.footer(),
  ]
  return `${paragraphs.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function rule(char: string, width = WIDTH): string {
  return char.repeat(width)
}

class TextWriter {
  readonly #mail: TemplateProps
  readonly #blocks: readonly BlockDefinition[]
  readonly #context: TextContext
  #listed = 0

  constructor(mail: TemplateProps, blocks: readonly BlockDefinition[]) {
    this.#mail = mail
    this.#blocks = blocks
    this.#context = { width: WIDTH, links: new LinkNotes(), words: mail.words }
  }

  masthead(): Paragraphs {
    const { issue, newsletter, words, language } = this.#mail
    const number = issue.number === undefined ? [] : [words.issue(issue.number)]
    const line = [newsletter.name, ...number, formatPeriod(issue.period, language)].join(' · ')
    const title = wrapText(issue.title, WIDTH)
    const underline = rule('=', Math.min(WIDTH, Math.max(...title.map(measureCells))))
    const online = this.#mail.archiveUrl ? [wrapText(`${words.readOnline}: ${markSlot('webUrl')}`, WIDTH)] : []
    return [
      wrapText(line, WIDTH),
      [...title, underline, ...(issue.subtitle ? wrapText(issue.subtitle, WIDTH) : [])],
      ...(issue.author ? [wrapText(issue.author, WIDTH)] : []),
      ...online,
    ]
  }

  section(section: Section): Paragraphs {
    const title = wrapText(`${section.number}. ${this.#inline(section.title)}`, WIDTH)
    return [
      [rule('-'), ...title, rule('-')],
      ...this.#notes(),
      ...this.pieces(section.intro),
      ...section.entries.flatMap((entry) => this.#entry(entry)),
    ]
  }

  pieces(pieces: readonly Piece[]): Paragraphs {
    return pieces.flatMap((piece) => {
      const written = piece.type === 'prose' ? writeFlow(piece.children, this.#context) : this.#block(piece)
      return [...written, ...this.#notes()]
    })
  }

  footer(): Paragraphs {
    const { newsletter, words } = this.#mail
    const lines = [newsletter.name, newsletter.reason, newsletter.postalAddress].filter((line) => line !== undefined)
    const leave = [`${words.unsubscribe}: ${markSlot('unsubscribeUrl')}`]
    if (newsletter.url) leave.push(`${words.preferences}: ${markSlot('preferencesUrl')}`)
    return [
      [rule('-'), ...lines.flatMap((line) => wrapText(line, WIDTH))],
      leave.flatMap((line) => wrapText(line, WIDTH)),
    ]
  }

  #entry(entry: Entry): Paragraphs {
    const title = wrapText(
      `${entry.number} ${this.#inline(entry.title)}`,
      WIDTH,
      ' '.repeat(entry.number.length + 1),
      '',
    )
    const facts = listFacts(entry, this.#mail)
    const about = facts
      .map(({ text, url }) => (url === null ? text : `${text} ${this.#context.links.add(url)}`))
      .join(' · ')
    const head = [...title, ...(about ? wrapText(about, WIDTH) : []), ...(entry.url ? [entry.url] : [])]
    return [head, ...writeFlow(entry.body, this.#context), ...this.#notes(), ...this.pieces(entry.after)]
  }

  #block(block: Block): Paragraphs {
    const definition = this.#blocks.find((candidate) => candidate.name === block.block)
    const outline = outlineBlock(block, definition, this.#mail)
    return outline.contents ? this.#contents(outline) : this.#callOut(outline)
  }

  #contents(outline: BlockOutline): Paragraphs {
    const lines = (outline.contents ?? []).flatMap((row) => {
      const count = row.count > 0 ? ` (${this.#mail.words.entries(row.count)})` : ''
      const mark = row.depth === 1 ? `${row.number}. ` : `   ${row.number} `
      return wrapText(`${row.title}${count}`, WIDTH, ' '.repeat(mark.length), mark)
    })
    return [[...(outline.title ? wrapText(outline.title, WIDTH) : []), ...lines]]
  }

  #callOut({ label, title, image, body, actions }: BlockOutline): Paragraphs {
    const [above = [], heading = []] = [label, title].map((line) => (line === undefined ? [] : wrapText(line, WIDTH)))
    const picture = image?.alt ? wrapText(`[${this.#mail.words.image}: ${image.alt}]`, WIDTH) : []
    // In the order of the HTML, where a picture stands above the title.
    const head = picture.length > 0 ? [above, picture, heading] : [[...above, ...heading]]
    const links = actions.map((action) => wrapText(`${action.label}: ${action.url}`, WIDTH, '  ', '> ')).flat()
    const inside: Paragraphs = [...head, ...writeFlow(body, this.#context), links].filter((lines) => lines.length > 0)
    return [[rule('*', 3)], ...inside, ...this.#notes(), [rule('*', 3)]]
  }

  #inline(nodes: Entry['title']): string {
    return writeInlines(nodes, this.#context.links, this.#mail.words.image)
  }

  // Notes stand near their text: a reader of plain text cannot jump to the end and back.
  #notes(): Paragraphs {
    const { lines, next } = this.#context.links.list(this.#listed)
    this.#listed = next
    return lines.length > 0 ? [lines] : []
  }
}
