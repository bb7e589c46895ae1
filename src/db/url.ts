import { resolve } from 'node:path'
import { AppError } from '../base/index.ts'
import { postgresNotYet, unknownScheme } from './errors.ts'

/**
 * Where a `DATABASE_URL` points: what follows `sqlite:` is a path, taken as it stands (no %-escapes).
 *
 * @param root - absolute folder that relative paths start from.
 * @returns absolute path of the SQLite file, or `:memory:`.
 * @throws AppError `db/unknown-scheme`, `db/postgres-not-yet`
 */
export function parseDatabaseUrl(url: string, root: string): string {
  const [, scheme = url, rest = ''] = /^([^:]*:)(.*)$/s.exec(url) ?? []
  if (/^postgres(?:ql)?:$/i.test(scheme)) {
    throw new AppError(postgresNotYet.code, postgresNotYet.message(), { kind: 'usage', hint: postgresNotYet.hint() })
  }
  // sqlite:///absolute is how other tools write it.
  const path = rest.replace(/^\/\/(?=\/)/, '')
  if (/^sqlite:$/i.test(scheme) && path !== '') return path === ':memory:' ? path : resolve(root, path)
  // The rest may hold a password.
  throw new AppError(unknownScheme.code, unknownScheme.message(scheme), { kind: 'usage', hint: unknownScheme.hint() })
}
