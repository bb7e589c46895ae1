import type { ErrorData } from '../base/index.ts'

export const missingTo = {
  code: 'command/missing-to',
  title: 'A test without a recipient',
  message: () => 'A test needs somebody to go to.',
  hint: () => 'Add --to you@example.com; several addresses with commas between.',
} satisfies ErrorData

export const invalidAddress = {
  code: 'command/invalid-address',
  title: 'Not an e-mail address',
  message: (text: string) => `"${text}" is not one plain e-mail address. Nothing was sent.`,
} satisfies ErrorData

export const unknownReader = {
  code: 'command/unknown-reader',
  title: 'A reader that readers.yaml does not have',
  message: (email: string) => `readers.yaml has no reader with the address "${email}". Nothing was sent.`,
  hint: () => 'Leave --as out for the first reader of readers.yaml.',
} satisfies ErrorData

export const fileExists = {
  code: 'command/file-exists',
  title: 'A file that is there already',
  message: (file: string) => `${file} exists already. Nothing was written.`,
  hint: () => 'Name another one, or delete it first.',
} satisfies ErrorData

export const invalidSlug = {
  code: 'command/invalid-slug',
  title: 'A name that cannot be a file name',
  message: (slug: string) => `"${slug}" cannot be the name of an issue. Nothing was written.`,
  hint: () => 'Use letters, digits and hyphens, such as 2026-w48-reading-list.',
} satisfies ErrorData

export const noIssues = {
  code: 'command/no-issues',
  title: 'No issue to show',
  message: () => 'There is no issue in issues/ that can be rendered.',
  hint: () => 'Run `letterpress new` to start one, or `letterpress check` to see what is wrong.',
} satisfies ErrorData

export const invalidPort = {
  code: 'command/invalid-port',
  title: 'Not a port',
  message: (text: string) => `"${text}" is no port.`,
  hint: () => 'A port is a number from 0 to 65535; 0 takes a free one.',
} satisfies ErrorData

/** Every error of this module, for docs/errors.md. */
export const commandErrors: readonly ErrorData[] = [
  missingTo,
  invalidAddress,
  unknownReader,
  fileExists,
  invalidSlug,
  noIssues,
  invalidPort,
]
