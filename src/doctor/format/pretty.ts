import type { Paint } from '../../base/index.ts'
import { type DnsRecord, toZoneLine } from '../dns/record.ts'
import type { Examination, Statement } from '../examine.ts'
import { GROUPS } from '../probe.ts'

const WIDTH = 80
/** Of what belongs to a statement. */
const INDENT = '    '
/** Columns of the words in front: `effect`, `value`. */
const LABEL = 8

const MARKS: Readonly<Record<Statement['mark'], string>> = {
  ok: '✓',
  skipped: '–',
  note: 'i',
  warning: '!',
  problem: '✗',
}

/**
 * For people: by group, each statement with its mark; what is wrong with what it does, what to do, and the records to
 * publish. Prose is wrapped at 80 columns; values of records stand on lines of their own, never broken.
 */
export function formatPretty(examination: Examination, paint: Paint): string {
  const parts = GROUPS.flatMap((group) => {
    const own = examination.statements.filter((statement) => statement.group === group)
    return own.length === 0 ? [] : [[paint.bold(group), ...own.map((one) => formatStatement(one, paint))].join('\n')]
  })
  return [...parts, sumUp(examination, paint)].join('\n\n')
}

function formatStatement(
  { mark, message, effect, remedy, records = [], source, fault }: Statement,
  paint: Paint,
): string {
  const colour = { ok: paint.green, skipped: paint.dim, note: paint.cyan, warning: paint.yellow, problem: paint.red }[
    mark
  ]
  const head = wrap(message, WIDTH - INDENT.length).map((line, at) =>
    at === 0 ? `  ${colour(MARKS[mark])} ${line}` : INDENT + line,
  )
  if (mark === 'ok' || mark === 'skipped')
    return head.map((line) => (mark === 'skipped' ? paint.dim(line) : line)).join('\n')
  return [
    ...head,
    ...label('effect', effect, paint),
    ...label('to do', remedy, paint),
    ...records.flatMap((record) => formatRecord(record, paint)),
    ...label('source', [source, fault].filter(Boolean).join(' · '), paint),
  ].join('\n')
}

function label(name: string, text: string | undefined, paint: Paint): string[] {
  if (!text) return []
  const lines = wrap(text, WIDTH - INDENT.length - LABEL)
  return lines.map((line, at) => `${INDENT}${paint.dim((at === 0 ? name : '').padEnd(LABEL))}${line}`)
}

function formatRecord(record: DnsRecord, paint: Paint): string[] {
  const { name, type, value, strings } = record
  const field = (title: string, text: string) => `${INDENT}${paint.dim(title.padEnd(LABEL))}${text}`
  // At the margin, so that it is copied as it stands.
  const isLong = value.length > WIDTH - INDENT.length - LABEL
  return [
    '',
    field('name', paint.cyan(name)),
    field('type', paint.cyan(type)),
    ...(isLong ? [field('value', paint.dim('in one line:')), paint.cyan(value)] : [field('value', paint.cyan(value))]),
    ...(strings
      ? [field('', paint.dim('or in a zone file, in strings of 255 octets at most:')), paint.cyan(toZoneLine(record))]
      : []),
    '',
  ]
}

function sumUp({ problems, warnings, isOnline }: Examination, paint: Paint): string {
  const count = (number: number, word: string) => (number === 0 ? [] : [`${number} ${word}${number === 1 ? '' : 's'}`])
  const parts = [...count(problems, 'problem'), ...count(warnings, 'warning')]
  const colour = problems > 0 ? paint.red : warnings > 0 ? paint.yellow : paint.green
  const hint = isOnline ? [] : [paint.dim('DNS and the site were not asked; add --online.')]
  return [colour(parts.length > 0 ? `${parts.join(' and ')}.` : 'All well.'), ...hint].join('\n')
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}
