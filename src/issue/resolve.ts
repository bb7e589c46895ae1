import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { AppError, findNearest } from '../base/index.ts'
import { fileErrors } from './errors/file.ts'
import { findIssues, FOLDER, isIssueFile, toFile } from './load.ts'
import { slugOf } from './slug.ts'

/** Where names on the command line count from. */
export interface IssuePlace {
  /** Absolute path of the newsletter: slugs are of its issues. */
  readonly root: string
  /** Absolute path of the folder that paths are relative to; missing: the root. */
  readonly cwd?: string
}

/**
 * The path of an issue that was named on the command line by its path or its slug.
 *
 * @returns a path relative to the root.
 * @throws AppError `issue/not-found`, or `issue/ambiguous` for the slug of two files.
 */
export function resolveIssue(name: string, { root, cwd = root }: IssuePlace): string {
  const files = findIssues(root)
  const [bySlug, other] = files.filter((file) => slugOf(file) === name)
  if (bySlug !== undefined && other !== undefined) {
    const { code, message, hint } = fileErrors.ambiguous
    throw new AppError(code, message(name, bySlug, other), { kind: 'usage', hint: hint() })
  }
  if (bySlug !== undefined) return bySlug
  const isPath = /[/\\]/.test(name) || isIssueFile(name)
  if (isPath && existsSync(resolve(cwd, name))) return toFile(resolve(cwd, name), root)
  const byName = `${FOLDER}/${name}`
  if (files.includes(byName)) return byName
  const near = findNearest(name, files.map(slugOf))
  const { code, message, hint } = fileErrors.notFound
  throw new AppError(code, message(name, near), { kind: 'usage', hint: hint() })
}
