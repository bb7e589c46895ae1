import { z } from 'zod'
import { LineIndex } from '../../base/index.ts'
import { listParts } from '../issue-tree.ts'
import { placeText } from '../place-text.ts'
import { defineRule, type RenderedContext } from '../rule.ts'

// Carriage returns belong to line ends and are looked for in the final message.
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u{0}-\u{8}\u{B}\u{C}\u{E}-\u{1F}\u{80}-\u{9F}]/gu

export const controlCharacter = defineRule({
  id: 'control-character',
  severity: 'error',
  needs: 'rendered',
  summary: 'Invisible control character',
  why: 'One U+0092 in a small mail is enough for Gmail to cut off all that follows. Such characters come from text that was saved as Windows-1252 and read as something else; U+0092 was an apostrophe. The reader of issue files leaves them out, of which a warning tells; an error is one that reached the mail, from a template or the configuration.',
  remedy: 'Type the character anew, or take it out.',
  reference: 'hteumeuleu/email-bugs #41 and #140 (Gmail clips at C1 controls); HTML Living Standard §13.1.4',
  bad: '<p>Don\u{FFFD}t miss it</p> — with U+0092 where the question mark stands',
  good: '<p>Don’t miss it</p>',
  saidBy: ['issue/control-character'],
  options: z.strictObject({}),
  check(context) {
    const { html, text, report } = context
    const reported = reportInIssue(context)
    for (const { 0: char, index } of html.source.matchAll(CONTROL)) {
      if (reported.has(char)) continue
      reported.add(char)
      const message = `The HTML holds ${describe(char)}.`
      report({ message, part: 'html', position: html.lines.position(index), excerpt: around(html.source, index) })
    }
    for (const { 0: char, index } of text.matchAll(CONTROL)) {
      if (reported.has(char)) continue
      reported.add(char)
      report({ message: `The text part holds ${describe(char)}.`, part: 'text', excerpt: around(text, index) })
    }
  },
})

function reportInIssue({ issue, source, report }: RenderedContext<unknown>): Set<string> {
  const reported = new Set<string>()
  for (const text of listParts(issue).texts) {
    for (const { 0: char, index } of text.value.matchAll(CONTROL)) {
      reported.add(char)
      report({ message: `The text holds ${describe(char)}.`, range: placeText(text, index, 1, source) })
    }
  }
  reportLeftOut(source ?? '', reported, report)
  return reported
}

// What the reader of issue files left out is in no mail, but a word may lack its apostrophe.
function reportLeftOut(source: string, known: ReadonlySet<string>, report: RenderedContext<unknown>['report']): void {
  const told = new Set(known)
  for (const { 0: char, index } of source.matchAll(CONTROL)) {
    if (told.has(char)) continue
    told.add(char)
    const message = `The file holds ${describe(char)}; it was left out of the mail.`
    report({ severity: 'warning', message, range: new LineIndex(source).range(index, index + 1) })
  }
}

function describe(char: string): string {
  const code = char.codePointAt(0) ?? 0
  const name = `the control character U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  if (code < 0x80) return name
  const meant = new TextDecoder('windows-1252').decode(Uint8Array.of(code))
  return meant === char ? name : `${name}, which is ${meant} in Windows-1252`
}

function around(text: string, index: number): string {
  return text.slice(Math.max(0, index - 30), index + 60).replaceAll(CONTROL, '�')
}
