import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { AppError, explainFileError } from '../base/index.ts'
import { fileTrouble } from './errors.ts'

/**
 * Gives ordinary trouble with files its words.
 *
 * @param describeRest - what was and was not written, as far as the command knows at that moment.
 * @throws AppError `command/file-trouble` for an error of node:fs, everything else as it is.
 */
export async function explainFiles<T>(describeRest: () => string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw toFileTrouble(error, describeRest()) ?? error
  }
}

/** @param rest - what was and was not written. @returns undefined for what is no error of node:fs. */
export function toFileTrouble(error: unknown, rest: string): AppError | undefined {
  const trouble = error instanceof AppError ? undefined : explainFileError(error)
  if (!trouble) return undefined
  const { path = 'A file', verb, reason } = trouble
  return new AppError(fileTrouble.code, fileTrouble.message(path, verb, reason, rest), {
    kind: 'environment',
    cause: error,
  })
}

/** Writes a file that is not there yet; a full disk leaves no half of it. @throws Error of node:fs */
export function writeNewFile(path: string, text: string): void {
  const file = openSync(path, 'wx')
  try {
    writeFileSync(file, text)
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  } finally {
    closeSync(file)
  }
}
