import type { FootnoteDefinition } from 'mdast'
import type { Range } from '../../base/index.ts'
import { textErrors } from '../errors/text.ts'
import type { MarkdownText } from '../markdown/fragment.ts'
import type { Reading } from '../reading.ts'
import { cleanText } from './inline.ts'

/** Tells of footnotes that nothing refers to, once all texts were read. */
export function reportUnusedNotes(reading: Reading): void {
  // A text that was not read refers to nothing.
  if (reading.diagnostics.some(({ severity }) => severity === 'error')) return
  for (const text of reading.texts) {
    for (const [identifier, note] of text.notes) {
      if (!text.numbers.has(identifier))
        reading.report(textErrors.unusedNote, locateLabel(note, text), cleanText(note.label ?? identifier))
    }
  }
}

function locateLabel(note: FootnoteDefinition, { source, locate }: MarkdownText): Range {
  const start = note.position?.start.offset ?? 0
  const label = /^\[\^[^\]]*\]:/.exec(source.slice(start, start + 1000))?.[0] ?? ''
  return locate(start, start + label.length)
}
