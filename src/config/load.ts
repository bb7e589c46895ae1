import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { AppError, BundleError, findNearest, loadModule, messageOf, toLine } from '../base/index.ts'
import { type Environment, readEnvironment, readOverrides, unwrap } from './environment.ts'
import { broken, invalid, notFound, secretInFile } from './errors.ts'
import { type Config, ConfigSchema, type EnvironmentValue } from './schema.ts'

export const CONFIG_FILES = [
  'letterpress.config.ts',
  'letterpress.config.mts',
  'letterpress.config.js',
  'letterpress.config.mjs',
] as const

/** A configuration with where it came from. */
export interface LoadedConfig {
  readonly config: Config
  /** Absolute path. */
  readonly file: string
  readonly environment: Environment
}

/**
 * Reads the configuration of a newsletter: file, then `.env` and environment over it.
 *
 * @param root - absolute path of the newsletter.
 * @throws AppError `config/not-found`, `config/broken`, `config/invalid`, `config/secret-in-file`
 */
export async function loadConfig(root: string, own: Environment, cacheFolder: string): Promise<LoadedConfig> {
  const file = CONFIG_FILES.map((name) => join(root, name)).find((path) => existsSync(path))
  if (!file) throw new AppError(notFound.code, notFound.message(root), { kind: 'usage', hint: notFound.hint() })
  const environment = readEnvironment(root, own)
  const written = await readDefault(file, cacheFolder)
  assertNoSecret(written)
  assertNoKey(written, file)
  const merged = merge(resolveEnvironment(written, environment), readOverrides(ConfigSchema, environment))
  const result = ConfigSchema.safeParse(merged)
  if (result.success) return { config: result.data, file, environment }
  const problems = result.error.issues.flatMap(explainIssue)
  throw new AppError(invalid.code, invalid.message(problems), { kind: 'usage', hint: invalid.hint() })
}

async function readDefault(file: string, cacheFolder: string): Promise<Record<string, unknown>> {
  let value: unknown
  try {
    value = (await loadModule(file, { cacheFolder }))['default']
  } catch (error) {
    throw new AppError(broken.code, broken.message(placeOf(error, file), messageOf(error)), {
      kind: 'usage',
      cause: error,
    })
  }
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  const reason = 'it has no default export. Write `export default defineConfig({ … })`.'
  throw new AppError(broken.code, broken.message(file, reason), { kind: 'usage' })
}

// What cannot be bundled may be a file that the configuration imports.
function placeOf(error: unknown, file: string): string {
  if (!(error instanceof BundleError)) return file
  return error.line ? `${error.file}:${error.line}:${error.column ?? 1}` : error.file
}

const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/

// In whatever option somebody pastes it, also in a comment or in one that there is not.
function assertNoKey(written: Record<string, unknown>, file: string): void {
  const option = findKey(written) ?? (PRIVATE_KEY.test(readFileSync(file, 'utf8')) ? 'The text' : undefined)
  if (option === undefined) return
  throw new AppError(secretInFile.code, secretInFile.message(option, 'a private key'), {
    kind: 'usage',
    hint: secretInFile.hint(),
  })
}

/** Path of the first option whose text is a private key. */
function findKey(value: unknown, path: readonly string[] = []): string | undefined {
  if (typeof value === 'string') return PRIVATE_KEY.test(value) ? path.join('.') : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, child] of Object.entries(value)) {
    const found = findKey(child, [...path, name])
    if (found !== undefined) return found
  }
  return undefined
}

// A password in a URL is the one secret besides that the file could hold; the others have no option.
function assertNoSecret(written: Record<string, unknown>): void {
  const url = (written['smtp'] as { url?: unknown } | undefined)?.url
  if (typeof url !== 'string' || !URL.canParse(url) || new URL(url).password === '') return
  throw new AppError(secretInFile.code, secretInFile.message('smtp.url', 'a password'), {
    kind: 'usage',
    hint: secretInFile.hint('SMTP_URL'),
  })
}

function resolveEnvironment(value: unknown, environment: Environment): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => resolveEnvironment(item, environment))
  if (isEnvironmentValue(value))
    return Object.hasOwn(environment, value.name) ? environment[value.name] || undefined : undefined
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, resolveEnvironment(child, environment)]))
}

function isEnvironmentValue(value: object): value is EnvironmentValue {
  return 'kind' in value && value.kind === 'environment' && 'name' in value && typeof value.name === 'string'
}

function merge(base: unknown, over: unknown): unknown {
  if (!isPlain(base) || !isPlain(over)) return over === undefined ? base : over
  const keys = new Set([...Object.keys(base), ...Object.keys(over)])
  return Object.fromEntries([...keys].map((key) => [key, merge(base[key], over[key])]))
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function explainIssue(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.join('.')
  if (issue.code === 'invalid_union') return [`${path}: ${explainUnion(issue)}`]
  if (issue.code !== 'unrecognized_keys') return [`${path || 'the whole'}: ${toLine(issue.message)}`]
  const known = listKnown(issue.path)
  return issue.keys.map((key) => {
    const near = findNearest(key, known)
    return `${[...issue.path, key].join('.')}: no such option.${near ? ` Did you mean "${near}"?` : ''}`
  })
}

// Zod's own words for a value that fits none of several shapes are "Invalid input".
function explainUnion(issue: z.core.$ZodIssueInvalidUnion): string {
  return [...new Set(issue.errors.flat().map(({ message }) => toLine(message)))].join('; or ')
}

function listKnown(path: readonly PropertyKey[]): string[] {
  if (path.length === 0) return Object.keys(ConfigSchema.shape)
  const [section] = path
  const inner =
    section === undefined ? undefined : unwrap((ConfigSchema.shape as Record<PropertyKey, z.ZodType>)[section])
  return inner?.def.type === 'object' && path.length === 1 ? Object.keys((inner as z.ZodObject).shape) : []
}
