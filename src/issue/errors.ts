import { blockErrors } from './errors/block.ts'
import { dataErrors } from './errors/data.ts'
import { fileErrors } from './errors/file.ts'
import type { IssueError } from './errors/issue-error.ts'
import { structureErrors } from './errors/structure.ts'
import { textErrors } from './errors/text.ts'

/** Every problem that an issue file can have, for reference pages. */
export const issueErrors: readonly IssueError[] = [
  fileErrors,
  dataErrors,
  structureErrors,
  blockErrors,
  textErrors,
].flatMap((group): IssueError[] => Object.values(group))
