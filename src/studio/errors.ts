import type { ErrorData } from '../base/index.ts'

export const issueExists = {
  code: 'studio/issue-exists',
  title: 'An issue of this name is there already',
  message: (file: string) => `${file} exists already. Nothing was written.`,
  hint: () => 'Choose another name.',
} satisfies ErrorData

export const noSlug = {
  code: 'studio/no-slug',
  title: 'A name that cannot be a file name',
  message: (slug: string) => `"${slug}" cannot be the name of an issue. Nothing was written.`,
  hint: () => 'Use letters, digits and hyphens, such as 2026-w48-reading-list.',
} satisfies ErrorData

export const noAddress = {
  code: 'studio/no-address',
  title: 'Not an e-mail address',
  message: (text: string) => `"${text}" is not one plain e-mail address. Nothing was sent.`,
} satisfies ErrorData

export const cannotRender = {
  code: 'studio/cannot-render',
  title: 'An issue that cannot be rendered',
  message: (slug: string) => `The issue "${slug}" cannot be rendered as it is. Nothing was sent.`,
  hint: () => 'The findings say what is wrong.',
} satisfies ErrorData

export const notTyped = {
  code: 'studio/not-typed',
  title: 'Another name was typed',
  message: (typed: string, slug: string) => `"${typed}" is not "${slug}". Nothing was changed.`,
} satisfies ErrorData

export const nothingToDo = {
  code: 'studio/nothing-to-do',
  title: 'A lever that does nothing now',
  message: (slug: string, lever: string) => `There is nothing to ${lever}: "${slug}" stands otherwise by now.`,
} satisfies ErrorData

export const noEditor = {
  code: 'studio/no-editor',
  title: 'No editor is set',
  message: () => 'No editor is set that could be started.',
  hint: () => 'Set LETTERPRESS_EDITOR, to "code -g" for example, and start the studio again.',
} satisfies ErrorData

/** Every error of this module, for docs/errors.md. */
export const studioErrors: readonly ErrorData[] = [
  issueExists,
  noSlug,
  noAddress,
  cannotRender,
  notTyped,
  nothingToDo,
  noEditor,
]
