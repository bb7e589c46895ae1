import type { IssueError } from './issue-error.ts'

/** Problems of the file itself. */
export const fileErrors = {
  notFound: {
    code: 'issue/not-found',
    title: 'No such issue',
    severity: 'error',
    message: (name: string, near?: string) =>
      `There is no issue "${name}".${near === undefined ? '' : ` Did you mean "${near}"?`}`,
    hint: () => 'Name an issue by its slug, 2026-w31, or by its path from the current folder, issues/2026-w31.md.',
  },
  ambiguous: {
    code: 'issue/ambiguous',
    title: 'A slug that two files have',
    severity: 'error',
    message: (name: string, one: string, other: string) => `"${name}" can be ${one} or ${other}.`,
    hint: () => 'Rename one of the two, or delete it.',
  },
  unreadable: {
    code: 'issue/unreadable',
    title: 'The file cannot be read',
    severity: 'error',
    message: (reason: string) => `The file cannot be read: ${reason}.`,
    hint: () => 'Check that the file exists and that you may read it.',
  },
  directory: {
    code: 'issue/directory',
    title: 'A folder, pipe or device instead of a file',
    severity: 'error',
    message: (kind: string) => `This is a ${kind}; an issue is one file.`,
    hint: () => 'Name the file: issues/<slug>.md, .yaml or .json.',
  },
  outside: {
    code: 'issue/outside-root',
    title: 'A link out of the newsletter',
    severity: 'error',
    message: () => 'This is a link to a file outside the folder of the newsletter, so it was not read.',
    hint: () => 'Copy the file into the folder issues/ in place of the link.',
  },
  format: {
    code: 'issue/unknown-format',
    title: 'Unknown kind of file',
    severity: 'error',
    message: (extension: string) => `Files that end in "${extension}" are not issues.`,
    hint: () => 'Issues are written in Markdown (.md), YAML (.yaml, .yml) or JSON (.json).',
  },
  empty: {
    code: 'issue/empty',
    title: 'The file is empty',
    severity: 'error',
    message: () => 'The file is empty.',
    hint: () => '`letterpress new` writes an issue to begin with.',
  },
  tooLarge: {
    code: 'issue/too-large',
    title: 'The file is too large',
    severity: 'error',
    message: (sizeBytes: number) =>
      `The file has ${(sizeBytes / 1024 / 1024).toFixed(1)} MB; an issue has at most 2 MB.`,
    hint: () => 'Mail programs cut a mail off after some 100 KB. Put images beside the issue instead of into it.',
  },
  binary: {
    code: 'issue/binary',
    title: 'Not a text file',
    severity: 'error',
    message: () => 'The file is not text: it holds NUL bytes.',
    hint: () => 'Save the issue as plain text in UTF-8.',
  },
  utf16: {
    code: 'issue/wide-encoding',
    title: 'UTF-16 instead of UTF-8',
    severity: 'error',
    message: () => 'The file is written in UTF-16, and an issue must be in UTF-8.',
    hint: () => 'Choose UTF-8 in the editor’s “save with encoding”; in PowerShell, Set-Content -Encoding utf8.',
  },
  encoding: {
    code: 'issue/encoding',
    title: 'Not UTF-8',
    severity: 'error',
    message: () => 'The file is not written in UTF-8: it holds bytes here that are no character in it.',
    hint: () => "Choose UTF-8 in the editor's “save with encoding”.",
  },
  controlCharacter: {
    code: 'issue/control-character',
    title: 'Invisible character removed',
    severity: 'warning',
    message: (code: string) => `The invisible character ${code} was left out; it can hide or reorder text.`,
    hint: () => 'Delete it here, and look for others of its kind in text that was pasted.',
  },
  tooDeep: {
    code: 'issue/too-deep',
    title: 'Nested too deeply',
    severity: 'error',
    message: () =>
      'Quotes, lists, brackets, emphasis or notes are nested too deeply or are too many here, so the text was not read.',
    hint: () => 'No mail program shows more than a few levels. Look for a run of >, [, * or _ that was not meant.',
  },
} as const satisfies Record<string, IssueError>
