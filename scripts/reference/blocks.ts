import { z } from 'zod'
import type { BlockDefinition } from '../../src/render/index.ts'
import { describeType, type JsonSchema, writeTable } from './table.ts'

const BODY = {
  none: 'No body: write it as a leaf, `::name{…}`.',
  markdown: 'The body is Markdown.',
  actions: 'The body is Markdown; a list made only of links becomes its buttons.',
} as const

/** docs/blocks.md */
export function writeBlocks(blocks: readonly BlockDefinition[]): string {
  return `# Blocks

A block is a typed piece of an issue besides its sections: a leaf \`::name{…}\` or a container \`:::name{…}\` … \`:::\`. In YAML it is an object with a \`type\`. A block that can be shared is written once in the configuration (\`blocks\`) and used by \`name\`. Inside an entry, \`::meta{authors arxiv doi date venue}\` says what the entry is about, once. Your own blocks go into \`emails/blocks/\`, one file each and a line in \`emails/blocks/index.ts\`; they equal the built-in ones.

${blocks.map(writeBlock).join('\n\n')}
`
}

function writeBlock(block: BlockDefinition): string {
  const schema = z.toJSONSchema(block.attributes, { io: 'input', unrepresentable: 'any' }) as JsonSchema
  const rows = Object.entries(schema.properties ?? {}).map(([name, attribute]) => [
    `\`${name}\``,
    describeType(attribute),
    (schema.required ?? []).includes(name) ? 'required' : '',
    attribute.description ?? '',
  ])
  return [
    `## ${block.name}`,
    `${block.summary}. ${BODY[block.body]}${block.canBeShared ? ' Can be shared.' : ''}`,
    ...(rows.length > 0 ? [writeTable(['attribute', 'value', '', 'meaning'], rows)] : []),
    `\`\`\`markdown\n${block.example.trim()}\n\`\`\``,
  ].join('\n\n')
}
