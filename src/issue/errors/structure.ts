import type { IssueError } from './issue-error.ts'

/** Problems of sections, entries and the order of things. */
export const structureErrors = {
  titleInText: {
    code: 'issue/title-in-text',
    title: 'Title in the text',
    severity: 'error',
    message: () => 'A heading with one # stands in the text; the title of an issue is in its front matter.',
    hint: () => 'Use ## for a section, ### for an entry, or move the text to title: at the top.',
  },
  setextHeading: {
    code: 'issue/underlined-heading',
    title: 'Underlined heading',
    severity: 'error',
    message: (mark: string) => `The line ${mark} right below the text makes a heading of it in Markdown.`,
    hint: (mark: string) =>
      mark.startsWith('-')
        ? 'To end the sections put an empty line above ---; for a heading write ## in front of the text.'
        : 'For a heading write ## in front of the text.',
  },
  entryOutsideSection: {
    code: 'issue/entry-outside-section',
    title: 'Entry outside a section',
    severity: 'error',
    message: () => 'This entry (###) belongs to no section.',
    hint: () => 'Put a section heading, ## …, above it.',
  },
  headingInClosing: {
    code: 'issue/heading-after-end',
    title: 'Section after the end',
    severity: 'error',
    message: () => 'Sections and entries cannot follow the line --- that ends them.',
    hint: () => 'Move it above the ---, or take the --- away.',
  },
  secondEnd: {
    code: 'issue/second-end',
    title: 'A second end',
    severity: 'error',
    message: () => 'The sections have ended already, at an earlier line ---.',
    hint: () => 'Keep the one after which the closing words begin.',
  },
  strayRule: {
    code: 'issue/stray-rule',
    title: 'Line inside a list or a quote',
    severity: 'error',
    message: () => 'A line of dashes cannot stand here; it ends the sections, at the left margin.',
    hint: () => 'Take it away, or put an empty line above it and no indentation before it.',
  },
  misplacedHeading: {
    code: 'issue/misplaced-heading',
    title: 'Heading inside a list, a quote or a block',
    severity: 'error',
    message: () => 'A heading of a section or an entry cannot stand inside a list, a quote, a note or a block.',
    hint: () => 'Put it at the left margin, or use bold text.',
  },
  emptyTitle: {
    code: 'issue/empty-title',
    title: 'Heading without text',
    severity: 'error',
    message: (what: string) => `This ${what} has no title.`,
    hint: () => 'Write its title behind the #; the table of contents and the anchors are made from it.',
  },
  noText: {
    code: 'issue/no-text',
    title: 'Issue without text',
    severity: 'warning',
    message: () => 'The issue has a title and nothing below it, so readers would get an empty mail.',
    hint: () => 'Write its text below the second ---; in YAML and JSON under intro or sections.',
  },
  notOneLine: {
    code: 'issue/not-one-line',
    title: 'More than one line',
    severity: 'error',
    message: (key: string) => `"${key}" must stand on one line.`,
    hint: () => 'In YAML write it behind the colon, in quotes, without | or >.',
  },
} as const satisfies Record<string, IssueError>
