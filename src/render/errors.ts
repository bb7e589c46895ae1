import type { ErrorData } from '../base/index.ts'

export const unknownTemplate = {
  code: 'render/unknown-template',
  title: 'Unknown template',
  message: (name: string, near?: string) => `No template is named "${name}".${near ? ` Did you mean "${near}"?` : ''}`,
  hint: (names: readonly string[]) => `Templates are ${names.join(', ')}; yours stand in emails/ and templates/.`,
} satisfies ErrorData

export const brokenModule = {
  code: 'render/broken-module',
  title: 'A component or theme cannot be loaded',
  message: (reason: string) => `This file cannot be loaded: ${reason}`,
} satisfies ErrorData

export const noComponent = {
  code: 'render/no-component',
  title: 'A template without a component',
  message: (file: string) => `${file} has no component as its default export.`,
  hint: () => 'Write `export default function MyTemplate(props) { … }`.',
} satisfies ErrorData

export const componentFailed = {
  code: 'render/component-failed',
  title: 'A component threw an error',
  message: (template: string, reason: string) => `Rendering with "${template}" failed: ${reason}`,
} satisfies ErrorData

export const unknownTheme = {
  code: 'render/unknown-theme',
  title: 'Unknown theme',
  message: (name: string, near?: string) => `No theme is named "${name}".${near ? ` Did you mean "${near}"?` : ''}`,
  hint: (names: readonly string[]) =>
    `Themes are ${names.join(', ')}; one of your own is a path such as ./emails/theme.ts, see docs/templates.md.`,
} satisfies ErrorData

export const invalidTheme = {
  code: 'render/invalid-theme',
  title: 'A theme file without a theme, or with one that cannot be used',
  message: (file: string, reasons?: readonly string[]) =>
    reasons ? `The theme of ${file} cannot be used: ${reasons.join('; ')}.` : `${file} does not export a \`theme\`.`,
  hint: () => 'Write `export const theme = defineTheme({ … })`; see docs/templates.md.',
} satisfies ErrorData

export const invalidBlocks = {
  code: 'render/invalid-blocks',
  title: 'A list of blocks that are none',
  message: (file: string, reasons: readonly string[]) => `The blocks of ${file} cannot be used: ${reasons.join('; ')}.`,
  hint: () => 'Write `export const blocks = [defineBlock({ … })]`; see docs/templates.md.',
} satisfies ErrorData

export const unknownSlot = {
  code: 'render/unknown-slot',
  title: 'A template names an unknown slot',
  message: (name: string) => `No slot is named "${name}".`,
  hint: (names: readonly string[]) => `Slots are ${names.join(', ')} and subscriber.fields.<key>.`,
} satisfies ErrorData

export const invalidMjml = {
  code: 'render/invalid-mjml',
  title: 'MJML that does not validate',
  message: (reason: string) => `This MJML is not valid: ${reason}`,
} satisfies ErrorData

export const liquidFailed = {
  code: 'render/liquid-failed',
  title: 'Liquid that cannot be run',
  message: (reason: string) => `This Liquid cannot be run: ${reason}`,
} satisfies ErrorData

export const imageChanged = {
  code: 'render/image-changed',
  title: 'An image that changed after its issue was rendered',
  message: (issue: string) =>
    `An image of "${issue}" was changed or removed after the issue was rendered, so it would go out as nobody has seen it. Nothing was sent.`,
  hint: () => 'Look at the issue again, test it, and run the command again.',
} satisfies ErrorData

/** Every error of this module, for docs/errors.md. */
export const renderErrors: readonly ErrorData[] = [
  unknownTemplate,
  brokenModule,
  noComponent,
  componentFailed,
  unknownTheme,
  invalidTheme,
  invalidBlocks,
  unknownSlot,
  invalidMjml,
  liquidFailed,
  imageChanged,
]
