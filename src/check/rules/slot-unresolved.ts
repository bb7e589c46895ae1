import { z } from 'zod'
import type { Segments, SlotValues } from '../../render/index.ts'
import type { Part } from '../finding.ts'
import { cutExcerpt, type HtmlPlace, placeElement, placeInRun } from '../html.ts'
import { listParts } from '../issue-tree.ts'
import { placeText } from '../place-text.ts'
import { quote } from '../quote.ts'
import { type Copy, defineRule, type RenderedContext, type Report } from '../rule.ts'

type Context = RenderedContext<unknown>

/** Merge tags of this and other tools; the reader of issue files turns valid slots into nodes, so none may be left. */
const TAG =
  /\{\{[^{}]{0,80}\}\}|\{\{|\{%-?\s*[a-z][^%{}]{0,80}%\}|%%[a-z][\w.-]{0,60}%%|\*\|[a-z][\w:.-]{0,60}\|\*|<%=?[^%<>]{0,80}%>/gi

/** `*|FNAME|*` as Markdown leaves it: the stars became emphasis. Short ones are mathematics: |V|. */
const TAG_IN_EMPHASIS = /(?<![\p{L}\p{N}|*])\|[A-Z]{4}[A-Z0-9_:]{0,40}\|(?![\p{L}\p{N}|])/gu

/** What a faulty template prints. */
const FAILURE = /\[object [A-Z]\w*\]|\bundefined\b|\bNaN\b/g

/** A greeting whose name was empty. "Bonjour !" is correct French, so only the comma counts. */
const GREETING =
  /(?<![\p{L}\p{N}])(?:Hi|Hello|Hey|Dear|Good morning|Hallo|Liebe[r]?|Guten Tag|Bonjour|Ch(?:er|ère)|Hola|Ciao|Olá)[ \u{A0}]+,/gu

/** What the renderer frames a slot with; one that is left was torn apart by the template. */
const TORN = /[\u{E000}-\u{E002}]/gu

/** What every one of the above holds: a cheap first look, since a mail has thousands of short texts. */
const CANDIDATE = /[{%|<\u{E000}-\u{E002}]|undefined|NaN|\[object |[ \u{A0}],/u

const ATTRIBUTES = ['href', 'src', 'alt', 'title'] as const

export const slotUnresolved = defineRule({
  id: 'slot-unresolved',
  severity: 'error',
  needs: 'rendered',
  summary: 'Place for a reader’s value that stays empty or shows as code',
  why: 'A list has readers without a name: "Hello ," goes to all of them. A slot needs a fallback unless every reader has the value (address, unsubscribe link). Merge tags of other tools, `undefined`, `NaN` and `[object Object]` are looked for outside code; the last three only where the issue itself does not use them.',
  remedy: 'Add a fallback: `{{ subscriber.name | default: "there" }}`.',
  reference: 'docs/checks.md#slot-unresolved',
  bad: 'Hello {{ subscriber.name }}, welcome back.',
  good: 'Hello {{ subscriber.name | default: "there" }}, welcome back.',
  saidBy: ['issue/invalid-slot', 'issue/unknown-slot'],
  options: z.strictObject({}),
  check(context) {
    const hasEmptySlots = reportEmptySlots(context)
    const reportOnce = createReportOnce(context)
    reportTagsInIssue(context, reportOnce)
    const words = listOwnWords(context)
    const patterns = [TAG, TAG_IN_EMPHASIS, TORN, FAILURE]
    scanCopy(context, patterns, words, reportOnce)
    // The greeting follows from an empty slot that was reported already.
    scanCopy(context.emptyCopy(), hasEmptySlots ? patterns : [...patterns, GREETING], words, reportOnce)
  },
})

type ReportOnce = (token: string, found: Report) => void

function createReportOnce({ report }: Context): ReportOnce {
  const seen = new Set<string>()
  return (token, found) => {
    const key = foldLines(token)
    // A tag that the issue splits into two texts is one in the HTML.
    if (!seen.has(key) && !(key.startsWith('{{') && seen.has('{{'))) report(found)
    seen.add(key)
  }
}

/** Whether some readers have no value. A link is the same for all: none has one when the sample reader has none. */
function canBeEmpty(slot: string, sample: SlotValues): boolean {
  if (slot === 'subscriber.email' || slot === 'subscriber.language' || slot === 'unsubscribeUrl') return false
  return slot.startsWith('subscriber.') || !sample[slot]
}

function reportEmptySlots({ issue, rendered, sample, report }: Context): boolean {
  const reported = new Set<string>()
  for (const { name, fallback, range } of listParts(issue).slots) {
    if (fallback || !canBeEmpty(name, sample)) continue
    reported.add(name)
    report({ message: describeEmpty(name), remedy: adviseOn(name), range })
  }
  const parts: readonly [Part, Segments][] = [
    ['headers', rendered.subject],
    ['headers', rendered.preheader],
    ['html', rendered.html],
    ['text', rendered.text],
  ]
  for (const [part, segments] of parts) {
    for (const [index, use] of segments.entries()) {
      if (typeof use === 'string' || use.fallback || reported.has(use.slot) || !canBeEmpty(use.slot, sample)) continue
      reported.add(use.slot)
      const before = segments[index - 1]
      const excerpt = cutExcerpt(`${typeof before === 'string' ? before.slice(-60) : ''}{{ ${use.slot} }}`)
      report({ message: describeEmpty(use.slot), remedy: adviseOn(use.slot), part, excerpt })
    }
  }
  return reported.size > 0
}

function describeEmpty(slot: string): string {
  if (!slot.startsWith('subscriber.')) return `The slot \`${slot}\` is empty for every reader.`
  return `The slot \`${slot}\` has no fallback, so it is empty for readers without that value.`
}

function adviseOn(slot: string): string {
  if (!slot.startsWith('subscriber.')) return 'Set `url` in the configuration, or remove the link.'
  return `Add a fallback: \`{{ ${slot} | default: "…" }}\`.`
}

function reportTagsInIssue({ issue, source }: Context, reportOnce: ReportOnce): void {
  for (const text of listParts(issue).texts) {
    for (const { 0: tag, index } of [TAG, TAG_IN_EMPHASIS].flatMap((pattern) => [...text.value.matchAll(pattern)])) {
      const range = placeText(text, index, tag.length, source)
      reportOnce(tag, { message: describeTag(tag), remedy: TAG_REMEDY, range })
    }
  }
}

// Words that the issue uses itself, code included: the text part does not mark code.
function listOwnWords({ issue }: Context): string {
  const { texts, codes, links } = listParts(issue)
  return foldLines([...texts.map(({ value }) => value), ...codes, ...links.map(({ url }) => url)].join('\n'))
}

const TAG_REMEDY =
  'Write a slot of Letterpress, `{{ subscriber.name | default: "there" }}`, or set it in backquotes when it is code.'

function describeTag(token: string): string {
  if (/^[\u{E000}-\u{E002}]/u.test(token)) return 'A slot was torn apart by the template.'
  if (/^[\p{L} \u{A0}]+,$/u.test(token)) return `A reader without a name is greeted with ${quote(token)}.`
  if (/^(?:\[object|undefined|NaN)/.test(token)) return `The template prints ${quote(token)}.`
  return `The merge tag ${quote(token, 40)} is no slot; readers see it as it stands.`
}

function adviseOnToken(token: string): string {
  if (/^[\u{E000}-\u{E002}]/u.test(token)) return 'Print the slot in one piece, without cutting or changing its text.'
  if (/^[\p{L} \u{A0}]+,$/u.test(token)) return 'Give the slot after the greeting a fallback.'
  if (/^(?:\[object|undefined|NaN)/.test(token))
    return 'Correct the component that prints a value that is missing or no text.'
  return TAG_REMEDY
}

function scanCopy(copy: Copy, patterns: readonly RegExp[], ownWords: string, reportOnce: ReportOnce): void {
  const look = (text: string, place: (index: number) => HtmlPlace | { part: Part; excerpt: string }): void => {
    if (!CANDIDATE.test(text)) return
    for (const pattern of patterns) {
      for (const { 0: token, index } of text.matchAll(pattern)) {
        if (isOwn(token, ownWords)) continue
        reportOnce(token, { message: describeTag(token), remedy: adviseOnToken(token), ...place(index) })
      }
    }
  }
  const { html } = copy
  for (const run of html.runs) look(run.value, (index) => placeInRun(html, run, index))
  for (const element of html.elements) {
    for (const name of ATTRIBUTES) look(element.attributes[name] ?? '', () => placeElement(html, element))
  }
  look(copy.subject, () => ({ part: 'headers', excerpt: cutExcerpt(copy.subject) }))
  look(copy.text, (index) => ({ part: 'text', excerpt: cutExcerpt(copy.text.slice(Math.max(0, index - 30))) }))
}

// Tags in code, and words such as "undefined" in an article about programming, are the author's. A greeting never is.
function isOwn(token: string, ownWords: string): boolean {
  return !GREETING_END.test(token) && ownWords.includes(foldLines(token))
}

// The text part is wrapped, with the marks of a quote before each line.
function foldLines(text: string): string {
  return text.replaceAll(/\s*\n[>\s]*/g, ' ')
}

const GREETING_END = /[ \u{A0}],$/u
