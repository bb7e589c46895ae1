import { type Address, LineIndex, parseAddress, type Range } from '../../src/base/index.ts'
import { type CheckInput, type Finding, runChecks } from '../../src/check/index.ts'
import type { Entry, Flow, Inline, Issue, Piece, Section } from '../../src/issue/index.ts'
import { markSlot, type Rendered, type Segments, splitSlots } from '../../src/render/index.ts'

/** A place that stands for "somewhere on this line". */
export function makeRange(line = 1, column = 1, length = 1): Range {
  const offset = (line - 1) * 100 + column - 1
  return { start: { line, column, offset }, end: { line, column: column + length, offset: offset + length } }
}

export function text(value: string, line = 1): Inline & { type: 'text' } {
  return { type: 'text', value, range: makeRange(line, 1, value.length) }
}

export function prose(children: readonly Inline[], line = 1): Piece & { type: 'prose' } {
  const paragraph: Flow = { type: 'paragraph', children, range: makeRange(line) }
  return { type: 'prose', children: [paragraph], range: makeRange(line) }
}

export function makeEntry(id: string, over: Partial<Entry> = {}, line = 1): Entry {
  const titleText = over.titleText ?? id
  return {
    id,
    number: '1.1',
    title: [text(titleText, line)],
    titleText,
    body: [],
    after: [],
    range: makeRange(line),
    ...over,
  }
}

export function makeSection(id: string, entries: readonly Entry[], over: Partial<Section> = {}): Section {
  return { id, number: '1', title: [text(id)], titleText: id, intro: [], entries, range: makeRange(), ...over }
}

export function makeIssue(over: Partial<Issue> = {}): Issue {
  return {
    id: 'week-11',
    slug: 'week-11',
    file: 'issues/week-11.md',
    title: 'Week 11',
    period: { from: '2024-03-11', to: '2024-03-17' },
    subject: [text('Five papers on long context')],
    preheader: [text('Gemini recalls details across 10M tokens')],
    tags: [],
    draft: false,
    allow: {},
    opening: [],
    sections: [],
    closing: [],
    places: {},
    ...over,
  }
}

/** `{{name}}` and `{{name|fallback}}` become slots. */
export function segments(source: string): Segments {
  const marked = source.replaceAll(/\{\{([\w.]+)(?:\|([^}]*))?\}\}/g, (_, name: string, fallback?: string) =>
    markSlot(name, fallback),
  )
  return splitSlots(marked)
}

export function makeRendered(
  html: string,
  over: { text?: string; subject?: string; images?: Rendered['images'] } = {},
): Rendered {
  return {
    issueId: 'week-11',
    template: 'digest',
    language: 'en',
    direction: 'ltr',
    subject: segments(over.subject ?? 'Five papers'),
    preheader: [],
    html: segments(html),
    text: segments(over.text ?? 'Unsubscribe: {{unsubscribeUrl}}'),
    images: over.images ?? [],
    hash: '',
  }
}

export const UNSUBSCRIBE = '<p><a href="{{unsubscribeUrl}}">Unsubscribe</a></p>'

/** A document that rules about the whole of it have nothing to say to. */
export function wholeMail(body: string): string {
  return `<!doctype html><html lang="en" dir="ltr"><head><title>Week 11</title></head><body lang="en" dir="ltr">${body}</body></html>`
}

export const NEWSLETTER = {
  name: 'LLM Papers Weekly',
  from: { name: 'Ada Example', address: addressOf('ada@news.example.com') },
  url: 'https://news.example.com',
}

function addressOf(text: string): Address {
  const address = parseAddress(text)
  if (!address) throw new TypeError(`${text} is no address`)
  return address
}

export const SAMPLE = {
  'subscriber.name': 'Ada Lovelace',
  'subscriber.email': 'ada@example.org',
  unsubscribeUrl: 'https://news.example.com/unsubscribe/1.k.Zm9v&x=1',
  webUrl: 'https://news.example.com/issues/week-11/',
}

/** Findings of one rule, for an issue with this HTML above an unsubscribe link. */
export function findIn(
  rule: string,
  html: string,
  over: Partial<CheckInput> & { text?: string; subject?: string } = {},
): Finding[] {
  const rendered = makeRendered(`<body>${html}${UNSUBSCRIBE}</body>`, over)
  return runChecks({ issue: makeIssue(), rendered, sample: SAMPLE, ...over }).filter((finding) => finding.rule === rule)
}

/** Findings of one rule that needs the issue only. */
export function findInIssue(rule: string, issue: Partial<Issue>, source?: string): Finding[] {
  const input = source === undefined ? {} : { source }
  return runChecks({ issue: makeIssue(issue), ...input }).filter((finding) => finding.rule === rule)
}

/** The range of a piece of a text. */
export function rangeOf(source: string, piece: string): Range {
  const start = source.indexOf(piece)
  return new LineIndex(source).range(start, start + piece.length)
}
