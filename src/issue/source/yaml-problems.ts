import { type Document, visit, type YAMLError } from 'yaml'
import { dataErrors } from '../errors/data.ts'
import type { Reading } from '../reading.ts'

const REASONS: Readonly<Record<string, string>> = {
  BAD_INDENT: 'the indentation does not fit the lines above',
  BLOCK_AS_IMPLICIT_KEY: 'a value goes on over a line that looks like another key; put it into quotes',
  MISSING_CHAR: 'a closing quote or bracket, or a comma, is missing',
  UNEXPECTED_TOKEN: 'something here does not belong',
  MULTILINE_IMPLICIT_KEY: 'a key must stand on one line, with a colon and a blank behind it',
  MULTIPLE_DOCS: 'a second document begins at ---; an issue is one',
  BAD_SCALAR_START: 'a value cannot begin with this character; put it into quotes',
  BAD_DQ_ESCAPE: 'this backslash means nothing in "double quotes"; use \'single quotes\' or write \\\\',
  KEY_OVER_1024_CHARS: 'a key is too long',
  MULTIPLE_ANCHORS: 'a value has two anchors',
  NON_STRING_KEY: 'a key must be a word',
}

/** Puts an error of the YAML parser into a writer's words. */
export function reportYamlError(
  problem: YAMLError,
  document: Document,
  shift: number,
  text: string,
  reading: Reading,
): void {
  const [start, end] = findPlace(problem, document)
  const range = reading.lines.range(start + shift, Math.max(end, start + 1) + shift)
  const rest = text.slice(start, start + 200)
  if (problem.code === 'TAB_AS_INDENT') reading.report(dataErrors.tab, range)
  else if (problem.code === 'TAG_RESOLVE_FAILED') {
    reading.report(dataErrors.tag, range, /^\S{1,40}/.exec(rest)?.[0] ?? '!')
  } else if (problem.code === 'BAD_ALIAS') {
    reading.report(dataErrors.alias, range, /^\*?(\S{0,40})/.exec(rest)?.[1] ?? '')
  } else reading.report(dataErrors.yaml, range, REASONS[problem.code] ?? problem.message.replace(/[.\s]+$/, ''))
}

// A quote that is not closed is found at the end of the text; the writer looks for its beginning.
function findPlace({ code, pos }: YAMLError, document: Document): readonly [number, number] {
  let place: readonly [number, number] = pos
  if (code !== 'MISSING_CHAR') return place
  visit(document, {
    Scalar(_key, { type, range }) {
      const isQuoted = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE'
      if (isQuoted && range && range[0] < pos[0] && range[1] >= pos[0]) place = [range[0], range[1]]
    },
  })
  return place
}
