import type { Range } from '../base/index.ts'
import { createIds, type Ids } from './ids.ts'
import type { Entry, EntryMeta, Flow, Inline, Issue, Period, Piece, Section, SlotNode, Text } from './model.ts'
import { readPieces } from './pieces.ts'
import type { Reading } from './reading.ts'
import { getChild, type Sourced } from './source/sourced.ts'
import { toPlain } from './text/plain.ts'
import { readLine, readPlainLine, readText, readTitle } from './text/read.ts'
import { findWeek } from './validate/calendar.ts'
import { FRONT_MATTER, type IssueFile } from './validate/schema.ts'

/** The texts of an issue, read whether or not its data is valid, so that all problems come back at once. */
export interface Texts {
  readonly lines: ReadonlyMap<string, string>
  readonly subject?: readonly (Text | SlotNode)[] | undefined
  readonly preheader?: readonly (Text | SlotNode)[] | undefined
  readonly opening: readonly Piece[]
  readonly sections: readonly SectionTexts[]
  readonly closing: readonly Piece[]
}

interface SectionTexts {
  readonly title: readonly Inline[]
  readonly intro: readonly Piece[]
  readonly entries: readonly EntryTexts[]
  readonly range: Range
}

interface EntryTexts {
  readonly title: readonly Inline[]
  readonly body: readonly Flow[]
  readonly after: readonly Piece[]
  readonly urlRange?: Range
  readonly range: Range
}

/** Reads the texts in the order of the issue, which is that of its footnotes. */
export function readTexts(root: Sourced, reading: Reading): Texts {
  const lines = new Map<string, string>()
  for (const key of ['title', 'subtitle', 'author']) {
    const node = getChild(root, key)
    if (node) lines.set(key, readPlainLine(node, key, reading))
  }
  const [subject, preheader] = ['subject', 'preheader'].map((key) => {
    const node = getChild(root, key)
    return node ? readLine(node, key, reading) : undefined
  })
  const opening = readPieces(getChild(root, 'intro'), getChild(root, 'blocks'), reading)
  const sections = itemsOf(getChild(root, 'sections')).map((node) => readSection(node, reading))
  const closing = getChild(root, 'closing')
  return {
    lines,
    subject,
    preheader,
    opening,
    sections,
    closing: readPieces(getChild(closing, 'body'), getChild(closing, 'blocks'), reading),
  }
}

function itemsOf(node: Sourced | undefined): readonly Sourced[] {
  return node?.kind === 'list' ? node.items : []
}

function readSection(node: Sourced, reading: Reading): SectionTexts {
  return {
    title: readTitle(getChild(node, 'title'), 'section', reading),
    intro: readPieces(getChild(node, 'intro'), getChild(node, 'blocks'), reading),
    entries: itemsOf(getChild(node, 'entries')).map((entry) => readEntry(entry, reading)),
    range: node.range,
  }
}

function readEntry(node: Sourced, reading: Reading): EntryTexts {
  return {
    title: readTitle(getChild(node, 'title'), 'entry', reading),
    body: readText(getChild(node, 'body'), reading),
    after: readPieces(undefined, getChild(node, 'after'), reading),
    ...optional('urlRange', getChild(node, 'url')?.range),
    range: node.range,
  }
}

/** Puts valid data and texts together. */
export function buildIssue(data: IssueFile, texts: Texts, root: Sourced, slug: string, reading: Reading): Issue {
  const ids = createIds()
  const titleNode = getChild(root, 'title')
  const title = texts.lines.get('title') ?? data.title
  const subject = texts.subject ?? [{ type: 'text', value: title, range: titleNode?.range ?? root.range }]
  return {
    id: data.id ?? slug,
    slug,
    file: reading.file,
    title,
    ...optional('subtitle', texts.lines.get('subtitle')),
    ...optional('number', data.number),
    ...optional('author', texts.lines.get('author')),
    period: buildPeriod(data),
    subject,
    ...optional('preheader', texts.preheader),
    ...optional('language', data.language === undefined ? undefined : Intl.getCanonicalLocales(data.language)[0]),
    ...optional('template', data.template),
    tags: data.tags ?? [],
    ...optional('audience', data.audience),
    draft: data.draft ?? false,
    allow: data.allow ?? {},
    opening: texts.opening,
    sections: texts.sections.map((section, i) => buildSection(section, data.sections?.[i], i + 1, ids)),
    closing: texts.closing,
    places: listPlaces(root),
  }
}

type OptionalField<K extends string, V> = { readonly [key in K]?: V }

function optional<K extends string, V>(key: K, value: V | undefined): OptionalField<K, V> {
  return (value === undefined ? {} : { [key]: value }) as OptionalField<K, V>
}

type SectionData = NonNullable<IssueFile['sections']>[number]
type EntryData = NonNullable<SectionData['entries']>[number]

function buildSection(texts: SectionTexts, data: SectionData | undefined, number: number, ids: Ids): Section {
  const titleText = toText(texts.title)
  const id = ids.take('s', titleText, `section-${number}`)
  const entries = texts.entries.map((entry, i) => buildEntry(entry, data?.entries?.[i], `${number}.${i + 1}`, ids))
  return { id, number: String(number), title: texts.title, titleText, intro: texts.intro, entries, range: texts.range }
}

function buildEntry(texts: EntryTexts, data: EntryData | undefined, number: string, ids: Ids): Entry {
  const titleText = toText(texts.title)
  const { url, title } = splitLink(texts.title, data?.url)
  const { authors, arxiv, doi, date, venue } = data ?? {}
  const meta: EntryMeta = {
    ...optional('authors', authors),
    ...optional('arxiv', arxiv),
    ...optional('doi', doi),
    ...optional('date', date),
    ...optional('venue', venue),
  }
  return {
    id: ids.take('e', titleText, `entry-${number.replace('.', '-')}`),
    number,
    title,
    titleText,
    ...optional('url', url),
    ...(texts.urlRange && { places: { url: texts.urlRange } }),
    ...(Object.keys(meta).length > 0 ? { meta } : {}),
    body: texts.body,
    after: texts.after,
    range: texts.range,
  }
}

function toText(inlines: readonly Inline[]): string {
  return toPlain(inlines).replaceAll(/\s+/g, ' ').trim()
}

/** The one link of a title is the entry's address; the template links the whole title. */
function splitLink(
  title: readonly Inline[],
  own: string | undefined,
): { url: string | undefined; title: readonly Inline[] } {
  const links = title.filter((node) => node.type === 'link')
  const url = own ?? (links.length === 1 ? links[0]?.url : undefined)
  if (url === undefined) return { url, title }
  return { url, title: title.flatMap((node) => (node.type === 'link' ? node.children : [node])) }
}

function buildPeriod({ week, date, from, to }: IssueFile): Period {
  const days = week === undefined ? undefined : findWeek(week)
  if (days && week !== undefined) return { ...days, week }
  return { from: date ?? from ?? '', to: date ?? to ?? '' }
}

function listPlaces(root: Sourced): Record<string, Range> {
  const places: Record<string, Range> = {}
  for (const key of Object.keys(FRONT_MATTER)) {
    const node = getChild(root, key)
    if (node) places[key] = node.range
  }
  return places
}
