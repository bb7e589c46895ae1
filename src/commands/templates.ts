import type { CommandGroup } from './command.ts'
import { listTemplates } from './templates/list.ts'
import { newTemplate } from './templates/new.ts'

export const templates: CommandGroup = {
  name: 'templates',
  summary: 'what mails look like: list, new',
  description:
    'Templates turn an issue into a mail: React components in emails/, MJML files in templates/. Yours stand before built-in ones of the same name; `template:` in an issue or in letterpress.config.ts chooses.',
  subcommands: [listTemplates, newTemplate],
}
