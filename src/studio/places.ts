import type { Diagnostic, Position, Range } from '../base/index.ts'
import type { Finding } from '../check/index.ts'
import type { Inspection } from '../inspect.ts'
import type { Issue } from '../issue/index.ts'
import type { MailPlace } from '../preview/index.ts'

const MAX_WORDS = 80

/** An element of the mail that a link can lead to. */
interface Anchor {
  readonly id: string
  readonly range: Range
}

/** Sections and entries of an issue, in order. */
export function listAnchors(issue: Issue): Anchor[] {
  return issue.sections.flatMap((section) => [section, ...section.entries])
}

/**
 * Finds where diagnostics and findings of an issue show in its mail: the section or entry they lie in, by their place in
 * the file or in the HTML that the checks saw.
 */
export function placeInMail({
  issue,
  file,
  source,
  html,
}: Inspection): (problem: Diagnostic | Finding) => { readonly mail?: MailPlace } {
  const anchors = issue ? listAnchors(issue) : []
  // Most findings have a place in the file.
  let offsets: ReturnType<typeof locateAnchors> | undefined
  const findAnchor = (range: Range | undefined, position: Position | undefined) =>
    range
      ? anchors.findLast((anchor) => isWithin(range, anchor.range))?.id
      : position &&
        (offsets ??= locateAnchors(html ?? '', anchors)).findLast(({ offset }) => offset <= position.offset)?.id
  return (problem) => {
    const part = 'part' in problem ? problem.part : undefined
    const position = 'position' in problem ? problem.position : undefined
    // What is about the template or the file as a whole shows nowhere in particular.
    if (!issue || problem.file !== file || (!problem.range && !part)) return {}
    const anchor = findAnchor(problem.range, position)
    const words = readWords(problem, source)
    return {
      mail: {
        part: part ?? 'html',
        ...(anchor === undefined ? {} : { anchor }),
        ...(words === '' ? {} : { words }),
        ...(position && part === 'html' ? { line: position.line } : {}),
      },
    }
  }
}

/** Where each anchor stands in the HTML, in order; those that the template leaves out are missing. */
export function locateAnchors(
  html: string,
  anchors: readonly Pick<Anchor, 'id'>[],
): { readonly id: string; readonly offset: number }[] {
  const wanted = new Set(anchors.map(({ id }) => id))
  const found = new Map<string, number>()
  for (const { index, 1: id = '' } of html.matchAll(/<[a-z][^<>]*?\s(?:id|name)="([^"]*)"/gi)) {
    if (wanted.has(id) && !found.has(id)) found.set(id, index)
  }
  return [...found].map(([id, offset]) => ({ id, offset })).toSorted((a, b) => a.offset - b.offset)
}

function isWithin(inner: Range, outer: Range): boolean {
  return inner.start.offset >= outer.start.offset && inner.start.offset < outer.end.offset
}

// What stands in the file at that place, without marks of Markdown at its ends; the excerpt of a finding may be a tag.
function readWords(problem: Diagnostic | Finding, source: string): string {
  const { range } = problem
  const excerpt = 'excerpt' in problem ? (problem.excerpt ?? '') : ''
  const written = range ? source.slice(range.start.offset, range.end.offset) : excerpt
  const [line = ''] = written.split('\n', 1)
  const words = line.replaceAll(/^[\s#>*_`[\]()!:-]+|[\s*_`[\]()]+$/g, '').replace(/\]\(.*$/, '')
  return /[<>{}]/.test(words) ? '' : words.slice(0, MAX_WORDS)
}
