import type { Queries } from '../db/index.ts'
import { readContent, type Rendered } from './content.ts'
import { listRuns, type Run } from './runs.ts'

/** Older ones are not looked into. */
const MAX_RUNS = 20
/** Of the lines of text that either of the two has. */
const MIN_SHARE = 0.8

/**
 * The run of an earlier issue that this one may be under another name: its file is gone, and title (the subject) or most of
 * the text are the same. A file that was renamed without an `id` becomes a new issue, and its readers would get it twice.
 *
 * @param isGone - whether a file (relative to the root) is no longer there.
 */
export async function findSimilar(
  db: Queries,
  rendered: Rendered,
  issueId: string,
  isGone: (file: string) => boolean,
): Promise<Run | undefined> {
  const candidates = (await listRuns(db)).filter((run) => run.issueId !== issueId && isGone(run.file))
  const lines = listLines(rendered)
  const subject = flatten(rendered.subject)
  for (const run of candidates.slice(0, MAX_RUNS)) {
    const { rendered: earlier } = await readContent(db, run.key)
    if (flatten(earlier.subject) === subject || findShare(lines, listLines(earlier)) >= MIN_SHARE) return run
  }
  return undefined
}

function flatten(segments: Rendered['text']): string {
  return segments.map((segment) => (typeof segment === 'string' ? segment : `{{${segment.slot}}}`)).join('')
}

/** Without addresses: those of its page in the archive hold the name of the issue. */
function listLines({ text }: Rendered): ReadonlySet<string> {
  const lines = flatten(text)
    .split('\n')
    .map((line) => line.replaceAll(/https?:\/\/\S+/g, '').trim())
  return new Set(lines.filter((line) => line.length > 3))
}

function findShare(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const both = [...one].filter((line) => other.has(line)).length
  const all = one.size + other.size - both
  return all === 0 ? 0 : both / all
}
