import { z } from 'zod'
import { ConfigSchema, listVariables } from '../../src/config/index.ts'
import { describeType, type JsonSchema, writeTable } from './table.ts'

/** docs/config.md */
export function writeConfig(): string {
  const schema = z.toJSONSchema(ConfigSchema, { io: 'input', unrepresentable: 'any' }) as JsonSchema
  const variables = new Map([...listVariables(ConfigSchema)].map(([name, path]) => [path.join('.'), name]))
  const rows = listOptions(schema).filter(([path]) => !path.startsWith('checks.'))
  const cells = rows.map(([path, option, isRequired]) => [
    `\`${path}\``,
    describeType(option),
    isRequired ? 'required' : option.default === undefined ? '' : `\`${JSON.stringify(option.default)}\``,
    variables.has(path) ? `\`${variables.get(path) ?? ''}\`` : '',
    option.description ?? '',
  ])
  return `# Configuration

\`letterpress.config.ts\` exports \`defineConfig({ … })\` of \`letterpress/define\`. One schema serves the file, \`.env\` and environment, and flags, in rising order. Secrets belong into the environment: \`smtp: { url: env('SMTP_URL') }\`; a password written into the file is refused.

${writeTable(['option', 'value', 'default', 'variable', 'meaning'], cells)}

Options of \`checks\` are listed in [checks.md](checks.md). Besides, \`LETTERPRESS_SECRET\` signs unsubscribe links; it is made at first need and written to \`.env\`. Back it up: without it, the links in mails already sent die. \`NO_COLOR\` and \`FORCE_COLOR\` are honoured; \`LETTERPRESS_DEBUG=1\` shows where an unexpected error happened.
`
}

function listOptions(
  schema: JsonSchema,
  prefix = '',
  isInside = false,
): [path: string, option: JsonSchema, isRequired: boolean][] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, option]) => {
    const isRequired = !isInside && (schema.required ?? []).includes(key) && option.default === undefined
    const own: [string, JsonSchema, boolean] = [prefix + key, option, isRequired]
    return option.properties ? [own, ...listOptions(option, `${prefix}${key}.`, true)] : [own]
  })
}
