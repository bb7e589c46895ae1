import { z } from 'zod'
import { RULES } from '../../src/check/index.ts'
import { describeType, type JsonSchema, writeTable } from './table.ts'

/** docs/checks.md */
export function writeChecks(): string {
  const overview = RULES.map((rule) => [`[${rule.id}](#${rule.id})`, rule.severity, rule.summary])
  return `# Checks

\`letterpress check\` runs every check on every issue that could be read; one with an error in its file is checked once that is mended. Change one in the configuration, \`checks: { 'link-shortener': 'off' }\`, or accept its findings in one issue with a reason, \`allow: { link-shortener: "the sponsor's own domain" }\` in the front matter.

${writeTable(['check', 'severity', 'finds'], overview)}

${RULES.map(writeRule).join('\n\n')}
`
}

function writeRule(rule: (typeof RULES)[number]): string {
  const schema = z.toJSONSchema(rule.options, { io: 'input', unrepresentable: 'any' }) as JsonSchema
  const options = Object.entries(schema.properties ?? {}).map(([name, option]) => [
    `\`${name}\``,
    describeType(option),
    option.default === undefined ? '' : `\`${JSON.stringify(option.default)}\``,
    option.description ?? '',
  ])
  return [
    `## ${rule.id}`,
    `${rule.summary} (${rule.severity}).`,
    rule.why,
    `What to do: ${rule.remedy}`,
    `Bad:\n\n\`\`\`\n${rule.bad.trim()}\n\`\`\`\n\nGood:\n\n\`\`\`\n${rule.good.trim()}\n\`\`\``,
    ...(options.length > 0 ? [writeTable(['option', 'value', 'default', 'meaning'], options)] : []),
    `Source: ${rule.reference}`,
  ].join('\n\n')
}
