import { type ConfigData, HtmlValidate } from 'html-validate'

/**
 * html-validate for mails: its recommended rules, less those that forbid what clients of mail need. Every exception says
 * which one.
 */
const MAIL: ConfigData = {
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // Outlook for Windows takes widths, colours and alignment from attributes alone.
    'no-deprecated-attr': 'off',
    // So do all that drop the style sheet: what must hold stands beside the words.
    'no-inline-style': 'off',
    // Places in lines and their ends do not show.
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
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
