import { type ConfigData, HtmlValidate } from 'html-validate'

/**
 * html-validate for mails: its recommended rules, less those that forbid what clients of mail need. Every exception says
 * why.
 */
const MAIL: ConfigData = {
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // Outlook for Windows takes widths, colours and margins from attributes, and Word's own parts from its comments.
    'no-deprecated-attr': 'off',
    'no-conditional-comment': 'off',
    // Webmail drops or rewrites style sheets: what must hold stands beside the words.
    'no-inline-style': 'off',
    // Layout tables are marked `presentation`, which older screen readers know; `none` came with ARIA 1.1.
    'presentation-role-style': 'off',
    // MJML marks the mail as an article, and a <div> keeps its style where <article> is unknown.
    'prefer-native-element': 'off',
    // Matters of taste, which cost octets or come from React and MJML: <br/>, <!doctype html>, cellPadding, no <tbody>.
    'void-style': 'off',
    'doctype-style': 'off',
    'attr-case': 'off',
    'prefer-tbody': 'off',
    // HTML asks that an id has no blanks; a title in Arabic makes a place with letters and vowel signs.
    'valid-id': ['error', { relaxed: true }],
  },
}

const validator = new HtmlValidate(MAIL)

/** What html-validate says against a mail, a line each: `rule at line:column: message`. */
export async function listMarkupProblems(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html)
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, line, column, message }) => `${ruleId} at ${line}:${column}: ${message}`),
  )
}
