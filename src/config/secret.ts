import { randomBytes } from 'node:crypto'
import { appendFileSync, chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError, messageOf } from '../base/index.ts'
import { type Environment, readVariables } from './environment.ts'
import { secretNotWritten, weakSecret } from './errors.ts'

/** Characters; a secret made here has 43. */
const MIN_LENGTH = 32

/** The key that signs unsubscribe links. */
export interface Secret {
  readonly value: string
  /** Set when it was made now: the file that holds it, to be backed up. */
  readonly writtenTo?: string
}

/**
 * `LETTERPRESS_SECRET`, made and appended to `.env` at first need.
 *
 * @throws AppError `config/secret-not-written`, `config/weak-secret`
 */
export function ensureSecret(root: string, environment: Environment): Secret {
  const known = environment['LETTERPRESS_SECRET']
  if (known) return { value: assertStrong(known) }
  const value = randomBytes(32).toString('base64url')
  const file = join(root, '.env')
  try {
    // Another process may have made it since the environment was read.
    const made = existsSync(file) ? readVariables(file)['LETTERPRESS_SECRET'] : undefined
    if (made) return { value: assertStrong(made) }
    const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
    const lineEnd = before === '' || before.endsWith('\n') ? '' : '\n'
    const note = '# Signs unsubscribe links. Back it up: without it, links in mails already sent die.\n'
    appendFileSync(file, `${lineEnd}${note}LETTERPRESS_SECRET=${value}\n`, { mode: 0o600 })
    if (before === '') chmodSync(file, 0o600)
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError(secretNotWritten.code, secretNotWritten.message(file, messageOf(error)), {
      kind: 'environment',
      hint: secretNotWritten.hint(),
      cause: error,
    })
  }
  return { value, writtenTo: file }
}

// Whoever guesses it can take every reader off the list.
function assertStrong(secret: string): string {
  if (secret.length >= MIN_LENGTH) return secret
  throw new AppError(weakSecret.code, weakSecret.message(secret.length), { kind: 'usage', hint: weakSecret.hint() })
}
