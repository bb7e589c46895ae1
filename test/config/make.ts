import { join } from 'node:path'
import { AppError } from '../../src/base/index.ts'
import { type Environment, loadConfig } from '../../src/config/index.ts'
import { makeFolder } from '../helpers/folder.ts'

/** A configuration file around these lines; `defineConfig` and `env` are there. */
export function configFile(lines: string): string {
  return `import { defineConfig, env } from 'letterpress/define'\nexport default defineConfig({\n  name: 'LLM Papers',\n  from: 'Ada <ada@example.com>',\n${lines}\n})\n`
}

/** Loads a configuration with these options besides name and sender. */
export async function load(
  lines = '',
  { environment = {}, dotEnv }: { environment?: Environment; dotEnv?: string } = {},
) {
  return await loadFiles(
    { 'letterpress.config.ts': configFile(lines), ...(dotEnv === undefined ? {} : { '.env': dotEnv }) },
    environment,
  )
}

export async function loadFiles(files: Readonly<Record<string, string>>, environment: Environment = {}) {
  const root = makeFolder(files)
  return await loadConfig(root, environment, join(root, 'cache'))
}

export async function failure(loading: Promise<unknown>): Promise<AppError> {
  const error: unknown = await loading.then(
    () => 'nothing',
    (reason: unknown) => reason,
  )
  if (error instanceof AppError) return error
  throw new Error(`expected an AppError, got ${String(error)}`)
}

/** The problems of a `config/invalid`, one each line. */
export async function problems(loading: Promise<unknown>): Promise<string[]> {
  const error = await failure(loading)
  if (error.code !== 'config/invalid') throw error
  return error.message.split('\n  - ').slice(1)
}
