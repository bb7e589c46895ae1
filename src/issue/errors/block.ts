import type { IssueError } from './issue-error.ts'

const suggest = (near?: string): string => (near === undefined ? '' : ` Did you mean "${near}"?`)

/** Problems of blocks and their attributes. */
export const blockErrors = {
  malformed: {
    code: 'issue/malformed-block',
    title: 'Malformed block',
    severity: 'error',
    message: (reason: string) => `This line begins with :: but is no block: ${reason}.`,
    hint: () => 'Write ::name{key="value"} on a line of its own; \\:: shows two colons as they are.',
  },
  strayFence: {
    code: 'issue/stray-fence',
    title: 'Nothing to close',
    severity: 'error',
    message: () => 'These colons close a block, but none is open here.',
    hint: () => 'Take them away, or open the block above with :::name{…}.',
  },
  unclosed: {
    code: 'issue/unclosed-block',
    title: 'Block is not closed',
    severity: 'error',
    message: (name: string) => `The block "${name}" that begins here is never closed.`,
    hint: () => 'Put a line of three colons, :::, below its text.',
  },
  heading: {
    code: 'issue/heading-in-block',
    title: 'Heading inside a block',
    severity: 'error',
    message: (name: string, line: number) =>
      `The block "${name}" that begins here holds a heading, on line ${line}; its closing ::: is missing or stands too late.`,
    hint: () => 'Put a line of three colons, :::, above the heading.',
  },
  unknown: {
    code: 'issue/unknown-block',
    title: 'Unknown block type',
    severity: 'error',
    message: (type: string, _known: readonly string[], near?: string) => `No block is named "${type}".${suggest(near)}`,
    hint: (_type: string, known: readonly string[]) => `Blocks are ${known.join(', ')} and meta; see docs/blocks.md.`,
  },
  missingType: {
    code: 'issue/missing-block-type',
    title: 'Block without a type',
    severity: 'error',
    message: () => 'This block has no type.',
    hint: () => 'Add type: and the name of a block: type: note.',
  },
  unknownAttribute: {
    code: 'issue/unknown-attribute',
    title: 'Unknown attribute',
    severity: 'error',
    message: (block: string, name: string, known: readonly string[], near?: string) =>
      name === 'name' && !known.includes(name)
        ? `"${block}" cannot be shared, so it takes no block of the configuration by name.`
        : `"${block}" has no attribute "${name}".${near === name ? '' : suggest(near)}`,
    hint: (block: string, _name: string, known: readonly string[]) =>
      known.length === 0 ? `"${block}" has no attributes.` : `Attributes of "${block}" are ${known.join(', ')}.`,
  },
  missingAttribute: {
    code: 'issue/missing-attribute',
    title: 'Attribute is missing',
    severity: 'error',
    message: (block: string, name: string) => `"${block}" needs the attribute "${name}".`,
    hint: (_block: string, name: string, canBeShared: boolean) =>
      canBeShared ? `Add ${name}="…", or name="…" of a block in letterpress.config.ts.` : `Add ${name}="…".`,
  },
  duplicateAttribute: {
    code: 'issue/duplicate-attribute',
    title: 'Attribute given twice',
    severity: 'error',
    message: (name: string) => `"${name}" is given twice.`,
    hint: () => 'Keep one of the two.',
  },
  wrongAttribute: {
    code: 'issue/wrong-attribute',
    title: 'Wrong value of an attribute',
    severity: 'error',
    message: (block: string, name: string, reason: string) => `"${name}" of "${block}" is wrong: ${reason}.`,
    hint: (block: string, _name: string, _reason: string, expected?: string) =>
      expected === undefined ? `See "${block}" in docs/blocks.md.` : `Expected: ${expected}.`,
  },
  label: {
    code: 'issue/block-label',
    title: 'Text in brackets behind a block',
    severity: 'error',
    message: (name: string) => `Text in brackets behind "${name}" is not read.`,
    hint: () => 'Write it as an attribute: title="…".',
  },
  misplaced: {
    code: 'issue/misplaced-block',
    title: 'Block inside a list, a quote or another block',
    severity: 'error',
    message: (name: string) => `The block "${name}" cannot stand inside a list, a quote, a note or another block.`,
    hint: () => 'Put it at the left margin, with an empty line above, after the block before it is closed with :::.',
  },
  misplacedMeta: {
    code: 'issue/misplaced-meta',
    title: 'meta outside an entry',
    severity: 'error',
    message: () => '"meta" says something about an entry, and here is none.',
    hint: () => 'Put it right below the ### heading of its entry.',
  },
  duplicateMeta: {
    code: 'issue/duplicate-meta',
    title: 'Two metas in one entry',
    severity: 'error',
    message: () => 'This entry has a "meta" already.',
    hint: () => 'Put all attributes into the first one.',
  },
  unexpectedBody: {
    code: 'issue/unexpected-text',
    title: 'Text in a block that has none',
    severity: 'error',
    message: (name: string) => `"${name}" has no text of its own.`,
    hint: (name: string) => `Write ::${name} with two colons and close nothing.`,
  },
  unexpectedActions: {
    code: 'issue/unexpected-actions',
    title: 'Buttons in a block that has none',
    severity: 'error',
    message: (name: string) => `"${name}" has no list of buttons.`,
    hint: () => 'Put the links into its body.',
  },
  unknownShared: {
    code: 'issue/unknown-shared-block',
    title: 'Unknown shared block',
    severity: 'error',
    message: (name: string, _known: readonly string[], near?: string) =>
      `No block of the configuration is named "${name}".${suggest(near)}`,
    hint: (_name: string, known: readonly string[]) =>
      known.length === 0
        ? 'Define it under blocks: in letterpress.config.ts.'
        : `Blocks of letterpress.config.ts are ${known.join(', ')}.`,
  },
  sharedType: {
    code: 'issue/shared-block-type',
    title: 'Shared block of another type',
    severity: 'error',
    message: (name: string, actual: string, wanted: string) =>
      `"${name}" is a block of type "${actual}" in letterpress.config.ts, not "${wanted}".`,
    hint: (name: string, actual: string) => `Write ::${actual}{name="${name}"}.`,
  },
} as const satisfies Record<string, IssueError>
