import { join } from 'node:path'
import { LineIndex, sortDiagnostics } from '../base/index.ts'
import { dataErrors } from './errors/data.ts'
import { findIssues, type IssueResult } from './load.ts'
import { describe } from './reading.ts'
import { sketchId } from './sketch.ts'
import { slugOf } from './slug.ts'

interface Known {
  readonly file: string
  readonly id: string
}

/**
 * Tells of an id or a slug that another issue has as well, read or not: of the others it looks at the heads only, some
 * 50 µs a file.
 *
 * @returns the results; what is not unique has no issue.
 */
export function tellDuplicates(results: readonly IssueResult[], root: string): IssueResult[] {
  const read = new Map(results.map(({ file, issue }) => [file, issue?.id]))
  const known = [...new Set([...read.keys(), ...findIssues(root)])].map((file) => ({
    file,
    id: read.get(file) ?? sketchId(join(root, file)) ?? slugOf(file),
  }))
  const byId = Map.groupBy(known, ({ id }) => id)
  const bySlug = Map.groupBy(known, ({ file }) => slugOf(file))
  return results.map((result) => {
    const { issue } = result
    if (!issue) return result
    const twin = findOther(byId.get(issue.id), result.file)
    if (twin) return refuse(result, describe(dataErrors.duplicateId, result.file, placeOf(result), issue.id, twin.file))
    const namesake = findOther(bySlug.get(issue.slug), result.file)
    if (!namesake) return result
    return refuse(result, describe(dataErrors.duplicateSlug, result.file, placeOf(result), issue.slug, namesake.file))
  })
}

function findOther(all: readonly Known[] | undefined, file: string): Known | undefined {
  return all?.find((one) => one.file !== file)
}

function refuse({ file, source, diagnostics }: IssueResult, problem: IssueResult['diagnostics'][number]): IssueResult {
  return { file, source, diagnostics: sortDiagnostics([...diagnostics, problem]) }
}

function placeOf({ issue, source }: IssueResult) {
  return issue?.places['id'] ?? new LineIndex(source).range(0, /^[^\r\n]*/.exec(source)?.[0].length ?? 0)
}
