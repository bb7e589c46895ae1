import type { ErrorData } from '../base/index.ts'

export const notFound = {
  code: 'config/not-found',
  title: 'No configuration',
  message: (folder: string) => `There is no letterpress.config.ts in ${folder}.`,
  hint: () => 'Run `letterpress init` for a new newsletter, or name its folder with --root.',
} satisfies ErrorData

export const broken = {
  code: 'config/broken',
  title: 'A configuration that cannot be loaded',
  message: (place: string, reason: string) => `The configuration cannot be loaded (${place}): ${reason}`,
} satisfies ErrorData

export const invalid = {
  code: 'config/invalid',
  title: 'A configuration with wrong values',
  message: (problems: readonly string[]) =>
    `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((line) => `  - ${line}`).join('\n')}`,
  hint: () => 'Every option is listed in docs/config.md.',
} satisfies ErrorData

export const secretInFile = {
  code: 'config/secret-in-file',
  title: 'A secret in the configuration file',
  message: (option: string, what: string) =>
    `${option} holds ${what} in letterpress.config.ts, where it would end up in git.`,
  /** @param variable - missing: it is a private key, which no variable holds. */
  hint: (variable?: string) =>
    variable === undefined
      ? 'Put the key into a file of its own that git does not keep, and write its path. If the file was ever shared, make a new key.'
      : `Put it into .env as ${variable}=… and write \`env('${variable}')\` or nothing in the file.`,
} satisfies ErrorData

export const secretNotWritten = {
  code: 'config/secret-not-written',
  title: 'The signing secret cannot be saved',
  message: (file: string, reason: string) =>
    `A signing secret was made, but ${file} cannot be written: ${reason}. Nothing was sent.`,
  hint: () => 'Set LETTERPRESS_SECRET to a random text of at least 32 characters yourself.',
} satisfies ErrorData

export const weakSecret = {
  code: 'config/weak-secret',
  title: 'A signing secret that can be guessed',
  message: (length: number) => `LETTERPRESS_SECRET has ${length} characters; it needs 32 at least. Nothing was sent.`,
  hint: () => 'Remove it from .env before the first send, and a strong one is made.',
} satisfies ErrorData

/** Every error of this module, for docs/errors.md. */
export const configErrors: readonly ErrorData[] = [
  notFound,
  broken,
  invalid,
  secretInFile,
  secretNotWritten,
  weakSecret,
]
