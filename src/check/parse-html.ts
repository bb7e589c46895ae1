import type { Handler, Parser } from 'htmlparser2'
import { WritableStream } from 'htmlparser2/WritableStream'
import { LineIndex } from '../base/index.ts'
import { type HtmlElement, type HtmlPage, OBJECT, type TextNode, type TextRun } from './html.ts'

/** Elements that text flows through. */
const INLINE = new Set(
  'a abbr b bdi bdo big cite data del dfn em font i img ins label mark o:p q s small span strike strong sub sup time u var wbr'.split(
    ' ',
  ),
)

/** Elements whose text is quoted matter, not prose. */
const CODE = new Set(['code', 'pre', 'kbd', 'samp', 'tt'])

/** Elements whose text nobody reads. */
const UNREAD = new Set(['style', 'script', 'template', 'noscript'])

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** Parses a document into a flat list of elements and the runs of text between block-level tags. */
export function parseHtml(source: string): HtmlPage {
  const reader = new PageReader()
  const handler: Partial<Handler> = {
    onparserinit: (parser) => reader.start(parser),
    onopentag: (name, attributes) => reader.open(name, attributes),
    onclosetag: () => reader.close(),
    ontext: (text) => reader.addText(text),
  }
  // The package's main entry loads a whole DOM; this one gives the parser alone and halves the time to start.
  new WritableStream(handler, { decodeEntities: true })
  reader.parse(source)
  return { source, elements: reader.elements, runs: reader.runs, texts: reader.texts, lines: new LineIndex(source) }
}

class PageReader {
  readonly elements: HtmlElement[] = []
  readonly runs: TextRun[] = []
  readonly texts: Writable<TextNode>[] = []
  readonly #open: Writable<HtmlElement>[] = []
  #parser: Parser | undefined
  #value = ''
  #pieces: { index: number; offset: number }[] = []
  #parent: HtmlElement | undefined
  /** Open elements that hide or quote their text. */
  #unread = 0
  #code = 0
  /** Whether a tag stands between the last text and the next. */
  #isParted = true

  start(parser: Parser): void {
    this.#parser = parser
  }

  parse(source: string): void {
    this.#parser?.end(source)
    this.#flush()
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const { start, end: openEnd } = this.#place()
    this.#isParted = true
    if (name === 'br') this.#append('\n', start)
    else if (name === 'img') this.#append(OBJECT, start)
    else if (!INLINE.has(name) && name !== 'code') this.#flush()
    const element = { name, attributes, parent: this.#open.at(-1), start, openEnd, end: openEnd }
    this.elements.push(element)
    this.#open.push(element)
    if (CODE.has(name)) this.#code++
    if (UNREAD.has(name)) this.#unread++
  }

  close(): void {
    const { end } = this.#place()
    const element = this.#open.pop()
    this.#isParted = true
    if (!element) return
    element.end = Math.max(end, element.openEnd)
    if (CODE.has(element.name)) this.#code--
    if (UNREAD.has(element.name)) this.#unread--
    if (!INLINE.has(element.name) && element.name !== 'code' && element.name !== 'br') this.#flush()
  }

  addText(text: string): void {
    const { start: offset } = this.#place()
    if (this.#unread > 0) return
    this.#keepText(text, offset)
    if (this.#code === 0) this.#append(text, offset)
    else if (!this.#value.endsWith(OBJECT)) this.#append(OBJECT, offset)
  }

  // The parser hands entities over one by one.
  #keepText(text: string, offset: number): void {
    const last = this.texts.at(-1)
    if (last && !this.#isParted) last.value += text
    else this.texts.push({ value: text, parent: this.#open.at(-1), offset })
    this.#isParted = false
  }

  #flush(): void {
    if (this.#value.trim() !== '') this.runs.push({ value: this.#value, parent: this.#parent, pieces: this.#pieces })
    this.#value = ''
    this.#pieces = []
  }

  #place(): { start: number; end: number } {
    return { start: this.#parser?.startIndex ?? 0, end: (this.#parser?.endIndex ?? -1) + 1 }
  }

  #append(text: string, offset: number): void {
    if (this.#value === '') this.#parent = this.#open.at(-1)
    this.#pieces.push({ index: this.#value.length, offset })
    this.#value += text
  }
}
