import { Parser } from 'htmlparser2'
import { LineIndex } from '../base/index.ts'
import { type HtmlElement, type HtmlPage, OBJECT, type TextRun } from './html.ts'

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
  const parser = new Parser(
    {
      onopentag: (name, attributes) => reader.open(name, attributes, parser.startIndex, parser.endIndex + 1),
      onclosetag: () => reader.close(parser.endIndex + 1),
      ontext: (text) => reader.addText(text, parser.startIndex),
    },
    { decodeEntities: true },
  )
  parser.end(source)
  reader.flush()
  return { source, elements: reader.elements, runs: reader.runs, lines: new LineIndex(source) }
}

class PageReader {
  readonly elements: HtmlElement[] = []
  readonly runs: TextRun[] = []
  readonly #open: Writable<HtmlElement>[] = []
  #value = ''
  #pieces: { index: number; offset: number }[] = []
  #parent: HtmlElement | undefined
  /** Open elements that hide or quote their text. */
  #unread = 0
  #code = 0

  open(name: string, attributes: Record<string, string>, start: number, openEnd: number): void {
    if (name === 'br') this.#append('\n', start)
    else if (name === 'img') this.#append(OBJECT, start)
    else if (!INLINE.has(name) && name !== 'code') this.flush()
    const element = { name, attributes, parent: this.#open.at(-1), start, openEnd, end: openEnd }
    this.elements.push(element)
    this.#open.push(element)
    if (CODE.has(name)) this.#code++
    if (UNREAD.has(name)) this.#unread++
  }

  close(end: number): void {
    const element = this.#open.pop()
    if (!element) return
    element.end = Math.max(end, element.openEnd)
    if (CODE.has(element.name)) this.#code--
    if (UNREAD.has(element.name)) this.#unread--
    if (!INLINE.has(element.name) && element.name !== 'code' && element.name !== 'br') this.flush()
  }

  addText(text: string, offset: number): void {
    if (this.#unread > 0) return
    if (this.#code === 0) this.#append(text, offset)
    else if (!this.#value.endsWith(OBJECT)) this.#append(OBJECT, offset)
  }

  flush(): void {
    if (this.#value.trim() !== '') this.runs.push({ value: this.#value, parent: this.#parent, pieces: this.#pieces })
    this.#value = ''
    this.#pieces = []
  }

  #append(text: string, offset: number): void {
    if (this.#value === '') this.#parent = this.#open.at(-1)
    this.#pieces.push({ index: this.#value.length, offset })
    this.#value += text
  }
}
