import { type Diagnostic, findNearest, type Range } from '../base/index.ts'
import type { Issue } from '../issue/index.ts'
import { unknownRule } from './errors.ts'
import { RULES } from './rules/index.ts'

const IDS: readonly string[] = RULES.map((rule) => rule.id)

/** The ids in an issue's `allow` that no rule has. */
export function findUnknownAllowed(issue: Issue): Diagnostic[] {
  return findUnknownRules(
    Object.keys(issue.allow),
    issue.file,
    (id) => issue.places[`allow.${id}`] ?? issue.places['allow'],
  )
}

/**
 * The ids that no rule has, each with the nearest one that exists.
 *
 * @param file - where the ids stand: an issue, or the configuration (there it is wrong usage, exit code 2).
 */
export function findUnknownRules(
  ids: readonly string[],
  file: string,
  place: (id: string) => Range | undefined = () => undefined,
): Diagnostic[] {
  return ids
    .filter((id) => !IDS.includes(id))
    .map((id) => {
      const range = place(id)
      return {
        code: unknownRule.code,
        severity: 'error',
        message: unknownRule.message(id, findNearest(id, IDS)),
        hint: unknownRule.hint(IDS),
        file,
        ...(range && { range }),
      }
    })
}
