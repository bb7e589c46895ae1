import { relative, resolve, sep } from 'node:path'
import type { App } from '../../app.ts'
import { AppError } from '../../base/index.ts'
import type { Database } from '../../db/index.ts'
import { findRun, findRunByName as findByName, type Run } from '../../delivery/index.ts'
import type { Inspection } from '../../inspect.ts'

/** What ISSUE on the command line stands for. */
export interface FoundIssue {
  /** Identity in the ledger. */
  readonly id: string
  /** Missing when the file is gone. */
  readonly inspection?: Inspection
  /** Missing when it was never approved. */
  readonly run?: Run
}

/**
 * The issue of a path or slug, from its file or, when that is gone or broken, from the ledger: a run goes on whatever
 * became of the file.
 *
 * @throws AppError of issue/ when neither knows it.
 */
export async function findIssue(app: App, db: Database, name: string): Promise<FoundIssue> {
  const inspection = await inspect(app, name)
  const run =
    inspection instanceof AppError || !inspection.id
      ? await findRunByName(db, name, app)
      : await findRun(db, inspection.id)
  if (!(inspection instanceof AppError)) {
    return { id: inspection.id ?? run?.issueId ?? name, inspection, ...(run ? { run } : {}) }
  }
  if (!run) throw inspection
  return { id: run.issueId, run }
}

async function inspect(app: App, name: string): Promise<Inspection | AppError> {
  try {
    const [inspection] = await app.inspect([name])
    if (!inspection) throw new TypeError('an inspection is missing')
    return inspection
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

/** The run of an issue by its id, slug or file, which may be gone. */
export async function findRunByName(
  db: Database,
  name: string,
  { root, cwd }: Pick<App, 'root' | 'cwd'>,
): Promise<Run | undefined> {
  const path = relative(root, resolve(cwd, name)).replaceAll(sep, '/')
  return await findByName(db, name, path)
}
