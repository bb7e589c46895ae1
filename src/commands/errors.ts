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

export const invalidTemplateName = {
  code: 'command/invalid-template-name',
  title: 'A name that cannot be the name of a template',
  message: (name: string) => `"${name}" cannot be the name of a template. Nothing was written.`,
  hint: () => 'Use small letters, digits and hyphens, such as my-letter.',
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

export const fileUnreadable = {
  code: 'command/file-unreadable',
  title: 'A file that cannot be read',
  message: (file: string, reason: string) => `${file} cannot be read: ${reason}. Nothing was changed.`,
} satisfies ErrorData

export const fileNotWritten = {
  code: 'command/file-not-written',
  title: 'A file that cannot be written',
  message: (file: string, reason: string) => `${file} cannot be written: ${reason}. No part of it was left behind.`,
} satisfies ErrorData

export const invalidEmail = {
  code: 'command/invalid-email',
  title: 'A reader named by something that is no address',
  message: (text: string) => `"${text}" is not one plain e-mail address. Nothing was changed.`,
  hint: () => 'Write it alone and without a name: ada@example.com.',
} satisfies ErrorData

export const unknownSubscriber = {
  code: 'command/unknown-subscriber',
  title: 'An address that is not on the list',
  message: (email: string) => `${email} is not on the list. Nothing was changed.`,
  hint: () => '`letterpress subscribers list` shows who is.',
} satisfies ErrorData

export const invalidOption = {
  code: 'command/invalid-option',
  title: 'A flag with a value that makes no sense',
  message: (flag: string, value: string, wanted: string) => `${flag} ${value}: ${wanted}. Nothing was changed.`,
} satisfies ErrorData

export const wrongUsage = {
  code: 'command/wrong-usage',
  title: 'A command line that cannot be understood',
  message: (reason: string) => reason,
  hint: () => 'letterpress --help lists the commands, letterpress COMMAND --help their flags.',
} satisfies ErrorData

export const outputLost = {
  code: 'command/output-lost',
  title: 'Standard output that cannot be written',
  message: (reason: string) => `Standard output cannot be written: ${reason}. What the command did stays done.`,
} satisfies ErrorData

export const fileTrouble = {
  code: 'command/file-trouble',
  title: 'A file or folder that cannot be read or written',
  message: (path: string, verb: string, reason: string, rest: string) =>
    `${path} cannot be ${verb}: ${reason}. ${rest}`.trimEnd(),
} satisfies ErrorData

export const notOurs = {
  code: 'command/not-ours',
  title: 'A build would replace what somebody else wrote',
  message: (folder: string, entry: string) =>
    entry === ''
      ? `${folder} is there already and is no folder. Nothing was written.`
      : `${folder} is not an earlier build (it holds "${entry}"), and would be deleted. Nothing was written.`,
  hint: () => 'Name another folder with --out, or move what is there.',
} satisfies ErrorData

export const outIsSource = {
  code: 'command/out-is-source',
  title: 'A build into a folder of sources',
  message: (folder: string) =>
    `--out ${folder} is a folder of the newsletter itself; a build there would replace what you wrote. Nothing was written.`,
  hint: () => 'Name a folder of its own, such as dist; issues/, emails/, templates/ and src/ stay yours.',
} satisfies ErrorData

export const demoRuns = {
  code: 'command/demo-runs',
  title: 'A demo that runs already',
  message: (pid: number) => `A demo of this newsletter runs already (process ${pid}). Nothing was changed.`,
  hint: () => 'End it with Ctrl-C, or look at it in the browser.',
} satisfies ErrorData

/** Every error of this module, for docs/errors.md. */
export const commandErrors: readonly ErrorData[] = [
  missingTo,
  invalidAddress,
  unknownReader,
  fileExists,
  invalidSlug,
  invalidTemplateName,
  noIssues,
  demoRuns,
  invalidPort,
  fileUnreadable,
  fileNotWritten,
  invalidEmail,
  unknownSubscriber,
  invalidOption,
  wrongUsage,
  outputLost,
  fileTrouble,
  notOurs,
  outIsSource,
]
