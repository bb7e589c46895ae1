import type { Issue } from '../issue/index.ts'
import { OBJECT } from './html.ts'
import { listParts } from './issue-tree.ts'

const words = new WeakMap<Issue, string>()

/**
 * Whether words of the built mail stand in the issue's prose, where a rule reports them at their place. Blanks and code
 * do not count, and words may go on from one piece of prose to the next.
 */
export function isFromIssue(issue: Issue, found: string): boolean {
  const known =
    words.get(issue) ??
    squeeze(
      listParts(issue)
        .texts.map(({ value }) => value)
        .join(''),
    )
  words.set(issue, known)
  return known.includes(squeeze(found))
}

function squeeze(text: string): string {
  return text.replaceAll(OBJECT, '').replaceAll(/\s+/gu, '')
}
