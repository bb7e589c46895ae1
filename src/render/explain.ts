import type { z } from 'zod'
import { findNearest, toLine } from '../base/index.ts'

/**
 * What Zod found in something that an author exports, one text per wrong key: `light.acent: no such key.`
 *
 * @param name - of the whole.
 * @param knownAt - keys that an object may have, for a suggestion.
 */
export function explainProblems(
  problems: readonly z.core.$ZodIssue[],
  name: string,
  knownAt: (path: readonly PropertyKey[]) => readonly string[] = () => [],
): string[] {
  return problems.flatMap((problem) => {
    if (problem.code !== 'unrecognized_keys') {
      return [`${writePath(problem.path, name)}: ${toLine(problem.message).replace(/^Invalid input: /, '')}`]
    }
    return problem.keys.map((key) => {
      const near = findNearest(key, knownAt(problem.path))
      return `${writePath([...problem.path, key], name)}: no such key.${near ? ` Did you mean "${near}"?` : ''}`
    })
  })
}

// `light.text` of a theme, `blocks[0].name` of a list.
function writePath(path: readonly PropertyKey[], name: string): string {
  if (path.length === 0) return name
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
  return steps.startsWith('[') ? `${name}${steps}` : steps.slice(1)
}
