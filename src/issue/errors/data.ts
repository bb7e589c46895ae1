import type { IssueError } from './issue-error.ts'

const suggest = (near?: string): string => (near === undefined ? '' : ` Did you mean "${near}"?`)

/** Problems of front matter, YAML and JSON. */
export const dataErrors = {
  missingFrontMatter: {
    code: 'issue/missing-front-matter',
    title: 'Front matter is missing',
    severity: 'error',
    message: () => 'The file does not begin with front matter, so it has neither title nor date.',
    hint: () => 'Begin with a line ---, then title: … and week: … (or date: …), then another line ---.',
  },
  unclosedFrontMatter: {
    code: 'issue/unclosed-front-matter',
    title: 'Front matter is not closed',
    severity: 'error',
    message: () => 'The front matter that begins here has no end.',
    hint: () => 'Put a line of three dashes, ---, after its last key.',
  },
  yaml: {
    code: 'issue/yaml-syntax',
    title: 'Not valid YAML',
    severity: 'error',
    message: (reason: string) => `This is not valid YAML: ${reason}.`,
    hint: () => 'Write key: value; put a value with a colon, # or quotes of its own into "double quotes".',
  },
  yamlComment: {
    code: 'issue/yaml-comment',
    title: 'Text taken for a comment',
    severity: 'warning',
    message: (comment: string) => `In YAML a blank and # begin a comment, so "${comment}" is left out.`,
    hint: () => 'Put the whole value into "double quotes"; leave a blank behind the # of a comment that is meant.',
  },
  tab: {
    code: 'issue/yaml-tab',
    title: 'Tab in YAML',
    severity: 'error',
    message: () => 'YAML is indented with blanks, and here is a tab.',
    hint: () => 'Replace the tab by two blanks.',
  },
  alias: {
    code: 'issue/yaml-alias',
    title: 'Alias in YAML',
    severity: 'error',
    message: (name: string) => `Aliases like *${name} are not read: an issue is plain data.`,
    hint: () => 'Write the value out, or define a block once in letterpress.config.ts and use its name.',
  },
  tag: {
    code: 'issue/yaml-tag',
    title: 'Tag in YAML',
    severity: 'error',
    message: (tag: string) => `Tags like ${tag} are not read: an issue is plain data.`,
    hint: () => 'Leave the tag out; put a value that begins with ! into quotes.',
  },
  json: {
    code: 'issue/json-syntax',
    title: 'Not valid JSON',
    severity: 'error',
    message: (reason: string) => `This is not valid JSON: ${reason}.`,
    hint: () =>
      'JSON has double quotes, a comma between items and none after the last; YAML is kinder to write by hand.',
  },
  duplicateKey: {
    code: 'issue/duplicate-key',
    title: 'Key given twice',
    severity: 'error',
    message: (key: string) => `"${key}" is given twice.`,
    hint: () => 'Keep one of the two.',
  },
  unknownKey: {
    code: 'issue/unknown-key',
    title: 'Unknown key',
    severity: 'error',
    message: (key: string, _known: readonly string[], near?: string) =>
      `No key is named "${key}" here.${suggest(near)}`,
    hint: (_key: string, known: readonly string[]) => `Keys are ${known.join(', ')}.`,
  },
  bodyKey: {
    code: 'issue/text-in-front-matter',
    title: 'Text in the front matter',
    severity: 'error',
    message: (key: string) => `"${key}" stands in the front matter; in a Markdown file it is written below it.`,
    hint: () => 'Move it under the second ---, or save the issue as .yaml.',
  },
  missingKey: {
    code: 'issue/missing-key',
    title: 'Key is missing',
    severity: 'error',
    message: (key: string) => `"${key}" is missing.`,
    hint: (key: string, expected?: string) => `Add ${key}: ${expected ?? '…'}`,
  },
  wrongValue: {
    code: 'issue/wrong-value',
    title: 'Wrong kind of value',
    severity: 'error',
    message: (key: string, expected: string, found: string) => `"${key}" must be ${expected}; here is ${found}.`,
    hint: (key: string, _expected: string, _found: string, example?: string) =>
      example === undefined ? `See docs/issues.md for what "${key}" may be.` : `For example: ${example}`,
  },
  missingPeriod: {
    code: 'issue/missing-date',
    title: 'The issue has no date',
    severity: 'error',
    message: () => 'The issue has no date.',
    hint: () => 'Add week: 2024-W11, or date: 2024-03-17, or both from: 2024-03-11 and to: 2024-03-17.',
  },
  manyPeriods: {
    code: 'issue/two-dates',
    title: 'The issue has more than one date',
    severity: 'error',
    message: (keys: readonly string[]) => `The issue is dated by ${keys.join(' and by ')}; one of them is enough.`,
    hint: () => 'Keep week, or date, or from with to.',
  },
  wrongDate: {
    code: 'issue/wrong-date',
    title: 'No such day',
    severity: 'error',
    message: (key: string, value: string) => `"${key}" is not a day of the calendar: ${value}.`,
    hint: () => 'Days are written year-month-day: 2024-03-17.',
  },
  wrongWeek: {
    code: 'issue/wrong-week',
    title: 'No such week',
    severity: 'error',
    message: (value: string) => `"week" is not a week of the calendar: ${value}.`,
    hint: () =>
      'Weeks are written as year, hyphen, capital W and two digits, 2024-W11; they begin on Monday, and some years have 52, some 53.',
  },
  reversedPeriod: {
    code: 'issue/reversed-period',
    title: 'The end comes before the beginning',
    severity: 'error',
    message: (from: string, to: string) => `"to" is ${to}, which is before "from", ${from}.`,
    hint: () => 'Swap the two days, or correct one of them.',
  },
  unknownTemplate: {
    code: 'issue/unknown-template',
    title: 'Unknown template',
    severity: 'error',
    message: (name: string, _known: readonly string[], near?: string) =>
      `No template is named "${name}".${suggest(near)}`,
    hint: (_name: string, known: readonly string[]) => `Templates are ${known.join(', ')}.`,
  },
  unknownRule: {
    code: 'issue/unknown-rule',
    title: 'Unknown check',
    severity: 'error',
    message: (name: string, near?: string) =>
      `No check is named "${name}", so there is nothing to allow.${suggest(near)}`,
    hint: () => 'The name of a check stands at the beginning of each of its findings; see docs/checks.md.',
  },
  duplicateId: {
    code: 'issue/duplicate-id',
    title: 'Two issues with one id',
    severity: 'error',
    message: (id: string, other: string) =>
      `The id "${id}" is also that of ${other}; readers of one would never get the other.`,
    hint: () => 'Give one of the two another file name, or another id: in its front matter.',
  },
  duplicateSlug: {
    code: 'issue/duplicate-slug',
    title: 'Two issues with one name',
    severity: 'error',
    message: (slug: string, other: string) =>
      `"${slug}" is also the name of ${other}; builds and pages of the two would be in one place.`,
    hint: () => 'Rename one of the two files.',
  },
} as const satisfies Record<string, IssueError>
