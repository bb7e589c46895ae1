import { escapeHtml } from '../../base/index.ts'
import type {
  Action,
  Block,
  Entry,
  Flow,
  ImageData,
  Inline,
  Issue,
  Piece,
  Section,
  SlotNode,
  Text,
} from '../../issue/index.ts'
import { outlineBlock } from '../outline.ts'
import { markSlot, SLOT_NAMES } from '../slot.ts'
import type { BlockDefinition, BlockOutline, TemplateProps } from '../template.ts'
import type { Theme } from '../theme.ts'
import { formatPeriod } from '../words/period.ts'
import type { Words } from '../words/words.ts'
import { keepBody } from './bodies.ts'
import { SafeHtml, SlotDrop, SlotGroup } from './drops.ts'
import { endOf, fitImage, type HtmlContext, startOf } from './html-context.ts'
import { writeHtml } from './html.ts'
import { writeInlineHtml } from './html-inline.ts'
import { buildStyles } from './styles.ts'
import { listFacts } from '../facts.ts'
import type { Scope } from './liquid.ts'

/** Space between the edge of the sheet and the text, in CSS pixels; pictures are fitted to what is left. */
const PADDING = 24

/** A portrait in a block, the cover of a book for one. */
const PORTRAIT = 168

/** What a template sees, and the texts that its marks stand for. */
export interface View {
  readonly scope: Scope
  readonly bodies: readonly string[]
}

/**
 * An issue as Liquid values. Rich text prints a mark for `restoreBodies`; what is missing is null, so that strict templates may ask for it.
 * `issue.parts` holds the whole issue in reading order: parts (opening, each section, closing) of pieces (entry, prose, block).
 */
export function buildView(mail: TemplateProps, blocks: readonly BlockDefinition[]): View {
  return new ViewBuilder(mail, blocks).build()
}

class ViewBuilder {
  readonly #mail: TemplateProps
  readonly #blocks: readonly BlockDefinition[]
  readonly #context: HtmlContext
  readonly #bodies: string[] = []

  constructor(mail: TemplateProps, blocks: readonly BlockDefinition[]) {
    this.#mail = mail
    this.#blocks = blocks
    this.#context = {
      theme: mail.theme,
      words: mail.words,
      direction: mail.direction,
      width: mail.theme.width - 2 * PADDING,
    }
  }

  build(): View {
    return { scope: this.#scope(), bodies: this.#bodies }
  }

  #scope(): Scope {
    const { newsletter, language, direction, archiveUrl, theme, words } = this.#mail
    const slots = SLOT_NAMES.filter((name) => !name.includes('.')).map((name) => [name, new SlotDrop(name)])
    return {
      ...Object.fromEntries(slots),
      subscriber: new SlotGroup('subscriber'),
      language,
      direction,
      start: startOf(direction),
      end: endOf(direction),
      archiveUrl: archiveUrl ?? null,
      newsletter: {
        name: newsletter.name,
        url: newsletter.url ?? null,
        reason: newsletter.reason ?? null,
        postalAddress: newsletter.postalAddress ?? null,
      },
      theme: viewTheme(theme),
      styles: new SafeHtml(buildStyles({ ...theme, fonts: cleanFonts(theme.fonts) })),
      words: viewWords(words),
      issue: this.#issue(),
    }
  }

  #issue(): Scope {
    const { issue, words, language } = this.#mail
    return {
      id: issue.id,
      title: issue.title,
      subtitle: issue.subtitle ?? null,
      number: issue.number ?? null,
      numberText: issue.number === undefined ? null : words.issue(issue.number),
      author: issue.author ?? null,
      period: formatPeriod(issue.period, language),
      from: issue.period.from,
      to: issue.period.to,
      week: issue.period.week ?? null,
      subject: this.#line(issue.subject),
      preheader: issue.preheader === undefined ? null : this.#line(cutPreheader(issue.preheader)),
      tags: issue.tags,
      parts: this.#parts(issue),
    }
  }

  #parts(issue: Issue): Scope[] {
    const flow = (kind: string, pieces: readonly Piece[]) =>
      pieces.length === 0 ? [] : [{ kind, id: null, number: null, title: null, count: 0, pieces: this.#pieces(pieces) }]
    return [
      ...flow('opening', issue.opening),
      ...issue.sections.map((section) => this.#section(section)),
      ...flow('closing', issue.closing),
    ]
  }

  #section(section: Section): Scope {
    const entries = section.entries.flatMap((entry) => [this.#entry(entry), ...this.#pieces(entry.after)])
    return {
      kind: 'section',
      id: section.id,
      number: section.number,
      title: this.#inline(section.title),
      count: section.entries.length,
      pieces: [...this.#pieces(section.intro), ...entries],
    }
  }

  #entry(entry: Entry): Scope {
    return {
      kind: 'entry',
      id: entry.id,
      number: entry.number,
      title: this.#inline(entry.title),
      url: entry.url ?? null,
      facts: listFacts(entry, this.#mail),
      body: this.#html(entry.body),
    }
  }

  #pieces(pieces: readonly Piece[]): Scope[] {
    return pieces.map((piece) =>
      piece.type === 'prose' ? { kind: 'prose', body: this.#html(piece.children) } : this.#block(piece),
    )
  }

  #block(block: Block): Scope {
    const definition = this.#blocks.find((candidate) => candidate.name === block.block)
    const outline = outlineBlock(block, definition, this.#mail)
    return {
      kind: 'block',
      name: block.block,
      attributes: block.props,
      label: outline.label ?? null,
      title: outline.title ?? null,
      image: outline.image ? this.#image(outline.image) : null,
      body: this.#html(outline.body),
      actions: outline.actions.map(({ label, url }: Action) => ({ label, url })),
      contents: outline.contents ? this.#contents(outline.contents) : null,
    }
  }

  #image(image: ImageData & { readonly alt: string }): Scope {
    const isPortrait = (image.height ?? 0) > (image.width ?? 0)
    const size = fitImage(image, isPortrait ? PORTRAIT : this.#context.width)
    return { src: image.src, alt: image.alt, width: size.width, height: size.height ?? null }
  }

  #contents(rows: NonNullable<BlockOutline['contents']>): Scope[] {
    const { archiveUrl, words } = this.#mail
    return rows.map((row) => ({
      depth: row.depth,
      number: row.number,
      title: row.title,
      id: row.id,
      count: row.count,
      countText: row.count === 0 ? null : words.entries(row.count),
      onlineUrl: archiveUrl === undefined ? null : `${archiveUrl}#${row.id}`,
    }))
  }

  #html(nodes: readonly Flow[]): SafeHtml | null {
    return nodes.length === 0 ? null : keepBody(writeHtml(nodes, this.#context), this.#bodies)
  }

  #inline(nodes: readonly Inline[]): SafeHtml {
    return keepBody(writeInlineHtml(nodes, this.#context), this.#bodies)
  }

  // A subject or preheader holds text and slots only; in a hidden line no element is needed around a slot.
  #line(nodes: readonly (Text | SlotNode)[]): SafeHtml {
    const parts = nodes.map((node) =>
      node.type === 'slot' ? markSlot(node.name, node.fallback) : escapeHtml(node.value),
    )
    return new SafeHtml(parts.join(''))
  }
}

/** No mailbox shows more after the subject, and longer hidden text looks like a trick to spam filters. */
const PREHEADER_LENGTH = 150

function cutPreheader(nodes: readonly (Text | SlotNode)[]): (Text | SlotNode)[] {
  let room = PREHEADER_LENGTH
  return nodes.flatMap((node) => {
    const text = node.type === 'text' ? node.value : (node.fallback ?? '')
    const before = room
    room -= text.length
    if (room >= 0) return [node]
    // What follows the cut has no room at all.
    return before > 0 && node.type === 'text' ? [{ ...node, value: cutAtWord(text, before) }] : []
  })
}

function cutAtWord(text: string, room: number): string {
  const cut = text.slice(0, Math.max(0, room - 1))
  const end = cut.lastIndexOf(' ')
  // Chinese and Japanese have no blanks to cut at; half a surrogate pair is no character.
  return `${(end > room / 2 ? cut.slice(0, end) : cut).replace(/[\u{D800}-\u{DBFF}]$/u, '')}…`
}

function viewTheme({ light, dark, fonts, radius, width, logo }: Theme): Scope {
  const names = Object.entries(cleanFonts(fonts)).map(([use, families]) => [use, new SafeHtml(families)])
  return { light, dark, fonts: Object.fromEntries(names), radius, width, logo: logo ?? null }
}

// Font names stand in `style` attributes and style sheets, where no escaping is right for both.
function cleanFonts(fonts: Theme['fonts']): Theme['fonts'] {
  const clean = (families: string) => families.replaceAll('"', "'").replaceAll(/[<>&{};]/g, '')
  return { body: clean(fonts.body), heading: clean(fonts.heading), code: clean(fonts.code) }
}

function viewWords(words: Words): Scope {
  return Object.fromEntries(Object.entries(words).filter(([, value]) => typeof value === 'string'))
}
